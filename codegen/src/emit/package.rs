//! What the packages of all languages say of themselves.

use super::words;
use crate::model::Catalog;

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

/// What holds for retrying every request, for READMEs: the documented backoff, and what a repeat does.
pub(super) fn retry_sentences(catalog: &Catalog) -> Vec<String> {
    let backoff = match catalog.retry.backoff {
        Some(backoff) => format!("Backoff: {}.", words::backoff(&backoff)),
        None => "No backoff is documented; where one is needed it is errbook's own, 1 s doubling to 30 s.".to_owned(),
    };
    let repeat = catalog.retry.repeat.as_ref().map(words::repeat_sentence);
    std::iter::once(backoff).chain(repeat).collect()
}
