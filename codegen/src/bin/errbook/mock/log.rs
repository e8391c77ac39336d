//! The requests that were served, for the tests of clients.

use std::collections::VecDeque;
use std::time::Duration;

use http::request::Parts;
use http::{HeaderMap, HeaderName};
use serde::Serialize;
use serde_json::{Map, Value};

use super::redact::Redactor;

/// How many bytes of requests are kept; the oldest are forgotten first.
const MOST_BYTES: usize = 4 << 20;

/// The requests that were served.
#[derive(Default, Serialize)]
pub(super) struct Log {
    /// How many were forgotten.
    forgotten: u64,
    /// What that means, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    requests: VecDeque<Request>,
    #[serde(skip)]
    bytes: usize,
}

/// One of them, and what it was answered with.
#[derive(Clone, Serialize)]
pub(super) struct Request {
    /// When it came, from the server's start.
    at_ms: f64,
    pub(super) client: String,
    pub(super) method: String,
    /// With the query.
    pub(super) path: String,
    pub(super) headers: Map<String, Value>,
    pub(super) body_bytes: u64,
    /// What the path calls the answer; none where there was none of an API.
    pub(super) answer: Option<String>,
    pub(super) status: u16,
}

impl Request {
    /// A request that has no answer yet, without what gives access.
    pub(super) fn new(at: Duration, head: &Parts, redactor: &Redactor) -> Self {
        let path = head.uri.path_and_query().map_or(head.uri.path(), |path| path.as_str());
        Self {
            at_ms: at.as_micros() as f64 / 1_000.0,
            client: String::new(),
            method: head.method.to_string(),
            path: redactor.target(path),
            headers: shown(&head.headers, redactor),
            body_bytes: 0,
            answer: None,
            status: 0,
        }
    }

    /// How much room it takes, roughly.
    fn size(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.as_str().map_or(0, str::len) + 64);
        let answer = self.answer.as_ref().map_or(0, String::len);
        256 + self.client.len() + self.method.len() + self.path.len() + answer + headers.sum::<usize>()
    }
}

impl Log {
    pub(super) fn add(&mut self, request: Request) {
        self.bytes += request.size();
        self.requests.push_back(request);
        while self.bytes > MOST_BYTES
            && let Some(oldest) = self.requests.pop_front()
        {
            self.bytes -= oldest.size();
            self.forgotten += 1;
        }
    }

    /// The requests of a client, or all.
    pub(super) fn of(&self, client: Option<&str>) -> Log {
        let is_of = |request: &&Request| client.is_none_or(|client| request.client == client);
        let note = || {
            format!("the oldest {} are forgotten: what is kept takes {} MiB at most", self.forgotten, MOST_BYTES >> 20)
        };
        Log {
            forgotten: self.forgotten,
            note: (self.forgotten > 0).then(note),
            requests: self.requests.iter().filter(is_of).cloned().collect(),
            bytes: self.bytes,
        }
    }

    /// Forgets the requests of a client, or all.
    pub(super) fn clear(&mut self, client: Option<&str>) {
        self.requests.retain(|request| client.is_some_and(|client| request.client != client));
        self.bytes = self.requests.iter().map(Request::size).sum();
        if client.is_none() {
            self.forgotten = 0;
        }
    }
}

/// Headers as text, those of one name joined.
fn shown(headers: &HeaderMap, redactor: &Redactor) -> Map<String, Value> {
    let shown = |name: &HeaderName| {
        let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        values.map(|value| redactor.header(name.as_str(), &value)).collect::<Vec<_>>().join(", ")
    };
    headers.keys().map(|name| (name.as_str().to_owned(), Value::from(shown(name)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(client: &str, length: usize) -> Request {
        let head = http::Request::builder().uri("/").header("accept", "a").header("accept", "b").body(());
        let new = Request::new(Duration::ZERO, &head.unwrap().into_parts().0, &Redactor::default());
        assert_eq!(new.headers["accept"], "a, b");
        Request { client: client.to_owned(), path: "x".repeat(length), ..new }
    }

    #[test]
    fn only_so_much_is_kept() {
        let mut log = Log::default();
        for _ in 0..100 {
            log.add(request("", MOST_BYTES / 10));
            assert!(log.bytes <= MOST_BYTES && log.bytes == log.requests.iter().map(Request::size).sum::<usize>());
        }
        assert_eq!((log.requests.len(), log.forgotten), (9, 91));
        let note = log.of(None).note;
        assert_eq!(note.as_deref(), Some("the oldest 91 are forgotten: what is kept takes 4 MiB at most"));
        log.clear(None);
        assert_eq!((log.requests.len(), log.forgotten, log.bytes), (0, 0, 0));
    }

    #[test]
    fn clients_have_their_own() {
        let mut log = Log::default();
        ["a", "b", "a"].into_iter().for_each(|client| log.add(request(client, 1)));
        assert_eq!((log.of(Some("a")).requests.len(), log.of(None).requests.len()), (2, 3));
        log.clear(Some("a"));
        assert_eq!((log.of(Some("a")).requests.len(), log.of(None).requests.len()), (0, 1));
    }
}
