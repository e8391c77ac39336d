//! The table of fields, which overview and pages share.

use crate::emit::{prose, words};
use crate::model::Field;

/// Fields as a table: name, type, place, meaning. `None` for no fields.
pub(super) fn fields(fields: &[Field]) -> Option<String> {
    if fields.is_empty() {
        return None;
    }
    let rows = fields.iter().map(|field| {
        let name = prose::code_cell(&field.name.value);
        let kind = words::field_kind(field.kind);
        let at = prose::cell(&words::locations(&field.at));
        let about = field.about.as_ref().map_or(words::NOT_DOCUMENTED.to_owned(), |about| prose::cell(&about.value));
        format!("\n| {name} | {kind} | {at} | {about} |")
    });
    Some(format!("| Name | Type | Where | Meaning |\n|---|---|---|---|{}", rows.collect::<String>()))
}
