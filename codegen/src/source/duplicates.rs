//! Keys that a mapping has twice.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::{Node, Span};

/// Up to here comparing all pairs is quicker than a set.
const FEW: usize = 16;

/// Reports every key that repeats an earlier one, and keeps only the first.
pub(super) fn remove(entries: &mut Vec<(Node, Node)>, diagnostics: &mut Diagnostics) {
    if are_unique(entries) {
        return;
    }
    let mut first: HashMap<String, Span> = HashMap::with_capacity(entries.len());
    entries.retain(|(key, _)| {
        let Some(text) = key.text() else { return true };
        let Some(earlier) = first.get(text) else {
            first.insert(text.to_owned(), key.span);
            return true;
        };
        diagnostics.push(
            Diagnostic::error("duplicate-key", key.span, format!("the key `{text}` stands twice in this mapping"))
                .label("again here")
                .related(*earlier, "first here")
                .help("remove one of the two, or give it another name"),
        );
        false
    });
}

fn are_unique(entries: &[(Node, Node)]) -> bool {
    let mut keys = entries.iter().filter_map(|(key, _)| key.text());
    if entries.len() > FEW {
        let mut seen = HashSet::with_capacity(entries.len());
        return keys.all(|key| seen.insert(key));
    }
    while let Some(key) = keys.next() {
        if keys.clone().any(|later| later == key) {
            return false;
        }
    }
    true
}
