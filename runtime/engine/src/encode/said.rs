//! A value as it is sent, and texts of which tests hold.

use super::node::Node;
use crate::condition::holds_of;
use crate::document::is_integer;
use crate::form::format_instant;
use crate::json;
use crate::table::{Form, Kind, Test};
use crate::value::Value;

/// A value: its text, and whether JSON has it in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) quoted: bool,
}

impl Said {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: true }
    }

    /// What JSON has without quotes: numbers, `true`, lists.
    pub(super) fn bare(text: impl Into<String>) -> Self {
        Self { text: text.into(), quoted: false }
    }

    /// A text of a catalog, which is a number or a truth value where it looks like one.
    pub(super) fn word(text: &str) -> Self {
        if matches!(text, "true" | "false") || is_canonical(text) { Self::bare(text) } else { Self::text(text) }
    }

    /// The value of a field; `None` where it is not of this kind.
    pub(super) fn value(value: &Value<'_>, kind: Kind<'_>) -> Option<Self> {
        match (value, kind) {
            (Value::String(text), Kind::String) => Some(Self::text(&**text)),
            (Value::Integer(text), Kind::Integer) if is_number(text) => Some(Self::bare(&**text)),
            (Value::Number(text) | Value::Integer(text), Kind::Number) if is_number(text) => Some(Self::bare(&**text)),
            (Value::Boolean(value), Kind::Boolean) => Some(Self::bare(value.to_string())),
            (Value::Timestamp(ms), Kind::Timestamp(form)) => instant(*ms, form),
            (Value::Json(text), Kind::Any) if json::is_strict(text) => Some(Self::bare(text.trim())),
            (Value::Json(text), Kind::Object) if json::is_strict(text) && text.trim().starts_with('{') => {
                Some(Self::bare(text.trim()))
            }
            (Value::List(items), Kind::List(of)) => {
                let of = of.copied().unwrap_or(Kind::Any);
                let items: Vec<_> = items.iter().map(|item| Self::value(item, of)).collect::<Option<_>>()?;
                let items = items.iter().map(Self::node).collect();
                let mut text = String::new();
                Node::List(items).write(&mut text);
                Some(Self::bare(text))
            }
            _ => None,
        }
    }

    pub(super) fn node(&self) -> Node {
        if self.quoted { Node::text(&self.text) } else { Node::Raw(self.text.clone()) }
    }

    /// Whether it can stand in text: no list, no object.
    pub(super) fn is_scalar(&self) -> bool {
        self.quoted || !self.text.starts_with(['[', '{'])
    }

    /// A value of which all tests hold: made up, but for what they say outright.
    pub(super) fn meeting(tests: &[Test<'_>]) -> Option<Self> {
        candidates(tests).into_iter().find(|said| tests.iter().all(|test| holds_of(*test, &said.text)))
    }
}

/// Whether a test tells the value outright.
pub(super) fn is_exact(test: &Test<'_>) -> bool {
    matches!(test, Test::Equals(_) | Test::Text(_))
}

fn candidates(tests: &[Test<'_>]) -> Vec<Said> {
    let mut out = vec![];
    for test in tests {
        match *test {
            Test::Equals(text) => out.push(Said::word(text)),
            Test::Text(text) => out.push(Said::text(text)),
            Test::Range(first, _) => out.extend((0..=2).map(|n| Said::bare(first.saturating_add(n).to_string()))),
            Test::Not("true") => out.push(Said::bare("false")),
            Test::Not("false") => out.push(Said::bare("true")),
            Test::Not(text) if is_canonical(text) => {
                let next = text.parse::<i64>().map_or(0, |number| number.wrapping_add(1));
                out.push(Said::bare(next.to_string()));
            }
            Test::Not(_) => out.push(Said::text("other")),
            Test::Contains(_) | Test::Prefix(_) | Test::Pattern(_) | Test::Present(_) => {}
        }
    }
    out.extend(joined(tests).into_iter().map(Said::text));
    out.push(Said::bare("true"));
    out
}

/// Texts that begin with the prefixes, follow the patterns, and hold what they have to contain.
fn joined(tests: &[Test<'_>]) -> Vec<String> {
    let of = |pick: fn(&Test<'_>) -> bool| tests.iter().filter(move |test| pick(test));
    let prefix = of(|test| matches!(test, Test::Prefix(_))).filter_map(text_of).max_by_key(|text| text.len());
    let pattern = of(|test| matches!(test, Test::Pattern(_))).find_map(text_of);
    let contained: Vec<&str> = of(|test| matches!(test, Test::Contains(_))).filter_map(text_of).collect();
    let contained = contained.join(" ");
    let (prefix, pattern) = (prefix.unwrap_or_default(), pattern.unwrap_or_default());
    let parts = |parts: &[&str]| {
        let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    };
    let filled = pattern.replacen('*', &contained, 1).replace('*', "");
    let texts = [
        parts(&[prefix, &pattern.replace('*', ""), &contained]),
        parts(&[prefix, &contained]),
        parts(&[&filled]),
        parts(&[&pattern.replacen('*', &parts(&[prefix, &contained]), 1).replace('*', "")]),
    ];
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

fn text_of<'a>(test: &Test<'a>) -> Option<&'a str> {
    match *test {
        Test::Prefix(text) | Test::Pattern(text) | Test::Contains(text) => Some(text),
        _ => None,
    }
}

/// Whether a text is a whole number as JSON writes it.
pub(super) fn is_canonical(text: &str) -> bool {
    is_integer(text.as_bytes()) && is_number(text) && text != "-0"
}

fn is_number(text: &str) -> bool {
    json::number_len(text.as_bytes()) == Some(text.len())
}

/// An instant in its form, rounded up to what that can tell.
pub(super) fn instant(ms: i64, form: Form) -> Option<Said> {
    let whole = |unit: i64| u64::try_from(ms.div_euclid(unit) + i64::from(ms.rem_euclid(unit) > 0)).ok();
    match form {
        Form::Iso8601 => format_instant(ms).map(Said::text),
        Form::EpochSeconds => whole(1_000).map(|seconds| Said::bare(seconds.to_string())),
        Form::EpochMilliseconds => whole(1).map(|ms| Said::bare(ms.to_string())),
        Form::HttpDate | Form::RetryAfter => super::form::http_date(whole(1_000)?).map(Said::text),
        _ => None,
    }
}
