//! Every error of every catalog can be sent, and comes back as what was sent.

#[path = "agreement/catalogs.rs"]
mod catalogs;
#[path = "encode/exact.rs"]
mod exact;
#[path = "encode/open.rs"]
mod open;

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use bumpalo::Bump;
use errbook::__private::{Api, Content, Encoded, Entry, Kind, encode};
use errbook::{ReplyError, Value};
use errbook_codegen::project::{Loaded, Project, load};
use errbook_codegen::report::{Report, without_nothing};
use errbook_codegen::tables;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value as Json, json};

/// A status for errors of which no source says any.
const ANY_STATUS: u16 = 400;

/// Runs `check` on the tables of every catalog: the five, and those of well-known APIs and corners.
fn each_catalog(mut check: impl FnMut(&Api<'_>)) {
    for root in [tests::workspace().to_owned(), tests::workspace().join("tests/cases/decode")] {
        let catalogs = Project::at(root).unwrap().load().catalogs.expect("the catalogs pass their check");
        for catalog in catalogs.iter() {
            let bump = Bump::new();
            check(&tables::build(&bump, catalog));
        }
    }
}

/// Each error, and each of its causes that can be told.
fn each_content(api: &Api<'_>) -> Vec<Content<'static>> {
    let causes = |row| (0..Entry::new(api, row).causes().len()).map(Some);
    let of =
        |row| std::iter::once(None).chain(causes(row)).map(move |cause| Content { row, cause, ..Content::default() });
    (0..api.rows.len()).flat_map(of).collect()
}

/// What a response becomes.
fn report(api: &Api<'_>, sent: &Encoded, now: SystemTime) -> Json {
    json!(without_nothing(&Report::decode(api, sent.status, &sent.headers, &sent.body, now)))
}

/// Adds what the catalog leaves open, as the lists say it.
fn complete(api: &Api<'_>, content: &mut Content<'static>) {
    let code = api.rows[content.row].code;
    let class = open::CLASSES.iter().find(|(id, name, _)| (*id, *name) == (api.id, code));
    content.code = class.map(|(.., code)| (*code).into());
    content.event = open::EVENTS.contains(&(api.id, code));
    let lacks_status = open::NO_STATUS.iter().any(|(id, codes)| *id == api.id && codes.contains(&code));
    content.status = lacks_status.then_some(ANY_STATUS);
}

/// Checks that a response tells the error and the cause.
#[track_caller]
fn check(api: &Api<'_>, content: &Content<'_>, sent: &Encoded) {
    let entry = Entry::new(api, content.row);
    let got = report(api, sent, SystemTime::UNIX_EPOCH);
    let cause = content.cause.map(|index| entry.causes()[index].name);
    let shown = format!("{} {}: {sent:?}\n{got:#}", api.id, entry.code());
    assert_eq!(got["outcome"], "known", "{shown}");
    assert_eq!(got["name"], entry.name(), "{shown}");
    assert!(cause.is_none_or(|cause| got["cause"] == cause), "{shown}");
    assert!(got.get("errors").is_none(), "{shown}");
    assert_eq!(sent.status.is_none(), content.event, "{shown}");
    let documented = entry.statuses().is_empty()
        || cause.is_some_and(|_| !entry.causes()[content.cause.unwrap()].statuses.is_empty());
    let status = got.get("status").map(|status| u16::try_from(status.as_u64().unwrap()).unwrap());
    assert!(documented || entry.statuses().iter().any(|range| range.contains(status.unwrap())), "{shown}");
    assert!(content.status.is_none() || content.status == status, "{shown}");
}

#[test]
fn every_code_and_cause_comes_back() {
    let mut left_open: Vec<(String, String, ReplyError)> = Vec::new();
    each_catalog(|api| {
        for mut content in each_content(api) {
            if let Err(refusal) = encode(api, &content) {
                left_open.push((api.id.to_owned(), api.rows[content.row].code.to_owned(), refusal));
            }
            complete(api, &mut content);
            let sent =
                encode(api, &content).unwrap_or_else(|e| panic!("{} {}: {e}", api.id, api.rows[content.row].code));
            check(api, &content, &sent);
        }
    });
    left_open.dedup();
    let of = |refusal: ReplyError| {
        let found = left_open.iter().filter(move |(.., other)| *other == refusal);
        found.map(|(api, code, _)| (api.as_str(), code.as_str())).collect::<Vec<_>>()
    };
    // A class needs its code before its status.
    assert_eq!(of(ReplyError::NeverHttp), open::EVENTS);
    assert_eq!(of(ReplyError::NoCode), open::CLASSES.iter().map(|(api, name, _)| (*api, *name)).collect::<Vec<_>>());
    let no_status = open::NO_STATUS.iter().flat_map(|(api, codes)| codes.iter().map(|code| (*api, *code)));
    let is_class = |error: &(&str, &str)| open::CLASSES.iter().any(|(api, name, _)| (*api, *name) == *error);
    assert_eq!(of(ReplyError::NoStatus), no_status.filter(|error| !is_class(error)).collect::<Vec<_>>());
    assert!(
        left_open
            .iter()
            .all(|(.., refusal)| matches!(refusal, ReplyError::NeverHttp | ReplyError::NoCode | ReplyError::NoStatus))
    );
}

/// A value of a type, and the JSON that `errbook decode` shows for it.
fn sample(kind: Kind<'_>) -> (Value<'static>, Json) {
    match kind {
        Kind::String => (Value::String("a \"text\" \\ of é".into()), json!("a \"text\" \\ of é")),
        Kind::Integer => (Value::Integer("-12".into()), json!(-12)),
        Kind::Number => (Value::Number("1.5".into()), json!(1.5)),
        Kind::Boolean => (Value::Boolean(true), json!(true)),
        Kind::Timestamp(_) => (Value::Timestamp(1_735_344_000_000), json!("2024-12-28T00:00:00.000Z")),
        Kind::List(of) => {
            let (value, shown) = sample(of.copied().unwrap_or(Kind::Any));
            (Value::List(vec![value.clone(), value]), json!([shown, shown]))
        }
        Kind::Object => (Value::Json(r#"{"key": [1, null]}"#.into()), json!({ "key": [1, null] })),
        Kind::Any => (Value::Json(r#" ["x"] "#.into()), json!(["x"])),
    }
}

/// One more thing that a response tells: its name, what is asked for, and what is shown under which key.
type Extra = (String, Content<'static>, &'static str, Json);

fn extras(api: &Api<'_>, base: &Content<'static>, shown: &Json) -> Vec<Extra> {
    let with = |put: &dyn Fn(&mut Content<'static>)| {
        let mut content = base.clone();
        put(&mut content);
        content
    };
    // What tells the error stays in its message.
    let message =
        shown["message"].as_str().map_or("Some \"thing\" went \\ wrong: é 😀 </b>\n\u{1}".to_owned(), str::to_owned);
    let mut out: Vec<Extra> = vec![
        ("message".into(), with(&|content| content.message = Some(message.clone().into())), "message", json!(message)),
        (
            "advice".into(),
            with(&|content| content.remediation = Some("Do that.".into())),
            "remediation",
            json!("Do that."),
        ),
        ("request id".into(), with(&|content| content.request_id = Some("req_1".into())), "request_id", json!("req_1")),
    ];
    let own = Entry::new(api, base.row).more().map_or(&[][..], |more| more.fields);
    let shapes = api.shapes.iter().flat_map(|shape| [Some(shape), shape.errors.map(|several| &several.shape)]);
    let of_shapes: Vec<_> = shapes.flatten().flat_map(|shape| shape.fields).collect();
    for (field, is_own) in
        own.iter().map(|field| (field, true)).chain(of_shapes.into_iter().map(|field| (field, false)))
    {
        let (value, shown) = sample(field.kind);
        let name: &'static str = field.name.to_owned().leak();
        let content = with(&|content| {
            let values = if is_own { &mut content.values } else { &mut content.shape_values };
            values.push((name, value.clone()));
        });
        out.push((format!("field {name}"), content, "fields", json!({ name: shown })));
    }
    out
}

/// Everything that can be told is told, one thing at a time; a snapshot lists what an API has no place for, or what contradicts the error.
#[test]
fn what_is_told_comes_back() {
    let mut refused: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    each_catalog(|api| {
        for mut base in each_content(api) {
            complete(api, &mut base);
            let shown = report(api, &encode(api, &base).unwrap(), SystemTime::UNIX_EPOCH);
            *counts.entry(api.id.to_owned()).or_default() += 1;
            for (what, content, key, want) in extras(api, &base, &shown) {
                match encode(api, &content) {
                    Ok(sent) => {
                        check(api, &content, &sent);
                        let got = &report(api, &sent, SystemTime::UNIX_EPOCH)[key];
                        let same = match want.as_object() {
                            Some(fields) => fields.iter().all(|(name, value)| got[name] == *value),
                            None => *got == want,
                        };
                        assert!(same, "{} {}: {what}: {got} {want}", api.id, api.rows[base.row].code);
                    }
                    Err(refusal) => {
                        let key = (api.id.to_owned(), what, refusal.to_string());
                        refused.entry(key).or_default().push(api.rows[base.row].code.to_owned());
                    }
                }
            }
        }
    });
    let lines = refused.into_iter().map(|((api, what, refusal), codes)| {
        let codes = if codes.len() == counts[&api] { "every error".to_owned() } else { codes.join(", ") };
        format!("{api}: {what}: {codes}: {refusal}\n")
    });
    insta::assert_snapshot!(lines.collect::<String>());
}

/// A wait is told in the form that the error's rule reads, never shortened; the snapshot lists the errors that can tell one.
#[test]
fn waits_come_back() {
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_735_344_000_123);
    let delay = Duration::from_millis(90_500);
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    each_catalog(|api| {
        for mut content in each_content(api) {
            complete(api, &mut content);
            content.delay = Some((delay, now));
            match encode(api, &content) {
                Ok(sent) => {
                    check(api, &content, &sent);
                    let seconds = report(api, &sent, now)["delay_seconds"].as_f64().unwrap();
                    assert!((90.5..150.5).contains(&seconds), "{} {sent:?} {seconds}", api.id);
                    let headers = sent.headers.iter().filter(|(name, _)| *name != "content-type");
                    let headers: Vec<_> =
                        headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
                    let shown = [headers.join(", "), String::from_utf8(sent.body).unwrap()].join(" ");
                    told.entry(api.id.to_owned()).or_default().push(shown);
                }
                // Its rule looks for none.
                Err(ReplyError::NoPlace(what)) if &*what == "the wait" => {}
                // The code that was stated tells another one.
                Err(ReplyError::Unmet(what)) => {
                    told.entry(api.id.to_owned()).or_default().push(format!("{}: {what}", api.rows[content.row].code));
                }
                Err(refusal) => panic!("{} {}: {refusal}", api.id, api.rows[content.row].code),
            }
        }
    });
    insta::assert_snapshot!(
        told.iter().map(|(api, told)| format!("{api}:\n  {}\n", told.join("\n  "))).collect::<String>()
    );
}

/// Numbers, truth values and texts are sent as what the catalog has them.
#[test]
fn values_have_their_types() {
    let bodies = [
        ("binance", "-1003", json!({ "code": -1003 })),
        ("meta-graph", "190/459", json!({ "error": { "code": 190, "error_subcode": 459 } })),
        ("discord", "UNKNOWN_THING", json!({ "code": 10004 })),
        ("postgrest", "23505", json!({ "code": "23505" })),
        ("postgrest", "TRANSACTION_ROLLBACK", json!({ "code": "40P01" })),
        ("postgrest", "INSUFFICIENT_RESOURCES", json!({ "code": "53100" })),
        ("corners", "0", json!({ "code": 0 })),
        ("slack", "invalid_auth", json!({ "ok": false, "error": "invalid_auth" })),
        ("discord", "GLOBAL_RATE_LIMITED", json!({ "global": true })),
        ("google-cloud", "NOT_FOUND", json!({ "error": { "status": "NOT_FOUND", "code": 404 } })),
        ("github", "missing", json!({ "errors": [{ "code": "missing" }] })),
        ("kraken", "EAPI:Invalid key", json!({ "error": ["EAPI:Invalid key"] })),
        // Made up, for what has to stand there.
        ("telegram", "FLOOD_CONTROL", json!({ "ok": false, "parameters": { "retry_after": 0 } })),
        ("shopify", "USER_ERROR", json!({ "data": [{ "userErrors": [{ "message": "USER_ERROR", "field": [] }] }] })),
        ("json-rpc", "4001", json!({ "error": { "code": 4001 } })),
        ("problems", "about:blank", json!({ "type": "about:blank", "status": 404 })),
    ];
    let mut met = 0;
    each_catalog(|api| {
        for (_, code, want) in bodies.iter().filter(|(id, ..)| *id == api.id) {
            let row = api.rows.iter().position(|row| row.code == *code).unwrap();
            let mut content = Content { row, ..Content::default() };
            complete(api, &mut content);
            let sent = encode(api, &content).unwrap();
            assert_eq!(serde_json::from_slice::<Json>(&sent.body).unwrap(), *want, "{} {code}", api.id);
            let kind = if api.id == "problems" { "application/problem+json" } else { "application/json" };
            assert_eq!(sent.headers["content-type"], kind);
            met += 1;
        }
    });
    assert_eq!(met, bodies.len());
}

/// What is in quotes in a catalog is a text on the wire, whatever it looks like.
#[test]
fn quotes_make_texts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quotes.yaml");
    let catalog = "errbook: 1
api: { id: quotes, title: Quotes, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-25 } } }
responses:
  - { if: { /ok: false, /on: \"true\", /n: 1, /m: \"1\", /s: x }, code: { parts: [/a, /b] } }
errors:
  - { code: [1, 20], status: 400, when: undocumented, fix: undocumented, retry: never }
  - { code: [2, \"20\"], status: 400, when: undocumented, fix: undocumented, retry: never }
  - { code: [3, \"020\"], status: 400, when: undocumented, fix: undocumented, retry: never }
";
    std::fs::write(&file, catalog).unwrap();
    let catalogs = load(folder.path(), &[&file]).catalogs.expect("it passes its check");
    let bump = Bump::new();
    let api = tables::build(&bump, &catalogs[0]);
    let want = [json!([1, 20]), json!([2, "20"]), json!([3, "020"])];
    for (row, want) in want.into_iter().enumerate() {
        let sent = encode(&api, &Content { row, ..Content::default() }).unwrap();
        let body: Json = serde_json::from_slice(&sent.body).unwrap();
        let gate = json!({ "ok": false, "on": "true", "n": 1, "m": "1", "s": "x", "a": want[0], "b": want[1] });
        assert_eq!(body, gate);
    }
}

/// Texts that are made to break out of where they stand: what does not come back is refused.
#[test]
fn hostile_texts() {
    let texts = [
        "a\r\nset-cookie: b=c\r\n\r\n<script>",
        "a\nb",
        "\r",
        "\0",
        "\u{7f}",
        " padded ",
        "\"}, \"code\": \"OTHER",
        "</Message><Message>",
        "RequestId:1\nTime:2",
        "\u{202e}\u{2028}\u{feff}\u{fffd}",
        "😀 é",
        "",
        "null",
        "{}",
        &"x".repeat(5_000),
    ];
    let (mut kept, mut refused) = (0, 0);
    each_catalog(|api| {
        for mut base in each_content(api) {
            complete(api, &mut base);
            for text in texts {
                let text = || Some(text.to_owned().into());
                for content in [
                    Content { message: text(), ..base.clone() },
                    Content { request_id: text(), ..base.clone() },
                    Content { remediation: text(), ..base.clone() },
                    Content { code: text(), ..base.clone() },
                ] {
                    let Ok(sent) = encode(api, &content) else {
                        refused += 1;
                        continue;
                    };
                    kept += 1;
                    check(api, &content, &sent);
                    let got = report(api, &sent, SystemTime::UNIX_EPOCH);
                    for (key, told) in [("message", &content.message), ("request_id", &content.request_id)] {
                        assert!(told.as_ref().is_none_or(|told| got[key] == **told), "{} {content:?} {sent:?}", api.id);
                    }
                    assert!(
                        sent.headers
                            .values()
                            .all(|value| !value.as_bytes().iter().any(|b| matches!(b, b'\r' | b'\n' | 0)))
                    );
                }
            }
        }
    });
    assert!(kept > 1_000 && refused > 1_000, "{kept} {refused}");
}

/// What random catalogs can tell comes back; and most errors can be told.
#[test]
fn random_catalogs() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("random.yaml");
    let (mut catalogs, mut told, mut refused) = (0, 0, BTreeMap::<String, usize>::new());
    while catalogs < 60 {
        let text = catalogs::catalog().new_tree(&mut runner).unwrap().current();
        std::fs::write(&file, &text).unwrap();
        let Loaded { catalogs: Some(loaded), .. } = load(folder.path(), &[&file]) else { continue };
        catalogs += 1;
        let bump = Bump::new();
        let api = tables::build(&bump, &loaded[0]);
        for mut content in each_content(&api) {
            open_up(&api, &mut content);
            match encode(&api, &content) {
                Ok(sent) => {
                    check(&api, &content, &sent);
                    told += 1;
                }
                Err(refusal) => *refused.entry(format!("{refusal:?}")).or_default() += 1,
            }
        }
    }
    // What is left contradicts itself: an error that asks for what its shapes have no place for.
    assert!(told > 10 * refused.values().sum::<usize>(), "{told} told, refused {refused:#?}");
}

/// What a random catalog leaves open.
fn open_up(api: &Api<'_>, content: &mut Content<'static>) {
    for _ in 0..3 {
        match encode(api, content) {
            Err(ReplyError::NeverHttp) => content.event = true,
            Err(ReplyError::NoStatus) => content.status = Some(ANY_STATUS),
            Err(ReplyError::NoCode) => {
                let codes = ["up_7", "up_http_502", "150", "a_x_b", "A/D"];
                content.code = codes.into_iter().find(|code| api.find(code) == Some(content.row)).map(Into::into);
            }
            _ => return,
        }
    }
}
