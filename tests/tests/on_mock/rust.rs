//! What repeats in Rust: with chance that is known beforehand, and time that goes on at once.

use std::ops::ControlFlow;
use std::time::{Duration, SystemTime};

use errbook::http::{HeaderName, Request};
use errbook::reqwest_middleware::ClientBuilder;
use errbook::{ErrorFor, FromResponse, RetryMiddleware, RetryPolicy, Sent, idempotency_key, repeat_with};
use tokio::time::Instant;

use crate::{Ask, Client, Made, Way, agent, name};

/// reqwest with its middleware, which adds keys.
struct Middleware;

mod middleware {
    crate::measure!(super::Middleware);
}

impl Client for Middleware {
    const WAYS: &[Way] = &[("POST", true), ("GET", false)];
    const MAKES_KEYS: bool = true;

    fn send<E: FromResponse>(asks: &[Ask]) -> Vec<Made> {
        asks.iter().map(send_by_reqwest::<E>).collect()
    }

    fn draws(ask: &Ask) -> [f64; 2] {
        draws(ask)
    }
}

fn send_by_reqwest<E: FromResponse>(ask: &Ask) -> Made {
    let (told, waits) = std::sync::mpsc::channel();
    let repeats = RetryMiddleware::<E>::new(patient()).on_repeat(move |_, wait| told.send(wait).expect("it is read"));
    let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    // Connections that are kept have timers, which would set the clock forward.
    let client = ClientBuilder::new(client.pool_max_idle_per_host(0).build().unwrap()).with(repeats).build();
    let request = client.request(ask.method.parse().unwrap(), &ask.url).header("errbook-client", ask.client);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let began = SystemTime::now();
    draws(ask);
    let elapsed = runtime.block_on(async {
        let began = Instant::now();
        // An error in the end is none of the sending.
        let _ = request.send().await.unwrap().error_for::<E>().await;
        began.elapsed()
    });
    drop(client);
    let waits: Vec<Duration> = waits.into_iter().collect();
    // The timer counts whole milliseconds, and rounds up.
    let late = elapsed.checked_sub(waits.iter().sum()).unwrap_or_else(|| panic!("{}: early", name(ask)));
    assert!(late.as_millis() <= waits.len() as u128, "{}: {elapsed:?}", name(ask));
    Made { waits, times: [began, SystemTime::now()] }
}

/// ureq, and calls that are repeated as they are.
struct Blocking;

mod blocking {
    crate::measure!(super::Blocking);
}

impl Client for Blocking {
    const WAYS: &[Way] = &[("POST", false), ("POST", true), ("GET", false)];
    const MAKES_KEYS: bool = false;

    fn send<E: FromResponse>(asks: &[Ask]) -> Vec<Made> {
        asks.iter().map(send_by_ureq::<E>).collect()
    }

    fn draws(ask: &Ask) -> [f64; 2] {
        draws(ask)
    }
}

fn send_by_ureq<E: FromResponse>(ask: &Ask) -> Made {
    let mut request = Request::builder().method(ask.method).uri(&ask.url).header("errbook-client", ask.client);
    let header = E::idempotency_header();
    if let Some(header) = header.filter(|_| ask.keyed) {
        request = request.header(HeaderName::from_bytes(header.as_bytes()).unwrap(), idempotency_key());
    }
    let request = request.body(()).unwrap();
    let sent = Sent::of(request.method(), request.headers(), header);
    let mut waits = Vec::new();
    let began = SystemTime::now();
    draws(ask);
    // An error in the end is none of the sending.
    let _ = repeat_with(
        patient(),
        sent,
        |wait| {
            waits.push(wait);
            ControlFlow::Continue(())
        },
        || agent().run(request.clone()).unwrap().error_for::<E>(),
    );
    Made { waits, times: [began, SystemTime::now()] }
}

/// Some of the examples tell of days.
fn patient() -> RetryPolicy {
    RetryPolicy::default().longest_wait(Duration::MAX)
}

/// What chance gives this thread next for a request, and gives it again when it is asked.
fn draws(ask: &Ask) -> [f64; 2] {
    let seed = ask.client as u64;
    fastrand::seed(seed);
    let draws = [fastrand::f64(), fastrand::f64()];
    fastrand::seed(seed);
    draws
}
