//! What pages in a browser can do with the mock.

use serde_json::json;
use tests::mock::Mock;

use crate::client::{get, raw, send};

const OPEN: &str = "access-control-allow-origin";

/// Whatever a page does, it can neither read nor clear what the mock keeps.
#[test]
fn nothing_of_the_mocks_own_is_a_pages() {
    let mock = Mock::start(&["vivix"]);
    get(&mock, "/vivix/429,ok");
    let here = mock.address().to_owned();
    let mut refused = 0;
    for (host, headers) in [
        ("evil.example", ""),
        ("localhost.evil.example:8429", ""),
        ("localhost@evil.example", ""),
        ("", ""),
        (&here, "host: evil.example\r\n"),
        (&here, "origin: https://evil.example\r\n"),
        (&here, "origin: null\r\n"),
        (&here, "origin: http://localhost:3000\r\nsec-fetch-site: same-site\r\nsec-fetch-mode: cors\r\n"),
        (&here, "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\n"),
        (&here, "sec-fetch-site: cross-site\r\nsec-fetch-mode: no-cors\r\n"),
        // A script in an answer of an API that was asked for as a page.
        (&here, "sec-fetch-site: same-origin\r\nsec-fetch-mode: cors\r\n"),
    ] {
        for (method, path) in [
            ("GET", "/_errbook/requests"),
            ("DELETE", "/_errbook/requests"),
            ("GET", "/_errbook/sequences"),
            ("DELETE", "/_errbook/sequences"),
            ("OPTIONS", "/_errbook/requests"),
            ("GET", "/_errbook"),
            ("GET", "/_errbook/x"),
        ] {
            let preflight = "access-control-request-method: DELETE\r\nconnection: close\r\n";
            let back =
                raw(&mock, format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}{preflight}\r\n").as_bytes());
            assert!(back.starts_with("HTTP/1.1 403 "), "{method} {path} {host:?} {headers:?}: {back}");
            assert!(!back.contains("access-control") && !back.contains("/vivix/429"), "{back}");
            refused += 1;
        }
    }
    let absolute =
        raw(&mock, format!("GET http://evil.example/_errbook/requests HTTP/1.1\r\nhost: {here}\r\n\r\n").as_bytes());
    assert!(absolute.starts_with("HTTP/1.1 403 "), "{absolute}");
    assert_eq!(refused, 77);
    // It is all there, and none of that is in it.
    let log = get(&mock, "/_errbook/requests");
    assert_eq!(log.json()["requests"].as_array().unwrap().len(), 1, "{}", log.text());
    assert_eq!(get(&mock, "/_errbook/sequences").json().as_array().unwrap().len(), 1);
    assert_eq!((log.header("content-security-policy"), log.header(OPEN)), (Some("sandbox"), None));
}

/// Who is no page: a person who types the address or follows the link of the list, a program, Node.
#[test]
fn who_asks_for_the_address_itself_is_answered() {
    let mock = Mock::start(&["vivix"]);
    let port = mock.address().rsplit(':').next().unwrap();
    for headers in [
        "",
        &format!("host: localhost:{port}\r\n"),
        &format!("host: [::1]:{port}\r\n"),
        "host: 127.0.0.1\r\nsec-fetch-site: none\r\nsec-fetch-mode: navigate\r\n",
        "host: 127.0.0.1\r\nsec-fetch-site: same-origin\r\nsec-fetch-mode: navigate\r\n",
        "host: 127.0.0.1\r\nsec-fetch-mode: cors\r\n",
    ] {
        let back = raw(&mock, format!("GET /_errbook/requests HTTP/1.0\r\n{headers}\r\n").as_bytes());
        assert!(back.starts_with("HTTP/1.0 200 "), "{headers}: {back}");
    }
}

/// A client in a browser is tried against the errors: a page of any site can ask for them, and read all of an answer.
#[test]
fn errors_are_open_to_pages() {
    let mock = Mock::start(&["vivix"]);
    let path = "/vivix/429;header.retry-after=7,ok/v1/videos";
    let page = [("origin", "http://localhost:3000"), ("host", "evil.example")];
    let asks =
        [page[0], ("access-control-request-method", "PUT"), ("access-control-request-headers", "authorization,x-a")];
    for _ in 0..2 {
        let reply = send(&mock, "OPTIONS", path, &asks);
        assert_eq!((reply.status, reply.kind(), reply.header(OPEN)), (204, "preflight", Some("*")));
        assert_eq!(reply.header("access-control-allow-methods"), Some("PUT"));
        assert_eq!(reply.header("access-control-allow-headers"), Some("authorization,x-a"));
    }
    // Asking beforehand is no request.
    assert_eq!(get(&mock, "/_errbook/requests").json()["requests"], json!([]));
    let reply = send(&mock, "PUT", path, &page);
    assert_eq!((reply.status, reply.header(OPEN)), (429, Some("*")));
    let exposed = reply.header("access-control-expose-headers").unwrap();
    assert!(
        ["retry-after", "errbook-mock"].iter().all(|name| exposed.split(", ").any(|one| one == *name)),
        "{exposed}"
    );
    assert_eq!(send(&mock, "PUT", path, &page).header(OPEN), Some("*"));
    // Nobody else's answer is another than the API's.
    assert_eq!(get(&mock, path).header(OPEN), None);
    assert_eq!(send(&mock, "OPTIONS", "/vivix/MODEL_NOT_ALLOWED", &page).status, 403);
    let own = send(&mock, "GET", &format!("/vivix/429?header.{OPEN}=https://a.example"), &page);
    assert_eq!(own.headers.get_all(OPEN).iter().collect::<Vec<_>>(), ["https://a.example"]);

    let typo = send(&mock, "GET", "/vivix/KEY_REVOKD", &page);
    assert_eq!((typo.kind(), typo.header(OPEN)), ("unknown", Some("*")));
    for list in ["/", "/vivix"] {
        assert_eq!(send(&mock, "GET", list, &page).header(OPEN), None, "{list}");
        assert_eq!(send(&mock, "OPTIONS", list, &asks).header(OPEN), None, "{list}");
    }
}
