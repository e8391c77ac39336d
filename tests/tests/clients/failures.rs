//! Failures of both kinds in one type; those without a response are left to the client's own means.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use errbook::backon::{ConstantBuilder, Retryable};
use errbook::reqwest_middleware::{self, ClientBuilder};
use errbook::{ApiError, ErrorFor, Failure, RetryMiddleware, RetryPolicy, Sent, Verdict};
use generated::{vivix, wubble};
use reqwest_retry::policies::ExponentialBackoff;
use reqwest_retry::{RetryTransientMiddleware, RetryableStrategy, default_on_request_failure};
use tests::server::{Reply, Server};

use crate::bank;
use crate::http_clients::runtime;

/// As users write it.
async fn call(url: &str) -> Result<String, Failure<vivix::Error, reqwest::Error>> {
    let response = reqwest::get(url).await?.error_for::<vivix::Error>().await?;
    Ok(response.text().await?)
}

fn call_with_ureq(url: &str) -> Result<String, Failure<wubble::Error, ureq::Error>> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let response = agent.get(url).call()?.error_for::<wubble::Error>()?;
    Ok(response.into_body().read_to_string()?)
}

/// As users write it who do not mind the type.
fn call_blocking(url: &str) -> Result<String, Box<dyn std::error::Error>> {
    let response = reqwest::blocking::get(url)?.error_for::<vivix::Error>()?;
    Ok(response.text()?)
}

/// The URL of a server that is not there.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}/", listener.local_addr().unwrap())
}

#[test]
fn both_kinds_become_one_type() {
    let revoked = r#"{"error":"KEY_REVOKED","message":"This key was revoked."}"#;
    let server = Server::start([Reply::json(401, revoked), Reply::new(200, "fine")]);
    let failure = runtime().block_on(call(&server.url("/"))).unwrap_err();
    assert_eq!(failure.api().and_then(|error| error.code()), Some(vivix::ErrorCode::KeyRevoked));
    assert_eq!(failure.to_string(), "Vivix KEY_REVOKED (401): This key was revoked.");
    assert_eq!(runtime().block_on(call(&server.url("/"))).unwrap(), "fine");
    let failure = runtime().block_on(call(&nobody())).unwrap_err();
    assert!(failure.transport().is_some_and(|error| error.is_connect()), "{failure:?}");
    assert!(failure.api().is_none() && std::error::Error::source(&failure).is_some());
}

#[test]
fn ureq_tells_them_apart_too() {
    let server = Server::start([Reply::json(402, r#"{"error":{"code":"spend_cap_exceeded"}}"#)]);
    let failure = call_with_ureq(&server.url("/")).unwrap_err();
    assert_eq!(failure.api().map(|error| error.retry()), Some(Verdict::Conditional));
    assert!(matches!(call_with_ureq(&nobody()), Err(Failure::Transport(_))));
}

#[test]
fn an_error_can_be_found_in_a_box() {
    let server = Server::start([Reply::json(401, r#"{"error":"KEY_REVOKED"}"#)]);
    let error = call_blocking(&server.url("/")).unwrap_err();
    let error: &vivix::Error = error.downcast_ref().unwrap();
    assert_eq!(error.api(), "vivix");
    assert!(call_blocking(&nobody()).unwrap_err().is::<reqwest::Error>());
}

#[test]
fn the_middleware_passes_them_on() {
    let client = ClientBuilder::new(reqwest::Client::new())
        .with(RetryMiddleware::<bank::Error>::new(RetryPolicy::default()))
        .build();
    let failure = runtime().block_on(client.post(nobody()).send()).unwrap_err();
    assert!(matches!(failure, reqwest_middleware::Error::Reqwest(error) if error.is_connect()));
}

/// Backon's own backoff decides about what is no error of the API, ours about what is one.
#[test]
fn backon_has_its_own_way_with_them() {
    let url = nobody();
    let tries = AtomicU32::new(0);
    let send = || {
        tries.fetch_add(1, Ordering::Relaxed);
        call(&url)
    };
    let repeated = send
        .retry(ConstantBuilder::default().with_delay(Duration::ZERO).with_max_times(5))
        .sleep(|_| std::future::ready(()))
        .adjust(errbook::as_documented(RetryPolicy::default().attempts(1), Sent::READ));
    assert!(matches!(runtime().block_on(repeated.into_future()), Err(Failure::Transport(_))));
    assert_eq!(tries.load(Ordering::Relaxed), 6);
}

#[test]
fn a_blocking_loop_hands_them_back() {
    let url = nobody();
    let mut tries = 0;
    let send = || {
        tries += 1;
        call_with_ureq(&url)
    };
    let sleep = |wait| panic!("there is nothing to wait for: {wait:?}");
    assert!(matches!(
        errbook::repeat_with(RetryPolicy::default(), Sent::READ, sleep, send),
        Err(Failure::Transport(_))
    ));
    assert_eq!(tries, 1);
}

/// What the documentation of `RetryMiddleware` says of reqwest-retry.
#[test]
fn reqwest_retry_repeats_them_behind_the_middleware() {
    struct WithoutResponse;

    impl RetryableStrategy for WithoutResponse {
        fn handle(&self, result: &reqwest_middleware::Result<reqwest::Response>) -> Option<reqwest_retry::Retryable> {
            result.as_ref().err().and_then(default_on_request_failure)
        }
    }

    // The first answer breaks off in the midst of its head.
    let lost = Reply::json(500, r#"{"error":"lost"}"#);
    let server = Server::start([Reply::cut_head(), lost, Reply::json(200, r#"{"ok":true}"#)]);
    let repeats = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&repeats);
    let documented = RetryMiddleware::<bank::Error>::new(RetryPolicy::default()).on_repeat(move |_, _| {
        count.fetch_add(1, Ordering::Relaxed);
    });
    let transient = RetryTransientMiddleware::new_with_policy_and_strategy(
        ExponentialBackoff::builder().build_with_max_retries(3),
        WithoutResponse,
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let sent = runtime.block_on(async {
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let client = ClientBuilder::new(client).with(documented).with(transient).build();
        client.post(server.url("/")).body("an order").send().await
    });
    assert_eq!(sent.unwrap().status(), 200);
    assert_eq!((server.requests().len(), repeats.load(Ordering::Relaxed)), (3, 1));
    let keys: Vec<_> = server.requests().iter().map(|request| request.headers["idempotency-key"].clone()).collect();
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");
}
