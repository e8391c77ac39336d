//! What a catalog prescribes, read from its YAML and the response alone: nothing of this asks the engine, which could be wrong.
//!
//! It knows all that the five APIs say. Of what others say it leaves some out, and leaves it to the engine: responses with several errors, causes
//! that more than a text in the message tells, rules of a status that stands in the body, and what is computed, cut from a text, the longest
//! of several, or of a form that takes a parser of its own.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use errbook::http::HeaderMap;
use serde_json::Value;

/// The answer of the mock to one request.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// What the mock says that it is.
    pub(crate) fn kind(&self) -> &str {
        self.headers["errbook-mock"].to_str().unwrap()
    }
}

/// What is said of sending a request again.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Whether it may be sent unchanged.
    pub(crate) retry: bool,
    pub(crate) repeat: Repeat,
    pub(crate) told: Option<Told>,
    pub(crate) backoff: Backoff,
}

/// What sending it again does.
#[derive(Debug, PartialEq)]
pub(crate) enum Repeat {
    /// Nothing is documented that speaks against it.
    Free,
    Duplicates,
    SameKey,
    NewKey,
}

#[derive(Debug)]
pub(crate) enum Told {
    Wait(Duration),
    Until(SystemTime),
}

#[derive(Debug)]
pub(crate) struct Backoff {
    pub(crate) initial_ms: f64,
    pub(crate) factor: f64,
    pub(crate) max_ms: f64,
}

impl Told {
    /// The wait from `now` on, if there is one.
    pub(crate) fn wait(&self, now: SystemTime) -> Option<Duration> {
        let wait = match self {
            Told::Wait(wait) => *wait,
            // The clock counts in whole milliseconds.
            Told::Until(at) => {
                let ms = |time: SystemTime| time.duration_since(UNIX_EPOCH).unwrap().as_millis();
                Duration::from_millis(ms(*at).saturating_sub(ms(now)).try_into().unwrap())
            }
        };
        Some(wait).filter(|wait| !wait.is_zero())
    }
}

impl Backoff {
    /// What is used where an API says "with backoff" and no figures.
    const UNSAID: Backoff = Backoff { initial_ms: 1_000.0, factor: 2.0, max_ms: 30_000.0 };

    fn of(figures: &Value) -> Self {
        let ms = |key: &str| duration(figures[key].as_str().unwrap()).unwrap().as_millis() as f64;
        Self { initial_ms: ms("initial"), factor: figures["factor"].as_f64().unwrap(), max_ms: ms("max") }
    }

    /// The wait before a repeat, counted from 0, that chance gives: anything from zero to the backoff.
    pub(crate) fn wait(&self, repeat: i32, draw: f64) -> Duration {
        let most = (self.initial_ms * self.factor.powi(repeat)).min(self.max_ms);
        Duration::from_millis(((most.floor() + 1.0) * draw) as u64)
    }
}

/// Reads the catalog of an API.
pub(crate) fn read(folder: &str, api: &str) -> Value {
    let path = tests::workspace().join(folder).join("catalog").join(format!("{api}.yaml"));
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The statuses of failures that a catalog has a word on.
pub(crate) fn statuses(catalog: &Value) -> Vec<&str> {
    let keys = catalog["statuses"].as_object().unwrap().keys().map(String::as_str);
    keys.filter(|key| key.starts_with(['4', '5']) && key.parse::<u16>().is_ok()).collect()
}

/// What a catalog says of an error, or of a status alone; `None` where this cannot tell.
pub(crate) fn rule(catalog: &Value, error: Option<usize>, reply: &Reply) -> Option<Rule> {
    let (error, all) = (error.map_or(&Value::Null, |index| &catalog["errors"][index]), &catalog["retry"]);
    if has_several(catalog, reply) {
        return None;
    }
    let stated = stated(catalog, error, reply, "retry")?;
    let by_server = verdict_of_server(&all["override"], reply)?;
    let by_catalog = match stated {
        Value::String(word) => word == "backoff",
        rule => rule.get("when").is_none() && (rule.get("after").is_some() || rule.get("backoff").is_some()),
    };
    Some(Rule {
        retry: by_server.unwrap_or(by_catalog),
        repeat: match self::stated(catalog, error, reply, "repeat")? {
            Value::Null => repeat(&all["repeat"]),
            closer => repeat(closer),
        },
        told: told(&stated["after"], reply)?,
        backoff: match (&stated["backoff"], &stated["else"], &all["backoff"]) {
            (own @ Value::Object(_), ..) | (_, own @ Value::Object(_), _) | (.., own @ Value::Object(_)) => {
                Backoff::of(own)
            }
            _ => Backoff::UNSAID,
        },
    })
}

/// What the cause, the error or the status says under a key: whichever is first to say something.
fn stated<'c>(catalog: &'c Value, error: &'c Value, reply: &Reply, key: &str) -> Option<&'c Value> {
    const NOTHING: &Value = &Value::Null;
    let is_stated = |rule: &Value| !rule.is_null() && rule != "undocumented";
    let causes = error["causes"].as_array().map_or(&[][..], Vec::as_slice);
    for cause in causes.iter().filter(|cause| is_stated(&cause[key])) {
        if is_told(catalog, cause, reply)? {
            return Some(&cause[key]);
        }
    }
    if is_stated(&error[key]) {
        return Some(&error[key]);
    }
    let is_own = |shape: &Value| shape.get("own_status").is_some();
    if catalog["responses"].as_array()?.iter().any(is_own) {
        return None;
    }
    let class = format!("{}xx", reply.status / 100);
    let keys = [reply.status.to_string(), class];
    let status = keys.iter().find_map(|key| catalog["statuses"].get(key)).map_or(NOTHING, |status| &status[key]);
    Some(if is_stated(status) { status } else { NOTHING })
}

/// Whether a cause is told, by the message alone.
fn is_told(catalog: &Value, cause: &Value, reply: &Reply) -> Option<bool> {
    let [shape] = catalog["responses"].as_array()?.as_slice() else { return None };
    let body: Value = serde_json::from_slice(&reply.body).ok()?;
    let message = body.pointer(shape["message"].as_str()?).and_then(Value::as_str).unwrap_or_default();
    let conditions = cause["match"].as_object()?;
    let test = conditions.get("message").filter(|_| conditions.len() == 1)?.as_object()?;
    match (test.len(), test.get("contains"), test.get("prefix")) {
        (1, Some(text), None) => Some(message.contains(text.as_str()?)),
        (1, None, Some(text)) => Some(message.starts_with(text.as_str()?)),
        _ => None,
    }
}

/// Whether there is something where one of several errors would be.
fn has_several(catalog: &Value, reply: &Reply) -> bool {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let places = catalog["responses"].as_array().unwrap().iter().filter_map(|shape| shape["errors"]["in"].as_str());
    places.into_iter().any(|place| holds(&body, place.split('/').skip(1)))
}

fn holds<'p>(value: &Value, mut path: impl Iterator<Item = &'p str> + Clone) -> bool {
    match path.next() {
        None | Some("**") => !value.is_null(),
        Some("*") => match value {
            Value::Array(items) => items.iter().any(|item| holds(item, path.clone())),
            Value::Object(members) => members.values().any(|member| holds(member, path.clone())),
            _ => false,
        },
        Some(key) => value.get(key).is_some_and(|value| holds(value, path)),
    }
}

/// What the server itself says of sending it again, if anything.
fn verdict_of_server(overrides: &Value, reply: &Reply) -> Option<Option<bool>> {
    for own in list(overrides) {
        let place = own.as_str().or_else(|| own["in"].as_str())?;
        let is_cut = own.get("following").is_some() || own.get("until").is_some();
        let text = if is_cut { return None } else { value_at(reply, place)? };
        let Some(text) = text else { continue };
        let is_listed = |key: &str| {
            list(&own[key]).iter().any(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned) == text)
        };
        let (may, may_not) = match own {
            Value::String(_) => (text == "true", text == "false"),
            _ => (is_listed("retry"), is_listed("never")),
        };
        if may || may_not {
            return Some(Some(may));
        }
    }
    Some(None)
}

/// One value, or a list of them.
fn list(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(values) => values,
        one => std::slice::from_ref(one),
    }
}

fn repeat(stated: &Value) -> Repeat {
    let says = |key: &str| stated.get(key).is_some();
    match stated {
        Value::Null => Repeat::Free,
        // Where no source says what it does, the word that it may be sent again holds.
        Value::String(word) if word == "safe" || word == "undocumented" => Repeat::Free,
        _ if says("duplicates") => Repeat::Duplicates,
        _ if says("idempotency_key") => Repeat::SameKey,
        _ if says("new_key") => Repeat::NewKey,
        other => panic!("{other}"),
    }
}

/// The first of the sources that is there and well formed.
fn told(sources: &Value, reply: &Reply) -> Option<Option<Told>> {
    for source in list(sources) {
        if let Some(fixed) = source.as_str().and_then(duration) {
            return Some(Some(Told::Wait(fixed)));
        }
        let (place, form) = place_and_form(source)?;
        let Some(text) = value_at(reply, place)? else { continue };
        let whole = |unit: u64| Told::Wait(Duration::from_millis(text.parse::<u64>().unwrap() * unit));
        return Some(Some(match form {
            "seconds" => whole(1_000),
            "milliseconds" => whole(1),
            "decimal-seconds" => {
                Told::Wait(Duration::from_millis((text.parse::<f64>().unwrap() * 1_000.0).ceil() as u64))
            }
            "epoch-seconds" => Told::Until(UNIX_EPOCH + Duration::from_secs(text.parse().unwrap())),
            "iso8601" => Told::Until(instant(&text)),
            _ => return None,
        }));
    }
    Some(None)
}

fn place_and_form(source: &Value) -> Option<(&str, &str)> {
    match source {
        Value::String(place) => Some((place, "seconds")),
        Value::Object(keys) if keys.keys().eq(["in", "form"]) => Some((keys["in"].as_str()?, keys["form"].as_str()?)),
        _ => None,
    }
}

/// The headers by which the rule of an error can tell a wait, each with one that is told so.
pub(crate) fn waits(catalog: &Value, error: usize, reply: &Reply) -> Vec<(String, &'static str)> {
    let Some(rule) = stated(catalog, &catalog["errors"][error], reply, "retry") else { return Vec::new() };
    let header = |source| {
        let (place, form) = place_and_form(source)?;
        let value = match form {
            "seconds" => "7",
            "milliseconds" => "1500",
            "decimal-seconds" => "1.5",
            "epoch-seconds" => "1925000000",
            "iso8601" => "2031-01-01T00:00:00.250Z",
            _ => return None,
        };
        Some((place.strip_prefix("header:")?.to_owned(), value))
    };
    list(&rule["after"]).iter().filter_map(header).collect()
}

/// The text of a header, or of a scalar in the body, if it is there; `None` of other places.
fn value_at(reply: &Reply, place: &str) -> Option<Option<String>> {
    if let Some(name) = place.strip_prefix("header:") {
        return Some(reply.headers.get(name).map(|value| value.to_str().unwrap().to_owned()));
    }
    let place = place.strip_prefix("body:").unwrap_or(place);
    if !place.starts_with('/') || place.contains('*') {
        return None;
    }
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    Some(match body.pointer(place) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    })
}

/// A duration as catalogs write it: `500ms`, `30s`, `5m`, `24h`.
fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let ms = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    Some(Duration::from_millis(number.parse::<u64>().ok()? * ms))
}

/// `2026-01-15T12:00:00.000Z`, day by day from 1970 on.
fn instant(text: &str) -> SystemTime {
    let numbers: Vec<u64> =
        text.trim_end_matches('Z').split(['-', 'T', ':', '.']).map(|part| part.parse().unwrap()).collect();
    let [year, month, day, hour, minute, second, ref rest @ ..] = numbers[..] else { panic!("{text}") };
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let years: u64 = (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let february = if is_leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let days = years + months[..usize::try_from(month - 1).unwrap()].iter().sum::<u64>() + day - 1;
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    UNIX_EPOCH + Duration::from_millis(seconds * 1_000 + rest.first().copied().unwrap_or(0))
}

#[test]
fn instants() {
    let ms = |text: &str| instant(text).duration_since(UNIX_EPOCH).unwrap().as_millis();
    assert_eq!((ms("1970-01-01T00:00:00Z"), ms("2026-01-15T12:00:00.250Z")), (0, 1_768_478_400_250));
    assert_eq!(ms("2024-03-01T00:00:00Z") - ms("2024-02-28T00:00:00Z"), 2 * 86_400_000);
}
