use std::collections::{HashMap, HashSet};

use heck::ToSnakeCase;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, Field};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    name: "name-collision",
    about: "Two codes, causes or fields become the same name in generated code, or one becomes none.",
    why: "Names are made from codes (`RATE_LIMIT` and `rateLimit` both give `RateLimit`), pages are named after them, and file systems do not tell case apart. \
          They are never numbered silently: give one of the two a `name`.",
    wrong: "
errors:
  - { code: RATE_LIMIT, status: 429, when: undocumented, fix: undocumented, retry: backoff }
  - { code: rateLimit, status: 429, when: undocumented, fix: undocumented, retry: backoff }
#           ^^^^^^^^^ error[name-collision]
  - { code: \"!\", status: 429, when: undocumented, fix: undocumented, retry: backoff }
#           ^^^ error[name-collision]
  - code: B
    status: 400
    when: undocumented
    fix: undocumented
    retry: never
    fields: { a_b: { in: /a, type: string }, aB: { in: /b, type: string } }
#                                            ^^ error[name-collision]
",
    right: "
errors:
  - { code: RATE_LIMIT, status: 429, when: undocumented, fix: undocumented, retry: backoff }
  - { code: rateLimit, name: OldRateLimit, status: 429, when: undocumented, fix: undocumented, retry: backoff }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut names = Names { what: "name", first: HashMap::new() };
    let mut causes = Names { what: "name", first: HashMap::new() };
    let mut codes = HashSet::new();
    // A code that is listed twice is reported as such.
    for error in catalog.errors.iter().filter(|error| codes.insert(error.id())) {
        let variant = error.variant();
        names.add(&variant, error.id(), error.id_span(), diagnostics);
        for (name, cause) in error.causes.iter().filter_map(|cause| Some((cause.name.as_ref()?, cause))) {
            let full = cause.variant(&variant);
            let full = if full == variant { "" } else { &full };
            causes.add(full, &name.value, name.span, diagnostics);
        }
        fields(&error.fields, diagnostics);
    }
    for shape in catalog.all_shapes() {
        fields(&shape.fields, diagnostics);
    }
    shared_fields(catalog, diagnostics);
}

fn fields(fields: &[Field], diagnostics: &mut Diagnostics) {
    let mut names = Names { what: "field", first: HashMap::new() };
    for field in fields {
        let name = field_name(field).unwrap_or_default();
        names.add(&name, &field.name.value, field.name.span, diagnostics);
    }
}

/// Fields of several shapes are one field of the error: of one name, and of one type.
fn shared_fields(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut first: HashMap<String, &Field> = HashMap::new();
    for field in catalog.shape_fields() {
        let Some(other) = field_name(field).and_then(|name| first.insert(name, field)) else { continue };
        let same_place_twice = other.name.value == field.name.value && other.kind == field.kind;
        if !same_place_twice {
            let message = format!("`{}` and `{}` become one field, and differ", other.name.value, field.name.value);
            diagnostics.push(
                Diagnostic::error(RULE.name, field.name.span, message)
                    .related(other.name.span, "the other one")
                    .help("give them one name and one type, or names that differ in more than case"),
            );
        }
    }
}

/// The name of a field in Rust, where one can be made.
pub(super) fn field_name(field: &Field) -> Option<String> {
    let name = field.name.value.to_snake_case();
    let usable = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    usable.then_some(name)
}

struct Names {
    what: &'static str,
    first: HashMap<String, Span>,
}

impl Names {
    fn add(&mut self, name: &str, from: &str, span: Span, diagnostics: &mut Diagnostics) {
        let help = match self.what {
            "field" => "rename the field: the catalog chooses its name, `in` says where it stands",
            _ => "give it a `name` of its own: letters and digits, a capital first",
        };
        if name.is_empty() {
            let message = format!("no {} can be made from `{from}`", self.what);
            diagnostics.push(Diagnostic::error(RULE.name, span, message).help(help));
        } else if let Some(first) = self.first.get(&name.to_ascii_lowercase()) {
            let message = format!("`{from}` becomes the {} `{name}`, which is taken", self.what);
            diagnostics.push(Diagnostic::error(RULE.name, span, message).related(*first, "taken here").help(help));
        } else {
            self.first.insert(name.to_ascii_lowercase(), span);
        }
    }
}
