use bumpalo::Bump;
use errbook::__private::{Api, Place, Shape};
use errbook::{View, decode};

use super::example::header_map;
use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{self, Catalog, Location};
use crate::source::{Span, Spanned};
use crate::tables;

pub(super) static RULE: Rule = Rule {
    name: "unmet-pointer",
    about: "A pointer leads nowhere in all examples of its response shape, or of its error.",
    why: "An example is what the provider documents, so the pointer has a slip. Where examples leave a value out that is documented elsewhere, take the page's other samples in.",
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
    fields: { balance: { in: /ballance, type: integer } }
#                            ^^^^^^^^^ error[unmet-pointer]
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
    fields: { balance: { in: /balance, type: integer } }
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
    for one in wanted.iter().filter(|one| one.tried && !one.met) {
        let message = format!("no example has anything at `{}`", one.pointer);
        diagnostics.push(
            Diagnostic::error(RULE.name, one.span, message)
                .help("compare it with the examples; where only other samples of the page have it, add one of those"),
        );
    }
}

/// A list of pointers, of which one has to be met.
struct Wanted<'a> {
    of: Owner,
    places: &'a [Place<'a>],
    pointer: &'a Location,
    span: Span,
    tried: bool,
    met: bool,
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
                all.extend(Self::new(Owner::Error(index), &field.at, table.at));
            }
        }
        all
    }

    /// Headers are rarely shown in samples, so a list with one in it is let pass.
    fn new(of: Owner, locations: &'a [Spanned<Location>], places: &'a [Place<'a>]) -> Option<Self> {
        let first = locations.first()?;
        let pointers = locations.iter().all(|at| at.value.is_pointer());
        pointers.then_some(Self { of, places, pointer: &first.value, span: first.span, tried: false, met: false })
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
        }
    }
}

fn of_shape<'a>(of: Owner, shape: &'a model::Shape, table: &Shape<'a>, all: &mut Vec<Wanted<'a>>) {
    let parts = shape.code.iter().zip(table.code.iter().copied()).map(|(at, places)| (at.as_slice(), places));
    let lists = [
        (shape.own_status.as_slice(), table.own_status),
        (&shape.message, table.message),
        (&shape.remediation, table.remediation),
        (&shape.request_id, table.request_id),
    ];
    let fields = shape.fields.iter().zip(table.fields).map(|(field, table)| (field.at.as_slice(), table.at));
    all.extend(parts.chain(lists).chain(fields).filter_map(|(at, places)| Wanted::new(of, at, places)));
}
