//! What the mock tells of the requests that it served, and of what there is.

use serde_json::{Value, json};
use tests::mock::Mock;

use crate::client::{get, send};

fn requests(mock: &Mock, query: &str) -> Vec<Value> {
    get(mock, &format!("/_errbook/requests{query}")).json()["requests"].as_array().unwrap().clone()
}

#[test]
fn requests_in_order() {
    let mock = Mock::start(&["vivix"]);
    let path = "/vivix/429,ok/v1/videos?size=2&client=a";
    let shown = "/vivix/429,ok/v1/videos?size=(hidden)&client=a";
    let key = [("idempotency-key", "k1"), ("authorization", "Bearer secret"), ("errbook-client", "a")];
    send(&mock, "POST", path, &key);
    send(&mock, "PUT", path, &key);
    get(&mock, "/vivix/NO_SUCH_ERROR");
    let all = requests(&mock, "");
    let told: Vec<Value> = all
        .iter()
        .map(|request| {
            let pick = |key: &str| request[key].clone();
            json!([pick("client"), pick("method"), pick("path"), pick("answer"), pick("status")])
        })
        .collect();
    assert_eq!(
        told,
        [
            json!(["a", "POST", shown, "429", 429]),
            json!(["a", "PUT", shown, "ok", 200]),
            json!(["", "GET", "/vivix/NO_SUCH_ERROR", null, 404]),
        ]
    );
    assert_eq!(
        (&all[0]["headers"]["idempotency-key"], &all[0]["headers"]["authorization"]),
        (&json!("k1"), &json!("(hidden)"))
    );
    let times: Vec<f64> = all.iter().map(|request| request["at_ms"].as_f64().unwrap()).collect();
    assert!(times.is_sorted() && times[0] < times[2], "{times:?}");

    assert_eq!(requests(&mock, "?client=a").len(), 2);
    assert_eq!(send(&mock, "DELETE", "/_errbook/requests?client=a", &[]).status, 204);
    assert_eq!((requests(&mock, "?client=a").len(), requests(&mock, "").len()), (0, 1));
    assert_eq!(send(&mock, "DELETE", "/_errbook/requests", &[]).status, 204);
    assert_eq!(get(&mock, "/_errbook/requests").json(), json!({ "forgotten": 0, "requests": [] }));
}

/// Neither headers nor paths show what may give access; idempotency keys are shown, whatever an API calls them.
#[test]
fn credentials_are_hidden() {
    let mock = Mock::start(&["wubble", "tests/cases/decode/catalog/telegram.yaml"]);
    let secret = "s3cr3t";
    let names =
        ["authorization", "proxy-authorization", "cookie", "x-api-key", "dpop", "forwarded", "x-pin", "x-signature"];
    let headers: Vec<_> = names.into_iter().map(|name| (name, secret)).collect();
    send(&mock, "POST", "/wubble/429,ok/v1/songs?api_key=s3cr3t&u=http://me:s3cr3t@h/&s3cr3t", &headers);
    get(&mock, "/telegram/429,ok/bot123:s3cr3t/sendMessage;password=s3cr3t");
    send(&mock, "GET", "/wubble/429", &[("referer", "https://me:s3cr3t@host/?key=s3cr3t"), ("idempotency-key", "k1")]);
    for own in ["requests", "sequences"] {
        let shown = get(&mock, &format!("/_errbook/{own}"));
        assert!(!shown.text().contains(secret), "{}", shown.text());
    }
    let all = requests(&mock, "");
    assert_eq!(all[0]["path"], "/wubble/429,ok/v1/songs?api_key=(hidden)&u=(hidden)&(hidden)");
    assert!(names.iter().all(|name| all[0]["headers"][name] == "(hidden)"), "{}", all[0]["headers"]);
    assert_eq!(all[1]["path"], "/telegram/429,ok/bot123:(hidden)/sendMessage;password=(hidden)");
    assert_eq!(all[2]["headers"]["idempotency-key"], "k1");
}

#[test]
fn any_method_gets_the_error_and_only_reading_gets_a_list() {
    let mock = Mock::start(&["vivix"]);
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"] {
        assert_eq!(send(&mock, method, "/vivix/MODEL_NOT_ALLOWED", &[]).status, 403, "{method}");
    }
    let head = send(&mock, "HEAD", "/vivix/MODEL_NOT_ALLOWED", &[]);
    assert_eq!((head.status, head.body.len()), (403, 0));
    assert!(head.header("content-length").is_some_and(|length| length != "0"));
    for path in ["/", "/vivix", "/vivix/", "/_errbook", "/_errbook/requests"] {
        assert_eq!(get(&mock, path).status, 200, "{path}");
        assert_eq!(send(&mock, "POST", path, &[]).status, 405, "{path}");
    }
    assert_eq!(get(&mock, "/_errbook/x").kind(), "unknown");
    // A prompt comes on a line of its own.
    for path in ["/", "/vivix", "/vivix/NO_SUCH_ERROR", "/_errbook/requests", "/_errbook/sequences"] {
        assert!(get(&mock, path).text().ends_with('\n'), "{path}");
    }
}

/// Codes and titles are text on the page, whatever they hold.
#[test]
fn pages_are_escaped() {
    let mock = Mock::start(&["tests/cases/emit"]);
    let html = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    let index = send(&mock, "GET", "/", &html);
    assert_eq!(index.header("content-type"), Some("text/html; charset=utf-8"));
    for api in get(&mock, "/").json()["apis"].as_array().unwrap() {
        let page = send(&mock, "GET", api["path"].as_str().unwrap(), &html);
        let tags: Vec<&str> = page.text().split('<').skip(1).map(|tag| tag.split([' ', '>']).next().unwrap()).collect();
        let own = ["!doctype", "meta", "title", "/title", "h1", "/h1", "table", "/table", "tr", "th", "td", "a", "/a"];
        for tag in tags {
            assert!(own.contains(&tag), "<{tag}");
        }
    }
}
