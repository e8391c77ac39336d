//! Failures of both kinds in one type, and what is done about those without a response.

use std::cell::Cell;
use std::net::TcpListener;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use errbook::backon::{ExponentialBuilder, Retryable};
use errbook::http::{Method, Request};
use errbook::reqwest_middleware::{self, ClientBuilder};
use errbook::{ApiError, ErrorFor, Failure, RetryMiddleware, RetryPolicy, Sent, Verdict};
use generated::{vivix, wubble};
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

/// Without a key, it may have been carried out.
#[test]
fn what_writes_is_not_repeated_without_a_response() {
    let policy = RetryPolicy::default().unanswered(true).longest_wait(Duration::ZERO);
    let replies = || [Reply::cut_head(), Reply::new(200, "fine")];
    let sends = |policy: RetryPolicy, sent: Sent| {
        let server = Server::start(replies());
        let send = || call_with_ureq(&server.url("/"));
        let _ = errbook::repeat(policy, sent, send);
        server.requests().len()
    };
    assert_eq!(sends(policy, Sent::WRITE), 1);
    assert_eq!(sends(policy.duplicates(true), Sent::WRITE), 2);
    assert_eq!(sends(policy, Sent::KEYED), 2);

    let by_the_middleware = |method: Method, said: Option<Sent>| {
        let server = Server::start(replies());
        // An API without a header for keys.
        let client =
            ClientBuilder::new(reqwest::Client::new()).with(RetryMiddleware::<vivix::Error>::new(policy)).build();
        let mut request = client.request(method, server.url("/"));
        if let Some(said) = said {
            request = request.with_extension(said);
        }
        let _ = runtime().block_on(request.send());
        server.requests().len()
    };
    assert_eq!(by_the_middleware(Method::POST, None), 1);
    assert_eq!(by_the_middleware(Method::GET, None), 2);
    assert_eq!(by_the_middleware(Method::POST, Some(Sent::READ)), 2);
    assert_eq!(by_the_middleware(Method::GET, Some(Sent::WRITE)), 1);
}

/// What says that it only reads gets no key, what says that it writes gets one, whatever its method.
#[test]
fn a_request_says_what_it_is() {
    for (method, said, keyed) in [
        (Method::POST, None, true),
        (Method::POST, Some(Sent::READ), false),
        (Method::GET, None, false),
        (Method::GET, Some(Sent::WRITE), true),
        // It has one elsewhere.
        (Method::POST, Some(Sent::KEYED), false),
    ] {
        let server = Server::start([Reply::new(200, ""), Reply::new(200, "")]);
        let client = ClientBuilder::new(reqwest::Client::new())
            .with(RetryMiddleware::<bank::Error>::new(RetryPolicy::default()))
            .build();
        let mut request = client.request(method.clone(), server.url("/"));
        if let Some(said) = said {
            request = request.with_extension(said);
        }
        runtime().block_on(request.send()).unwrap();
        let sent = server.requests();
        assert_eq!(sent[0].header("idempotency-key").is_some(), keyed, "{method} {said:?}");

        let mut request = Request::new(());
        *request.method_mut() = method.clone();
        if let Some(said) = said {
            request.extensions_mut().insert(said);
        }
        let request = errbook::service::keyed::<bank::Error, ()>(request);
        assert_eq!(request.headers().contains_key("idempotency-key"), keyed, "{method} {said:?}");
    }
}

/// What was not sent is not sent again.
#[test]
fn a_request_that_cannot_be_built_is_no_request() {
    let count = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&count);
    let repeats =
        RetryMiddleware::<bank::Error>::new(RetryPolicy::default().unanswered(true)).on_repeat(move |_, _| {
            seen.fetch_add(1, Ordering::Relaxed);
        });
    let client = ClientBuilder::new(reqwest::Client::new()).with(repeats).build();
    let failure = runtime().block_on(client.get("http://").send()).unwrap_err();
    assert!(matches!(failure, reqwest_middleware::Error::Reqwest(error) if error.is_builder()));
    assert_eq!(count.load(Ordering::Relaxed), 0);
}

/// What came is an answer, even if the client could not make of it what was wanted.
#[test]
fn a_response_that_cannot_be_read_is_none_that_lacks() {
    type Result = std::result::Result<String, Failure<bank::Error, ureq::Error>>;
    let once = |agent: &ureq::Agent, reply: Reply, read: fn(ureq::http::Response<ureq::Body>) -> Result| {
        let server = Server::start([reply, Reply::new(200, "twice")]);
        let policy = RetryPolicy::default().unanswered(true).duplicates(true);
        let result = errbook::repeat(policy, Sent::KEYED, || read(agent.post(server.url("/")).send_empty()?));
        assert!(matches!(result, Err(Failure::Transport(_))), "{result:?}");
        assert_eq!(server.requests().len(), 1);
    };
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    once(&agent, Reply::new(200, "too long"), |response| {
        Ok(response.into_body().into_with_config().limit(3).read_to_string()?)
    });
    let by_default = ureq::Agent::new_with_defaults();
    once(&by_default, Reply::new(429, "").header("retry-after", "60"), |response| {
        Ok(response.error_for::<bank::Error>()?.into_body().read_to_string()?)
    });
}

/// The same of reqwest, by backon: a body that breaks off, a status that it takes for a failure, what it could not build.
#[test]
fn not_every_error_of_a_client_is_a_lack_of_a_response() {
    type Result = std::result::Result<String, Failure<bank::Error, reqwest::Error>>;
    async fn by_status(url: String) -> Result {
        Ok(reqwest::get(url).await?.error_for_status()?.text().await?)
    }
    async fn unbuilt(_: String) -> Result {
        Ok(reqwest::get("http://").await?.text().await?)
    }
    async fn read(url: String) -> Result {
        Ok(reqwest::get(url).await?.text().await?)
    }
    fn calls<F: Future<Output = Result>>(replies: Vec<Reply>, call: impl Fn(String) -> F) -> (u32, Result) {
        let server = Server::start(replies);
        let count = Cell::new(0);
        let call = || {
            count.set(count.get() + 1);
            call(server.url("/"))
        };
        let policy = RetryPolicy::default().unanswered(true).longest_wait(Duration::ZERO);
        let repeated = call
            .retry(ExponentialBuilder::default().with_max_times(0))
            .sleep(tokio::time::sleep)
            .adjust(errbook::as_documented(policy, Sent::READ));
        let result = runtime().block_on(repeated.into_future());
        (count.get(), result)
    }
    let fine = || Reply::new(200, "fine");
    assert_eq!(calls(vec![fine().announcing(99), fine()], read).0, 1);
    assert_eq!(calls(vec![Reply::new(503, ""), fine()], by_status).0, 1);
    assert_eq!(calls(vec![], unbuilt).0, 1);
    let (count, result) = calls(vec![Reply::cut_head(), fine()], read);
    assert_eq!((count, result.unwrap().as_str()), (2, "fine"));
}

#[test]
fn a_loop_can_be_told_to_stop() {
    let server = Server::start([Reply::json(500, r#"{"error":"INTERNAL_ERROR"}"#), Reply::new(200, "fine")]);
    let result = errbook::repeat_with(
        RetryPolicy::default(),
        Sent::READ,
        |_| ControlFlow::Break(()),
        || reqwest::blocking::get(server.url("/"))?.error_for::<vivix::Error>().map_err(Failure::Api),
    );
    let failure: Failure<vivix::Error, reqwest::Error> = result.unwrap_err();
    assert_eq!(failure.api().and_then(|error| error.code()), Some(vivix::ErrorCode::InternalError));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn the_error_of_the_client_can_be_made_another() {
    let failure = runtime().block_on(call(&nobody())).unwrap_err().map_transport(|error| error.is_connect());
    assert!(matches!(failure, Failure::Transport(true)));
}
