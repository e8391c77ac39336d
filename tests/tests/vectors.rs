//! The same vectors through the tables of the catalogs, the generated crates, and the command.

use std::io::Write;
use std::process::Stdio;

use bumpalo::Bump;
use errbook::{ApiError, Outcome};
use errbook_codegen::project::Project;
use errbook_codegen::report::{Report, without_empty, without_nothing};
use errbook_codegen::tables;
use serde_json::{Map, Value};
use tests::vector::Vector;

#[track_caller]
fn check(api: &str, through: &str, vector: &Vector, got: &Map<String, Value>) {
    let expect = without_empty(vector.expect.clone());
    assert_eq!(
        serde_json::to_string_pretty(got).unwrap(),
        serde_json::to_string_pretty(&in_order_of(got, &expect)).unwrap(),
        "{api}: {} (through {through})",
        vector.name
    );
}

/// The expected keys in the order in which they came, so that a difference reads well.
fn in_order_of(got: &Map<String, Value>, expect: &Map<String, Value>) -> Map<String, Value> {
    let mut left = expect.clone();
    let mut out: Map<String, Value> = got.keys().filter_map(|key| Some((key.clone(), left.remove(key)?))).collect();
    if let (Some(Value::Object(fields)), Some(Value::Object(come))) = (out.get_mut("fields"), got.get("fields")) {
        *fields = in_order_of(come, fields);
    }
    if let (Some(Value::Array(errors)), Some(Value::Array(come))) = (out.get_mut("errors"), got.get("errors")) {
        for (error, come) in errors.iter_mut().zip(come) {
            if let (Value::Object(error), Value::Object(come)) = (error, come) {
                *error = in_order_of(come, error);
            }
        }
    }
    out.extend(left);
    out
}

#[test]
fn every_api_has_enough_vectors() {
    for api in APIS {
        assert!(Vector::all(api).len() >= 12, "{api}");
    }
    for (project, tested) in [(Project::at(tests::workspace()).unwrap(), APIS), (cases(), CASES)] {
        let catalogs = project.load().catalogs.expect("the catalogs pass their check");
        let modules: Vec<_> = catalogs.iter().map(|catalog| catalog.api.id.value.replace('-', "_")).collect();
        assert_eq!(modules, tested);
    }
}

/// Well-known APIs that differ as much as possible, and small catalogs of corners that no API has.
fn cases() -> Project {
    Project::at(tests::workspace().join("tests/cases/decode")).unwrap()
}

#[test]
fn tables_of_the_catalogs() {
    for project in [Project::at(tests::workspace()).unwrap(), cases()] {
        tables_of(&project);
    }
}

fn tables_of(project: &Project) {
    let catalogs = project.load().catalogs.expect("the catalogs pass their check");
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
macro_rules! generated_crates {
    ($list:ident = $package:ident: $($api:ident)*) => {
        const $list: &[&str] = &[$(stringify!($api)),*];
        $(generated_crates!($package::$api);)*
    };
    ($package:ident::$api:ident) => {
        #[test]
        fn $api() {
            use $package::$api::{Error, ErrorCode};
            let api = stringify!($api).replace('_', "-");
            for vector in Vector::all(&api) {
                let error = match vector.status {
                    Some(status) => {
                        let mut response =
                            errbook::http::Response::builder().status(status).body(vector.bytes()).unwrap();
                        *response.headers_mut() = vector.header_map();
                        Error::from(response)
                    }
                    None => {
                        let error = Error::from_parts(None, vector.header_map(), vector.bytes());
                        let event = Error::from_event_parts(vector.header_map(), vector.bytes());
                        assert_eq!(event.is_some(), error.outcome() != Outcome::NotError);
                        error
                    }
                };
                let others = error.other_errors();
                let report = without_nothing(&Report::of(&error.response().view(), vector.instant()));
                check(&api, "the crate", &vector, &report);
                let text = |key: &str| report.get(key).and_then(Value::as_str).map(str::to_owned);
                assert_eq!(error.code().map(|code| format!("{code:?}")), text("name"));
                assert_eq!(error.raw_code().map(|code| code.into_owned()), text("code"));
                assert_eq!(error.outcome().as_str(), text("outcome").unwrap());
                assert_eq!(error.retry().as_str(), text("retry").unwrap());
                assert_eq!(error.action().map(|action| action.as_str().to_owned()), text("action"));
                assert_eq!(error.remediation().map(|text| text.into_owned()), text("remediation"));
                assert_eq!(error.condition().map(str::to_owned), text("when"));
                assert_eq!(error.body(), vector.bytes());
                assert_eq!(error.http_status(), vector.status);
                assert_eq!(error.status().map(Value::from).as_ref(), report.get("status"));
                let codes: Vec<_> = others.iter().map(|other| other.raw_code().map(Value::from)).collect();
                let errors = report.get("errors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let alone = report.get("alone").and_then(Value::as_object).unwrap_or(&report);
                assert_eq!(Some(error.alone().retry().as_str()), alone.get("retry").and_then(Value::as_str));
                assert_eq!(error.alone().raw_code(), error.raw_code());
                assert_eq!(error.alone().other_errors().len(), 0);
                assert_eq!(codes, errors.iter().map(|error| error.get("code").cloned()).collect::<Vec<_>>());
                let told = report.get("delay_seconds").and_then(Value::as_f64);
                let delay = error.delay(0, vector.instant()).map(|delay| delay.as_secs_f64());
                match told {
                    Some(_) => assert_eq!(delay, told),
                    None => assert_eq!(delay.is_some(), error.retry() == errbook::Verdict::Retry),
                }
                assert_eq!(error.message().map(|text| text.into_owned()), text("message"));
                assert_eq!(error.request_id().map(|text| text.into_owned()), text("request_id"));
                assert_eq!(error.repeat().is_some(), report.contains_key("repeat"));
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

tests::with_crates!(generated_crates);

#[test]
fn the_command() {
    let catalogs = cases().load().catalogs.expect("the catalogs pass their check");
    let of_cases = catalogs.iter().map(|catalog| (catalog.api.id.value.as_str(), cases().root));
    for (api, folder) in APIS.iter().map(|api| (*api, tests::workspace().to_owned())).chain(of_cases) {
        for vector in Vector::all(api) {
            let mut command = tests::errbook();
            command.current_dir(&folder).args(["decode", api, "--now", &vector.now, "--body", "-"]);
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
            check(api, "the command", &vector, &without_empty(report));
        }
    }
}

/// The typed values of every error that has some, and of every shape.
#[test]
fn typed_values() {
    fn decode<E: From<errbook::http::Response<String>>>(status: u16, headers: &[(&str, &str)], body: &str) -> E {
        let builder = headers
            .iter()
            .fold(errbook::http::Response::builder().status(status), |b, (name, value)| b.header(*name, *value));
        E::from(builder.body(body.to_owned()).unwrap())
    }
    let error: generated::vivix::Error =
        decode(402, &[], r#"{"error": "INSUFFICIENT_CREDITS", "balance": 1.5, "needed": 60}"#);
    let generated::vivix::Details::InsufficientCredits(d) = error.details() else { panic!() };
    assert_eq!((d.balance.unwrap().as_f64(), d.needed.unwrap().as_i64()), (1.5, Some(60)));

    let body =
        r#"{"error": {"code": "CONCURRENCY_LIMIT_EXCEEDED", "details": {"limit": 3, "in_flight": 4, "plan": "Pro"}}}"#;
    let error: generated::vibepeak::Error = decode(429, &[], body);
    let generated::vibepeak::Details::ConcurrencyLimitExceeded(d) = error.details() else { panic!() };
    assert_eq!((d.limit, d.in_flight, d.plan.as_deref()), (Some(3), Some(4), Some("Pro")));
    assert!(error.fields().context.unwrap().as_str().contains("in_flight"));

    let body = r#"{"error": {"code": "PLAN_REQUIRED", "details": {"current_plan": "Free", "required_plans": ["Plus", "Pro"]}}}"#;
    let error: generated::vibepeak::Error = decode(403, &[], body);
    let generated::vibepeak::Details::PlanRequired(d) = error.details() else { panic!() };
    assert_eq!(
        (d.current_plan.as_deref(), d.required_plans),
        (Some("Free"), Some(vec!["Plus".to_owned(), "Pro".to_owned()]))
    );

    let body = r#"{"error": {"code": "CONCURRENT_GENERATION_LIMIT", "active_requests": 1, "concurrency_limit": 2}}"#;
    let error: generated::wubble::Error = decode(429, &[("x-ratelimit-service", "music")], body);
    let generated::wubble::Details::ConcurrentGenerationLimit(d) = error.details() else { panic!() };
    assert_eq!((d.active_requests, d.concurrency_limit), (Some(1), Some(2)));
    assert_eq!(error.fields().rate_limit_service.as_deref(), Some("music"));

    let headers = [
        ("x-ratelimit-limit", "500"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "2024-12-28T00:00:00.000Z"),
    ];
    let error: generated::vicsee::Error =
        decode(403, &headers, r#"{"success": false, "error": {"code": "FORBIDDEN", "message": "Access denied"}}"#);
    assert_eq!(error.known_cause(), Some(generated::vicsee::Cause::ForbiddenNotOwner));
    let fields = error.fields();
    assert_eq!((fields.rate_limit, fields.rate_limit_remaining), (Some(500), Some(0)));
    assert_eq!(fields.rate_limit_reset, errbook::__private::instant("2024-12-28T00:00:00Z"));
    assert!(matches!(error.details(), generated::vicsee::Details::None_));
}
