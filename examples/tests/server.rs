//! The server sends what its catalog says, over a socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use errbook::{Outcome, http};
use generated::vibepeak::{Details, Error, ErrorCode};

/// A server that runs until it is dropped.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("the first line is its address").to_owned();
        Self { process, address }
    }

    fn send(&self, request: &str, key: &str, body: &str) -> Error {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let key = if key.is_empty() { String::new() } else { format!("authorization: Bearer {key}\r\n") };
        let head = format!("{request} HTTP/1.1\r\nhost: {}\r\n{key}connection: close\r\n", self.address);
        let kind = format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{kind}{body}").as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        read(&response)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A response of one piece.
fn read(text: &str) -> Error {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status: u16 = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers = lines.map(|line| line.split_once(": ").unwrap());
    let response = headers.fold(http::Response::builder().status(status), |all, (name, value)| all.header(name, value));
    Error::from(response.body(body.to_owned()).unwrap())
}

#[test]
fn errors_come_as_the_catalog_has_them() {
    const ORDER: &str = r#"{"photos": ["https://example.com/1.jpg"]}"#;
    let server = Server::start();
    let videos = "POST /v1/videos";
    let too_long = format!(r#"{{"photos": ["{}"]}}"#, "x".repeat(3 << 20));
    for (request, key, body, code, status) in [
        (videos, "", ORDER, ErrorCode::MissingApiKey, 401),
        (videos, "vpk_test_other", ORDER, ErrorCode::InvalidApiKey, 401),
        (videos, "vpk_test_pro", "{", ErrorCode::InvalidJson, 400),
        (videos, "vpk_test_pro", "{}", ErrorCode::ValidationError, 400),
        (videos, "vpk_test_pro", r#"{"photos": []}"#, ErrorCode::ValidationError, 400),
        (videos, "vpk_test_free", ORDER, ErrorCode::PlanRequired, 403),
        (videos, "vpk_test_pro", &too_long, ErrorCode::ValidationError, 400),
        ("GET /v1/tasks/7", "vpk_test_plus", "", ErrorCode::TaskNotFound, 404),
        ("GET /v1/tasks/seven", "vpk_test_plus", "", ErrorCode::TaskNotFound, 404),
    ] {
        let error = server.send(request, key, body);
        assert_eq!((error.code(), error.status()), (Some(code), Some(status)), "{error}");
        assert_eq!(error.headers()["content-type"], "application/json");
        assert!(error.request_id().is_some_and(|id| id.starts_with("req_")), "{error}");
        assert_eq!(error.notes(), [""; 0]);
    }

    let error = server.send(videos, "vpk_test_free", ORDER);
    let Details::PlanRequired(details) = error.details() else { panic!("{error}") };
    assert_eq!(details.current_plan.as_deref(), Some("Free"));
    assert_eq!(details.required_plans, Some(vec!["Plus".to_owned(), "Pro".to_owned()]));

    assert_eq!(server.send(videos, "vpk_test_plus", ORDER).outcome(), Outcome::NotError);
    assert_eq!(server.send("GET /v1/tasks/1", "vpk_test_plus", "").outcome(), Outcome::NotError);
    let error = server.send(videos, "vpk_test_plus", ORDER);
    let Details::ConcurrencyLimitExceeded(details) = error.details() else { panic!("{error}") };
    assert_eq!((details.limit, details.in_flight, details.plan.as_deref()), (Some(1), Some(1), Some("Plus")));
    assert_eq!(error.message().as_deref(), Some("1 of 1 tasks are running"));
}
