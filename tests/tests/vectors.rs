//! The same vectors through the tables of the catalogs, the generated crates, and the command.

use std::io::Write;
use std::process::Stdio;

use bumpalo::Bump;
use errbook::ApiError;
use errbook_codegen::project::Project;
use errbook_codegen::report::{Report, without_nothing};
use errbook_codegen::tables;
use serde_json::{Map, Value};
use tests::vector::Vector;

const APIS: [&str; 5] = ["vibepeak", "vicsee", "vivix", "vivreal", "wubble"];

#[track_caller]
fn check(api: &str, through: &str, vector: &Vector, got: &Map<String, Value>) {
    let expect = without_empty(&vector.expect);
    assert_eq!(
        serde_json::to_string_pretty(got).unwrap(),
        serde_json::to_string_pretty(&in_order_of(got, &expect)).unwrap(),
        "{api}: {} (through {through})",
        vector.name
    );
}

fn without_empty(expect: &Map<String, Value>) -> Map<String, Value> {
    let empty = |value: &Value| {
        value.is_null() || value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty)
    };
    expect.iter().filter(|(_, value)| !empty(value)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The expected keys in the order in which they came, so that a difference reads well.
fn in_order_of(got: &Map<String, Value>, expect: &Map<String, Value>) -> Map<String, Value> {
    let mut left = expect.clone();
    let mut out: Map<String, Value> = got.keys().filter_map(|key| Some((key.clone(), left.remove(key)?))).collect();
    if let (Some(Value::Object(fields)), Some(Value::Object(come))) = (out.get_mut("fields"), got.get("fields")) {
        *fields = in_order_of(come, fields);
    }
    out.extend(left);
    out
}

#[test]
fn every_api_has_enough_vectors() {
    for api in APIS {
        assert!(Vector::all(api).len() >= 12, "{api}");
    }
    let catalogs = Project::at(tests::workspace()).load().catalogs.expect("the catalogs pass their check");
    assert_eq!(catalogs.iter().map(|catalog| catalog.api.id.value.as_str()).collect::<Vec<_>>(), APIS);
}

#[test]
fn tables_of_the_catalogs() {
    let catalogs = Project::at(tests::workspace()).load().catalogs.expect("the catalogs pass their check");
    for catalog in catalogs.iter() {
        let bump = Bump::new();
        let tables = tables::build(&bump, catalog);
        let id = catalog.api.id.value.as_str();
        for vector in Vector::all(id) {
            let report =
                Report::decode(&tables, vector.status, &vector.header_map(), &vector.bytes(), vector.instant());
            check(id, "the catalog", &vector, &without_nothing(&report));
        }
    }
}

/// Runs the vectors of one API through its generated crate, and compares the typed surface with what was decoded.
macro_rules! generated_crate {
    ($api:ident) => {
        #[test]
        fn $api() {
            use generated::$api::{Error, ErrorCode};
            for vector in Vector::all(stringify!($api)) {
                let error = match vector.status {
                    Some(status) => {
                        let mut response =
                            errbook::http::Response::builder().status(status).body(vector.bytes()).unwrap();
                        *response.headers_mut() = vector.header_map();
                        Error::from(response)
                    }
                    None => Error::from_parts(None, vector.header_map(), vector.bytes()),
                };
                let report = without_nothing(&Report::of(&error.response().view(), vector.instant()));
                check(stringify!($api), "the crate", &vector, &report);
                let text = |key: &str| report.get(key).and_then(Value::as_str).map(str::to_owned);
                assert_eq!(error.code().map(|code| format!("{code:?}")), text("name"));
                assert_eq!(error.raw_code().map(|code| code.into_owned()), text("code"));
                assert_eq!(error.outcome().as_str(), text("outcome").unwrap());
                assert_eq!(error.retry().as_str(), text("retry").unwrap());
                assert_eq!(error.action().map(|action| action.as_str().to_owned()), text("action"));
                assert_eq!(error.remediation().map(|text| text.into_owned()), text("remediation"));
                assert_eq!(error.condition().map(str::to_owned), text("when"));
                assert_eq!(error.body(), vector.bytes());
                assert_eq!(error.status(), vector.status);
                assert_eq!(
                    error.delay(0, vector.instant()).is_some(),
                    error.retry() == errbook::Verdict::Retry || report.contains_key("delay_seconds")
                );
                assert!(!error.to_string().contains('\n'));
            }
            for code in ErrorCode::ALL {
                assert_eq!(code.as_str().parse::<ErrorCode>().as_ref(), Ok(code));
                let json = serde_json::to_string(code).unwrap();
                assert_eq!(serde_json::from_str::<ErrorCode>(&json).unwrap(), *code);
            }
            assert!("no such code".parse::<ErrorCode>().is_err());
        }
    };
}

generated_crate!(vibepeak);
generated_crate!(vicsee);
generated_crate!(vivix);
generated_crate!(vivreal);
generated_crate!(wubble);

#[test]
fn the_command() {
    for api in APIS {
        for vector in Vector::all(api) {
            let mut command = tests::errbook();
            command.current_dir(tests::workspace()).args(["decode", api, "--now", &vector.now, "--body", "-"]);
            if let Some(status) = vector.status {
                command.args(["--status", &status.to_string()]);
            }
            for (name, value) in &vector.header_map() {
                command.arg("--header").arg(format!("{name}: {}", value.to_str().unwrap()));
            }
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(&vector.bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{api}: {}", vector.name);
            let report: Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
            check(api, "the command", &vector, &without_empty(&report));
        }
    }
}
