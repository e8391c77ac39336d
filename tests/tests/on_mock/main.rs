//! What clients make of the mock: of every error of every catalog, twice, and then success. The number of requests, the waits between
//! them and their keys are those that the catalog prescribes. The examples run against it, too.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use errbook::{Backoff, FromResponse, Repeat, Verdict};
use serde_json::Value;
use tests::mock::Mock;

mod examples;
mod rust;
mod typescript;

/// Something that sends a request until it is over.
trait Client {
    /// Ways to send it.
    const WAYS: &[Way];
    /// Whether it makes its keys, and so a new one where that is needed.
    const MAKES_KEYS: bool;

    /// What becomes of each request to an API.
    fn send<E: FromResponse>(asks: &[Ask]) -> Vec<Made>;

    /// What chance gives before each of two repeats, from 0 to 1.
    fn draws(ask: &Ask) -> [f64; 2];
}

/// A method, and whether an idempotency key goes with it where the API documents the header for it.
type Way = (&'static str, bool);

struct Ask {
    api: String,
    url: String,
    /// What the mock calls who sends it.
    client: usize,
    method: &'static str,
    keyed: bool,
}

struct Made {
    waits: Vec<Duration>,
    /// The time when it began, and when it was over.
    times: [SystemTime; 2],
}

/// What has to happen when an error comes twice, and then success.
#[derive(Debug, PartialEq)]
struct Prescribed {
    waits: Vec<Duration>,
    requests: usize,
    /// How many different keys are sent.
    keys: usize,
}

/// Tests of the five APIs, and of the well-known ones, with a client.
macro_rules! measure {
    ($client:ty) => {
        #[test]
        fn of_the_five_apis() {
            $crate::the_five_apis::<$client>();
        }

        #[test]
        fn of_well_known_apis() {
            $crate::well_known_apis::<$client>();
        }
    };
}
use measure;

macro_rules! each_crate {
    (APIS = $($crates:tt)*) => { each_crate!(the_five_apis, "", $($crates)*); };
    (CASES = $($crates:tt)*) => { each_crate!(well_known_apis, "tests/cases/decode", $($crates)*); };
    ($name:ident, $folder:literal, $package:ident: $($api:ident)*) => {
        fn $name<C: Client>() {
            let mut command = tests::errbook();
            command.current_dir(tests::workspace().join($folder)).args(["mock", "--listen", "127.0.0.1:0"]);
            let mock = Mock::run(command);
            $(of_api::<C, $package::$api::Error>(&mock, stringify!($api));)*
        }
    };
}
tests::with_crates!(each_crate);

fn of_api<C: Client, E: FromResponse>(mock: &Mock, module: &str) {
    let api = module.replace('_', "-");
    let errors = errors_of::<E>(mock, &api);
    assert!(!errors.is_empty(), "{module}");
    let header = E::idempotency_header();
    let ways = errors.iter().flat_map(|(path, error)| C::WAYS.iter().map(move |way| (path, error, *way)));
    let asks = ways.clone().enumerate().map(|(client, (path, _, (method, keyed)))| {
        let answer = path.rsplit('/').next().unwrap();
        let url = format!("{}{path},{answer},ok", mock.url);
        Ask { api: api.clone(), url, client, method, keyed: keyed && header.is_some() }
    });
    let asks: Vec<Ask> = asks.collect();
    for ((ask, made), (_, error, _)) in asks.iter().zip(C::send::<E>(&asks)).zip(ways) {
        let log = get_json(mock, &format!("/_errbook/requests?client={}", ask.client));
        assert_eq!(log["forgotten"], 0);
        let requests = log["requests"].as_array().unwrap();
        let key = |request: &Value| Some(request["headers"][header?.to_ascii_lowercase()].as_str()?.to_owned());
        let keys: HashSet<String> = requests.iter().filter_map(key).collect();
        // A time that is told as an instant is the nearer the later it is.
        let [most, least] = made.times.map(|now| prescription::<C>(error, ask, now));
        let waits = made.waits.iter().zip(most.waits.iter().zip(&least.waits));
        let waits = waits.map(|(wait, (most, least))| *wait.clamp(least, most)).collect();
        assert_eq!((&made.waits, made.waits.len()), (&waits, most.waits.len()), "{}: {most:?}", name(ask));
        assert_eq!((requests.len(), keys.len()), (most.requests, most.keys), "{}", name(ask));
    }
    for what in ["requests", "sequences"] {
        agent().delete(format!("{}/_errbook/{what}", mock.url)).call().unwrap();
    }
}

/// The errors that the mock answers with, and their paths.
fn errors_of<E: FromResponse>(mock: &Mock, api: &str) -> Vec<(String, E)> {
    let listed = get_json(mock, &format!("/{api}"));
    let paths = listed["errors"].as_array().unwrap().iter().map(|error| error["path"].as_str().unwrap());
    let error = |path: &str| {
        let (head, mut body) = agent().get(format!("{}{path}", mock.url)).call().unwrap().into_parts();
        if head.headers["errbook-mock"] == "event" {
            return None;
        }
        let error = E::find(head.status.as_u16(), head.headers, body.read_to_vec().unwrap(), false);
        Some((path.to_owned(), error.unwrap_or_else(|| panic!("{path} is an error"))))
    };
    paths.filter_map(error).collect()
}

/// What the catalog prescribes.
fn prescription<C: Client>(error: &impl FromResponse, ask: &Ask, now: SystemTime) -> Prescribed {
    let reads = ask.method == "GET";
    let repeated = error.retry() == Verdict::Retry
        && match error.repeat() {
            Some(Repeat::Duplicates(_)) => reads,
            Some(Repeat::IdempotencyKey(_)) => reads || ask.keyed,
            Some(Repeat::NewKey(_)) => reads || C::MAKES_KEYS,
            _ => true,
        };
    if !repeated {
        return Prescribed { waits: Vec::new(), requests: 1, keys: usize::from(ask.keyed) };
    }
    let told = error.told_delay(now);
    let drawn = |repeat: u32, draw: f64| {
        let ceiling = error.backoff().unwrap_or(Backoff::DEFAULT).ceiling(repeat);
        Duration::from_millis(((ceiling.as_millis() as f64 + 1.0) * draw) as u64)
    };
    let waits = (0..).zip(C::draws(ask)).map(|(repeat, draw)| told.unwrap_or_else(|| drawn(repeat, draw)));
    let each = if matches!(error.repeat(), Some(Repeat::NewKey(_))) { 3 } else { 1 };
    Prescribed { waits: waits.collect(), requests: 3, keys: if ask.keyed { each } else { 0 } }
}

fn name(ask: &Ask) -> String {
    format!("{} {}, keyed: {}", ask.method, ask.url, ask.keyed)
}

fn get_json(mock: &Mock, path: &str) -> Value {
    serde_json::from_reader(agent().get(format!("{}{path}", mock.url)).call().unwrap().into_body().into_reader())
        .unwrap()
}

/// A client that takes every response as it is.
fn agent() -> &'static ureq::Agent {
    static AGENT: LazyLock<ureq::Agent> = LazyLock::new(|| {
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        config.max_redirects(0).max_redirects_will_error(false).build().into()
    });
    &AGENT
}
