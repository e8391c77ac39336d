//! Response shapes.

use errbook::__private::MOST_PARTS;

use super::condition::conditions;
use super::field::field;
use super::location::{is_fixed, locations, one_or_several, steps};
use super::reader::Reader;
use super::{Context, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format::{self, PRIMARIES};
use crate::model::{Location, Primary, Several, Shape, StatusRange};
use crate::source::{Node, Spanned};

pub(super) fn shape(node: &Node, cx: &mut Context<'_>) -> Option<Shape> {
    let reader = Reader::open(node, &format::SHAPE, cx)?;
    let statuses = reader.get("status").map(|_| scalar::statuses(&reader, shape_status, cx));
    let errors = reader.get("errors").and_then(|node| several(node, cx));
    Some(Shape { statuses, errors: errors.map(Box::new), ..contents(&reader, cx) })
}

/// A status or a class of them, or `none` for what is no HTTP response.
fn shape_status(node: &Node, cx: &mut Context<'_>) -> Option<StatusRange> {
    if node.text() == Some("none") { Some(StatusRange::NONE) } else { scalar::status(node, cx) }
}

/// Several errors of one response, each like a shape.
fn several(node: &Node, cx: &mut Context<'_>) -> Option<Several> {
    let reader = Reader::open(node, &format::SEVERAL, cx)?;
    let primary = match reader.get("primary") {
        Some(node) => scalar::word(node, PRIMARIES, primary, cx),
        None => Some(Primary::First),
    };
    let shape = contents(&reader, cx);
    if shape.code.is_empty() && shape.message.is_empty() {
        let diagnostic =
            Diagnostic::error("missing-key", reader.span(), "each of several errors has a code or a message");
        cx.report(diagnostic.help("add `code:` or `message:`, looked for in each of them"));
    }
    Some(Several { at: reader.get("in").and_then(|node| steps(node, cx))?, primary: primary?, shape })
}

fn primary(word: &str) -> Option<Primary> {
    match word {
        "first" => Some(Primary::First),
        "last" => Some(Primary::Last),
        "innermost" => Some(Primary::Innermost),
        _ => None,
    }
}

/// What a response and each of several errors have in common.
fn contents(reader: &Reader<'_>, cx: &mut Context<'_>) -> Shape {
    let gate = reader.get("if").map(|node| conditions(node, cx)).unwrap_or_default();
    let code = reader.get("code").map(|node| parts(node, cx)).unwrap_or_default();
    let [own_status, message, remediation, request_id] =
        ["own_status", "message", "remediation", "request_id"].map(|key| {
            let found = locations(reader, key, cx);
            fixed(found, cx)
        });
    let fields = reader.map("fields", cx, field);
    Shape {
        span: reader.span(),
        statuses: None,
        gate,
        code,
        own_status,
        message,
        remediation,
        request_id,
        fields,
        errors: None,
    }
}

fn fixed(found: Vec<Spanned<Location>>, cx: &mut Context<'_>) -> Vec<Spanned<Location>> {
    found.into_iter().filter(|at| is_fixed(at, cx)).collect()
}

/// Where the parts of a code stand; one part unless the catalog lists more.
fn parts(node: &Node, cx: &mut Context<'_>) -> Vec<Vec<Spanned<Location>>> {
    let is_parts = node.entries().is_some_and(|entries| entries.iter().any(|(key, _)| key.text() == Some("parts")));
    if !is_parts {
        let found = one_or_several(node, cx);
        let found = fixed(found, cx);
        return if found.is_empty() { Vec::new() } else { vec![found] };
    }
    let Some(reader) = Reader::open(node, &format::PARTS, cx) else { return Vec::new() };
    let found = reader.list("parts", cx, |node, cx| {
        let found = one_or_several(node, cx);
        Some(fixed(found, cx))
    });
    if let (Some(node), true) = (reader.get("parts"), found.len() > MOST_PARTS) {
        cx.report(
            Diagnostic::error("value", node.span, format!("a code has at most {MOST_PARTS} parts"))
                .help("leave the finest ones out, and read them as fields"),
        );
    }
    found
}
