//! The program `examples/client.rs`: two APIs, and their errors treated alike.

use tests::server::{Reply, Server};

#[test]
fn two_apis_alike() {
    let vivix = Server::start([Reply::json(
        403,
        r#"{"error":"TIER_LOCKED","message":"Not on Free.","next":"Upgrade to Pro.","request_id":"req_1"}"#,
    )]);
    let limited = || Reply::json(429, r#"{"error":{"message":"Too fast."}}"#).header("retry-after", "1");
    let wubble = Server::start([limited(), Reply::json(200, r#"{"id":"song_1"}"#)]);
    let output = tests::example("client").args([vivix.url("/v1"), wubble.url("/v1")]).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "Wubble error (429): Too fast.; once more in 1 s\n\
         video: Vivix TIER_LOCKED (403): Not on Free. [req_1]\n  for whoever pays: Upgrade to Pro. (request req_1)\n\
         song: {\"id\":\"song_1\"}\n"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!((&*vivix.requests()[0].path, &*wubble.requests()[0].path), ("/v1/videos", "/v1/songs"));
    assert_eq!(vivix.requests()[0].header("idempotency-key"), None);
    let keys: Vec<_> = wubble.requests().iter().map(|request| request.headers["idempotency-key"].clone()).collect();
    assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
}

#[test]
fn a_wrong_call_says_how_it_goes() {
    let output = tests::example("client").arg("https://api.getvivix.com").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "usage: client VIVIX WUBBLE\n");
}
