use std::collections::BTreeSet;

use bumpalo::Bump;
use errbook::__private::Place;
use errbook::{View, decode};

use super::example::header_map;
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Catalog, Located, Location, Purpose, Within};
use crate::source::Span;
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
  - code: B
    status: 429
    when: undocumented
    fix: undocumented
    retry: { after: { in: /detials/wait, form: seconds } }
#                         ^^^^^^^^^^^^^ error[unmet-pointer]
    causes:
      - { name: daily, match: { /kinds: day }, when: undocumented }
#                               ^^^^^^ warning[unmet-pointer]
    examples:
      - { status: 429, body: '{\"code\": \"B\", \"message\": \"Wait.\", \"kind\": \"hour\", \"details\": {\"wait\": 3}}' }
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
    let mut wanted: Vec<_> = catalog.locations().iter().filter_map(|located| Wanted::new(&bump, located)).collect();
    let mut objects = BTreeSet::new();
    for example in catalog.errors.iter().flat_map(|error| &error.examples) {
        let headers = header_map(example);
        let body = example.body.value.as_bytes();
        let decoded = decode(&api, example.status, &headers, body);
        let primary = View { api: &api, headers: &headers, body, decoded: &decoded };
        for view in std::iter::once(primary).chain(primary.others()) {
            wanted.iter_mut().for_each(|one| one.look(&view));
            if let Ok(value) = serde_json::from_slice(view.json()) {
                add_objects(&value, &mut Vec::new(), &mut objects);
            }
        }
    }
    let unmet = wanted.iter().filter(|one| one.tried && !one.met);
    diagnostics.extend(unmet.filter_map(|one| one.diagnostic(&objects)));
}

/// A list of pointers, of which one has to be met.
struct Wanted<'a> {
    within: Within,
    places: Vec<Place<'a>>,
    pointer: &'a Location,
    span: Span,
    /// Whether every sample has it.
    always: bool,
    tried: bool,
    met: bool,
    /// Keys that stand beside where it would.
    siblings: BTreeSet<String>,
}

impl<'a> Wanted<'a> {
    /// Headers are rarely shown in samples, so a list with one in it is let pass.
    fn new(bump: &'a Bump, located: &Located<'a>) -> Option<Self> {
        let first = located.at.first()?;
        let pointers = located.at.iter().all(|at| at.value.is_pointer());
        pointers.then(|| Self {
            within: located.within,
            places: located.at.iter().map(|at| tables::place(bump, &at.value)).collect(),
            pointer: &first.value,
            span: first.span,
            always: located.purpose == Purpose::Essential,
            tried: false,
            met: false,
            siblings: BTreeSet::new(),
        })
    }

    /// `objects` are those of all examples: what one error shows, another may tell in words.
    fn diagnostic(&self, objects: &BTreeSet<Vec<String>>) -> Option<Diagnostic> {
        let (Location::Pointer(keys) | Location::Whole(keys)) = self.pointer.text_of() else { return None };
        let (last, parents) = keys.split_last()?;
        let message = format!("no example has anything at `{}`", self.pointer);
        let is_shown = |keys: &Vec<String>| {
            keys.len() == parents.len() && parents.iter().zip(keys).all(|(key, shown)| key == "*" || key == shown)
        };
        if self.always || !objects.iter().any(is_shown) {
            let help = "compare it with the examples; where only other samples of the page have it, add one of those";
            return Some(Diagnostic::error(RULE.name, self.span, message).help(help));
        }
        let meant = did_you_mean(last, self.siblings.iter().map(String::as_str))?;
        let help = format!("examples have `{meant}` there; did you mean that?");
        Some(Diagnostic::warning(RULE.name, self.span, message).help(help))
    }

    fn look(&mut self, view: &View<'_, 'a>) {
        if !fits(self.within, view) {
            return;
        }
        self.tried = true;
        self.met = self.met || view.has_any(&self.places);
        if !self.met {
            self.siblings.extend(match self.pointer.text_of() {
                Location::Pointer(keys) => siblings(view.json(), keys),
                Location::Whole(keys) => siblings(view.body, keys),
                _ => Vec::new(),
            });
        }
    }
}

fn fits(within: Within, view: &View<'_, '_>) -> bool {
    match within {
        Within::Any => true,
        Within::Shape(index) => view.shape() == Some(index) && !view.is_one_of_several(),
        Within::Several(index) => view.shape() == Some(index) && view.is_one_of_several(),
        Within::Error(index) => view.entry().is_some_and(|entry| entry.index() == index),
        Within::Status(range) => view.status().is_some_and(|status| range.contains(status)),
    }
}

/// Adds the keys that lead to each object in `value`.
fn add_objects(value: &serde_json::Value, keys: &mut Vec<String>, objects: &mut BTreeSet<Vec<String>>) {
    let mut within = |key: String, value| {
        keys.push(key);
        add_objects(value, keys, objects);
        keys.pop();
    };
    match value {
        serde_json::Value::Object(members) => {
            members.iter().for_each(|(key, value)| within(key.clone(), value));
            objects.insert(keys.clone());
        }
        serde_json::Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| within(index.to_string(), value));
        }
        _ => {}
    }
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
