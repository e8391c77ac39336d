//! Bodies that are large or deep: whatever the catalog, the error is still told, and nothing of the response is lost.

use std::time::UNIX_EPOCH;

use bumpalo::Bump;
use errbook::http::HeaderMap;
use errbook_codegen::project::Project;
use errbook_codegen::report::Report;
use errbook_codegen::tables;
use serde_json::Value;

const TEN_MB: usize = 10 << 20;

/// What the tables of a case make of a body.
fn report(api: &str, status: u16, body: &str) -> Value {
    let project = Project::at(tests::workspace().join("tests/cases/decode")).expect("no mistakes in errbook.toml");
    let file = project.catalogs.join(format!("{api}.yaml"));
    let loaded = errbook_codegen::project::load(&project.root, &[file]);
    let catalogs = loaded.catalogs.expect("the catalog passes its check");
    let bump = Bump::new();
    let tables = tables::build(&bump, &catalogs[0]);
    let report = Report::decode(&tables, Some(status), &HeaderMap::new(), body.as_bytes(), UNIX_EPOCH);
    serde_json::to_value(&report).unwrap()
}

#[track_caller]
fn check(api: &str, status: u16, body: &str, outcome: &str, code: Option<&str>) -> Value {
    let report = report(api, status, body);
    assert_eq!((report["outcome"].as_str(), report["code"].as_str()), (Some(outcome), code), "{api}");
    assert_eq!(report["status"], status);
    report
}

#[test]
fn ten_megabytes_of_details() {
    let details = "{\"a\": [1, 2.5, \"text\\n\"], \"b\": null},".repeat(TEN_MB / 40);
    let body = format!(r#"{{"details": [{details} 0], "code": "UNSAFE", "message": "No."}}"#);
    check("corners", 409, &body, "known", Some("UNSAFE"));
    check("delays", 400, &body.replace("UNSAFE", "NO"), "known", Some("NO"));
    check("delays", 400, &body[..body.len() - 1], "malformed", None);
}

#[test]
fn ten_megabytes_of_message() {
    let message = "frozen \\u00e9\\n".repeat(TEN_MB / 15);
    let body = format!(r#"{{"code": "UNSAFE", "message": "{message}"}}"#);
    let report = check("corners", 409, &body, "known", Some("UNSAFE"));
    assert_eq!(report["message"].as_str().map(str::len), Some(TEN_MB / 15 * 10));
}

#[test]
fn a_hundred_thousand_levels() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    for nested in [deep("[", "]"), deep("{\"x\":", "}"), deep("{\"errors\":[", "]}"), deep("{\"_errors\":[", "]}")] {
        check("corners", 409, &format!(r#"{{"code": "UNSAFE", "x": {nested}}}"#), "known", Some("UNSAFE"));
        check("several", 400, &format!(r#"{{"code": "INVALID", "errors": {nested}}}"#), "known", Some("INVALID"));
    }
    let chain =
        format!(r#"{{"error": {}1{}}}"#, r#"{"code":"Outer","innererror":"#.repeat(100_000), "}".repeat(100_000));
    check("several", 400, &chain, "known", Some("Outer"));
}

#[test]
fn more_errors_than_anybody_reads() {
    let errors = r#"{"_errors": [{"code": "BUSY", "wait": 5}]},"#.repeat(200_000);
    let body = format!(r#"{{"code": "BUSY", "wait": 7, "errors": [{errors} 0]}}"#);
    let report = check("several", 503, &body, "known", Some("BUSY"));
    assert_eq!(report["errors"].as_array().map(Vec::len), Some(10_000));
    assert_eq!(report["notes"][0], "too-many-errors");
    assert_eq!(report["delay_seconds"], 7);
}

#[test]
fn what_is_no_error_does_not_count() {
    for other in ["{},", "0,", "{\"x\":[]},", "[[[0]]],"] {
        let others = other.repeat(TEN_MB / other.len());
        let body = format!(r#"{{"code": "INVALID", "errors": [{{"_errors": [{others} {{"code": "REQUIRED"}}]}}]}}"#);
        let report = check("several", 400, &body, "known", Some("INVALID"));
        assert_eq!(report["errors"].as_array().map(Vec::len), Some(1), "{other}");
        assert_eq!(report["notes"], Value::Array(Vec::new()), "{other}");
    }
}

#[test]
fn ten_megabytes_of_blanks_or_letters_beside_many_errors() {
    let errors = r#"{"_errors": [{"code": "REQUIRED", "message": "x"}]},"#.repeat(9_999);
    let blank = " ".repeat(TEN_MB);
    let body = format!(r#"{blank}{{"code": "INVALID", "errors": [{errors} 0]}}"#);
    assert_eq!(check("several", 400, &body, "known", Some("INVALID"))["errors"].as_array().map(Vec::len), Some(9_999));
    let pad = "я".repeat(TEN_MB / 2);
    let body = format!(r#"{{"code": "INVALID", "pad": "{pad}", "errors": [{errors} 0]}}"#);
    assert_eq!(check("several", 400, &body, "known", Some("INVALID"))["errors"].as_array().map(Vec::len), Some(9_999));
}
