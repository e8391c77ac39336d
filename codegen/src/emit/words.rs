//! What the catalog says in words: one wording for the site, the comments of generated code and `errbook explain`.
//!
//! Everything here is Markdown on one line, safe like all that [`prose`] makes; [`prose::plain`] turns it into text for a terminal, and
//! [`prose::cell`] into a cell of a table. Sentences begin with a capital and end with a full stop; parts of them do neither.

use errbook::__private::MOST_PARTS;
use errbook::{Action, Backoff};

use super::prose;
use crate::model::{
    Catalog, Computed, Condition, DelaySource, ErrorDef, FieldKind, Form, InstantForm, ItemKind, Location, Override,
    Part, Repeat, RetryRule, RetryVerdict, StatusRange, StatusSet, Test, Told,
};
use crate::source::Spanned;

/// What stands for a fact that no source states.
pub const NOT_DOCUMENTED: &str = "*Not documented.*";

/// Prose as a sentence on one line; [`NOT_DOCUMENTED`] for none.
pub fn sentence(prose: Option<&Spanned<String>>) -> String {
    prose.map_or_else(|| NOT_DOCUMENTED.to_owned(), |prose| prose::inline(&prose.value))
}

/// Whether and when a request may be repeated; [`NOT_DOCUMENTED`] where no rule says. `api` is the backoff of the API, where one is documented.
///
/// `May be repeated unchanged after the delay told by the `retry-after` header; otherwise with a backoff (1 s, doubling, 30 s at most).`
pub fn retry_sentence(rule: Option<&RetryRule>, api: Option<Backoff>) -> String {
    let Some(rule) = rule else { return NOT_DOCUMENTED.to_owned() };
    match &rule.verdict {
        RetryVerdict::Never => "Never: the same request cannot succeed. Change it, or give up.".to_owned(),
        RetryVerdict::Undocumented => NOT_DOCUMENTED.to_owned(),
        RetryVerdict::Retry if rule.after.is_empty() => {
            format!("May be repeated unchanged, {}.", with_backoff(rule.backoff, api))
        }
        RetryVerdict::Retry => match rule.after.last() {
            Some(DelaySource::Fixed(_)) => format!("May be repeated unchanged {}.", delay_sources(&rule.after)),
            _ => format!(
                "May be repeated unchanged {}; otherwise {}.",
                delay_sources(&rule.after),
                with_backoff(rule.backoff, api)
            ),
        },
        RetryVerdict::Conditional(when) => {
            let delay = match rule.after.as_slice() {
                [] => String::new(),
                after => format!(" It may then be repeated {}.", delay_sources(after)),
            };
            format!("Only once this has happened: {}{delay}", ended(&prose::inline(&when.value)))
        }
    }
}

/// The rule in a word or two, for tables: `never`, `with backoff`, `after the told delay`, `after 1 min`,
/// `conditional`.
pub fn retry_short(rule: Option<&RetryRule>) -> String {
    let Some(rule) = rule else { return "*not documented*".to_owned() };
    match (&rule.verdict, rule.after.as_slice()) {
        (RetryVerdict::Never, _) => "never".to_owned(),
        (RetryVerdict::Undocumented, _) => "*not documented*".to_owned(),
        (RetryVerdict::Conditional(_), _) => "conditional".to_owned(),
        (RetryVerdict::Retry, []) => "with backoff".to_owned(),
        (RetryVerdict::Retry, [DelaySource::Fixed(ms), ..]) => format!("after {}", duration(*ms)),
        (RetryVerdict::Retry, _) => "after the told delay".to_owned(),
    }
}

/// Which status a rule comes from that is not the error's own: a sentence, or nothing.
pub fn inherited_from(catalog: &Catalog, error: &ErrorDef) -> Option<String> {
    let own = error.retry.as_ref().is_some_and(|rule| !matches!(rule.verdict, RetryVerdict::Undocumented));
    let rule = catalog.retry_of(error).filter(|_| !own)?;
    let status =
        catalog.statuses.iter().find(|status| status.retry.as_ref().is_some_and(|own| own.span == rule.span))?;
    Some(format!("It is so for every {}.", status_range(status.range.value)))
}

/// What sending the same request again does.
pub fn repeat_sentence(repeat: &Repeat) -> String {
    match repeat {
        Repeat::Safe => "A repeat is safe: nothing is done twice.".to_owned(),
        Repeat::Duplicates(what) => format!("A repeat is not free: {}", ended(&prose::inline(&what.value))),
        Repeat::IdempotencyKey(header) => {
            format!("A repeated POST is safe with the same key in the {} header.", prose::code_span(&header.value))
        }
        Repeat::NewKey(header) => {
            format!("The key in the {} header is used up: a repeat needs a new one.", prose::code_span(&header.value))
        }
        Repeat::Undocumented => "What a repeat does is not documented.".to_owned(),
    }
}

/// The delay before a repeat: `after the delay told by the `retry-after` header (seconds or an HTTP-date), else after 1 min`.
pub fn delay_sources(sources: &[DelaySource]) -> String {
    sources.iter().map(delay_source).collect::<Vec<_>>().join(", else ")
}

/// One source of a delay: `after 1 min`, `after the delay told by the `retry-after` header (seconds or an HTTP-date)`.
pub fn delay_source(source: &DelaySource) -> String {
    match source {
        DelaySource::Fixed(ms) => format!("after {}", duration(*ms)),
        DelaySource::Told(value) => {
            let what = if value.form.is_instant() { "after the instant told by" } else { "after the delay told by" };
            format!("{what} {}", told(value))
        }
        DelaySource::Computed(computed) => {
            let Computed { of, minus, per } = &**computed;
            let minus = minus.as_ref().map(|minus| format!(" less {}", told(minus)));
            let per = per.as_ref().map(|per| format!(", divided by {}", location(&per.value)));
            format!("after {}{}{}", told(of), minus.unwrap_or_default(), per.unwrap_or_default())
        }
        DelaySource::Longest(sources) => {
            let sources: Vec<_> = sources.iter().map(delay_source).collect();
            format!("{}, whichever is the longest", any_of(&sources))
        }
    }
}

/// What the server's own verdict is told by: ``the `x-should-retry` header is `true` (may be repeated) or `false` (may not)``.
pub fn server_verdict(own: &Override) -> String {
    let values = |values: &[String]| any_of(&values.iter().map(|value| prose::code_span(value)).collect::<Vec<_>>());
    let meanings = [(&own.retry, "may be repeated"), (&own.never, "may not")];
    let told = meanings.into_iter().filter(|(values, _)| !values.is_empty());
    let told: Vec<_> = told.map(|(list, meaning)| format!("{} ({meaning})", values(list))).collect();
    format!("{} is {}", location(&own.at.value), any_of(&told))
}

/// Each value that a delay source is told by, and its form.
pub fn told_values(source: &DelaySource) -> Vec<&Told> {
    match source {
        DelaySource::Fixed(_) => Vec::new(),
        DelaySource::Told(told) => vec![told],
        DelaySource::Computed(computed) => vec![&computed.of],
        DelaySource::Longest(sources) => sources.iter().flat_map(told_values).collect(),
    }
}

/// Where a value stands, and how it is written.
pub fn told(value: &Told) -> String {
    format!("{} ({})", location(&value.at.value), form_words(value.form))
}

/// How a delay or an instant is written: `seconds or an HTTP-date`.
pub fn form_words(form: Form) -> &'static str {
    match form {
        Form::RetryAfter => "seconds or an HTTP-date",
        Form::Seconds => "whole seconds",
        Form::DecimalSeconds => "seconds, perhaps with a fraction",
        Form::Minutes => "whole minutes",
        Form::Milliseconds => "milliseconds",
        Form::HttpDate => "an HTTP-date",
        Form::EpochSeconds => "seconds since 1970",
        Form::EpochMilliseconds => "milliseconds since 1970",
        Form::Iso8601 => "ISO 8601",
        Form::Duration => "a duration such as `6m0s`",
    }
}

fn with_backoff(own: Option<Backoff>, api: Option<Backoff>) -> String {
    match own.or(api) {
        Some(documented) => format!("with a backoff ({})", backoff(&documented)),
        None => {
            format!("with a backoff (no figures are documented; the packages use {})", backoff(&Backoff::DEFAULT))
        }
    }
}

/// A backoff: `1 s, doubling, 30 s at most`.
pub fn backoff(backoff: &Backoff) -> String {
    let initial = duration(backoff.initial_ms);
    let growth = match backoff.factor {
        1.0 => return format!("{initial} each time"),
        2.0 => "doubling".to_owned(),
        factor => format!("{factor} times as long each time"),
    };
    format!("{initial}, {growth}, {} at most", duration(backoff.max_ms))
}

/// A duration in milliseconds, in the largest unit that leaves no remainder: `500 ms`, `90 s`, `1 min`, `2 h`, `1 d`.
pub fn duration(ms: u64) -> String {
    const UNITS: [(u64, &str); 4] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")];
    let unit = UNITS.iter().find(|(length, _)| ms > 0 && ms.is_multiple_of(*length));
    unit.map_or_else(|| format!("{ms} ms"), |(length, name)| format!("{} {name}", ms / length))
}

/// The statuses of an error: `401`, `429 or 5xx`, `never an HTTP response`, `not documented`.
pub fn status_list(set: &StatusSet) -> String {
    match set {
        StatusSet::Of(ranges) => status_ranges(ranges),
        StatusSet::Never => "never an HTTP response".to_owned(),
        StatusSet::Undocumented => "*not documented*".to_owned(),
    }
}

/// Statuses in words: `401`, `409, 429 or 5xx`.
pub fn status_ranges(ranges: &[StatusRange]) -> String {
    let word = |range: &StatusRange| match *range {
        StatusRange::NONE => "none at all".to_owned(),
        range => status_range(range),
    };
    any_of(&ranges.iter().map(word).collect::<Vec<_>>())
}

/// A status or a class of them: `401`, `5xx`.
pub fn status_range(range: StatusRange) -> String {
    if range.first == range.last {
        range.first.to_string()
    } else if range.first.is_multiple_of(100) && range.last == range.first + 99 {
        format!("{}xx", range.first / 100)
    } else {
        format!("{} to {}", range.first, range.last)
    }
}

/// Where something stands: `` `/error/code` in the body``, ``the `retry-after` header``, `the whole body`, `the message`.
pub fn location(location: &Location) -> String {
    match location {
        Location::Pointer(keys) if keys.is_empty() => "the whole of it".to_owned(),
        Location::Pointer(_) => format!("{} in the body", prose::code_span(&location.to_string())),
        Location::Whole(keys) => {
            let pointer = Location::Pointer(keys.clone()).to_string();
            format!("{} in the whole body", prose::code_span(&pointer))
        }
        Location::Header(name) => format!("the {} header", prose::code_span(name)),
        Location::Body => "the whole body".to_owned(),
        Location::Message => "the message".to_owned(),
        Location::Code => "the code".to_owned(),
        Location::Path => "the place of the error in the body".to_owned(),
        Location::Part(part) => {
            let marks = match (part.following.as_str(), part.until.as_str()) {
                ("", "") => return in_json(part, self::location(&part.of)),
                ("", until) => format!("before {}", prose::code_span(until)),
                (following, "") => format!("behind {}", prose::code_span(following)),
                (following, until) => {
                    format!("between {} and {}", prose::code_span(following), prose::code_span(until))
                }
            };
            in_json(part, format!("what stands {marks} in {}", self::location(&part.of)))
        }
    }
}

/// Where in the JSON of a text something stands, where the text is one.
fn in_json(part: &Part, text: String) -> String {
    match &part.json {
        Some(keys) => {
            let pointer = Location::Pointer(keys.clone()).to_string();
            format!("{} in the JSON that is {text}", prose::code_span(&pointer))
        }
        None => text,
    }
}

/// Where the parts of a code stand.
pub fn code_locations(parts: &[Vec<Spanned<Location>>]) -> String {
    parts.iter().map(|places| locations(places)).collect::<Vec<_>>().join("; then ")
}

/// Where something stands, the first place that has it: ``the `x-request-id` header, else `/request_id` in the body``.
pub fn locations(places: &[Spanned<Location>]) -> String {
    places.iter().map(|place| location(&place.value)).collect::<Vec<_>>().join(", else ")
}

/// What must hold: ``the message contains `frozen` ``.
pub fn condition(condition: &Condition) -> String {
    let at = location(&condition.at.value);
    match &condition.test {
        Test::Equals(text) => format!("{at} is {}", prose::code_span(text)),
        Test::Not(text) => format!("{at} is there and is not {}", prose::code_span(text)),
        Test::Contains(text) => format!("{at} contains {}", prose::code_span(text)),
        Test::Prefix(text) => format!("{at} begins with {}", prose::code_span(text)),
        Test::Pattern(text) => format!("{at} is like {} (`*` stands for anything)", prose::code_span(text)),
        Test::Range(first, last) => format!("{at} is a whole number from {first} to {last}"),
        Test::Present(true) => format!("{at} is there"),
        Test::Present(false) => format!("{at} is not there"),
    }
}

/// What tells an error or a cause: ``the status is 400 and the message contains `frozen` ``. Nothing where nothing tells it.
pub fn told_by(statuses: &[StatusRange], conditions: &[Condition]) -> String {
    let status = (!statuses.is_empty()).then(|| format!("the status is {}", status_ranges(statuses)));
    status.into_iter().chain(conditions.iter().map(condition)).collect::<Vec<_>>().join(" and ")
}

/// A class of codes: ``begins with `08` ``, part by part.
pub fn class(parts: &[Test]) -> String {
    let part = |test: &Test| match test {
        Test::Equals(text) => format!("is {}", prose::code_span(text)),
        Test::Prefix(text) => format!("begins with {}", prose::code_span(text)),
        Test::Range(first, last) => format!("is a whole number from {first} to {last}"),
        Test::Contains(text) => format!("contains {}", prose::code_span(text)),
        Test::Pattern(text) | Test::Not(text) => {
            format!("is like {} (`*` stands for anything)", prose::code_span(text))
        }
        Test::Present(_) => "is anything".to_owned(),
    };
    const ORDER: [&str; MOST_PARTS] = ["first", "second", "third", "fourth"];
    match parts {
        [one] => format!("the code {}", part(one)),
        parts => {
            let parts = ORDER.iter().zip(parts).map(|(nth, test)| format!("the {nth} part of the code {}", part(test)));
            parts.collect::<Vec<_>>().join(" and ")
        }
    }
}

/// What tells an error without a code: ``the status is 400 and the message contains `frozen` ``; nothing for one with a code.
pub fn told_error(error: &ErrorDef) -> Option<String> {
    if let Some(parts) = error.class() {
        return Some(class(parts));
    }
    let conditions = error.conditions()?;
    let told = match &error.status.value {
        StatusSet::Of(ranges) => told_by(ranges, conditions),
        StatusSet::Never | StatusSet::Undocumented => told_by(&[], conditions),
    };
    Some(if told.is_empty() { "nothing else fits".to_owned() } else { told })
}

/// The type of a field: `integer`, `list of strings`, `timestamp (ISO 8601)`.
pub fn field_kind(kind: FieldKind) -> String {
    match kind {
        FieldKind::One(item) => item_kind(item),
        FieldKind::List(None) => "list".to_owned(),
        FieldKind::List(Some(ItemKind::Timestamp(form))) => format!("list of timestamps ({})", instant_words(form)),
        FieldKind::List(Some(item)) => format!("list of {}s", item_kind(item)),
    }
}

fn item_kind(kind: ItemKind) -> String {
    match kind {
        ItemKind::String => "string".to_owned(),
        ItemKind::Integer => "integer".to_owned(),
        ItemKind::Number => "number".to_owned(),
        ItemKind::Boolean => "boolean".to_owned(),
        ItemKind::Object => "object".to_owned(),
        ItemKind::Any => "any JSON".to_owned(),
        ItemKind::Timestamp(form) => format!("timestamp ({})", instant_words(form)),
    }
}

fn instant_words(form: InstantForm) -> &'static str {
    form_words(match form {
        InstantForm::Iso8601 => Form::Iso8601,
        InstantForm::HttpDate => Form::HttpDate,
        InstantForm::EpochSeconds => Form::EpochSeconds,
        InstantForm::EpochMilliseconds => Form::EpochMilliseconds,
    })
}

/// What a program does: ``change the request (`fix_request`)``.
pub fn action(action: Action) -> String {
    let words = match action {
        Action::FixRequest => "change the request",
        Action::Authenticate => "send other or fresh credentials",
        Action::RequestAccess => "ask for access",
        Action::UpgradePlan => "change to a plan that includes this",
        Action::AddCredit => "buy or restore credit",
        Action::Wait => "wait until a limit allows it again",
        Action::Retry => "send the same request again",
        Action::CheckOutcome => "find out whether the request took effect",
        Action::ContactSupport => "ask the provider",
        _ => return prose::code_span(action.as_str()),
    };
    format!("{words} ({})", prose::code_span(action.as_str()))
}

/// `a`, `a or b`, `a, b or c`.
fn any_of(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

/// A sentence with an end.
fn ended(sentence: &str) -> String {
    let end = if sentence.ends_with(['.', '!', '?', ':', ')']) { "" } else { "." };
    format!("{sentence}{end}")
}

/// What an editor shows of one error: code, status, when, what to do, retry.
pub fn documentation(catalog: &Catalog, error: &ErrorDef) -> String {
    let (code, status) = (prose::code_span(error.id()), status_list(&error.status.value));
    let told = match (error.code(), error.class()) {
        (Some(_), _) => code,
        (None, Some(_)) => format!("A class of codes, called {code}"),
        (None, None) => format!("No code on the wire, called {code}"),
    };
    let mut parts = vec![match &error.when {
        Some(when) => led(&format!("{told} ({status}):"), &when.value),
        None => format!("{told} ({status})"),
    }];
    parts.extend(error.fix.as_ref().map(|fix| led("**What to do:**", &fix.value)));
    let retry = catalog.retry_of(error).map(|rule| retry_sentence(Some(rule), catalog.retry.backoff));
    let repeat = catalog.repeat_of(error).map(repeat_sentence);
    if retry.is_some() || repeat.is_some() {
        let sentences: Vec<String> = retry.into_iter().chain(repeat).collect();
        parts.push(format!("**Retry:** {}", sentences.join(" ")));
    }
    if let Some(retired) = &error.retired {
        let since = retired.since.as_ref().map(|since| format!(" since {}", prose::text(&since.value)));
        parts.push(format!("Retired{}: it is no longer sent.", since.unwrap_or_default()));
    }
    parts.join("\n\n")
}

/// Prose behind a few words. Prose of several blocks begins on a line of its own: a fence that does not would open nothing, and what closes it
/// would open another.
pub fn led(words: &str, prose: &str) -> String {
    let markdown = prose::markdown(prose);
    let gap = if markdown.contains('\n') { "\n\n" } else { " " };
    format!("{words}{gap}{markdown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_backoffs() {
        for (ms, want) in [
            (0, "0 ms"),
            (500, "500 ms"),
            (1_500, "1500 ms"),
            (90_000, "90 s"),
            (60_000, "1 min"),
            (7_200_000, "2 h"),
            (86_400_000, "1 d"),
        ] {
            assert_eq!(duration(ms), want);
        }
        let with = |factor| backoff(&Backoff { initial_ms: 1_000, factor, max_ms: 30_000 });
        assert_eq!(with(2.0), "1 s, doubling, 30 s at most");
        assert_eq!(with(1.5), "1 s, 1.5 times as long each time, 30 s at most");
        assert_eq!(with(1.0), "1 s each time");
    }

    #[test]
    fn statuses() {
        assert_eq!(
            status_ranges(&[StatusRange::one(409), StatusRange::one(429), StatusRange::class(5)]),
            "409, 429 or 5xx"
        );
        assert_eq!(status_range(StatusRange { first: 400, last: 410 }), "400 to 410");
        assert_eq!(status_list(&StatusSet::Never), "never an HTTP response");
    }
}
