//! Retry rules, backoffs, delay sources and what a repeat does.

use super::reader::{Reader, wrong_type};
use super::response::{location, locations};
use super::{Context, scalar};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::format::{self, FORMS};
use crate::model::{ApiRetry, DelaySource, Form, Location, Repeat, RetryRule, RetryVerdict, Text};
use crate::source::Node;
use errbook::Backoff;

/// The key `retry` of a catalog.
pub(super) fn api(node: &Node, cx: &mut Context<'_>) -> ApiRetry {
    let Some(reader) = Reader::open(node, &format::API_RETRY, cx) else { return ApiRetry::default() };
    ApiRetry {
        backoff: reader.get("backoff").and_then(|node| backoff(node, cx)),
        repeat: reader.get("repeat").and_then(|node| repeat(node, cx)),
        verdict_at: locations(&reader, "override", cx),
    }
}

fn backoff(node: &Node, cx: &mut Context<'_>) -> Option<Backoff> {
    let reader = Reader::open(node, &format::BACKOFF, cx)?;
    let initial_ms = reader.get("initial").and_then(|node| scalar::duration(node, cx));
    let max_ms = reader.get("max").and_then(|node| scalar::duration(node, cx));
    let factor = reader.get("factor").and_then(|node| {
        let factor =
            node.text().and_then(|text| text.parse::<f64>().ok()).filter(|factor| (1.0..=1_000.0).contains(factor));
        if factor.is_none() {
            scalar::bad_value(node, "a number from 1 to 1000", cx);
        }
        factor
    });
    let (initial_ms, factor, max_ms) = (initial_ms?, factor?, max_ms?);
    if initial_ms == 0 || max_ms < initial_ms {
        let diagnostic = Diagnostic::error(
            "value",
            reader.span(),
            "the first wait is longer than nothing and no longer than the longest",
        );
        cx.report(diagnostic.help("mend `initial` or `max`"));
        return None;
    }
    Some(Backoff { initial_ms, factor, max_ms })
}

/// What sending the same request again does.
pub(super) fn repeat(node: &Node, cx: &mut Context<'_>) -> Option<Repeat> {
    const WORDS: &[&str] = &["safe", "undocumented"];
    if node.text().is_some() {
        let parse = |text: &str| match text {
            "safe" => Some(Repeat::Safe),
            "undocumented" => Some(Repeat::Undocumented),
            _ => None,
        };
        return scalar::word(node, WORDS, parse, cx);
    }
    let reader = Reader::open(node, &format::REPEAT_RECORD, cx)?;
    let key = reader.one_of(&["duplicates", "idempotency_key", "new_key"], true, cx)?;
    let node = reader.get(key)?;
    match key {
        "duplicates" => scalar::text(node, cx).map(Repeat::Duplicates),
        "idempotency_key" => header_name(node, cx).map(Repeat::IdempotencyKey),
        _ => header_name(node, cx).map(Repeat::NewKey),
    }
}

fn header_name(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let name = scalar::line(node, cx)?;
    if name.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        return Some(name);
    }
    scalar::bad_value(node, "the name of a header", cx);
    None
}

/// Whether and when an error may be repeated.
pub(super) fn rule(node: &Node, cx: &mut Context<'_>) -> Option<RetryRule> {
    const WORDS: &[&str] = &["never", "backoff", "undocumented"];
    if node.text().is_some() {
        let parse = |text: &str| match text {
            "never" => Some(RetryVerdict::Never),
            "backoff" => Some(RetryVerdict::Retry),
            "undocumented" => Some(RetryVerdict::Undocumented),
            _ => None,
        };
        let text = node.text().unwrap_or_default();
        if parse(text).is_none() && did_you_mean(text, WORDS.iter().copied()).is_none() {
            let diagnostic = Diagnostic::error("unknown-word", node.span, format!("`{text}` is no retry rule"));
            cx.report(diagnostic.help("write never, backoff or undocumented, or a mapping: `{ after: 30s }`, `{ after: header:retry-after }`, `{ when: WHAT HAPPENED }`"));
            return None;
        }
        let verdict = scalar::word(node, WORDS, parse, cx)?;
        return Some(RetryRule { span: node.span, verdict, after: Vec::new(), backoff: None });
    }
    let reader = Reader::open(node, &format::RETRY_RECORD, cx)?;
    let told = if reader.get("when").is_some() { "when" } else { "after" };
    let key = reader.one_of(&["backoff", told], true, cx)?;
    if let (Some((node, _)), true) = (reader.entry("else"), key != "after") {
        let diagnostic = Diagnostic::error(
            "one-of",
            node.span,
            "`else` goes with `after`: it says what applies where nothing was told",
        );
        cx.report(diagnostic.help("leave it out"));
    }
    let after = reader.one_or_list("after", cx, delay_source);
    let (verdict, own) = match key {
        "when" => {
            let when = reader.text("when", cx)?;
            if when.value == "undocumented" {
                let diagnostic = Diagnostic::error("value", when.span, "a condition that nobody states is none");
                cx.report(diagnostic.help("write `retry: undocumented`"));
            }
            (RetryVerdict::Conditional(when), None)
        }
        "backoff" => (RetryVerdict::Retry, reader.get("backoff").and_then(|node| backoff(node, cx))),
        _ => (RetryVerdict::Retry, reader.get("else").and_then(|node| otherwise(node, cx))),
    };
    if reader.get("after").is_some() && after.is_empty() {
        return None;
    }
    if let Some(fixed) = after.iter().position(|source| matches!(source, DelaySource::Fixed(_))) {
        let behind = reader.get("after").and_then(|node| node.items()?.get(fixed + 1));
        let otherwise = reader.get("else");
        for node in behind.into_iter().chain(otherwise) {
            let diagnostic =
                Diagnostic::error("value", node.span, "nothing comes after a fixed delay: it is always there");
            cx.report(diagnostic.help("leave it out, or put the fixed delay last"));
        }
    }
    Some(RetryRule { span: node.span, verdict, after, backoff: own })
}

/// What applies where nothing was told: the word `backoff` is the API's.
fn otherwise(node: &Node, cx: &mut Context<'_>) -> Option<Backoff> {
    if node.text().is_some() {
        scalar::word(node, &["backoff"], |text| (text == "backoff").then_some(()), cx);
        return None;
    }
    backoff(node, cx)
}

fn delay_source(node: &Node, cx: &mut Context<'_>) -> Option<DelaySource> {
    if let Some(text) = node.text() {
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return scalar::duration(node, cx).filter(|ms| *ms > 0).map(DelaySource::Fixed);
        }
        let at = location(node, cx)?;
        if at.value == Location::Header("retry-after".to_owned()) {
            return Some(DelaySource::Told { at, form: Form::RetryAfter });
        }
        let diagnostic = Diagnostic::error(
            "missing-key",
            node.span,
            format!("`{text}` needs a form: only `header:retry-after` has one by itself"),
        );
        let help = format!("write `{{ in: {text}, form: FORM }}`, where FORM is one of {}", FORMS.join(", "));
        cx.report(diagnostic.label("how is the delay written there?").help(help));
        return None;
    }
    if node.items().is_some() {
        wrong_type(node, "a delay source is a duration, `header:retry-after` or a mapping", cx);
        return None;
    }
    let reader = Reader::open(node, &format::DELAY_RECORD, cx)?;
    let at = reader.get("in").and_then(|node| location(node, cx));
    let form = reader.get("form").and_then(|node| scalar::word(node, FORMS, form, cx));
    Some(DelaySource::Told { at: at?, form: form? })
}

fn form(word: &str) -> Option<Form> {
    Some(match word {
        "retry-after" => Form::RetryAfter,
        "seconds" => Form::Seconds,
        "decimal-seconds" => Form::DecimalSeconds,
        "milliseconds" => Form::Milliseconds,
        "http-date" => Form::HttpDate,
        "epoch-seconds" => Form::EpochSeconds,
        "epoch-milliseconds" => Form::EpochMilliseconds,
        "iso8601" => Form::Iso8601,
        "duration" => Form::Duration,
        _ => return None,
    })
}
