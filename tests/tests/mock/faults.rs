//! Sequences, and faults that no API documents.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use errbook::Outcome;
use generated::vivix::Error;
use tests::mock::Mock;

use crate::client::{Reply, agent, get, send};

fn statuses(mock: &Mock, path: &str, headers: &[(&str, &str)], count: usize) -> Vec<u16> {
    (0..count).map(|_| send(mock, "POST", path, headers).status).collect()
}

fn decoded(reply: Reply) -> Error {
    Error::from_parts(Some(reply.status), reply.headers, reply.body)
}

#[test]
fn a_sequence_for_each_path_and_client() {
    let mock = Mock::start(&["vivix"]);
    let path = "/vivix/429,MODEL_NOT_ALLOWED,ok";
    assert_eq!(statuses(&mock, path, &[], 5), [429, 403, 200, 200, 200]);
    assert_eq!(statuses(&mock, &format!("{path}/v1/videos?limit=1"), &[], 3), [429, 403, 200]);
    assert_eq!(statuses(&mock, &format!("{path}/v1/videos?limit=2"), &[], 1), [200]);
    assert_eq!(statuses(&mock, path, &[("errbook-client", "a")], 2), [429, 403]);
    assert_eq!(statuses(&mock, &format!("{path}?client=a"), &[], 1), [200]);
    assert_eq!(statuses(&mock, path, &[("errbook-client", "b")], 1), [429]);
    // Without an end of its own it ends all the same.
    assert_eq!(statuses(&mock, "/vivix/500,500", &[], 3), [500, 500, 200]);
    assert_eq!(statuses(&mock, "/vivix/500", &[], 3), [500, 500, 500]);

    assert_eq!(send(&mock, "DELETE", "/_errbook/sequences?client=a", &[]).status, 204);
    assert_eq!(statuses(&mock, path, &[("errbook-client", "a")], 1), [429]);
    assert_eq!(statuses(&mock, path, &[("errbook-client", "b")], 1), [403]);
    let kept = get(&mock, "/_errbook/sequences?client=a").json();
    assert_eq!(kept, serde_json::json!([{ "path": path, "client": "a", "answered": 1 }]));
    assert_eq!(send(&mock, "DELETE", "/_errbook/sequences", &[]).status, 204);
    assert_eq!(statuses(&mock, path, &[], 1), [429]);
}

#[test]
fn clients_that_come_at_once_share_a_sequence() {
    let mock = Mock::start(&["vivix"]);
    let path = format!("/vivix/{}ok", "429,".repeat(40));
    let ask = || statuses(&mock, &path, &[], 10);
    let all: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(all.iter().filter(|status| **status == 429).count(), 40);
    assert_eq!(all.iter().filter(|status| **status == 200).count(), 40);
}

#[test]
fn options_of_all_and_of_one() {
    let mock = Mock::start(&["vivix"]);
    let path = "/vivix/429;header.retry-after=7,MODEL_NOT_ALLOWED;status=503,ok?header.retry-after=1&header.x-a=b+c";
    let told = |reply: &Reply| {
        (reply.status, reply.header("retry-after").map(str::to_owned), reply.header("x-a").map(str::to_owned))
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(told(&get(&mock, path)), (429, text("7"), text("b c")));
    assert_eq!(told(&get(&mock, path)), (503, text("1"), text("b c")));
    assert_eq!(told(&get(&mock, path)), (200, None, None));

    let reply = get(&mock, "/vivix/429?header.a=1&header.a=2&header.content-type=x/y&header.date=now");
    assert_eq!(reply.headers.get_all("a").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!((reply.header("content-type"), reply.header("date")), (Some("x/y"), Some("now")));
    let told = decoded(get(&mock, "/vivix/429?header.retry-after=30")).delay(0, std::time::SystemTime::UNIX_EPOCH);
    assert_eq!(told, Some(Duration::from_secs(30)));
}

#[test]
fn latency() {
    let mock = Mock::start(&["vivix"]);
    let begun = Instant::now();
    assert_eq!(get(&mock, "/vivix/MODEL_NOT_ALLOWED?delay=200ms").status, 403);
    assert!(begun.elapsed() >= Duration::from_millis(200));
    for delay in ["61s", "1h", "-1s", "1", "", "99999999999999999999s"] {
        assert_eq!(get(&mock, &format!("/vivix/429?delay={delay}")).kind(), "refused", "{delay}");
    }
}

/// The whole response as bytes, up to where the connection ends.
fn raw(mock: &Mock, path: &str) -> String {
    let mut stream = TcpStream::connect(mock.address()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: mock\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn bodies_that_break_off() {
    let mock = Mock::start(&["vivix"]);
    let whole = get(&mock, "/vivix/MODEL_NOT_ALLOWED").body;
    for count in [0, 1, whole.len() - 1] {
        let path = format!("/vivix/MODEL_NOT_ALLOWED?cut={count}");
        let response = raw(&mock, &path);
        let (head, body) = response.split_once("\r\n\r\n").unwrap();
        assert!(
            head.starts_with("HTTP/1.1 403 ") && head.contains(&format!("content-length: {}", whole.len())),
            "{head}"
        );
        assert_eq!(body.as_bytes(), &whole[..count]);
        let mut response = agent().get(format!("{}{path}", mock.url)).call().unwrap();
        assert_eq!(response.status().as_u16(), 403);
        assert!(response.body_mut().read_to_vec().is_err(), "a client sees that the body is cut");
    }
    let short = get(&mock, "/vivix/MODEL_NOT_ALLOWED?truncate=30");
    assert_eq!((short.status, &short.body[..]), (403, &whole[..30]));
    assert_eq!(decoded(short).outcome(), Outcome::Malformed);
    for option in ["cut", "truncate"] {
        for count in [whole.len().to_string(), "-1".to_owned(), "x".to_owned()] {
            let reply = get(&mock, &format!("/vivix/MODEL_NOT_ALLOWED?{option}={count}"));
            assert_eq!((reply.status, reply.kind()), (400, "refused"), "{option}={count}");
        }
        let reply = get(&mock, &format!("/vivix/429?{option}=0"));
        assert_eq!(reply.json()["errbook_mock"], "nothing to cut off after 0 bytes: the body has 0", "{option}");
    }
}

#[test]
fn pages_of_a_proxy() {
    let mock = Mock::start(&["vivix"]);
    let reply = get(&mock, "/vivix/MODEL_NOT_ALLOWED?proxy=502");
    assert_eq!((reply.status, reply.kind(), reply.header("content-type")), (502, "proxy", Some("text/html")));
    assert!(reply.text().contains("<h1>502 Bad Gateway</h1>"));
    let error = decoded(reply);
    assert_eq!((error.code(), error.outcome()), (None, Outcome::Malformed));
    let path = "/vivix/429;proxy=503,ok";
    assert_eq!([get(&mock, path).kind(), get(&mock, path).kind()], ["proxy", "ok"]);
}

/// For clients whose paths cannot be chosen.
#[test]
fn a_fallback_for_all_other_paths() {
    let folder = tempfile::tempdir().unwrap();
    let video = folder.path().join("video.json");
    std::fs::write(&video, r#"{"id": "v1"}"#).unwrap();
    let fallback = "/vivix/429,MODEL_NOT_ALLOWED,ok?header.retry-after=2";
    let mock = Mock::start(&["vivix", "--fallback", fallback, "--ok", video.to_str().unwrap()]);
    for path in ["/", "/v1/videos", "/v1/videos/v1?a=b", "//"] {
        assert_eq!(statuses(&mock, path, &[], 2), [429, 403], "{path}");
        let reply = get(&mock, path);
        assert_eq!((reply.status, reply.text()), (200, r#"{"id": "v1"}"#), "{path}");
    }
    assert_eq!(get(&mock, "/other").header("retry-after"), Some("2"));
    assert_eq!(get(&mock, "/vivix/401").status, 401);
    assert_eq!(get(&mock, "/vivix/x").kind(), "unknown");
    assert_eq!(get(&mock, "/_errbook").kind(), "list");
}
