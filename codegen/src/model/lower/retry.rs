//! Retry rules, backoffs, delay sources and what a repeat does.

use super::location::{location, part};
use super::reader::{Reader, wrong_type};
use super::{Context, scalar};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::format::{self, FORMS};
use crate::model::{
    ApiRetry, Computed, DelaySource, Form, Location, Override, Repeat, RetryRule, RetryVerdict, Text, Told,
};
use crate::source::Node;
use errbook::Backoff;

/// The key `retry` of a catalog.
pub(super) fn api(node: &Node, cx: &mut Context<'_>) -> ApiRetry {
    let Some(reader) = Reader::open(node, &format::API_RETRY, cx) else { return ApiRetry::default() };
    ApiRetry {
        backoff: reader.get("backoff").and_then(|node| backoff(node, cx)),
        repeat: reader.get("repeat").and_then(|node| repeat(node, cx)),
        overrides: reader.one_or_list("override", cx, server_verdict),
        after: sources_of_all(&reader, cx),
    }
}

/// The sources of a delay that hold for the whole API. A fixed one would be the delay of every error.
fn sources_of_all(reader: &Reader<'_>, cx: &mut Context<'_>) -> Vec<DelaySource> {
    let after = reader.one_or_list("after", cx, delay_source);
    if let (true, Some(node)) =
        (after.iter().any(|source| matches!(source, DelaySource::Fixed(_))), reader.get("after"))
    {
        let diagnostic = Diagnostic::error("value", node.span, "a fixed delay is not that of every error");
        cx.report(diagnostic.help("write it in the `retry` of the errors or statuses that have it"));
    }
    after
}

impl RetryRule {
    /// Gives a rule that allows a repeat and names no source of the delay those of the API.
    pub(super) fn inherit(&mut self, api: &ApiRetry) {
        let may_be_repeated = matches!(self.verdict, RetryVerdict::Retry | RetryVerdict::Conditional(_));
        if may_be_repeated && self.after.is_empty() {
            self.after.clone_from(&api.after);
            self.inherits = true;
        }
    }
}

/// Where the server's own verdict stands: `true` or `false`, unless the catalog lists what means what.
fn server_verdict(node: &Node, cx: &mut Context<'_>) -> Option<Override> {
    let words = |word: &str| vec![word.to_owned()];
    if node.entries().is_none() {
        return Some(Override { at: location(node, cx)?, retry: words("true"), never: words("false") });
    }
    let reader = Reader::open(node, &format::OVERRIDE, cx)?;
    let at = part(&reader, cx);
    let mut values = |key| reader.one_or_list(key, cx, |node, cx| scalar::text(node, cx).map(|text| text.value));
    let (retry, never) = (values("retry"), values("never"));
    if retry.is_empty() && never.is_empty() {
        return Some(Override { at: at?, retry: words("true"), never: words("false") });
    }
    if let Some(both) = retry.iter().find(|value| never.contains(value)) {
        let message = format!("`{both}` cannot mean both that a request may be repeated and that it may not");
        cx.report(Diagnostic::error("one-of", node.span, message).help("leave it out of one of the two"));
    }
    Some(Override { at: at?, retry, never })
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
        const MAPPINGS: &str =
            "`{ idempotency_key: HEADER }`, `{ new_key: HEADER }`, `{ duplicates: WHAT IS MADE TWICE }`";
        return word_or_mapping(node, "no effect of a repeat", WORDS, MAPPINGS, parse, cx);
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
        const MAPPINGS: &str = "`{ after: 30s }`, `{ after: header:retry-after }`, `{ when: WHAT HAPPENED }`";
        let verdict = word_or_mapping(node, "no retry rule", WORDS, MAPPINGS, parse, cx)?;
        return Some(RetryRule { span: node.span, verdict, after: Vec::new(), inherits: false, backoff: None });
    }
    if let Some((never, _)) = node.entries().and_then(|all| all.iter().find(|(key, _)| key.text() == Some("never"))) {
        let message = "`never` stands alone: a request that cannot succeed has neither a delay nor a backoff";
        let diagnostic = Diagnostic::error("one-of", never.span, message);
        cx.report(diagnostic.help("write `retry: never`, or leave `never` out and keep the rest"));
        return None;
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
    Some(RetryRule { span: node.span, verdict, after, inherits: false, backoff: own })
}

/// A word where a mapping could stand as well: whoever writes another one is told of both.
fn word_or_mapping<T>(
    node: &Node,
    what_not: &str,
    words: &'static [&'static str],
    mappings: &str,
    parse: impl Fn(&str) -> Option<T>,
    cx: &mut Context<'_>,
) -> Option<T> {
    let text = node.text().unwrap_or_default();
    if parse(text).is_none() && did_you_mean(text, words.iter().copied()).is_none() {
        let diagnostic = Diagnostic::error("unknown-word", node.span, format!("`{text}` is {what_not}"));
        cx.report(diagnostic.help(format!("write {}, or a mapping: {mappings}", words.join(", "))));
        return None;
    }
    scalar::word(node, words, parse, cx)
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
        if is_retry_after(&at.value) {
            return Some(DelaySource::Told(Told { at, form: Form::RetryAfter }));
        }
        no_form(node, text, cx);
        return None;
    }
    if node.items().is_some() {
        wrong_type(node, "a delay source is a duration, `header:retry-after` or a mapping", cx);
        return None;
    }
    let reader = Reader::open(node, &format::DELAY_RECORD, cx)?;
    match reader.one_of(&["in", "longest"], true, cx)? {
        "in" => told(&reader, cx),
        _ => longest(&reader, cx),
    }
}

fn is_retry_after(at: &Location) -> bool {
    *at == Location::Header("retry-after".to_owned())
}

fn no_form(node: &Node, text: &str, cx: &mut Context<'_>) {
    let message = format!("`{text}` needs a form: only `header:retry-after` has one by itself");
    let help = format!("write `{{ in: {text}, form: FORM }}`, where FORM is one of {}", FORMS.join(", "));
    let diagnostic = Diagnostic::error("missing-key", node.span, message);
    cx.report(diagnostic.label("how is the delay written there?").help(help));
}

/// A told delay, perhaps with something taken off, or divided.
fn told(reader: &Reader<'_>, cx: &mut Context<'_>) -> Option<DelaySource> {
    let at = part(reader, cx);
    let form = match (reader.get("form"), &at) {
        (Some(node), _) => scalar::word(node, FORMS, form, cx),
        (None, Some(at)) if is_retry_after(&at.value) => Some(Form::RetryAfter),
        (None, _) => {
            let node = reader.get("in")?;
            no_form(node, node.text().unwrap_or("LOCATION"), cx);
            None
        }
    };
    let minus = reader.get("minus").map(|node| minus(node, form, cx));
    let per = reader.get("per").map(|node| location(node, cx));
    let of = Told { at: at?, form: form? };
    if minus.is_none() && per.is_none() {
        return Some(DelaySource::Told(of));
    }
    // What is there and was reported leaves nothing to compute with.
    let minus = minus.map_or(Some(None), |minus| minus.map(Some))?;
    let per = per.map_or(Some(None), |per| per.map(Some))?;
    Some(DelaySource::Computed(Box::new(Computed { of, minus, per })))
}

/// What is taken off: of the form of what it is taken off from, unless it says.
fn minus(node: &Node, of: Option<Form>, cx: &mut Context<'_>) -> Option<Told> {
    if node.entries().is_none() {
        return Some(Told { at: location(node, cx)?, form: of? });
    }
    let reader = Reader::open(node, &format::MINUS_RECORD, cx)?;
    let at = part(&reader, cx);
    let own = reader.get("form").map(|node| scalar::word(node, FORMS, form, cx));
    let own = own.unwrap_or(of)?;
    if let (Some(of), Some((_, node))) = (of, reader.entry("form"))
        && of.is_instant() != own.is_instant()
    {
        let diagnostic =
            Diagnostic::error("value", node.span, "a delay and an instant cannot be taken from each other");
        cx.report(diagnostic.help("give both a form of the same kind: a delay, or an instant"));
    }
    Some(Told { at: at?, form: own })
}

/// The longest of several budgets.
fn longest(reader: &Reader<'_>, cx: &mut Context<'_>) -> Option<DelaySource> {
    for key in ["following", "until", "json", "form", "minus", "per"] {
        if let Some((node, _)) = reader.entry(key) {
            let diagnostic =
                Diagnostic::error("one-of", node.span, format!("`{key}` goes with `in`, not with `longest`"));
            cx.report(diagnostic.help("write it in the sources that are listed"));
        }
    }
    let sources = reader.list("longest", cx, delay_source);
    let nested = reader
        .get("longest")?
        .items()?
        .iter()
        .zip(&sources)
        .find(|(_, source)| matches!(source, DelaySource::Longest(_)));
    if let Some((node, _)) = nested {
        cx.report(
            Diagnostic::error("value", node.span, "the longest of several is one of them already")
                .help("list all of them once"),
        );
    }
    (!sources.is_empty()).then_some(DelaySource::Longest(sources))
}

fn form(word: &str) -> Option<Form> {
    Some(match word {
        "retry-after" => Form::RetryAfter,
        "seconds" => Form::Seconds,
        "decimal-seconds" => Form::DecimalSeconds,
        "minutes" => Form::Minutes,
        "milliseconds" => Form::Milliseconds,
        "http-date" => Form::HttpDate,
        "epoch-seconds" => Form::EpochSeconds,
        "epoch-milliseconds" => Form::EpochMilliseconds,
        "iso8601" => Form::Iso8601,
        "duration" => Form::Duration,
        _ => return None,
    })
}
