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

use crate::output::{MARKER, Output};
use crate::plan::Plan;

/// Every file of every target, with paths relative to the output folder.
pub fn all(plan: &Plan<'_>) -> Vec<Output> {
    let mut outputs = rust::emit(plan);
    outputs.extend(typescript::emit(plan));
    outputs.extend(docs::emit(plan));
    outputs
}

/// A link to a source; its title alone where no address is known.
pub(crate) fn source_link(source: &crate::model::Source) -> String {
    match &source.url {
        Some(url) => prose::link(source.label(), &url.value),
        None => prose::text(source.label()),
    }
}

/// What the first lines of each file say: that it is generated, and from what.
pub(crate) fn marker(source: &str) -> String {
    format!("{MARKER} from {source}; edit that instead.")
}
