//! Response shapes, locations, conditions and fields.

use super::reader::{Reader, wrong_type};
use super::{Context, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format::{self, INSTANTS, TYPES};
use crate::model::{Condition, Field, FieldKind, InstantForm, ItemKind, Location, Shape, Test};
use crate::source::{Node, Spanned};

/// How many places a list of locations can name, and how many keys a pointer can have: what the engine reads in one pass.
const MOST_ALTERNATIVES: usize = 8;
const MOST_SEGMENTS: usize = 32;

pub(super) fn shape(node: &Node, cx: &mut Context<'_>) -> Option<Shape> {
    let reader = Reader::open(node, &format::SHAPE, cx)?;
    let statuses = reader.get("status").map(|_| reader.one_or_list("status", cx, scalar::status));
    let gate = reader.get("if").map(|node| conditions(node, cx)).unwrap_or_default();
    let [code, message, remediation, request_id] =
        ["code", "message", "remediation", "request_id"].map(|key| locations(&reader, key, cx));
    let fields = reader.map("fields", cx, field);
    Some(Shape { span: reader.span(), statuses, gate, code, message, remediation, request_id, fields })
}

/// The locations of a key, one or a list.
pub(super) fn locations(reader: &Reader<'_>, key: &str, cx: &mut Context<'_>) -> Vec<Spanned<Location>> {
    let found = reader.one_or_list(key, cx, location);
    if let (Some(node), true) = (reader.get(key), found.len() > MOST_ALTERNATIVES) {
        cx.report(
            Diagnostic::error("value", node.span, format!("a list of locations has at most {MOST_ALTERNATIVES}"))
                .help("leave the least likely ones out"),
        );
    }
    found
}

/// One location.
pub(super) fn location(node: &Node, cx: &mut Context<'_>) -> Option<Spanned<Location>> {
    let Some(text) = node.text() else {
        wrong_type(node, "a location is a text", cx);
        return None;
    };
    match parse_location(text) {
        Ok(location) => Some(Spanned::new(location, node.span)),
        Err(problem) => {
            let diagnostic = Diagnostic::error("value", node.span, format!("`{text}` is no location: {problem}"));
            cx.report(diagnostic.help("a location is a JSON Pointer such as `/error/code`, `header:NAME`, or `body`"));
            None
        }
    }
}

fn parse_location(text: &str) -> Result<Location, String> {
    if text == "body" {
        return Ok(Location::Body);
    }
    if let Some(name) = text.strip_prefix("header:") {
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            return Err("a header has a name of letters, digits and hyphens".to_owned());
        }
        return Ok(Location::Header(name.to_ascii_lowercase()));
    }
    let Some(rest) = text.strip_prefix('/') else {
        return Err("it begins with neither `/` nor `header:`".to_owned());
    };
    let segments =
        rest.split('/').map(unescape).collect::<Option<Vec<_>>>().ok_or("`~` stands before `0` or `1` only")?;
    if segments.len() > MOST_SEGMENTS {
        return Err(format!("it has more than {MOST_SEGMENTS} keys"));
    }
    Ok(Location::Pointer(segments))
}

/// A segment of a JSON Pointer: `~1` is `/`, `~0` is `~`.
fn unescape(segment: &str) -> Option<String> {
    let mut parts = segment.split('~');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push(match part.as_bytes().first()? {
            b'0' => '~',
            b'1' => '/',
            _ => return None,
        });
        out.push_str(&part[1..]);
    }
    Some(out)
}

/// A mapping of conditions.
pub(super) fn conditions(node: &Node, cx: &mut Context<'_>) -> Vec<Condition> {
    let Some(entries) = node.entries() else {
        wrong_type(node, "conditions are a mapping from a location to what must stand there", cx);
        return Vec::new();
    };
    entries.iter().filter_map(|(key, value)| condition(key, value, cx)).collect()
}

fn condition(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Condition> {
    let at =
        if key.text() == Some("message") { Some(Spanned::new(Location::Message, key.span)) } else { location(key, cx) };
    let test = match node.text() {
        Some(text) => Some(Test::Equals(text.to_owned())),
        None => test(node, cx),
    };
    Some(Condition { at: at?, test: test? })
}

fn test(node: &Node, cx: &mut Context<'_>) -> Option<Test> {
    let reader = Reader::open(node, &format::TEST, cx)?;
    let key = reader.one_of(&["not", "contains", "prefix", "pattern", "present"], true, cx)?;
    let node = reader.get(key)?;
    if key == "present" {
        return scalar::word(node, &["true", "false"], |text| text.parse().ok(), cx).map(Test::Present);
    }
    let text = match node.text() {
        Some(text) if key == "not" => text.to_owned(),
        _ => scalar::text(node, cx)?.value,
    };
    Some(match key {
        "not" => Test::Not(text),
        "contains" => Test::Contains(text),
        "prefix" => Test::Prefix(text),
        _ => Test::Pattern(text),
    })
}

/// One field.
pub(super) fn field(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Field> {
    let reader = Reader::open(node, &format::FIELD, cx)?;
    let name = scalar::line(key, cx);
    let at = locations(&reader, "in", cx);
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
        "list" => FieldKind::List(reader.get("of").and_then(|node| scalar::word(node, &TYPES[..4], item_kind, cx))),
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
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_pointers_headers_or_the_body() {
        let pointer = |segments: &[&str]| Ok(Location::Pointer(segments.iter().map(|&s| s.to_owned()).collect()));
        assert_eq!(parse_location("/error/code"), pointer(&["error", "code"]));
        assert_eq!(parse_location("/a~1b/m~0n"), pointer(&["a/b", "m~n"]));
        assert_eq!(parse_location("/"), pointer(&[""]));
        assert_eq!(parse_location("header:X-Request-Id"), Ok(Location::Header("x-request-id".to_owned())));
        assert_eq!(parse_location("body"), Ok(Location::Body));
        for text in ["", "error", "/a~2", "/a~", "header:", "header:a b", "header:é", "headers:x", &"/a".repeat(33)] {
            assert!(parse_location(text).is_err(), "{text}");
        }
    }
}
