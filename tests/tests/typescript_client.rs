//! What TypeScript clients make of the mock: of every error of every catalog, twice, and then success. The number of requests, the waits between
//! them and their keys are those that the catalog prescribes. The example for Node runs against it, too.

use std::collections::HashSet;
use std::io::Write;
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, UNIX_EPOCH};

use bumpalo::Bump;
use errbook::__private::{Api, View, decode};
use errbook::{Backoff, Outcome, Repeat, Verdict};
use errbook_codegen::project::Project;
use errbook_codegen::tables;
use serde_json::{Value, json};
use tests::mock::Mock;

/// 2026-01-15T12:00:00Z.
const NOW_MS: u64 = 1_768_478_400_000;
const DRAW: f64 = 0.5;

/// Ways to send a request: the method, and whether an idempotency key goes with it.
const WAYS: [(&str, bool); 3] = [("POST", false), ("POST", true), ("GET", false)];

/// What has to happen when an error comes twice, and then success.
#[derive(Debug, PartialEq)]
struct Prescribed {
    waits: Vec<u64>,
    requests: usize,
    /// How many different keys are sent.
    keys: usize,
}

#[test]
fn of_the_five_apis() {
    every_error("");
}

#[test]
fn of_well_known_apis() {
    every_error("tests/cases/decode");
}

/// The example for Node gets its video after an error that may be repeated, and says what to do about one that may not.
#[test]
fn of_the_example() {
    let mock = Mock::start(&["vivix"]);
    let run = |answers: &str, arguments: [&str; 2]| {
        let base = format!("{}/vivix/{answers}", mock.url);
        let output = node("example/build/client.js").arg(base).args(arguments).output().expect("node runs");
        let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        (output.status.code(), out, err)
    };
    let (status, out, err) = run("500;header.retry-after=1,429;header.retry-after=1,ok", ["show", "v1"]);
    assert_eq!((status, out.as_str()), (Some(0), "{}\n"), "{err}");
    let waits: Vec<&str> =
        err.lines().filter_map(|line| line.rsplit_once("; again in ")).map(|(_, wait)| wait).collect();
    assert_eq!((waits.len(), waits.get(1)), (2, Some(&"1 s")), "{err}");
    let (status, _, err) = run("MODEL_NOT_ALLOWED", ["make", "a cat"]);
    assert_eq!(status, Some(1));
    assert!(err.starts_with("Vivix MODEL_NOT_ALLOWED (403)") && err.contains("\nThe model is "), "{err}");
    let log = get_json(&mock, "/_errbook/requests");
    let methods: Vec<&str> =
        log["requests"].as_array().unwrap().iter().map(|one| one["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["GET", "GET", "GET", "POST"]);
}

fn every_error(folder: &str) {
    let root = tests::workspace().join(folder);
    let catalogs = Project::at(&root).unwrap().load().catalogs.expect("the catalogs pass their check");
    let mut command = tests::errbook();
    command.current_dir(root).args(["mock", "--listen", "127.0.0.1:0"]);
    let mock = Mock::run(command);
    for catalog in catalogs.iter() {
        let bump = Bump::new();
        of_api(&mock, &tables::build(&bump, catalog));
    }
}

fn of_api(mock: &Mock, api: &Api<'_>) {
    let header = key_header(api);
    let (asks, prescribed) = requests(mock, api, header.is_some());
    let waits = ask_typescript(&Value::from(asks));
    for (client, ((what, expected), waits)) in prescribed.into_iter().zip(waits.as_array().unwrap()).enumerate() {
        let waits = waits.as_array().unwrap().iter().map(|wait| wait.as_u64().unwrap()).collect();
        let log = get_json(mock, &format!("/_errbook/requests?client={client}"));
        assert_eq!(log["forgotten"], 0);
        let requests = log["requests"].as_array().unwrap();
        let keys =
            header.into_iter().flat_map(|name| requests.iter().filter_map(move |one| one["headers"][name].as_str()));
        let keys: HashSet<&str> = keys.collect();
        assert_eq!(Prescribed { waits, requests: requests.len(), keys: keys.len() }, expected, "{what}");
    }
    agent().delete(format!("{}/_errbook/requests", mock.url)).call().unwrap();
    agent().delete(format!("{}/_errbook/sequences", mock.url)).call().unwrap();
}

/// What TypeScript is asked to send, and what is prescribed for each, with words for it.
fn requests(mock: &Mock, api: &Api<'_>, has_keys: bool) -> (Vec<Value>, Vec<(String, Prescribed)>) {
    let mut asks = Vec::new();
    let mut prescribed = Vec::new();
    for error in get_json(mock, &format!("/{}", api.id))["errors"].as_array().unwrap() {
        let path = error["path"].as_str().unwrap();
        let answer = path.rsplit('/').next().unwrap();
        let (head, mut body) = agent().get(format!("{}{path}", mock.url)).call().unwrap().into_parts();
        if head.headers["errbook-mock"] == "event" {
            continue;
        }
        let body = body.read_to_vec().unwrap();
        let decoded = decode(api, Some(head.status.as_u16()), &head.headers, &body);
        let view = View { api, headers: &head.headers, body: &body, decoded: &decoded };
        assert_ne!(view.outcome(), Outcome::NotError, "{path}");
        for (method, keyed) in WAYS {
            let expected = prescription(&view, method, keyed && has_keys);
            asks.push(json!({
                "api": api.id, "url": format!("{}{path},{answer},ok", mock.url), "client": prescribed.len().to_string(),
                "method": method, "keyed": keyed, "now": NOW_MS, "draw": DRAW,
            }));
            prescribed.push((format!("{method} {path}, keyed: {keyed}"), expected));
        }
    }
    (asks, prescribed)
}

/// The documented header for idempotency keys, in lower case.
fn key_header<'a>(api: &Api<'a>) -> Option<&'a str> {
    let all = api.repeat.into_iter().chain(api.more.iter().filter_map(|more| more.repeat));
    let name = all.into_iter().find_map(|repeat| match repeat {
        Repeat::IdempotencyKey(header) | Repeat::NewKey(header) => Some(header),
        _ => None,
    });
    // Of the catalogs here, all say the same.
    assert!(name.is_none_or(|name| name == "Idempotency-Key"));
    name.map(|_| "idempotency-key")
}

/// What the catalog prescribes, told by the Rust engine.
fn prescription(view: &View<'_, '_>, method: &str, keyed: bool) -> Prescribed {
    let repeated = view.retry() == Verdict::Retry
        && match view.repeat() {
            Some(Repeat::Duplicates(_)) => method == "GET",
            Some(Repeat::IdempotencyKey(_)) => method == "GET" || keyed,
            _ => true,
        };
    if !repeated {
        return Prescribed { waits: Vec::new(), requests: 1, keys: usize::from(keyed) };
    }
    let told = view.told_delay(UNIX_EPOCH + Duration::from_millis(NOW_MS));
    let wait = |repeat| told.unwrap_or_else(|| drawn(view.backoff().unwrap_or(Backoff::DEFAULT).ceiling(repeat)));
    let waits = [0, 1].map(|repeat| u64::try_from(wait(repeat).as_millis()).unwrap()).to_vec();
    let each = if matches!(view.repeat(), Some(Repeat::NewKey(_))) { 3 } else { 1 };
    Prescribed { waits, requests: 3, keys: if keyed { each } else { 0 } }
}

/// The wait that chance gives: half of it, where as much as the whole can be drawn.
fn drawn(ceiling: Duration) -> Duration {
    Duration::from_millis(((ceiling.as_millis() as f64 + 1.0) * DRAW) as u64)
}

/// One process for all requests.
fn ask_typescript(asks: &Value) -> Value {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(asks.to_string().as_bytes()).unwrap();
    let output = node("mock.js").arg(file.path()).output().expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Node with a program of tests/typescript.
fn node(program: &str) -> Command {
    let script = tests::workspace().join("tests/typescript/build").join(program);
    assert!(script.exists(), "{} is there after `npm test` in tests/typescript", script.display());
    let mut command = Command::new("node");
    command.arg(script);
    command
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
