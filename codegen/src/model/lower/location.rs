//! Where values stand.

use super::reader::{Reader, wrong_type};
use super::{Context, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format;
use crate::model::{Location, Part, Step};
use crate::source::{Node, Spanned};

/// How many places a list of locations can name, and how many keys a pointer can have: what the engine reads in one pass.
const MOST_ALTERNATIVES: usize = 8;
const MOST_SEGMENTS: usize = 32;

const HELP: &str = "a location is a JSON Pointer such as `/error/code`, `header:NAME`, or `body`";

/// The locations of a key, one or a list. Beside `in`, the keys for a part of a text hold for all of them.
pub(super) fn locations(reader: &Reader<'_>, key: &str, cx: &mut Context<'_>) -> Vec<Spanned<Location>> {
    let found = reader.one_or_list(key, cx, location);
    if let (Some(node), true) = (reader.get(key), found.len() > MOST_ALTERNATIVES) {
        too_many(node, cx);
    }
    if key == "in" { found.into_iter().map(|at| part_of(reader, at, cx)).collect() } else { found }
}

fn too_many(node: &Node, cx: &mut Context<'_>) {
    cx.report(
        Diagnostic::error("value", node.span, format!("a list of locations has at most {MOST_ALTERNATIVES}"))
            .help("leave the least likely ones out"),
    );
}

/// The locations of a value that is one or a list of them.
pub(super) fn one_or_several(node: &Node, cx: &mut Context<'_>) -> Vec<Spanned<Location>> {
    let found: Vec<_> = match node.items() {
        Some(items) => items.iter().filter_map(|node| location(node, cx)).collect(),
        None => location(node, cx).into_iter().collect(),
    };
    if found.len() > MOST_ALTERNATIVES {
        too_many(node, cx);
    }
    found
}

/// One location: a text, or a part of the text at one.
pub(super) fn location(node: &Node, cx: &mut Context<'_>) -> Option<Spanned<Location>> {
    if node.entries().is_some() {
        let reader = Reader::open(node, &format::PART, cx)?;
        return part(&reader, cx);
    }
    let Some(text) = node.text() else {
        wrong_type(node, "a location is a text", cx);
        return None;
    };
    match parse_location(text) {
        Ok(location) => Some(Spanned::new(location, node.span)),
        Err(problem) => {
            let diagnostic = Diagnostic::error("value", node.span, format!("`{text}` is no location: {problem}"));
            cx.report(diagnostic.help(HELP));
            None
        }
    }
}

/// The location under `in` of a mapping, or a part of the text there.
pub(super) fn part(reader: &Reader<'_>, cx: &mut Context<'_>) -> Option<Spanned<Location>> {
    let at = location(reader.get("in")?, cx)?;
    Some(part_of(reader, at, cx))
}

/// What the keys `following`, `until` and `json` of a mapping leave of the text at a location.
fn part_of(reader: &Reader<'_>, at: Spanned<Location>, cx: &mut Context<'_>) -> Spanned<Location> {
    let mut mark = |key| reader.get(key).and_then(|node| mark(node, cx));
    let (following, until) = (mark("following"), mark("until"));
    let json = reader.get("json").and_then(|node| inner_pointer(node, cx));
    if following.is_none() && until.is_none() && json.is_none() {
        return at;
    }
    if matches!(at.value, Location::Part(_)) {
        let diagnostic = Diagnostic::error("value", at.span, "a part of a part of a text is one part");
        cx.report(diagnostic.help("write both marks at one place: `{ in: LOCATION, following: MARK, until: MARK }`"));
        return at;
    }
    let part = Part { of: at.value, following: following.unwrap_or_default(), until: until.unwrap_or_default(), json };
    Spanned::new(Location::Part(Box::new(part)), at.span)
}

/// A pointer into the JSON that a text is.
fn inner_pointer(node: &Node, cx: &mut Context<'_>) -> Option<Vec<String>> {
    let text = scalar::text(node, cx)?;
    let keys = if text.value.is_empty() || text.value.starts_with('/') {
        segments(&text.value)
    } else {
        Err("it begins with `/`".to_owned())
    };
    match keys {
        Ok(keys) => Some(keys),
        Err(problem) => {
            let message = format!("`{}` is no JSON Pointer: {problem}", text.value);
            cx.report(
                Diagnostic::error("value", node.span, message)
                    .help("write where it stands in the JSON of the text: `/error/code`"),
            );
            None
        }
    }
}

/// A mark in a text. White space around it counts.
fn mark(node: &Node, cx: &mut Context<'_>) -> Option<String> {
    match node.text() {
        Some(text) if !text.is_empty() => Some(text.to_owned()),
        _ => scalar::text(node, cx).map(|text| text.value),
    }
}

/// A location that is looked for in every response: message and code are not known yet.
pub(super) fn is_fixed(at: &Spanned<Location>, cx: &mut Context<'_>) -> bool {
    let problem = match at.value.text_of() {
        Location::Message | Location::Code | Location::Path => "the shape itself says where message and code stand",
        Location::Whole(_) => "pointers of a response shape lead into the whole body anyway",
        _ => return true,
    };
    cx.report(Diagnostic::error("value", at.span, problem).help("write a JSON Pointer, or `header:NAME`"));
    false
}

fn parse_location(text: &str) -> Result<Location, String> {
    match text {
        "body" => return Ok(Location::Body),
        "message" => return Ok(Location::Message),
        "code" => return Ok(Location::Code),
        "path" => return Ok(Location::Path),
        _ => {}
    }
    if let Some(name) = text.strip_prefix("header:") {
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            return Err("a header has a name of letters, digits and hyphens".to_owned());
        }
        return Ok(Location::Header(name.to_ascii_lowercase()));
    }
    if let Some(pointer) = text.strip_prefix("body:") {
        return segments(pointer).map(Location::Whole);
    }
    segments(text).map(Location::Pointer)
}

/// The keys of a JSON Pointer; none for the empty one, which is all of it.
fn segments(pointer: &str) -> Result<Vec<String>, String> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err("it begins with neither `/` nor `header:`".to_owned());
    };
    let segments =
        rest.split('/').map(unescape).collect::<Option<Vec<_>>>().ok_or("`~` stands before `0` or `1` only")?;
    if segments.len() > MOST_SEGMENTS {
        return Err(format!("it has more than {MOST_SEGMENTS} keys"));
    }
    Ok(segments)
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

/// The way to each of several errors: a pointer in which `*` is any key or index, and `**` any depth.
pub(super) fn steps(node: &Node, cx: &mut Context<'_>) -> Option<Spanned<Vec<Step>>> {
    let parsed = match node.text() {
        None => {
            wrong_type(node, "the way to several errors is a text", cx);
            return None;
        }
        Some(text) => segments(text),
    };
    let steps: Vec<Step> = match parsed {
        Ok(segments) => segments.into_iter().map(step).collect(),
        Err(problem) => {
            cx.report(Diagnostic::error("value", node.span, format!("this is no way to several errors: {problem}")));
            return None;
        }
    };
    if !steps.iter().any(|step| matches!(step, Step::Each | Step::Deep)) {
        let message = "this leads to one value, not to several errors";
        cx.report(
            Diagnostic::error("value", node.span, message)
                .help("write `*` for any key or index of a list, `**` for any depth: `/errors/*`"),
        );
        return None;
    }
    Some(Spanned::new(steps, node.span))
}

fn step(segment: String) -> Step {
    match segment.as_str() {
        "*" => Step::Each,
        "**" => Step::Deep,
        _ => Step::Key(segment),
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
        assert_eq!(parse_location(""), pointer(&[]));
        assert_eq!(parse_location("body:/a"), Ok(Location::Whole(vec!["a".to_owned()])));
        for text in [
            "error",
            "body:a",
            "bodys",
            "/a~2",
            "/a~",
            "header:",
            "header:a b",
            "header:é",
            "headers:x",
            &"/a".repeat(33),
        ] {
            assert!(parse_location(text).is_err(), "{text}");
        }
    }
}
