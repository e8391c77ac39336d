//! What is sent again, after which waits and with which keys: over real sockets and in virtual time, by everything that repeats.

use std::cell::RefCell;
use std::future::ready;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use errbook::backon::{ExponentialBuilder, Retryable};
use errbook::http::{HeaderValue, Method, Request, Response};
use errbook::reqwest_middleware::ClientBuilder;
use errbook::service::{ErrorLayer, Repeats, Reread, keyed};
use errbook::tower::{BoxError, Service, ServiceBuilder, ServiceExt};
use errbook::{ErrorFor, Failure, RetryMiddleware, RetryPolicy, Sent, idempotency_key};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tests::server::{Reply, Server};
use tokio::time::Instant;

use crate::bank::Error;

/// A sequence of replies, and what is made of it.
struct Sequence {
    name: &'static str,
    method: Method,
    policy: RetryPolicy,
    /// The key that the caller set.
    own_key: Option<&'static str>,
    replies: Vec<Reply>,
    /// The waits in seconds.
    waits: Vec<u64>,
    /// The keys of the requests: the same letter for the same key, `-` for none.
    keys: &'static str,
    /// The code of the error in the end, `ok`, or `no response`.
    end: &'static str,
}

/// What a client made of it.
struct Made {
    end: String,
    waits: Option<Vec<Duration>>,
    /// The virtual time that it took, where time is virtual.
    elapsed: Option<Duration>,
}

fn sequences() -> Vec<Sequence> {
    let get = |name, replies: Vec<Reply>, waits: &[u64], end| {
        let keys = &"-----"[..waits.len() + 1];
        let policy = RetryPolicy::default();
        Sequence { name, method: Method::GET, policy, own_key: None, replies, waits: waits.to_vec(), keys, end }
    };
    let post = |name, replies, waits: &[u64], keys, end| Sequence {
        method: Method::POST,
        keys,
        ..get(name, replies, waits, end)
    };
    let within = |policy, sequence| Sequence { policy, ..sequence };
    let default = RetryPolicy::default();
    let seconds = Duration::from_secs;
    vec![
        get("a success", vec![ok()], &[], "ok"),
        get("the told delay", vec![limit("7"), limit("9"), ok()], &[7, 9], "ok"),
        get("an error on 200", vec![Reply::json(200, r#"{"ok":false,"error":"busy"}"#), ok()], &[10], "ok"),
        get("never", vec![error(402, "no_money")], &[], "no_money"),
        get("nobody says", vec![Reply::new(502, "<html>Bad Gateway</html>")], &[], "none"),
        get("four attempts", vec![busy(), busy(), busy(), busy()], &[10, 10, 10], "busy"),
        within(default.attempts(2), get("two attempts", vec![busy(), busy()], &[10], "busy")),
        within(default.attempts(1), get("one attempt", vec![busy()], &[], "busy")),
        within(default.total(seconds(25)), get("a total", vec![busy(), busy(), busy()], &[10, 10], "busy")),
        within(default.total(seconds(20)), get("one that fits", vec![busy(), busy(), ok()], &[10, 10], "ok")),
        within(default.total(seconds(60)), get("a delay beyond it", vec![limit("61")], &[], "none")),
        get("who reads makes nothing twice", vec![error(500, "half_done"), ok()], &[3], "ok"),
        post("another one is made", vec![error(500, "half_done")], &[], "A", "half_done"),
        within(default.duplicates(true), post("or not minded", vec![error(500, "half_done"), ok()], &[3], "AA", "ok")),
        post("an uncertain outcome", vec![lost(), lost(), ok()], &[5, 5], "AAA", "ok"),
        Sequence { own_key: Some("mine"), ..post("a key of the caller", vec![lost(), ok()], &[5], "AA", "ok") },
        get("a long delay", vec![limit("121")], &[], "none"),
        within(default.longest_wait(seconds(121)), get("with time for it", vec![limit("121"), ok()], &[121], "ok")),
        get("no response", vec![Reply::cut_head()], &[], "no response"),
    ]
}

/// Where there is no response, and the caller asks for repeats all the same. Their waits would be drawn, but for the policy.
fn unanswered() -> Vec<Sequence> {
    let policy = RetryPolicy::default().unanswered(true).longest_wait(Duration::ZERO);
    let sequence = |name, method, replies, waits, keys, end| Sequence {
        name,
        method,
        policy,
        own_key: None,
        replies,
        waits: vec![0; waits],
        keys,
        end,
    };
    let none = Reply::cut_head;
    vec![
        sequence("who reads", Method::GET, vec![none(), none(), ok()], 2, "---", "ok"),
        sequence("who has a key", Method::POST, vec![none(), none(), ok()], 2, "AAA", "ok"),
        sequence("until the end", Method::GET, vec![none(), none(), none(), none()], 3, "----", "no response"),
        sequence("then an error", Method::POST, vec![none(), error(402, "no_money")], 1, "AA", "no_money"),
    ]
}

/// Where the key has to be another one.
fn new_keys() -> Vec<Sequence> {
    let post = |name, replies, waits: &[u64], keys, own_key| {
        let policy = RetryPolicy::default();
        Sequence { name, method: Method::POST, policy, own_key, replies, waits: waits.to_vec(), keys, end: "ok" }
    };
    // Nobody knows what became of the first one: a new key would make another.
    let uncertain = post("after an uncertain outcome", vec![lost(), error(409, "stale_key")], &[5], "AA", Some("mine"));
    let asked_for = post("unless asked for", vec![lost(), error(409, "stale_key"), ok()], &[5, 1], "AAB", Some("mine"));
    vec![
        post("a new key", vec![error(409, "stale_key"), ok()], &[1], "AB", None),
        post("which is kept", vec![error(409, "stale_key"), lost(), ok()], &[1, 5], "ABB", None),
        post("though the caller set one", vec![error(409, "stale_key"), ok()], &[1], "AB", Some("mine")),
        Sequence { end: "stale_key", ..uncertain },
        Sequence { policy: RetryPolicy::default().duplicates(true), ..asked_for },
    ]
}

#[test]
fn by_the_middleware() {
    for sequence in sequences().into_iter().chain(new_keys()).chain(unanswered()) {
        check(sequence, |server, sequence| block_on(middleware(server, sequence)));
    }
}

#[test]
fn on_tower() {
    for sequence in sequences().into_iter().chain(new_keys()).chain(unanswered()) {
        check(sequence, |server, sequence| block_on(tower(server, sequence)));
    }
}

#[test]
fn by_backon() {
    for sequence in sequences().into_iter().chain(unanswered()) {
        check(sequence, |server, sequence| block_on(backon(server, sequence)));
    }
}

#[test]
fn by_a_blocking_loop() {
    for sequence in sequences().into_iter().chain(unanswered()) {
        check(sequence, blocking);
    }
}

/// Whoever makes the key has to make the request anew.
#[test]
fn no_old_key_is_sent_in_vain() {
    let until_stale = |mut sequence: Sequence| {
        let stale = sequence.keys.find('B').unwrap();
        (sequence.keys, sequence.end) = (&sequence.keys[..stale], "stale_key");
        sequence.waits.truncate(stale - 1);
        sequence
    };
    let renewed = || new_keys().into_iter().filter(|sequence| sequence.keys.contains('B')).map(until_stale);
    for sequence in renewed() {
        check(sequence, |server, sequence| block_on(backon(server, sequence)));
    }
    for sequence in renewed() {
        check(sequence, blocking);
    }
}

/// A key that stands elsewhere cannot be made anew here, and one beside it would not make it another request.
#[test]
fn a_key_elsewhere_is_not_joined_by_another() {
    let check = |run: &dyn Fn(&str) -> u16| {
        let server = Server::start([error(409, "stale_key"), ok()]);
        assert_eq!(run(&server.url("/?key=mine")), 409);
        let requests = server.requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].header("idempotency-key"), None);
    };
    check(&|url| {
        let repeats = RetryMiddleware::<Error>::new(RetryPolicy::default());
        let client = ClientBuilder::new(reqwest_client()).with(repeats).build();
        block_on(client.post(url).with_extension(Sent::KEYED).send()).unwrap().status().as_u16()
    });
    check(&|url| {
        let mut request = Request::post(url).body(Full::<Bytes>::default()).unwrap();
        request.extensions_mut().insert(Sent::KEYED);
        let failure = block_on(async { stack(RetryPolicy::default()).ready().await.unwrap().call(request).await });
        failure.err().unwrap().api().unwrap().status().unwrap()
    });
}

fn check(mut sequence: Sequence, run: impl Fn(&Server, &Sequence) -> Made) {
    let server = Server::start(std::mem::take(&mut sequence.replies));
    let made = run(&server, &sequence);
    let name = sequence.name;
    let requests = server.requests();
    assert_eq!(made.end, sequence.end, "{name}");
    assert_eq!(requests.len(), sequence.waits.len() + 1, "{name}");
    let waits: Vec<_> = sequence.waits.iter().copied().map(Duration::from_secs).collect();
    if let Some(made) = made.waits {
        assert_eq!(made, waits, "{name}");
    }
    if let Some(elapsed) = made.elapsed {
        // The timer counts whole milliseconds, and rounds up.
        let late = elapsed.checked_sub(waits.iter().sum()).unwrap_or_else(|| panic!("{name}: early, {elapsed:?}"));
        assert!(late.as_millis() <= waits.len() as u128, "{name}: {elapsed:?}");
    }
    let sent: Vec<_> = requests.iter().map(|request| request.header("idempotency-key")).collect();
    assert_eq!(letters(&sent), sequence.keys, "{name}: {sent:?}");
    if let Some(own) = sequence.own_key {
        assert_eq!(sent[0], Some(own), "{name}");
    }
    for request in &requests {
        let wanted = if sequence.method == Method::POST { "an order" } else { "" };
        assert_eq!((&request.method, &*request.path), (&sequence.method, "/v1/orders?n=1"), "{name}");
        assert_eq!(String::from_utf8_lossy(&request.body), wanted, "{name}");
    }
}

/// The same letter for the same key.
fn letters(keys: &[Option<&str>]) -> String {
    let letter = |key: &Option<&str>| {
        let mut others: Vec<_> = keys.iter().flatten().collect();
        others.dedup();
        let index = others.iter().position(|other| Some(**other) == *key);
        index.map_or('-', |index| char::from(b'A' + u8::try_from(index).unwrap()))
    };
    keys.iter().map(letter).collect()
}

fn ok() -> Reply {
    Reply::json(200, r#"{"ok":true}"#)
}

fn error(status: u16, code: &str) -> Reply {
    Reply::json(status, &format!(r#"{{"error":"{code}"}}"#))
}

fn busy() -> Reply {
    error(503, "busy")
}

fn lost() -> Reply {
    error(500, "lost")
}

fn limit(retry_after: &str) -> Reply {
    Reply::json(429, "{}").header("retry-after", retry_after)
}

fn end<T, Transport>(result: Result<T, Failure<Error, Transport>>) -> String {
    let end = match result {
        Ok(_) => "ok",
        Err(Failure::Api(error)) => error.code().map_or("none", |code| code.as_str()),
        Err(Failure::Transport(_)) => "no response",
    };
    end.to_owned()
}

/// With a clock that stands still until everybody waits, and then goes on at once.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
    runtime.unwrap().block_on(future)
}

/// A client that keeps no connections, and so no timers.
fn reqwest_client() -> reqwest::Client {
    reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap()
}

fn body(sequence: &Sequence) -> &'static str {
    if sequence.method == Method::POST { "an order" } else { "" }
}

async fn middleware(server: &Server, sequence: &Sequence) -> Made {
    let waits = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = std::sync::Arc::clone(&waits);
    let repeats =
        RetryMiddleware::<Error>::new(sequence.policy).on_repeat(move |_, wait| log.lock().unwrap().push(wait));
    let client = ClientBuilder::new(reqwest_client()).with(repeats).build();
    let began = Instant::now();
    let mut request = client.request(sequence.method.clone(), server.url("/v1/orders?n=1")).body(body(sequence));
    if let Some(key) = sequence.own_key {
        request = request.header("Idempotency-Key", key);
    }
    let result = match request.send().await {
        Ok(response) => response.error_for::<Error>().await.map_err(Failure::Api),
        Err(error) => Err(Failure::Transport(error)),
    };
    let waits = std::mem::take(&mut *waits.lock().unwrap());
    Made { end: end(result), waits: Some(waits), elapsed: Some(began.elapsed()) }
}

fn stack(
    policy: RetryPolicy,
) -> impl Service<Request<Full<Bytes>>, Response = Response<Reread<Incoming>>, Error = Failure<Error, BoxError>> {
    let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http::<Full<Bytes>>();
    ServiceBuilder::new()
        .map_request(keyed::<Error, _>)
        .retry(Repeats::<Error>::new(policy))
        .layer(ErrorLayer::<Error>::new())
        .service(client)
}

async fn tower(server: &Server, sequence: &Sequence) -> Made {
    let mut service = stack(sequence.policy);
    let mut request = Request::builder().method(&sequence.method).uri(server.url("/v1/orders?n=1"));
    if let Some(key) = sequence.own_key {
        request = request.header("Idempotency-Key", key);
    }
    let request = request.body(Full::from(body(sequence))).unwrap();
    let began = Instant::now();
    let result = service.ready().await.unwrap().call(request).await;
    Made { end: end(result), waits: None, elapsed: Some(began.elapsed()) }
}

/// What a caller of backon knows of his request, and the key that he made for it.
fn sent(sequence: &Sequence) -> (Sent, Option<HeaderValue>) {
    if sequence.method == Method::GET {
        return (Sent::READ, None);
    }
    (Sent::KEYED, Some(sequence.own_key.map_or_else(idempotency_key, HeaderValue::from_static)))
}

async fn backon(server: &Server, sequence: &Sequence) -> Made {
    let (client, (sent, key)) = (reqwest_client(), sent(sequence));
    let waits = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&waits);
    let send = || async {
        let mut request = client.request(sequence.method.clone(), server.url("/v1/orders?n=1")).body(body(sequence));
        if let Some(key) = &key {
            request = request.header("Idempotency-Key", key);
        }
        Ok::<_, Failure<Error, reqwest::Error>>(request.send().await?.error_for::<Error>().await?)
    };
    let result = send
        .retry(ExponentialBuilder::default().with_max_times(0))
        .sleep(move |wait| {
            log.borrow_mut().push(wait);
            ready(())
        })
        .adjust(errbook::as_documented(sequence.policy, sent))
        .await;
    Made { end: end(result), waits: Some(waits.take()), elapsed: None }
}

fn blocking(server: &Server, sequence: &Sequence) -> Made {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let (sent, key) = sent(sequence);
    let mut waits = Vec::new();
    let send = || {
        let mut request = Request::builder().method(&sequence.method).uri(server.url("/v1/orders?n=1"));
        if let Some(key) = &key {
            request = request.header("Idempotency-Key", key);
        }
        let response = agent.run(request.body(body(sequence)).unwrap()).map_err(Failure::Transport)?;
        response.error_for::<Error>().map_err(Failure::Api)
    };
    let sleep = |wait| {
        waits.push(wait);
        ControlFlow::Continue(())
    };
    let result = errbook::repeat_with(sequence.policy, sent, sleep, send);
    Made { end: end(result), waits: Some(waits), elapsed: None }
}
