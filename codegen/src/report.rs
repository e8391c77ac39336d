//! What a client would make of a response, as one JSON object: what `errbook decode` prints.

use std::time::{Duration, SystemTime};

use errbook::__private::Api;
use errbook::{Backoff, Repeat, Value, View, decode};
use http::HeaderMap;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json, json};

/// A decoded response. Texts are as the server or the catalog has them; what is not known is null.
#[derive(Debug, Serialize)]
pub struct Report {
    outcome: &'static str,
    code: Option<String>,
    name: Option<String>,
    cause: Option<String>,
    status: Option<u16>,
    message: Option<String>,
    request_id: Option<String>,
    retry: &'static str,
    delay_seconds: Option<Seconds>,
    backoff: Option<Json>,
    when: Option<String>,
    remediation: Option<String>,
    action: Option<&'static str>,
    repeat: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<Alone>,
    fields: Fields,
    errors: Vec<Report>,
    notes: Vec<&'static str>,
}

impl Report {
    /// Decodes a response with the tables of a catalog.
    pub fn decode(api: &Api<'_>, status: Option<u16>, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Self {
        let decoded = decode(api, status, headers, body);
        Self::of(&View { api, headers, body, decoded: &decoded }, now)
    }

    /// What a decoded response says.
    pub fn of(view: &View<'_, '_>, now: SystemTime) -> Self {
        let delay = view.told_delay(now);
        let owned = |text: std::borrow::Cow<'_, str>| text.into_owned();
        Self {
            outcome: view.outcome().as_str(),
            code: view.raw_code().map(owned),
            name: view.entry().map(|entry| entry.name().to_owned()),
            cause: view.cause().map(|cause| cause.name.to_owned()),
            status: view.status(),
            message: view.message().map(owned),
            request_id: view.request_id().map(owned),
            retry: view.retry().as_str(),
            delay_seconds: delay.map(Seconds),
            backoff: view.backoff().filter(|_| delay.is_none()).map(backoff),
            when: view.condition().map(str::to_owned),
            remediation: view.remediation().map(owned),
            action: view.action().map(errbook::Action::as_str),
            repeat: view.repeat().map(repeat),
            alone: Alone::of(view, now),
            fields: Fields(view.fields().into_iter().map(|(name, value)| (name.to_owned(), field(value))).collect()),
            errors: view.others().map(|other| Self::of(&other, now)).collect(),
            notes: view.notes(),
        }
    }
}

/// What the first of several errors says of repeating by itself, where the others make it something else for all of them.
#[derive(Debug, PartialEq, Serialize)]
struct Alone {
    retry: &'static str,
    delay_seconds: Option<Seconds>,
    backoff: Option<Json>,
    when: Option<String>,
    action: Option<&'static str>,
    repeat: Option<Json>,
}

impl Alone {
    fn of(view: &View<'_, '_>, now: SystemTime) -> Option<Self> {
        view.others().next()?;
        let decoded = view.decoded.alone();
        let alone = Self::said(&View { decoded: &decoded, ..*view }, now);
        (alone != Self::said(view, now)).then_some(alone)
    }

    fn said(view: &View<'_, '_>, now: SystemTime) -> Self {
        let delay = view.told_delay(now);
        Self {
            retry: view.retry().as_str(),
            delay_seconds: delay.map(Seconds),
            backoff: view.backoff().filter(|_| delay.is_none()).map(backoff),
            when: view.condition().map(str::to_owned),
            action: view.action().map(errbook::Action::as_str),
            repeat: view.repeat().map(repeat),
        }
    }
}

/// Whole seconds as an integer, others with their fraction.
#[derive(Debug, PartialEq)]
struct Seconds(Duration);

impl Serialize for Seconds {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.subsec_nanos() == 0 {
            serializer.serialize_u64(self.0.as_secs())
        } else {
            serializer.serialize_f64(self.0.as_secs_f64())
        }
    }
}

fn seconds(ms: u64) -> Json {
    if ms.is_multiple_of(1_000) { json!(ms / 1_000) } else { json!(ms as f64 / 1_000.0) }
}

fn backoff(backoff: Backoff) -> Json {
    let factor = if backoff.factor.fract() == 0.0 { json!(backoff.factor as u64) } else { json!(backoff.factor) };
    json!({ "initial_seconds": seconds(backoff.initial_ms), "factor": factor, "max_seconds": seconds(backoff.max_ms) })
}

fn repeat(repeat: Repeat<'_>) -> Json {
    match repeat {
        Repeat::Duplicates(text) => json!({ "duplicates": text }),
        Repeat::IdempotencyKey(header) => json!({ "idempotency_key": header }),
        Repeat::NewKey(header) => json!({ "new_key": header }),
        _ => json!("safe"),
    }
}

/// Values by name, in the order of the catalog.
#[derive(Debug)]
struct Fields(Vec<(String, Box<RawValue>)>);

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A value as JSON: numbers and JSON as they were sent, so that none of their digits is lost.
fn field(value: Value<'_>) -> Box<RawValue> {
    let text = match value {
        Value::String(text) => json!(text).to_string(),
        Value::Integer(digits) => canonical(&digits),
        Value::Number(text) => text.into_owned(),
        Value::Boolean(value) => value.to_string(),
        Value::Timestamp(ms) => json!(Value::instant_text(ms)).to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.into_iter().map(|item| field(item).get().to_owned()).collect();
            format!("[{}]", items.join(","))
        }
        Value::Json(text) => strict(&text),
        _ => "null".to_owned(),
    };
    RawValue::from_string(text.clone()).unwrap_or_else(|_| serde_json::value::to_raw_value(&text).unwrap_or_default())
}

/// JSON of a server as every reader takes it: control characters in texts are escaped, and lone surrogates are U+FFFD.
fn strict(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(open) = rest.find('"') {
        let end = string_end(&rest[open..]);
        out.push_str(&rest[..open]);
        out.push_str(&Json::from(errbook::__private::string(&rest.as_bytes()[open..open + end])).to_string());
        rest = &rest[open + end..];
    }
    out + rest
}

/// The length of the JSON string that `text` begins with, quotes included.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return at + 1,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    text.len()
}

/// A whole number without leading zeros, which headers may have and JSON may not.
fn canonical(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}"),
    }
}

/// A report without the keys whose value is nothing, as vectors leave them out.
pub fn without_nothing(report: &Report) -> Map<String, Json> {
    match serde_json::to_value(report) {
        Ok(Json::Object(map)) => without_empty(map),
        _ => Map::new(),
    }
}

/// A printed report without the keys whose value is null or empty, those of other errors included.
pub fn without_empty(report: Map<String, Json>) -> Map<String, Json> {
    let shortened = |(key, value): (String, Json)| match value {
        Json::Array(errors) if key == "errors" => {
            let errors = errors.into_iter().map(|error| match error {
                Json::Object(error) => Json::Object(without_empty(error)),
                other => other,
            });
            (key, errors.collect())
        }
        Json::Object(alone) if key == "alone" => (key, Json::Object(without_empty(alone))),
        value => (key, value),
    };
    let nothing = |value: &Json| {
        value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty)
    };
    report.into_iter().map(shortened).filter(|(_, value)| !nothing(value)).collect()
}
