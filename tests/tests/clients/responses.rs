//! What clients make of responses.

use std::io::Write;
use std::time::{Duration, SystemTime};

use errbook::http::header::CONTENT_TYPE;
use errbook::{BODY_LIMIT, ErrorFor, FromResponse, Outcome};
use flate2::Compression;
use flate2::write::GzEncoder;
use generated::vivix;
use tests::server::{Reply, Server};

use crate::bank::{Error, ErrorCode};
use crate::http_clients::{Blocking, Client, Reqwest, Tower, Ureq};

/// Each of the cases, with each of the clients.
macro_rules! with_all_clients {
    ($($case:ident)*) => {
        $(mod $case {
            use super::*;

            #[test]
            fn reqwest() {
                super::super::$case::<Reqwest>();
            }

            #[test]
            fn reqwest_blocking() {
                super::super::$case::<Blocking>();
            }

            #[test]
            fn ureq() {
                super::super::$case::<Ureq>();
            }

            #[test]
            fn tower() {
                super::super::$case::<Tower>();
            }
        })*
    };
}

mod with {
    use super::*;

    with_all_clients! {
        an_error_keeps_status_headers_and_body
        a_success_is_handed_back
        a_success_may_be_an_error
        one_that_may_be_and_is_none_has_its_body
        a_success_beyond_the_limit_has_its_body
        a_success_that_breaks_off_says_so_to_its_reader
        an_error_beyond_the_limit_is_cut
        an_error_that_breaks_off_is_kept_as_far_as_it_came
        a_page_of_a_proxy_is_an_error
        an_empty_body_is_an_error_by_its_status
    }
}

/// With the clients that decompress, and with limits of one's own.
mod more {
    use super::*;

    #[test]
    fn compressed() {
        bodies_are_decompressed::<Reqwest>();
        bodies_are_decompressed::<Blocking>();
        bodies_are_decompressed::<Ureq>();
    }

    #[test]
    fn limited() {
        the_limit_can_be_set::<Reqwest>();
        the_limit_can_be_set::<Blocking>();
        the_limit_can_be_set::<Ureq>();
        the_limit_can_be_set::<Tower>();
    }
}

fn get<C: Client, E: FromResponse>(reply: Reply) -> Result<Read, E> {
    get_within::<C, E>(reply, BODY_LIMIT)
}

/// Status, media type and body of a success.
type Read = (u16, String, Result<Vec<u8>, String>);

fn get_within<C: Client, E: FromResponse>(reply: Reply, limit: usize) -> Result<Read, E> {
    let server = Server::start([reply]);
    let client = C::new();
    let response = client.get::<E>(&server.url("/v1/thing"), limit)?;
    let (status, headers) = C::head(&response);
    let media_type = headers.get(CONTENT_TYPE).map_or("", |value| value.to_str().unwrap()).to_owned();
    let body = client.read(response);
    assert_eq!(server.requests().len(), 1);
    Ok((status, media_type, body))
}

fn an_error_keeps_status_headers_and_body<C: Client>() {
    let body = r#"{"error":"MODEL_NOT_ALLOWED","message":"Not for you.","model":"sora-3","request_id":"req_1"}"#;
    let reply = Reply::json(403, body).header("x-mark", "here");
    let error = get::<C, vivix::Error>(reply).unwrap_err();
    assert_eq!(error.code(), Some(vivix::ErrorCode::ModelNotAllowed));
    assert_eq!((error.status(), error.headers()["x-mark"].to_str().unwrap()), (Some(403), "here"));
    assert_eq!(std::str::from_utf8(error.body()).unwrap(), body);
    assert_eq!(error.request_id().as_deref(), Some("req_1"));
    assert!(!error.truncated());
}

fn a_success_is_handed_back<C: Client>() {
    let success = get::<C, vivix::Error>(Reply::json(201, r#"{"error":"KEY_REVOKED"}"#)).unwrap();
    assert_eq!(success, (201, "application/json".to_owned(), Ok(br#"{"error":"KEY_REVOKED"}"#.to_vec())));
}

fn a_success_may_be_an_error<C: Client>() {
    let error = get::<C, Error>(Reply::json(200, r#"{"ok":false,"error":"no_money"}"#)).unwrap_err();
    assert_eq!((error.code(), error.status()), (Some(ErrorCode::NoMoney), Some(200)));
}

fn one_that_may_be_and_is_none_has_its_body<C: Client>() {
    for body in [r#"{"ok":true,"error":"none"}"#, "", "Welcome."] {
        let success = get::<C, Error>(Reply::json(200, body)).unwrap();
        assert_eq!(success, (200, "application/json".to_owned(), Ok(body.as_bytes().to_vec())));
    }
}

fn a_success_beyond_the_limit_has_its_body<C: Client>() {
    let body = format!(r#"{{"ok":true,"list":"{}"}}"#, "long ".repeat(BODY_LIMIT / 2));
    let (_, _, read) = get::<C, Error>(Reply::json(200, &body)).unwrap();
    assert!(read.unwrap() == body.as_bytes());
}

fn a_success_that_breaks_off_says_so_to_its_reader<C: Client>() {
    let (status, _, read) = get::<C, Error>(Reply::json(200, r#"{"ok":true,"li"#).announcing(1_000)).unwrap();
    assert_eq!(status, 200);
    assert!(read.is_err(), "{read:?}");
}

fn an_error_beyond_the_limit_is_cut<C: Client>() {
    let body = format!(r#"{{"error":"no_money","message":"{}"}}"#, "long ".repeat(BODY_LIMIT));
    let error = get::<C, Error>(Reply::json(402, &body).header("x-mark", "here")).unwrap_err();
    assert!(error.body() == &body.as_bytes()[..BODY_LIMIT]);
    assert!(error.truncated() && error.notes().contains(&"truncated-body"), "{:?}", error.notes());
    // What is cut is no JSON: the status tells.
    assert_eq!((error.outcome(), error.code(), error.status()), (Outcome::Malformed, None, Some(402)));
    assert_eq!(error.headers()["x-mark"], "here");
}

fn an_error_that_breaks_off_is_kept_as_far_as_it_came<C: Client>() {
    let cut = r#"{"error":"busy","message":"The ba"#;
    let error = get::<C, Error>(Reply::json(429, cut).header("retry-after", "7").announcing(1_000)).unwrap_err();
    assert_eq!(std::str::from_utf8(error.body()).unwrap(), cut);
    assert!(error.truncated());
    assert_eq!((error.outcome(), error.status()), (Outcome::Malformed, Some(429)));
    assert_eq!(error.told_delay(SystemTime::now()), Some(Duration::from_secs(7)));
}

fn a_page_of_a_proxy_is_an_error<C: Client>() {
    let page = "<html><h1>502 Bad Gateway</h1></html>";
    let error = get::<C, vivix::Error>(Reply::new(502, page).header("content-type", "text/html")).unwrap_err();
    assert_eq!((error.outcome(), error.code(), error.status()), (Outcome::Malformed, None, Some(502)));
    assert_eq!(error.body(), page.as_bytes());
}

fn an_empty_body_is_an_error_by_its_status<C: Client>() {
    let error = get::<C, vivix::Error>(Reply::new(429, "").header("retry-after", "7")).unwrap_err();
    assert_eq!((error.outcome(), error.status()), (Outcome::NoCode, Some(429)));
    assert_eq!(error.told_delay(SystemTime::now()), Some(Duration::from_secs(7)));
}

fn bodies_are_decompressed<C: Client>() {
    let gzip = |status: u16, body: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(body.as_bytes()).unwrap();
        let reply = Reply::new(status, encoder.finish().unwrap());
        reply.header("content-type", "application/json").header("content-encoding", "gzip")
    };
    let error = get::<C, Error>(gzip(200, r#"{"ok":false,"error":"no_money"}"#)).unwrap_err();
    assert_eq!((error.code(), error.body()), (Some(ErrorCode::NoMoney), &br#"{"ok":false,"error":"no_money"}"#[..]));
    let (_, _, read) = get::<C, Error>(gzip(200, r#"{"ok":true}"#)).unwrap();
    assert_eq!(read.as_deref(), Ok(&br#"{"ok":true}"#[..]));
    // A few kilobytes that become many megabytes.
    let bomb = gzip(402, &format!(r#"{{"error":"no_money","message":"{}"}}"#, "0".repeat(20 << 20)));
    let error = get::<C, Error>(bomb).unwrap_err();
    assert_eq!((error.body().len(), error.truncated(), error.status()), (BODY_LIMIT, true, Some(402)));
}

fn the_limit_can_be_set<C: Client>() {
    let body = r#"{"error":"no_money","message":"There is none."}"#;
    let limits = [(0, true), (20, true), (body.len() - 1, true), (body.len(), false), (usize::MAX, false)];
    for (limit, truncated) in limits {
        let error = get_within::<C, Error>(Reply::json(402, body), limit).unwrap_err();
        assert_eq!(error.body(), &body.as_bytes()[..limit.min(body.len())]);
        assert_eq!((error.truncated(), error.status()), (truncated, Some(402)), "{limit}");
    }
    let success = r#"{"ok":true,"list":[1,2,3]}"#;
    for limit in [0, 5, success.len(), usize::MAX] {
        let (_, _, read) = get_within::<C, Error>(Reply::json(200, success), limit).unwrap();
        assert_eq!(read.as_deref(), Ok(success.as_bytes()), "{limit}");
    }
}

/// What reads it as text looks there.
#[test]
fn ureq_keeps_the_charset_of_a_body_that_was_read() {
    let server = Server::start([Reply::new(200, "fine").header("content-type", "text/plain; charset=iso-8859-1")]);
    let response = ureq::get(server.url("/")).call().unwrap().error_for::<Error>().unwrap();
    assert_eq!((response.body().mime_type(), response.body().charset()), (Some("text/plain"), Some("iso-8859-1")));
}
