//! From nodes to the typed catalog. Every mistake is reported, and what is sound is kept, so that one run tells them all.

mod condition;
mod error;
mod facts;
mod field;
mod location;
mod reader;
mod response;
mod retry;
mod scalar;

use super::{ApiRetry, Catalog, Incomplete};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::format;
use crate::source::{Document, Node};
use reader::Reader;
pub use scalar::parse_duration;

/// The rules that this stage reports under: id, and what it refuses in one sentence.
pub const RULES: &[(&str, &str)] = &[
    ("empty", "A value that must be there is empty."),
    ("missing-key", "A key that must be there is missing."),
    ("one-of", "Keys that exclude each other stand together, or none of them is there."),
    ("unknown-key", "A key is not one of the format."),
    ("unknown-word", "A word is not one of those that can stand there."),
    ("unquoted-code", "A code is written without quotes, and YAML readers do not agree on what it is."),
    ("value", "A value is not of the form that its key asks for."),
    ("wrong-type", "A value is of another kind than its key asks for."),
];

/// What lowering reports into.
pub(crate) struct Context<'d> {
    diagnostics: &'d mut Diagnostics,
    reported: bool,
}

impl Context<'_> {
    /// Reports a mistake: something of the catalog is left out.
    fn report(&mut self, diagnostic: Diagnostic) {
        self.reported = true;
        self.diagnostics.push(diagnostic);
    }

    /// Whether anything was reported since this was last asked.
    fn take_reported(&mut self) -> bool {
        std::mem::take(&mut self.reported)
    }
}

/// Lowers every document that is a catalog.
pub fn lower(documents: &[Document], diagnostics: &mut Diagnostics) -> Vec<Catalog> {
    documents.iter().filter_map(|document| catalog(&document.root, diagnostics)).collect()
}

/// Lowers one catalog; `None` where too little of it is sound.
fn catalog(root: &Node, diagnostics: &mut Diagnostics) -> Option<Catalog> {
    let mut context = Context { diagnostics, reported: false };
    let cx = &mut context;
    let reader = Reader::open(root, &format::CATALOG, cx)?;
    if let Some(version) = reader.get("errbook") {
        scalar::format_version(version, cx);
    }
    let mut incomplete = Incomplete { other: cx.take_reported(), ..Incomplete::default() };
    let api = reader.get("api").and_then(|node| facts::api(node, cx));
    incomplete.api = cx.take_reported();
    let shapes = reader.list("responses", cx, response::shape);
    incomplete.shapes = cx.take_reported();
    let retry = reader.get("retry").map_or_else(ApiRetry::default, |node| retry::api(node, cx));
    let limits = reader.map("limits", cx, facts::limit);
    incomplete.other |= cx.take_reported();
    let mut statuses = reader.map("statuses", cx, facts::status);
    incomplete.statuses = cx.take_reported();
    let groups = reader.map("groups", cx, facts::group);
    incomplete.groups = cx.take_reported();
    let mut errors = reader.list("errors", cx, error::error);
    incomplete.errors = cx.take_reported();
    let of_statuses = statuses.iter_mut().filter_map(|status| status.retry.as_mut());
    let of_errors = errors.iter_mut().flat_map(|error| {
        error.retry.iter_mut().chain(error.causes.iter_mut().filter_map(|cause| cause.retry.as_mut()))
    });
    of_statuses.chain(of_errors).for_each(|rule| rule.inherit(&retry));
    Some(Catalog { span: reader.span(), api: api?, shapes, retry, limits, statuses, groups, errors, incomplete })
}
