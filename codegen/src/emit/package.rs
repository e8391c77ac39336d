//! What the packages of all languages say of themselves.

use super::{prose, source_link, words};
use crate::model::{Catalog, ErrorDef};

/// SPDX expression of packages whose catalog names none.
const LICENSE: &str = "MIT OR Apache-2.0";

/// The licence of the packages, as an SPDX expression.
pub(super) fn license(catalog: &Catalog) -> &str {
    catalog.api.license.as_ref().map_or(LICENSE, |license| &license.value)
}

/// What a registry shows of the package: one plain line.
pub(super) fn description(catalog: &Catalog) -> String {
    let title = catalog.api.title.value.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("The errors of the {title} API: typed codes, retry rules and remedies.")
}

/// What registries find the package by, the most telling first.
pub(super) fn keywords(catalog: &Catalog) -> Vec<&str> {
    let id = catalog.api.id.value.as_str();
    let rest = ["api", "errors", "retry", "http", "errbook"];
    std::iter::once(id).chain(rest.into_iter().filter(|word| *word != id)).collect()
}

/// What holds for retrying every request, for READMEs: the documented backoff, and what a repeat does.
pub(super) fn retry_sentences(catalog: &Catalog) -> Vec<String> {
    let backoff = match catalog.retry.backoff {
        Some(backoff) => format!("Backoff: {}.", words::backoff(&backoff)),
        None => "No backoff is documented; where one is needed it is errbook's own, 1 s doubling to 30 s.".to_owned(),
    };
    let repeat = catalog.retry.repeat.as_ref().map(words::repeat_sentence);
    std::iter::once(backoff).chain(repeat).collect()
}

/// The table of the errors, for READMEs. Their head names the first source; a column has the others, where there are any.
pub(super) fn error_table(catalog: &Catalog) -> String {
    let others = catalog.errors.iter().any(|error| catalog.source_index(&error.sources) > 0);
    let (head, line) = if others { (" other source |", "---|") } else { ("", "") };
    let mut table = format!("| code | status | when | retry | action |{head}\n|---|---|---|---|---|{line}");
    for error in &catalog.errors {
        table.push_str(&format!("\n{}", error_row(catalog, error)));
        if others {
            table.push_str(&match catalog.source_index(&error.sources) {
                0 => " |".to_owned(),
                other => format!(" {} |", source_link(&catalog.api.sources[other])),
            });
        }
    }
    table
}

fn error_row(catalog: &Catalog, error: &ErrorDef) -> String {
    let code = prose::code_cell(error.id());
    let status = words::status_list(&error.status.value);
    let when = error.when.as_ref().map_or_else(|| words::NOT_DOCUMENTED.to_owned(), |when| prose::cell(&when.value));
    let retry = words::retry_short(catalog.retry_of(error));
    let action = catalog.action_of(error).map_or_else(String::new, |action| prose::code_cell(action.as_str()));
    format!("| {code} | {status} | {when} | {retry} | {action} |")
}
