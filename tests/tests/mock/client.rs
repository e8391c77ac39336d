//! A plain HTTP client.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use errbook::http::{HeaderMap, Request};
use serde_json::Value;
use tests::mock::Mock;
use ureq::Agent;

/// A response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// What the mock says that it is.
    pub(crate) fn kind(&self) -> &str {
        self.header("errbook-mock").expect("the mock says what it sends")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// A client that takes every response as it is.
pub(crate) fn agent() -> Agent {
    let config = Agent::config_builder().http_status_as_error(false).proxy(None).max_redirects(0);
    config.max_redirects_will_error(false).allow_non_standard_methods(true).build().into()
}

pub(crate) fn get(mock: &Mock, path: &str) -> Reply {
    send(mock, "GET", path, &[])
}

pub(crate) fn send(mock: &Mock, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = Request::builder().method(method).uri(format!("{}{path}", mock.url));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = agent().run(request.body(()).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (head, mut body) = response.into_parts();
    Reply { status: head.status.as_u16(), headers: head.headers, body: body.read_to_vec().unwrap() }
}

/// Sends bytes, and returns what comes back before the connection ends.
pub(crate) fn raw(mock: &Mock, bytes: &[u8]) -> String {
    let stream = TcpStream::connect(mock.address()).unwrap();
    let mut back = Vec::new();
    // The server can hang up before it has read all of it, and wants its answers read before it reads on.
    std::thread::scope(|scope| {
        scope.spawn(|| (&stream).write_all(bytes).and_then(|()| stream.shutdown(Shutdown::Write)));
        let _ = (&stream).read_to_end(&mut back);
    });
    String::from_utf8_lossy(&back).into_owned()
}
