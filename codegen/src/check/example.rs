use bumpalo::Bump;
use errbook::__private::Api;
use errbook::{Outcome, View, decode};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, ErrorDef, Example, StatusSet};
use crate::tables;

pub(super) static RULE: Rule = Rule {
    name: "example",
    about: "An example does not decode to the error that it stands under, or holds a value that is not of the type that its field has.",
    why: "An example comes from the provider's documents, so either it is copied wrong or the catalog has the shape, the code, the conditions or a field wrong.",
    wrong: "
errors:
  - code: A
    status: 400
    when: undocumented
    fix: undocumented
    retry: never
    examples:
      - { status: 400, body: '{\"code\": \"B\"}' }
#         ^^^^^^ error[example]
      - { status: 409, body: '{\"code\": \"A\"}' }
#         ^^^^^^ error[example]
      - { status: 400, body: '{\"code\": \"A\", \"balance\": \"12\"}' }
#         ^^^^^^ error[example]
    fields: { balance: { in: /balance, type: integer } }
",
    right: "
errors:
  - code: A
    status: 400
    when: undocumented
    fix: undocumented
    retry: never
    examples:
      - { status: 400, body: '{\"code\": \"A\", \"message\": \"No.\"}' }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    // The tables of an incomplete catalog would fail examples for nothing.
    if catalog.incomplete.any() || catalog.errors.iter().all(|error| error.examples.is_empty()) {
        return;
    }
    let bump = Bump::new();
    let api = tables::build(&bump, catalog);
    for (index, error) in catalog.errors.iter().enumerate() {
        for example in &error.examples {
            if let Err(problem) = try_example(&api, index, error, example) {
                let message = format!("the example {problem}");
                diagnostics.push(
                    Diagnostic::error(RULE.name, example.span, message)
                        .related(error.id_span(), "it stands under this error")
                        .help("compare it with the provider's page; then mend the example, or what the catalog says of the response"),
                );
            }
        }
    }
}

fn try_example(api: &Api<'_>, row: usize, error: &ErrorDef, example: &Example) -> Result<(), String> {
    let headers = header_map(example);
    let body = example.body.value.as_bytes();
    let decoded = decode(api, example.status, &headers, body);
    let primary = View { api, headers: &headers, body, decoded: &decoded };
    let mut all = std::iter::once(primary).chain(primary.others());
    let is_this = |view: &View<'_, '_>| view.entry().is_some_and(|entry| entry.index() == row);
    let Some(view) = all.find(is_this) else {
        return Err(match primary.entry() {
            Some(entry) => format!("decodes to `{}`", entry.code()),
            None => not_known(primary.outcome(), primary.raw_code().as_deref()),
        });
    };
    let told = view.cause().map(|cause| cause.name);
    let wanted = example.cause.as_ref().map(|cause| cause.value.as_str());
    if wanted.is_some() && told != wanted {
        return Err(match told {
            Some(told) => format!("decodes to the cause `{told}`, not `{}`", wanted.unwrap_or_default()),
            None => format!("does not tell the cause `{}`", wanted.unwrap_or_default()),
        });
    }
    let values = view.values();
    for field in &error.fields {
        if !values.has(&field.name.value) && view.holds_something_at(&field.name.value) {
            return Err(format!("holds a value for `{}` that is not of its type", field.name.value));
        }
    }
    match (&error.status.value, view.status()) {
        (StatusSet::Of(ranges), Some(status)) if !ranges.iter().any(|range| range.contains(status)) => {
            Err(format!("has the status {status}, which is not one of the error's"))
        }
        (StatusSet::Never, Some(status)) => {
            Err(format!("has the status {status}, but the error is never an HTTP response"))
        }
        _ => Ok(()),
    }
}

fn not_known(outcome: Outcome, code: Option<&str>) -> String {
    match (outcome, code) {
        (Outcome::UnknownCode, Some(code)) => format!("has the code `{code}`, which is not listed"),
        (Outcome::Malformed, _) => "is not JSON, though the code is looked for in a JSON body".to_owned(),
        (Outcome::NotError, _) => "is not an error: its status is below 400 and no response shape claims it".to_owned(),
        _ => "has no code where the response shapes look for it, and fits no `match`".to_owned(),
    }
}

/// The headers of an example, as HTTP has them.
pub(super) fn header_map(example: &Example) -> HeaderMap {
    let parse = |(name, value): &(crate::model::Text, crate::model::Text)| {
        let name = HeaderName::from_bytes(name.value.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(&value.value).ok()?))
    };
    example.headers.iter().filter_map(parse).collect()
}
