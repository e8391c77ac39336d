//! Typed values that come with an error.

use super::location::locations;
use super::reader::Reader;
use super::{Context, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format::{self, INSTANTS, TYPES};
use crate::model::{Field, FieldKind, InstantForm, ItemKind, Location};
use crate::source::Node;

/// The types that the items of a list can have.
const ITEMS: [&str; 5] = ["string", "integer", "number", "boolean", "object"];

/// One field.
pub(super) fn field(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Field> {
    let reader = Reader::open(node, &format::FIELD, cx)?;
    let name = scalar::line(key, cx);
    let at = locations(&reader, "in", cx);
    if let Some(whole) = at.iter().find(|at| matches!(at.value.text_of(), Location::Whole(_))) {
        let diagnostic =
            Diagnostic::error("value", whole.span, "a field is read from the error, not from the whole body");
        cx.report(diagnostic.help("name it under `fields` of the response shape, with a pointer"));
    }
    let about = reader.text("about", cx);
    let kind = reader
        .get("type")
        .and_then(|node| scalar::word(node, TYPES, |text| TYPES.iter().find(|word| **word == text), cx));
    for (key, wanted) in [("of", "list"), ("form", "timestamp")] {
        if let (Some((node, _)), Some(kind)) = (reader.entry(key), kind.filter(|kind| **kind != wanted)) {
            let diagnostic = Diagnostic::error(
                "one-of",
                node.span,
                format!("`{key}` goes with `type: {wanted}`, this field is of type {kind}"),
            );
            cx.report(diagnostic.help("leave it out"));
        }
    }
    let kind = match *kind? {
        "timestamp" => FieldKind::One(ItemKind::Timestamp(timestamp_form(&reader, cx)?)),
        "list" => FieldKind::List(reader.get("of").and_then(|node| scalar::word(node, &ITEMS, item_kind, cx))),
        word => FieldKind::One(item_kind(word)?),
    };
    if at.is_empty() {
        return None;
    }
    Some(Field { name: name?, at, kind, about })
}

fn timestamp_form(reader: &Reader<'_>, cx: &mut Context<'_>) -> Option<InstantForm> {
    let Some(node) = reader.get("form") else {
        let diagnostic =
            Diagnostic::error("missing-key", reader.span(), "a timestamp needs the key `form`").label("in this field");
        cx.report(diagnostic.help(format!("add `form:`, one of {}", INSTANTS.join(", "))));
        return None;
    };
    scalar::word(node, INSTANTS, instant_form, cx)
}

fn instant_form(word: &str) -> Option<InstantForm> {
    match word {
        "iso8601" => Some(InstantForm::Iso8601),
        "http-date" => Some(InstantForm::HttpDate),
        "epoch-seconds" => Some(InstantForm::EpochSeconds),
        "epoch-milliseconds" => Some(InstantForm::EpochMilliseconds),
        _ => None,
    }
}

fn item_kind(word: &str) -> Option<ItemKind> {
    match word {
        "string" => Some(ItemKind::String),
        "integer" => Some(ItemKind::Integer),
        "number" => Some(ItemKind::Number),
        "boolean" => Some(ItemKind::Boolean),
        "object" => Some(ItemKind::Object),
        "any" => Some(ItemKind::Any),
        _ => None,
    }
}
