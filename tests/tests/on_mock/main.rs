//! What clients make of the mock: of every error of every catalog, twice, and then success. The number of requests, the waits between
//! them and their keys are those that the catalog prescribes, as its YAML says it. The examples run against it, too.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use catalog::{Backoff, Repeat, Reply, Rule, Told};
use errbook::{FromResponse, Verdict};
use serde_json::Value;
use tests::mock::Mock;

mod catalog;
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
            let mut counts = [0, 0];
            $(of_api::<C, $package::$api::Error>(&mock, $folder, stringify!($api), &mut counts);)*
            let [by_catalog, by_engine] = counts;
            if $folder.is_empty() {
                assert_eq!(by_engine, 0, "this test knows all that the five APIs say");
            }
            assert!(by_catalog > by_engine, "{by_catalog} errors by their catalogs, {by_engine} by the engine");
        }
    };
}
tests::with_crates!(each_crate);

/// `counts` are the errors of which the catalog was understood, and the others.
fn of_api<C: Client, E: FromResponse>(mock: &Mock, folder: &str, module: &str, counts: &mut [usize; 2]) {
    let api = module.replace('_', "-");
    let catalog = catalog::read(folder, &api);
    let mut answers = errors_of(mock, &api, &catalog);
    assert!(!answers.is_empty(), "{module}");
    // The catalogs of the five have no error that is told by a status alone and says more of it than the status does.
    if folder.is_empty() {
        let statuses = catalog::statuses(&catalog);
        let words = statuses.iter().flat_map(|status| [(*status).to_owned(), format!("{status};header.retry-after=7")]);
        answers.extend(words.map(|word| answer(mock, &api, None, word)));
    }
    let header = E::idempotency_header();
    let ways = answers.iter().flat_map(|answer| C::WAYS.iter().map(move |way| (answer, *way)));
    let asks = ways.clone().enumerate().map(|(client, (Answer { word, .. }, (method, keyed)))| {
        let url = format!("{}/{api}/{word},{word},ok", mock.url);
        Ask { api: api.clone(), url, client, method, keyed: keyed && header.is_some() }
    });
    let asks: Vec<Ask> = asks.collect();
    for ((ask, made), (Answer { error, reply, .. }, _)) in asks.iter().zip(C::send::<E>(&asks)).zip(ways) {
        let log = get_json(mock, &format!("/_errbook/requests?client={}", ask.client));
        assert_eq!(log["forgotten"], 0);
        let requests = log["requests"].as_array().unwrap();
        let key = |request: &Value| Some(request["headers"][header?.to_ascii_lowercase()].as_str()?.to_owned());
        let keys: HashSet<String> = requests.iter().filter_map(key).collect();
        let rule = catalog::rule(&catalog, *error, reply);
        counts[usize::from(rule.is_none())] += 1;
        // A time that is told as an instant is the nearer the later it is.
        let [most, least] = made.times.map(|now| match &rule {
            Some(rule) => prescription::<C>(rule, ask, now),
            None => prescription::<C>(&rule_of_engine::<E>(reply, now), ask, now),
        });
        let waits = made.waits.iter().zip(most.waits.iter().zip(&least.waits));
        let waits = waits.map(|(wait, (most, least))| *wait.clamp(least, most)).collect();
        assert_eq!((&made.waits, made.waits.len()), (&waits, most.waits.len()), "{}: {most:?}", name(ask));
        assert_eq!((requests.len(), keys.len()), (most.requests, most.keys), "{}", name(ask));
    }
    for what in ["requests", "sequences"] {
        agent().delete(format!("{}/_errbook/{what}", mock.url)).call().unwrap();
    }
}

/// What the mock answers.
struct Answer {
    /// The number of the error in its catalog; none for a status alone.
    error: Option<usize>,
    /// How it is asked for.
    word: String,
    reply: Reply,
}

/// Each error that is a response, and once more with each header that can tell it to wait.
fn errors_of(mock: &Mock, api: &str, catalog: &Value) -> Vec<Answer> {
    let listed = get_json(mock, &format!("/{api}"));
    let paths = listed["errors"].as_array().unwrap().iter().map(|error| error["path"].as_str().unwrap());
    let asked = paths.enumerate().flat_map(|(index, path)| {
        let word = path.rsplit('/').next().unwrap();
        let plain = answer(mock, api, Some(index), word.to_owned());
        let waits = catalog::waits(catalog, index, &plain.reply).into_iter();
        let words = waits.map(|(header, value)| format!("{word};header.{header}={value}"));
        let told: Vec<_> = words.map(|word| answer(mock, api, Some(index), word)).collect();
        std::iter::once(plain).chain(told)
    });
    asked.filter(|answer| answer.reply.kind() != "event").collect()
}

fn answer(mock: &Mock, api: &str, error: Option<usize>, word: String) -> Answer {
    let (head, mut body) = agent().get(format!("{}/{api}/{word}", mock.url)).call().unwrap().into_parts();
    let reply = Reply { status: head.status.as_u16(), headers: head.headers, body: body.read_to_vec().unwrap() };
    Answer { error, word, reply }
}

/// What the engine makes of the catalog, where it says more than this test understands.
fn rule_of_engine<E: FromResponse>(reply: &Reply, now: SystemTime) -> Rule {
    let error = E::find(reply.status, reply.headers.clone(), reply.body.clone(), false).expect("it is an error");
    let backoff = error.backoff().unwrap_or(errbook::Backoff::DEFAULT);
    Rule {
        retry: error.retry() == Verdict::Retry,
        repeat: match error.repeat() {
            Some(errbook::Repeat::Duplicates(_)) => Repeat::Duplicates,
            Some(errbook::Repeat::IdempotencyKey(_)) => Repeat::SameKey,
            Some(errbook::Repeat::NewKey(_)) => Repeat::NewKey,
            _ => Repeat::Free,
        },
        told: error.told_delay(now).map(Told::Wait),
        backoff: Backoff {
            initial_ms: backoff.initial_ms as f64,
            factor: backoff.factor,
            max_ms: backoff.max_ms as f64,
        },
    }
}

/// What has to happen by a rule.
fn prescription<C: Client>(rule: &Rule, ask: &Ask, now: SystemTime) -> Prescribed {
    let reads = ask.method == "GET";
    let repeated = rule.retry
        && match rule.repeat {
            Repeat::Free => true,
            Repeat::Duplicates => reads,
            Repeat::SameKey => reads || ask.keyed,
            Repeat::NewKey => reads || C::MAKES_KEYS,
        };
    if !repeated {
        return Prescribed { waits: Vec::new(), requests: 1, keys: usize::from(ask.keyed) };
    }
    let told = rule.told.as_ref().and_then(|told| told.wait(now));
    let waits = (0..).zip(C::draws(ask)).map(|(repeat, draw)| told.unwrap_or_else(|| rule.backoff.wait(repeat, draw)));
    let each = if rule.repeat == Repeat::NewKey { 3 } else { 1 };
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
