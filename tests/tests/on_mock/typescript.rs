//! `withRetry` and fetch, in Node: with a clock that stands still but for the waits.

use std::io::Write;
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use errbook::FromResponse;
use serde_json::{Value, json};

use crate::{Ask, Client, Made, Way};

/// 2026-01-15T12:00:00Z.
const NOW_MS: u64 = 1_768_478_400_000;
const DRAW: f64 = 0.5;

crate::measure!(WithRetry);

struct WithRetry;

impl Client for WithRetry {
    const WAYS: &[Way] = &[("POST", false), ("POST", true), ("GET", false)];
    const MAKES_KEYS: bool = true;

    fn send<E: FromResponse>(asks: &[Ask]) -> Vec<Made> {
        let asks = asks.iter().map(|Ask { api, url, client, method, keyed }| {
            json!({
                "api": api, "url": url, "client": client.to_string(), "method": method, "keyed": keyed,
                "now": NOW_MS, "draw": DRAW,
            })
        });
        let now: SystemTime = UNIX_EPOCH + Duration::from_millis(NOW_MS);
        let waits = ask_node(&Value::from_iter(asks));
        let made =
            |waits: Vec<u64>| Made { waits: waits.into_iter().map(Duration::from_millis).collect(), times: [now; 2] };
        waits.into_iter().map(made).collect()
    }

    fn draws(_: &Ask) -> [f64; 2] {
        [DRAW; 2]
    }
}

/// One process for all requests.
fn ask_node(asks: &Value) -> Vec<Vec<u64>> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(asks.to_string().as_bytes()).unwrap();
    let output = node("mock.js").arg(file.path()).output().expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Node with a program of tests/typescript.
pub(crate) fn node(program: &str) -> Command {
    let script = tests::workspace().join("tests/typescript/build").join(program);
    assert!(script.exists(), "{} is there after `npm test` in tests/typescript", script.display());
    let mut command = Command::new("node");
    command.arg(script);
    command
}
