//! Single values: text, words, numbers, codes, durations, statuses.

use super::Context;
use super::reader::{Reader, wrong_type};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Prose, StatusRange, Text};
use crate::source::{Kind, Node, Spanned};

/// Text that is not empty.
pub(super) fn text(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let Some(text) = node.text() else {
        wrong_type(node, "this is a text", cx);
        return None;
    };
    if text.trim().is_empty() {
        cx.report(Diagnostic::error("empty", node.span, "the text is empty").help("write it, or leave the key out"));
        return None;
    }
    Some(Spanned::new(text.trim_end().to_owned(), node.span))
}

/// Text on one line.
pub(super) fn line(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = text(node, cx)?;
    if text.value.contains('\n') {
        cx.report(
            Diagnostic::error("value", node.span, "this text has more than one line")
                .help("write it on one line, or fold it with `>-`"),
        );
        return None;
    }
    Some(text)
}

/// Text that may be documented nowhere: `Some(None)` is `undocumented`, `None` a reported mistake.
pub(super) fn documented(node: &Node, cx: &mut Context<'_>) -> Option<Option<Prose>> {
    let text = text(node, cx)?;
    Some((text.value != "undocumented").then_some(text))
}

/// One of a few words; `parse` knows them.
pub(super) fn word<T>(
    node: &Node,
    words: &[&str],
    parse: impl Fn(&str) -> Option<T>,
    cx: &mut Context<'_>,
) -> Option<T> {
    let Some(text) = node.text() else {
        wrong_type(node, &format!("this is one of the words {}", words.join(", ")), cx);
        return None;
    };
    let parsed = parse(text);
    if parsed.is_none() {
        let diagnostic = Diagnostic::error(
            "unknown-word",
            node.span,
            format!("`{text}` is not one of the words that can stand here"),
        );
        cx.report(match did_you_mean(text, words.iter().copied()) {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).replace(node.span, meant),
            None => diagnostic.help(format!("the words are {}", words.join(", "))),
        });
    }
    parsed
}

/// Reports a value that is not of the wanted form.
pub(super) fn bad_value(node: &Node, wanted: &str, cx: &mut Context<'_>) {
    let text = node.text().unwrap_or_default();
    cx.report(Diagnostic::error("value", node.span, format!("`{text}` is not {wanted}")));
}

/// The version of the format.
pub(super) fn format_version(node: &Node, cx: &mut Context<'_>) {
    match node.text() {
        Some("1") => {}
        Some(text) if text.parse::<u32>().is_ok() => cx.report(
            Diagnostic::error("value", node.span, format!("this errbook does not know version {text} of the format"))
                .label("it knows version 1")
                .help("use a newer errbook, or write `errbook: 1`"),
        ),
        _ => cx.report(
            Diagnostic::error("value", node.span, "the version of the format is the number 1")
                .help("write `errbook: 1`")
                .replace(node.span, "1"),
        ),
    }
}

/// A code: a text or an integer, kept as it is written. What YAML readers do not agree on is refused without quotes.
pub(super) fn code(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let Kind::Scalar { text, plain } = &node.kind else {
        wrong_type(node, "a code is a text or an integer", cx);
        return None;
    };
    if *plain && let Some(reading) = misreading(text) {
        cx.report(
            Diagnostic::error("unquoted-code", node.span, format!("a YAML reader may take `{text}` for {reading}"))
                .label("not quoted")
                .help("quote it, so that it stays as it is on the wire")
                .replace(node.span, format!("\"{text}\"")),
        );
        return None;
    }
    Some(Spanned::new(text.clone(), node.span))
}

/// What a reader of YAML 1.1 or 1.2 could take a plain scalar for, other than a text or an integer that prints the same.
fn misreading(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "~" | "null" => return Some("null"),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" => return Some("a truth value"),
        ".inf" | "-.inf" | "+.inf" | ".nan" => return Some("a number"),
        _ => {}
    }
    let first = lower.strip_prefix(['-', '+']).unwrap_or(&lower);
    if !first.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let canonical = text == "0"
        || text
            .strip_prefix('-')
            .unwrap_or(text)
            .bytes()
            .enumerate()
            .all(|(i, b)| b.is_ascii_digit() && (i > 0 || b != b'0'));
    if canonical {
        return None;
    }
    let numeric =
        |c: char| c.is_ascii_hexdigit() || matches!(c, '.' | '_' | '+' | '-' | 'x' | 'o' | ':' | 't' | 'z' | ' ');
    let looks = first.chars().all(numeric) && (first.parse::<f64>().is_ok() || is_special_number(first));
    looks.then_some("another number, or a date")
}

/// Octal, hexadecimal, binary, grouped and base-60 numbers, and dates.
fn is_special_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == '_');
    let radix = text.strip_prefix("0x").or_else(|| text.strip_prefix("0o")).or_else(|| text.strip_prefix("0b"));
    let is_date =
        text.len() >= 8 && text.split(['-', 't', ':', ' ', '.', 'z', '+']).all(|part| part.is_empty() || digits(part));
    radix.is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit() || c == '_'))
        || digits(text)
        || text.split(':').count() > 1 && text.split(':').all(digits)
        || is_date && text.contains('-')
}

/// A duration in milliseconds: digits and one unit.
pub(super) fn duration(node: &Node, cx: &mut Context<'_>) -> Option<u64> {
    let ms = node.text().and_then(parse_duration);
    if ms.is_none() {
        bad_value(node, "a duration such as 500ms, 30s, 5m, 1h or 1d", cx);
    }
    ms
}

/// The milliseconds of `30s`; at most 2^53 - 1 of them.
pub(super) fn parse_duration(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit = match &text[digits..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    text[..digits].parse::<u64>().ok()?.checked_mul(unit).filter(|ms| *ms < 1 << 53)
}

/// A status from 100 to 599 (some APIs go to 999), or a class such as `5xx`.
pub(super) fn status(node: &Node, cx: &mut Context<'_>) -> Option<StatusRange> {
    let range = node.text().and_then(parse_status);
    if range.is_none() {
        bad_value(node, "a status from 100 to 999, or a class such as 4xx", cx);
    }
    range
}

/// The statuses under `status`, in order; `one` reads each. One that is among others of them is refused.
pub(super) fn statuses(
    reader: &Reader<'_>,
    one: fn(&Node, &mut Context<'_>) -> Option<StatusRange>,
    cx: &mut Context<'_>,
) -> Vec<StatusRange> {
    let listed = reader.one_or_list("status", cx, |node, cx| Some(Spanned::new(one(node, cx)?, node.span)));
    for (index, one) in listed.iter().enumerate() {
        let covers = |(other_index, other): &(usize, &Spanned<StatusRange>)| {
            *other_index != index && other.value.covers(one.value) && (other.value != one.value || *other_index < index)
        };
        if let Some((_, other)) = listed.iter().enumerate().find(covers) {
            let message = format!("{} is listed already", one.value);
            let diagnostic = Diagnostic::error("value", one.span, message);
            cx.report(diagnostic.related(other.span, "here").help("leave it out"));
        }
    }
    let mut ranges: Vec<_> = listed.into_iter().map(|range| range.value).collect();
    ranges.sort();
    ranges.dedup();
    ranges
}

pub(super) fn parse_status(text: &str) -> Option<StatusRange> {
    if let [digit @ b'1'..=b'9', b'x', b'x'] = text.as_bytes() {
        return Some(StatusRange::class(u16::from(digit - b'0')));
    }
    let digits = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|status| digits && *status >= 100).map(StatusRange::one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_need_quotes() {
        for text in [
            "NO",
            "off",
            "y",
            "null",
            "~",
            "08006",
            "0x1F",
            "1e3",
            "1.0",
            "+1",
            "1_000",
            "2026-01-01",
            "12:30:00",
            "-0",
            ".5",
            "0o17",
            "1.",
        ] {
            assert!(misreading(text).is_some(), "{text}");
        }
        for text in [
            "0",
            "-32601",
            "42",
            "KEY_REVOKED",
            "N0",
            "e3",
            "404_X",
            "1abc",
            "12-ab",
            "None",
            "3D_MODEL",
            "08P01",
            "22P02",
        ] {
            assert_eq!(misreading(text), None, "{text}");
        }
    }

    #[test]
    fn durations() {
        assert_eq!(parse_duration("500ms"), Some(500));
        assert_eq!(parse_duration("2m"), Some(120_000));
        for text in ["", "1", "s", "1.5s", "-1s", "1 s", "1w", "99999999999999999999s", "9007199254740992ms", "1m0s"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn statuses() {
        assert_eq!(parse_status("5xx"), Some(StatusRange::class(5)));
        assert_eq!(parse_status("404"), Some(StatusRange::one(404)));
        for text in ["", "99", "1000", "0xx", "5x", "5XX", "+40", "4é"] {
            assert_eq!(parse_status(text), None, "{text}");
        }
    }
}
