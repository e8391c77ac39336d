//! Successes that go on for long: nobody waits for their end.

use std::sync::mpsc::channel;

use errbook::{BODY_LIMIT, FromResponse};
use generated::vivix;
use tests::server::{Reply, Server};

use crate::bank;
use crate::http_clients::{Blocking, Client, Reqwest, Tower, Ureq};

#[test]
fn a_success_is_there_before_its_body_where_no_shape_covers_it() {
    fn check<C: Client>() {
        is_there_at_once::<C, vivix::Error>("application/json");
    }
    check::<Reqwest>();
    check::<Blocking>();
    check::<Ureq>();
    check::<Tower>();
}

#[test]
fn a_stream_is_there_before_its_body_where_one_does() {
    fn check<C: Client>() {
        is_there_at_once::<C, bank::Error>("text/event-stream; charset=utf-8");
        is_there_at_once::<C, bank::Error>("Application/Octet-Stream");
    }
    check::<Reqwest>();
    check::<Blocking>();
    check::<Ureq>();
    check::<Tower>();
}

/// The server sends the second half of the body when the client has the response.
fn is_there_at_once<C: Client, E: FromResponse>(media_type: &str) {
    let (go_on, signal) = channel();
    let reply = Reply::new(200, "data: 1\n\n").header("content-type", media_type).and_on(signal, "data: 2\n\n");
    let server = Server::start([reply]);
    let client = C::new();
    let response = client.get::<E>(&server.url("/v1/thing"), BODY_LIMIT).unwrap();
    go_on.send(()).unwrap();
    assert_eq!(client.read(response).as_deref(), Ok(&b"data: 1\n\ndata: 2\n\n"[..]), "{media_type}");
}
