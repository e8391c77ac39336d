//! The examples that are clients.

use tests::mock::Mock;

use crate::get_json;
use crate::typescript::node;

/// The example for Node gets its video after an error that may be repeated, and says what to do about one that may not.
#[test]
fn in_node() {
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
    let [first, "1 s"] = waits[..] else { panic!("{err}") };
    // The rule of a 500 is a backoff, which begins with 1 s at most, whatever the header says.
    let seconds: f64 = first.strip_suffix(" s").unwrap().parse().unwrap();
    assert!((0.0..=1.0).contains(&seconds), "{err}");
    let (status, _, err) = run("MODEL_NOT_ALLOWED", ["make", "a cat"]);
    assert_eq!(status, Some(1));
    assert!(err.starts_with("Vivix MODEL_NOT_ALLOWED (403)") && err.contains("\nThe model is "), "{err}");
    let log = get_json(&mock, "/_errbook/requests");
    let methods: Vec<&str> =
        log["requests"].as_array().unwrap().iter().map(|one| one["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["GET", "GET", "GET", "POST"]);
}

/// That in Rust treats the errors of two APIs alike: it repeats what may be, with the same key, and says what to do about the other.
#[test]
fn in_rust() {
    let mock = Mock::start(&["vivix", "wubble"]);
    let run = |answers: [&str; 2]| {
        let urls = answers.map(|answers| format!("{}/{answers}", mock.url));
        let output = tests::example("client").args(urls).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (status, out) = run(["vivix/TIER_LOCKED", "wubble/429;header.retry-after=1,ok"]);
    assert_eq!(status, Some(1));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4, "{out}");
    assert!(lines[0].starts_with("Wubble error (429)") && lines[0].ends_with("; once more in 1 s"), "{out}");
    assert_eq!(lines[1], "video: Vivix TIER_LOCKED (403)");
    assert!(lines[2].starts_with("  for whoever pays: "), "{out}");
    assert_eq!(lines[3], "song: {}");
    let log = get_json(&mock, "/_errbook/requests");
    let requests = log["requests"].as_array().unwrap();
    let keys: Vec<_> = requests.iter().map(|one| one["headers"]["idempotency-key"].as_str()).collect();
    assert!(keys.len() == 3 && keys[0].is_none() && keys[1].is_some() && keys[1] == keys[2], "{keys:?}");
}

#[test]
fn a_wrong_call_in_rust_says_how_it_goes() {
    let output = tests::example("client").arg("https://api.getvivix.com").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "usage: client VIVIX WUBBLE\n");
}
