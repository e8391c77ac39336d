use std::collections::BTreeSet;

use bumpalo::Bump;
use errbook::__private::{Api, Place, Shape};
use errbook::{View, decode};

use super::example::header_map;
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{self, Catalog, Location};
use crate::source::{Span, Spanned};
use crate::tables;

pub(super) static RULE: Rule = Rule {
    name: "unmet-pointer",
    about: "A pointer leads nowhere in all examples of its response shape, or of its error.",
    why: "An example is what the provider documents, so the pointer has a slip. Only a value that pages tell in words and no sample shows can be missing, in an object that samples do show; \
          code, message and status are in every sample.",
    wrong: "
responses:
  - { code: /code, message: /mesage }
#                           ^^^^^^^ error[unmet-pointer]
errors:
  - code: A
    status: 400
    when: undocumented
    fix: undocumented
    retry: never
    fields: { balance: { in: /ballance, type: integer }, model: { in: /detials/model, type: string } }
#                            ^^^^^^^^^ warning[unmet-pointer]
#                                                                     ^^^^^^^^^^^^^^ error[unmet-pointer]
    examples:
      - { status: 400, body: '{\"code\": \"A\", \"message\": \"No.\", \"balance\": 12}' }
",
    right: "
responses:
  - { code: /code, message: [/message, /detail] }
errors:
  - code: A
    status: 400
    when: undocumented
    fix: undocumented
    retry: never
    fields: { balance: { in: /balance, type: integer }, told_in_words: { in: /plan, type: string } }
    examples:
      - { status: 400, body: '{\"code\": \"A\", \"message\": \"No.\", \"balance\": 12}' }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    // What is left out because of another mistake would be missed here for nothing.
    if catalog.incomplete.any() || diagnostics.has_errors() {
        return;
    }
    let bump = Bump::new();
    let api = tables::build(&bump, catalog);
    let mut wanted = Wanted::all(catalog, &api);
    for example in catalog.errors.iter().flat_map(|error| &error.examples) {
        let headers = header_map(example);
        let body = example.body.value.as_bytes();
        let decoded = decode(&api, example.status, &headers, body);
        let primary = View { api: &api, headers: &headers, body, decoded: &decoded };
        for view in std::iter::once(primary).chain(primary.others()) {
            wanted.iter_mut().for_each(|one| one.look(&view));
        }
    }
    diagnostics.extend(wanted.iter().filter(|one| one.tried && !one.met).filter_map(Wanted::diagnostic));
}

/// A list of pointers, of which one has to be met.
struct Wanted<'a> {
    of: Owner,
    places: &'a [Place<'a>],
    pointer: &'a Location,
    span: Span,
    /// Whether every sample has it.
    always: bool,
    tried: bool,
    met: bool,
    /// Keys that stand beside where it would, in any example: none where the object that it would stand in is missing too.
    siblings: BTreeSet<String>,
}

/// Whose values stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Those of a response shape.
    Shape(usize),
    /// Those of each of several errors in one.
    Several(usize),
    /// Those of an error.
    Error(usize),
}

impl<'a> Wanted<'a> {
    fn all(catalog: &'a Catalog, api: &Api<'a>) -> Vec<Self> {
        let mut all = Vec::new();
        for (index, (shape, table)) in catalog.shapes.iter().zip(api.shapes).enumerate() {
            of_shape(Owner::Shape(index), shape, table, &mut all);
            if let (Some(several), Some(table)) = (&shape.errors, table.errors) {
                of_shape(Owner::Several(index), &several.shape, &table.shape, &mut all);
            }
        }
        for (index, (error, row)) in catalog.errors.iter().zip(api.rows).enumerate() {
            let fields = api.more.get(usize::from(row.more)).map_or(&[][..], |more| more.fields);
            for (field, table) in error.fields.iter().zip(fields) {
                all.extend(Self::new(Owner::Error(index), &field.at, table.at, false));
            }
        }
        all
    }

    /// Headers are rarely shown in samples, so a list with one in it is let pass.
    fn new(of: Owner, locations: &'a [Spanned<Location>], places: &'a [Place<'a>], always: bool) -> Option<Self> {
        let first = locations.first()?;
        let (pointer, span) = (&first.value, first.span);
        let pointers = locations.iter().all(|at| at.value.is_pointer());
        let siblings = BTreeSet::new();
        pointers.then_some(Self { of, places, pointer, span, always, tried: false, met: false, siblings })
    }

    /// The keys of the pointer.
    fn keys(&self) -> &'a [String] {
        match self.pointer.text_of() {
            Location::Pointer(keys) | Location::Whole(keys) => keys,
            _ => &[],
        }
    }

    fn diagnostic(&self) -> Option<Diagnostic> {
        let message = format!("no example has anything at `{}`", self.pointer);
        if self.always || self.siblings.is_empty() {
            let help = "compare it with the examples; where only other samples of the page have it, add one of those";
            return Some(Diagnostic::error(RULE.name, self.span, message).help(help));
        }
        let meant = did_you_mean(self.keys().last()?, self.siblings.iter().map(String::as_str))?;
        let help = format!("examples have `{meant}` there; did you mean that?");
        Some(Diagnostic::warning(RULE.name, self.span, message).help(help))
    }

    fn look(&mut self, view: &View<'_, 'a>) {
        let fits = match self.of {
            Owner::Shape(index) => view.shape() == Some(index) && !view.is_one_of_several(),
            Owner::Several(index) => view.shape() == Some(index) && view.is_one_of_several(),
            Owner::Error(index) => view.entry().is_some_and(|entry| entry.index() == index),
        };
        if fits {
            self.tried = true;
            self.met = self.met || view.has_any(self.places);
            if !self.met {
                self.siblings.extend(siblings(view.json(), self.keys()));
            }
        }
    }
}

fn of_shape<'a>(of: Owner, shape: &'a model::Shape, table: &Shape<'a>, all: &mut Vec<Wanted<'a>>) {
    let parts = shape.code.iter().zip(table.code.iter().copied()).map(|(at, places)| (at.as_slice(), places));
    let always = [(shape.own_status.as_slice(), table.own_status), (&shape.message, table.message)];
    let sometimes = [(shape.remediation.as_slice(), table.remediation), (&shape.request_id, table.request_id)];
    let fields = shape.fields.iter().zip(table.fields).map(|(field, table)| (field.at.as_slice(), table.at));
    all.extend(parts.chain(always).filter_map(|(at, places)| Wanted::new(of, at, places, true)));
    all.extend(sometimes.into_iter().chain(fields).filter_map(|(at, places)| Wanted::new(of, at, places, false)));
}

/// The keys of the object that the last of `keys` would stand in.
fn siblings(json: &[u8], keys: &[String]) -> Vec<String> {
    let Some((_, parents)) = keys.split_last() else { return Vec::new() };
    let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(json) else { return Vec::new() };
    for key in parents {
        value = match value {
            serde_json::Value::Object(mut members) => members.remove(key).unwrap_or_default(),
            serde_json::Value::Array(mut items) => {
                key.parse().ok().filter(|at| *at < items.len()).map(|at| items.swap_remove(at)).unwrap_or_default()
            }
            _ => serde_json::Value::Null,
        };
    }
    value.as_object().map(|members| members.keys().cloned().collect()).unwrap_or_default()
}
