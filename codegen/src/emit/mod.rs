//! From the plan to files: one folder a target. Nothing here touches the disk.

pub mod docs;
mod licenses;
mod package;
pub mod prose;
pub mod rust;
mod template;
pub mod terminal;
pub mod typescript;
pub mod words;

use crate::output::{Draft, MARKER};
use crate::plan::Plan;
use crate::source::characters::is_forbidden;

/// Every file of every target, with paths relative to the output folder: those that take long come first.
pub fn all<'p>(plan: &'p Plan<'_>) -> Vec<Draft<'p>> {
    let mut drafts = rust::emit(plan);
    drafts.extend(typescript::emit(plan));
    drafts.extend(docs::emit(plan));
    drafts
}

/// A link to a source; its title alone where no address is known.
pub(crate) fn source_link(source: &crate::model::Source) -> String {
    match &source.url {
        Some(url) => prose::link(source.label(), &url.value),
        None => prose::text(source.label()),
    }
}

/// Whether a string literal shows a character escaped: controls, of bidirectional text too, and what some tools take for a line break.
pub(crate) fn is_escaped(c: char) -> bool {
    c.is_control() || is_forbidden(c) || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// What the first lines of each file say: that it is generated, and from what.
pub(crate) fn marker(source: &str) -> String {
    format!("{MARKER} from {source}; edit that instead.")
}
