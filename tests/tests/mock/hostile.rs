//! What no client should send.

use std::io::{Read, Write};
use std::net::TcpStream;

use tests::mock::Mock;

use crate::client::{agent, get, raw, send};

#[track_caller]
fn assert_alive(mock: &Mock) {
    assert_eq!(get(mock, "/vivix/MODEL_NOT_ALLOWED").status, 403);
}

#[test]
fn what_is_no_request() {
    let mock = Mock::start(&["vivix"]);
    let long = "x".repeat(1 << 20);
    let many: String = (0..10_000).map(|i| format!("h{i}: 1\r\n")).collect();
    for request in [
        String::new(),
        "\0\0\0\0\r\n\r\n".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\u{0}".to_owned(),
        "GET\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        "GET /vivix HTTP/1.1\r\nno colon\r\n\r\n".to_owned(),
        "GET /vivix HTTP/1.1\r\nhost: m\r\ncontent-length: x\r\n\r\n".to_owned(),
        "POST /vivix HTTP/1.1\r\nhost: m\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        "POST /vivix/429 HTTP/1.1\r\nhost: m\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_owned(),
        "POST /vivix/429 HTTP/1.1\r\nhost: m\r\ncontent-length: 100\r\n\r\ncut".to_owned(),
        format!("GET /vivix/{long} HTTP/1.1\r\nhost: m\r\n\r\n"),
        format!("GET /vivix/429 HTTP/1.1\r\nhost: m\r\nx: {long}\r\n\r\n"),
        format!("GET /vivix/429 HTTP/1.1\r\nhost: m\r\n{many}\r\n"),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
    ] {
        let back = raw(&mock, request.as_bytes());
        let head = &request[..request.len().min(40)];
        assert!(
            back.is_empty() || back.starts_with("HTTP/1.1 4") || back.starts_with("HTTP/1.0 4"),
            "{head:?}: {back}"
        );
        assert_alive(&mock);
    }
}

/// A path is looked up among the codes, and nowhere else.
#[test]
fn paths_that_lead_elsewhere() {
    let mock = Mock::start(&["vivix"]);
    for target in [
        "/../../etc/passwd",
        "/vivix/../../etc/passwd",
        "/vivix/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/vivix/%",
        "/vivix/%zz",
        "/vivix/%00",
        "/vivix/%0d%0aset-cookie:x=y",
        "/vivix/<script>",
        "/_errbook/requests/../../x",
        "*",
        "http://elsewhere/x",
    ] {
        let back = raw(&mock, format!("GET {target} HTTP/1.1\r\nhost: localhost\r\n\r\n").as_bytes());
        assert!(back.starts_with("HTTP/1.1 404 ") || back.starts_with("HTTP/1.1 400 "), "{target}: {back}");
        assert!(!back.contains("set-cookie:x=y\r\n") && !back.contains("root:"), "{target}: {back}");
    }
    let ff = raw(&mock, b"GET /vivix/%ff HTTP/1.1\r\nhost: m\r\n\r\n");
    assert!(ff.starts_with("HTTP/1.1 400 ") && ff.contains("errbook-mock: refused"), "{ff}");
    // The whole URL in the request line is read as its path.
    let whole = raw(&mock, b"GET http://me:s3cr3t@elsewhere/vivix/MODEL_NOT_ALLOWED HTTP/1.1\r\nhost: m\r\n\r\n");
    assert!(whole.starts_with("HTTP/1.1 403 "), "{whole}");
    let log = get(&mock, "/_errbook/requests");
    assert!(log.text().contains("\"/vivix/MODEL_NOT_ALLOWED\"") && !log.text().contains("s3cr3t"), "{}", log.text());
    assert_alive(&mock);
}

#[test]
fn headers_that_no_response_can_have() {
    let mock = Mock::start(&["vivix"]);
    for option in [
        "header.a=x%0d%0aset-cookie:%20b=c",
        "header.a=x%0aset-cookie:%20b=c",
        "header.a=%00",
        "header.a%0d%0ab=c",
        "header.a%20b=c",
        "header.=c",
        "header.%c3%a9=c",
        "header.content-length=5",
        "header.transfer-encoding=chunked",
        "header.connection=upgrade",
        "header.errbook-mock=x",
        "status=100",
        "status=101",
        "proxy=99",
        "nonsense=1",
        // A status alone has nothing of these.
        "wait=30s",
        "message=m",
        "request_id=r",
        "field.model=m",
        "cause=c",
    ] {
        for path in [format!("/vivix/429?{option}"), format!("/vivix/429;{option}")] {
            let reply = get(&mock, &path);
            assert_eq!((reply.status, reply.kind()), (400, "refused"), "{path}");
            assert_eq!(reply.header("set-cookie"), None);
        }
    }
    assert_alive(&mock);
}

#[test]
fn bodies_are_read_and_thrown_away() {
    let mock = Mock::start(&["vivix"]);
    let body = vec![b'x'; 10 << 20];
    let response = agent().post(format!("{}/vivix/MODEL_NOT_ALLOWED", mock.url)).send(&body[..]).unwrap();
    assert_eq!(response.status().as_u16(), 403);
    let logged = get(&mock, "/_errbook/requests").json();
    assert_eq!(logged["requests"][0]["body_bytes"], 10 << 20);

    let much = format!("POST /vivix/429 HTTP/1.1\r\nhost: m\r\ncontent-length: {}\r\n\r\n", 80 << 20);
    let back = raw(&mock, &[much.as_bytes(), &vec![b'x'; 65 << 20]].concat());
    assert!(back.is_empty() || back.starts_with("HTTP/1.1 413 "), "{back}");
    assert_alive(&mock);
}

#[test]
fn long_paths_are_not_kept() {
    let mock = Mock::start(&["vivix"]);
    let reply = get(&mock, &format!("/vivix/429,ok/{}", "x".repeat(9 << 10)));
    assert_eq!((reply.status, reply.kind()), (414, "refused"));
    assert_eq!(get(&mock, "/_errbook/sequences").json(), serde_json::json!([]));
}

/// Whatever paths and clients there are, only so much of them is kept: what was asked for longest ago begins anew.
#[test]
fn sequences_without_end() {
    let mock = Mock::start(&["vivix"]);
    let ask = |from: usize, to: usize| {
        let asked = (from..to).map(|path| format!("GET /vivix/429,403,ok/{path} HTTP/1.1\r\nhost: m\r\n\r\n"));
        let back = raw(&mock, asked.collect::<String>().as_bytes());
        // One after the other, each in its place.
        let statuses = back.split("HTTP/1.1 ").skip(1).map(|answer| answer[..3].parse().unwrap());
        let statuses: Vec<u16> = statuses.collect();
        assert_eq!(statuses.len(), to - from);
        statuses
    };
    let many = 20_000;
    assert!(ask(0, many).iter().all(|status| *status == 429));
    let kept = get(&mock, "/_errbook/sequences").json().as_array().unwrap().len();
    assert!((1..=many / 10).contains(&kept), "{kept}");
    assert_eq!(ask(many - kept, many).iter().filter(|status| **status == 403).count(), kept);
    assert_eq!(ask(0, 1), [429]);
    let log = get(&mock, "/_errbook/requests");
    assert!(log.json()["forgotten"].as_u64().unwrap() > 0 && log.body.len() < 16 << 20, "{}", log.body.len());
    assert!(log.json()["note"].as_str().unwrap().contains("are forgotten"));

    let name = "x".repeat(300);
    for (path, headers) in
        [("/vivix/429,ok".to_owned(), &[("errbook-client", &*name)][..]), (format!("/vivix/429,ok?client={name}"), &[])]
    {
        let reply = send(&mock, "GET", &path, headers);
        assert_eq!((reply.status, reply.kind()), (400, "refused"), "{path}");
    }
}

#[test]
fn one_who_asks_before_sending_is_told_to() {
    let mock = Mock::start(&["vivix"]);
    let mut stream = TcpStream::connect(mock.address()).unwrap();
    let head = "POST /vivix/MODEL_NOT_ALLOWED HTTP/1.1\r\nhost: m\r\nconnection: close\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut first = [0; 25];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"body").unwrap();
    let mut back = String::new();
    stream.read_to_string(&mut back).unwrap();
    assert!(back.starts_with("HTTP/1.1 403 "), "{back}");
    assert_eq!(get(&mock, "/_errbook/requests").json()["requests"][0]["body_bytes"], 4);
}

/// HEAD gets what GET gets, but for the body.
#[test]
fn heads() {
    let mock = Mock::start(&["vivix"]);
    for path in [
        "/vivix/MODEL_NOT_ALLOWED",
        "/vivix/429",
        "/vivix/ok",
        "/vivix/MODEL_NOT_ALLOWED?cut=5",
        "/vivix/429?proxy=502",
        "/vivix/x",
        "/",
        "/_errbook/sequences",
    ] {
        let ask = |method: &str| {
            raw(&mock, format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").as_bytes())
        };
        let [head, whole] = ["HEAD", "GET"].map(ask);
        // That there is no body is told by none, too.
        let without_date = |text: &str| {
            let lines = text.split("\r\n").filter(|line| !line.starts_with("date: ") && *line != "content-length: 0");
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let end = whole.find("\r\n\r\n").unwrap() + 4;
        assert_eq!(without_date(&head), without_date(&whole[..end]), "{path}");
    }
}

/// Connections that say nothing, or less than a request, keep nobody out for good.
#[test]
fn many_connections() {
    let mock = Mock::start(&["vivix"]);
    let connect = |index: usize| {
        let mut stream = TcpStream::connect(mock.address()).unwrap();
        stream.write_all(&b"GET /vivix/429 HTT"[..index % 18]).unwrap();
        stream
    };
    let some: Vec<_> = (0..300).map(connect).collect();
    assert_alive(&mock);
    // More than are served at a time: the last wait for the first to go.
    let more: Vec<_> = (0..300).map(connect).collect();
    drop((some, more));
    assert_alive(&mock);
}
