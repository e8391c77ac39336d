//! The policy: vectors that the twin in TypeScript runs, too.

use std::fmt;
use std::time::{Duration, UNIX_EPOCH};

use errbook::http::header::CONTENT_TYPE;
use errbook::http::{HeaderMap, Method};
use errbook::{ApiError, Attempt, Backoff, ErrorResponse, FromResponse, Repeat, RetryPolicy, Sent, Stop, Verdict};
use generated::{vicsee, vivix, wubble};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::bank;

#[test]
fn decisions() {
    let path = tests::workspace().join("tests/vectors/policy/decisions.json");
    let vectors: Vec<Vector> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(vectors.len() > 30);
    for vector in vectors {
        assert_eq!(vector.decided(), vector.expect, "{}", vector.name);
    }
}

/// Waits count where no clock does, and a fresh key is one.
#[test]
fn repeats_are_counted() {
    let error = |repeat: &str| -> Failed {
        let text = format!(r#"{{"verdict":"retry","told_ms":4000,"repeat":{repeat}}}"#);
        serde_json::from_str(&text).unwrap()
    };
    let policy = RetryPolicy::default().attempts(9).total(Duration::from_secs(10));
    let mut retries = policy.start(Sent::WRITE);
    let mut after = |repeat: &str| {
        let again = retries.after(&error(repeat), Duration::ZERO, UNIX_EPOCH);
        again.map(|again| again.new_key).map_err(Stop::as_str)
    };
    assert_eq!(after(r#"{"idempotency_key":0}"#), Err("no_key"));
    assert_eq!(after(r#"{"new_key":0}"#), Ok(Some("Idempotency-Key")));
    assert_eq!(after(r#"{"idempotency_key":0}"#), Ok(None));
    assert_eq!(after(r#"{"idempotency_key":0}"#), Err("total"));
}

#[test]
fn requests_tell_what_they_are() {
    let headers: HeaderMap = [("idempotency-key".parse().unwrap(), "1".parse().unwrap())].into_iter().collect();
    let empty: HeaderMap = [("idempotency-key".parse().unwrap(), "".parse().unwrap())].into_iter().collect();
    let none = HeaderMap::new();
    let key = bank::Error::idempotency_header();
    for (method, headers, safe, keyed) in [
        (Method::GET, &none, true, false),
        (Method::HEAD, &none, true, false),
        (Method::OPTIONS, &none, true, false),
        (Method::TRACE, &none, true, false),
        (Method::POST, &none, false, false),
        (Method::POST, &headers, false, true),
        // Idempotent is not safe: the first one may have failed, and the second one delete what somebody else made.
        (Method::DELETE, &none, false, false),
        (Method::PUT, &none, false, false),
        (Method::PATCH, &headers, false, true),
        // Servers take an empty key for none.
        (Method::POST, &empty, false, false),
    ] {
        let sent = Sent::of(&method, headers, key);
        assert_eq!((sent.is_safe(), sent.is_keyed()), (safe, keyed), "{method}");
        assert!(!Sent::of(&method, headers, None).is_keyed());
    }
}

#[test]
fn apis_name_the_header_of_their_keys() {
    assert_eq!(bank::Error::idempotency_header(), Some("Idempotency-Key"));
    assert_eq!(wubble::Error::idempotency_header(), Some("Idempotency-Key"));
    assert_eq!(vivix::Error::idempotency_header(), None);
    assert_eq!(vicsee::Error::idempotency_header(), None);
}

/// Nobody waits for the end of what is no document.
#[test]
fn bodies_are_read_where_they_may_tell_an_error() {
    let may_be = |status, media_type: &str| {
        let headers: HeaderMap = [(CONTENT_TYPE, media_type.parse().unwrap())].into_iter().collect();
        (bank::Error::may_be(status, &headers), vivix::Error::may_be(status, &headers))
    };
    for media_type in
        ["application/json", "application/json; charset=utf-8", "text/html", "text/plain", "application/problem+json"]
    {
        assert_eq!(may_be(200, media_type), (true, false), "{media_type}");
        assert_eq!(may_be(404, media_type), (true, true), "{media_type}");
        assert_eq!(may_be(304, media_type), (false, false), "{media_type}");
    }
    for media_type in [
        "text/event-stream",
        "TEXT/Event-Stream;x=1",
        "application/x-ndjson",
        "application/jsonl",
        "application/json-seq",
        "application/octet-stream",
        "nonsense",
        "image/png",
        "audio/mpeg",
        "video/mp4",
    ] {
        assert_eq!(may_be(200, media_type), (false, false), "{media_type}");
        assert_eq!(may_be(500, media_type), (true, true), "{media_type}");
    }
    assert!(bank::Error::may_be(204, &HeaderMap::new()));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    /// None where there was no response.
    error: Option<Failed>,
    #[serde(default)]
    policy: Limits,
    #[serde(default)]
    request: Request,
    #[serde(default)]
    repeats: u32,
    #[serde(default)]
    elapsed_ms: u64,
    #[serde(default)]
    random: f64,
    expect: Decision,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failed {
    verdict: String,
    told_ms: Option<u64>,
    backoff: Option<Figures>,
    repeat: Option<Stated>,
    #[serde(skip, default = "some_response")]
    response: vivix::Error,
}

fn some_response() -> vivix::Error {
    vivix::Error::from_parts(Some(500), Default::default(), "")
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    initial_ms: u64,
    factor: f64,
    max_ms: u64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Stated {
    Safe,
    Duplicates(IgnoredAny),
    IdempotencyKey(IgnoredAny),
    NewKey(IgnoredAny),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    attempts: Option<u32>,
    longest_wait_ms: Option<u64>,
    total_ms: Option<u64>,
    #[serde(default)]
    unanswered: bool,
    #[serde(default)]
    duplicates: bool,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Request {
    safe: bool,
    keyed: bool,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Decision {
    wait_ms: Option<u128>,
    #[serde(default)]
    new_key: bool,
    stop: Option<String>,
}

impl Vector {
    fn decided(&self) -> Decision {
        let mut policy = RetryPolicy::default().duplicates(self.policy.duplicates).unanswered(self.policy.unanswered);
        if let Some(attempts) = self.policy.attempts {
            policy = policy.attempts(attempts);
        }
        if let Some(longest) = self.policy.longest_wait_ms {
            policy = policy.longest_wait(Duration::from_millis(longest));
        }
        if let Some(total) = self.policy.total_ms {
            policy = policy.total(Duration::from_millis(total));
        }
        let sent = match self.request {
            Request { safe: false, keyed: false } => Sent::WRITE,
            Request { safe: false, keyed: true } => Sent::KEYED,
            Request { safe: true, keyed: false } => Sent::READ,
            Request { safe: true, keyed: true } => {
                let headers = [("k".parse().unwrap(), "1".parse().unwrap())].into_iter().collect();
                Sent::of(&Method::GET, &headers, Some("K"))
            }
        };
        let elapsed = Duration::from_millis(self.elapsed_ms);
        let attempt = Attempt::new(self.repeats, elapsed, UNIX_EPOCH, self.random);
        let decision = match &self.error {
            Some(error) => policy.decide(error, sent, &attempt),
            None => policy.decide_unanswered(sent, &attempt),
        };
        match decision {
            Ok(again) => {
                Decision { wait_ms: Some(again.wait.as_millis()), new_key: again.new_key.is_some(), stop: None }
            }
            Err(stop) => Decision { wait_ms: None, new_key: false, stop: Some(stop.to_string()) },
        }
    }
}

impl ApiError for Failed {
    fn response(&self) -> &ErrorResponse {
        self.response.response()
    }

    fn retry(&self) -> Verdict {
        Verdict::from_word(&self.verdict).unwrap()
    }

    fn told_delay(&self, _now: std::time::SystemTime) -> Option<Duration> {
        self.told_ms.map(Duration::from_millis)
    }

    fn backoff(&self) -> Option<Backoff> {
        let figures = self.backoff.as_ref()?;
        Some(Backoff { initial_ms: figures.initial_ms, factor: figures.factor, max_ms: figures.max_ms })
    }

    fn repeat(&self) -> Option<Repeat<'static>> {
        self.repeat.as_ref().map(|repeat| match repeat {
            Stated::Safe => Repeat::Safe,
            Stated::Duplicates(_) => Repeat::Duplicates("Another order is placed."),
            Stated::IdempotencyKey(_) => Repeat::IdempotencyKey("Idempotency-Key"),
            Stated::NewKey(_) => Repeat::NewKey("Idempotency-Key"),
        })
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response.fmt(f)
    }
}

impl std::error::Error for Failed {}
