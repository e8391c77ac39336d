//! What must stand at a location.

use super::location::location;
use super::reader::{Reader, wrong_type};
use super::{Context, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format;
use crate::model::{Condition, Test};
use crate::source::{Node, Spanned};

/// A mapping of conditions.
pub(super) fn conditions(node: &Node, cx: &mut Context<'_>) -> Vec<Condition> {
    let Some(entries) = node.entries() else {
        wrong_type(node, "conditions are a mapping from a location to what must stand there", cx);
        return Vec::new();
    };
    entries.iter().filter_map(|(key, value)| condition(key, value, cx)).collect()
}

fn condition(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Condition> {
    let at = location(key, cx);
    let test = match node.text() {
        Some(text) => Some(Test::Equals(text.to_owned())),
        None => test(node, cx),
    };
    Some(Condition { at: at?, test: test? })
}

fn test(node: &Node, cx: &mut Context<'_>) -> Option<Test> {
    let reader = Reader::open(node, &format::TEST, cx)?;
    let key = reader.one_of(&["not", "contains", "prefix", "pattern", "range", "present"], true, cx)?;
    let node = reader.get(key)?;
    match key {
        "present" => scalar::word(node, &["true", "false"], |text| text.parse().ok(), cx).map(Test::Present),
        "range" => range(node, cx),
        "not" if node.text().is_some() => node.text().map(|text| Test::Not(text.to_owned())),
        "not" => scalar::text(node, cx).map(|text| Test::Not(text.value)),
        "contains" => scalar::text(node, cx).map(|text| Test::Contains(text.value)),
        "prefix" => scalar::text(node, cx).map(|text| Test::Prefix(text.value)),
        _ => pattern(node, cx),
    }
}

/// A text with stars. What a shorter word says is refused, so that each test is written in one way.
fn pattern(node: &Node, cx: &mut Context<'_>) -> Option<Test> {
    let text = scalar::text(node, cx)?.value;
    let inner = text.trim_matches('*');
    let (test, word) = match (text.starts_with('*'), text.ends_with('*')) {
        _ if inner.is_empty() => (Test::Present(true), "present: true".to_owned()),
        (true, true) if !inner.contains('*') => {
            (Test::Contains(inner.to_owned()), format!("contains: {}", quoted(inner)))
        }
        (false, true) if !inner.contains('*') => (Test::Prefix(inner.to_owned()), format!("prefix: {}", quoted(inner))),
        _ => return Some(Test::Pattern(text)),
    };
    let diagnostic = Diagnostic::error("value", node.span, format!("the pattern `{text}` has a shorter form"));
    cx.report(diagnostic.help(format!("write `{{ {word} }}`")));
    Some(test)
}

/// As a scalar between double quotes.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The class that a code, or a part of one, is in: `{ prefix: "08" }`.
pub(super) fn class(node: &Node, cx: &mut Context<'_>) -> Option<Spanned<Test>> {
    let reader = Reader::open(node, &format::CLASS, cx)?;
    let key = reader.one_of(&["contains", "prefix", "pattern", "range", "present"], true, cx)?;
    let value = reader.get(key)?;
    if key == "present" {
        scalar::word(value, &["true"], |text| (text == "true").then_some(()), cx)?;
        return Some(Spanned::new(Test::Present(true), reader.span()));
    }
    Some(Spanned::new(test(node, cx)?, value.span))
}

/// `[200, 299]`: the first and the last of whole numbers.
fn range(node: &Node, cx: &mut Context<'_>) -> Option<Test> {
    let number = |node: &Node| node.text().and_then(|text| text.parse::<i64>().ok());
    match node.items().map(|items| items.iter().map(number).collect::<Vec<_>>()).as_deref() {
        Some([Some(first), Some(last)]) if first <= last => Some(Test::Range(*first, *last)),
        _ => {
            let diagnostic = Diagnostic::error("value", node.span, "a range is two whole numbers, the lower one first");
            cx.report(diagnostic.help("write `range: [200, 299]`"));
            None
        }
    }
}
