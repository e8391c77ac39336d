//! Every error of every catalog comes back as the error that was asked for.

use bumpalo::Bump;
use errbook::__private::{Api, View, decode};
use errbook::Outcome;
use errbook_codegen::check::Checked;
use errbook_codegen::model::{Catalog, ErrorDef, StatusSet};
use errbook_codegen::project::Project;
use errbook_codegen::tables;
use serde_json::Value;
use tests::mock::Mock;
use tests::vector::Vector;

use crate::client::{Reply, get};

/// The catalogs of a folder with an `errbook.toml`, and a mock that serves them.
fn serve(folder: &str) -> (Checked<Vec<Catalog>>, Mock) {
    let root = tests::workspace().join(folder);
    let catalogs = Project::at(&root).unwrap().load().catalogs.expect("the catalogs pass their check");
    let mut command = tests::errbook();
    command.current_dir(root).args(["mock", "--listen", "127.0.0.1:0"]);
    (catalogs, Mock::run(command))
}

/// What a client makes of a reply.
fn read<T>(api: &Api<'_>, reply: &Reply, read: impl FnOnce(&View<'_, '_>) -> T) -> T {
    let status = (reply.kind() != "event").then_some(reply.status);
    let decoded = decode(api, status, &reply.headers, &reply.body);
    read(&View { api, headers: &reply.headers, body: &reply.body, decoded: &decoded })
}

/// Text as a path holds it: all but letters and digits behind percent signs.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02x}"),
    };
    text.bytes().map(encode).collect()
}

/// Asks for an error, and returns the code and the cause that it comes back with.
#[track_caller]
fn ask(mock: &Mock, api: &Api<'_>, row: usize, path: &str) -> (Option<String>, Option<String>) {
    let reply = get(mock, path);
    assert!(matches!(reply.kind(), "example" | "built" | "event"), "{path}: {}", reply.text());
    read(api, &reply, |view| {
        assert_eq!(view.entry().map(|entry| entry.index()), Some(row), "{path}: {}", reply.text());
        (view.raw_code().map(Into::into), view.cause().map(|cause| cause.name.to_owned()))
    })
}

#[test]
fn every_error_of_every_catalog() {
    for folder in ["", "tests/cases/decode"] {
        let (catalogs, mock) = serve(folder);
        for catalog in catalogs.iter() {
            let bump = Bump::new();
            let api = tables::build(&bump, catalog);
            let listed = get(&mock, &format!("/{}", api.id)).json();
            let listed = listed["errors"].as_array().unwrap();
            assert_eq!(listed.len(), catalog.errors.len());
            for (row, (error, listed)) in catalog.errors.iter().zip(listed).enumerate() {
                assert_eq!(listed["code"].as_str(), error.code());
                let path = listed["path"].as_str().unwrap();
                let (code, _) = ask(&mock, &api, row, path);
                let is_event = get(&mock, path).kind() == "event";
                assert_eq!(is_event, error.status.value == StatusSet::Never, "{path}");
                if let Some(wanted) = error.code() {
                    assert_eq!(code.as_deref(), Some(wanted), "{}", api.id);
                }
                by_other_words(&mock, &api, row, error);
            }
        }
    }
}

/// The name of the variant, aliases and causes mean the error as well.
fn by_other_words(mock: &Mock, api: &Api<'_>, row: usize, error: &ErrorDef) {
    let path = |word: &str| format!("/{}/{}", api.id, encoded(word));
    if api.find(&error.variant()).is_none() {
        ask(mock, api, row, &path(&error.variant()));
    }
    for alias in &error.aliases {
        let (code, _) = ask(mock, api, row, &path(&alias.text.value));
        assert_eq!(code.as_deref(), Some(alias.text.value.as_str()), "{}", api.id);
    }
    for cause in error.told_causes() {
        let name = &cause.name.as_ref().unwrap().value;
        let (_, told) = ask(mock, api, row, &format!("{}?cause={}", path(error.id()), encoded(name)));
        assert_eq!(told.as_ref(), Some(name), "{}", api.id);
    }
}

/// Codes that servers really send, those of classes among them, come back to the byte.
#[test]
fn every_code_of_the_vectors() {
    let mut classes = 0;
    for folder in ["", "tests/cases/decode"] {
        let (catalogs, mock) = serve(folder);
        for catalog in catalogs.iter() {
            let bump = Bump::new();
            let api = tables::build(&bump, catalog);
            for vector in Vector::all(api.id) {
                let text = |key: &str| vector.expect.get(key).and_then(Value::as_str);
                let (Some("known"), Some(code)) = (text("outcome"), text("code")) else { continue };
                // Parts of a code that are not listed are nothing to ask for.
                let Some(row) = api.find(code) else { continue };
                let (told, _) = ask(&mock, &api, row, &format!("/{}/{}", api.id, encoded(code)));
                assert_eq!(told.as_deref(), Some(code), "{}: {}", api.id, vector.name);
                classes += usize::from(catalog.errors[row].class().is_some());
            }
        }
    }
    assert!(classes > 0);
}

/// What an error says can be chosen, and is read as it was chosen.
#[test]
fn what_is_in_it() {
    let mock = Mock::start(&["vivix", "vibepeak"]);
    let path = "/vivix/INSUFFICIENT_CREDITS?message=N%C3%B6%22%0A&request_id=r1&field.balance=1.50&field.needed=60";
    let reply = get(&mock, path);
    let error = generated::vivix::Error::from_parts(Some(reply.status), reply.headers, reply.body);
    assert_eq!((error.message().as_deref(), error.request_id().as_deref()), (Some("N\u{f6}\"\n"), Some("r1")));
    let generated::vivix::Details::InsufficientCredits(details) = error.details() else { panic!() };
    assert_eq!((details.balance.unwrap().as_str(), details.needed.unwrap().as_i64()), ("1.50", Some(60)));

    let reply = get(&mock, "/vibepeak/CONCURRENCY_LIMIT_EXCEEDED?field.plan=Pro&field.limit=3");
    let error = generated::vibepeak::Error::from_parts(Some(reply.status), reply.headers, reply.body);
    let generated::vibepeak::Details::ConcurrencyLimitExceeded(details) = error.details() else { panic!() };
    assert_eq!((details.plan.as_deref(), details.limit), (Some("Pro"), Some(3)));

    for (wrong, hint) in [
        ("field.balanse=1", "did you mean `balance`?"),
        ("field.balance=much", "cannot be sent"),
        ("wait=5", "a wait is"),
        ("wait=5s", "cannot be sent"),
        ("mesage=x", "did you mean `message`?"),
    ] {
        let reply = get(&mock, &format!("/vivix/INSUFFICIENT_CREDITS?{wrong}"));
        assert!(matches!(reply.kind(), "refused" | "unbuilt"), "{wrong}");
        assert!(reply.json()["errbook_mock"].as_str().unwrap().contains(hint), "{wrong}: {}", reply.text());
    }
}

#[test]
fn ok_is_no_error_of_any_api() {
    for folder in ["", "tests/cases/decode"] {
        let (catalogs, mock) = serve(folder);
        for catalog in catalogs.iter() {
            let bump = Bump::new();
            let api = tables::build(&bump, catalog);
            let reply = get(&mock, &format!("/{}/ok", api.id));
            assert_eq!(
                (reply.status, reply.kind(), reply.header("content-type")),
                (200, "ok", Some("application/json"))
            );
            assert_eq!(read(&api, &reply, |view| view.outcome()), Outcome::NotError, "{}", api.id);
        }
    }
}

/// Codes are told apart by every byte, and one that is not listed is no answer of the API.
#[test]
fn codes_are_exact() {
    let mock = Mock::start(&["vivix"]);
    for word in ["key_revoked", "KEY_REVOKED%20", "KEY_REVOKD", "%00", "KEY_REVOKED%2Fv1", ""] {
        let reply = get(&mock, &format!("/vivix/{word}{}", if word.is_empty() { "/x" } else { "" }));
        assert_eq!((reply.status, reply.kind()), (404, "unknown"), "{word}");
    }
    let reply = get(&mock, "/vivix/KEY_REVOKD");
    assert_eq!(reply.json()["did_you_mean"], "/vivix/KEY_REVOKED");
    assert_eq!(get(&mock, "/vivx/KEY_REVOKED").json()["did_you_mean"], "/vivix");
    assert_eq!(get(&mock, "/vivix/KEY_REVOKED?cause=x").kind(), "refused");
}

/// A status by itself is what a server sends that has nothing to say.
#[test]
fn statuses() {
    let mock = Mock::start(&["vivix"]);
    let reply = get(&mock, "/vivix/503");
    assert_eq!((reply.status, reply.kind(), reply.body.len()), (503, "status", 0));
    assert_eq!(get(&mock, "/vivix/MODEL_NOT_ALLOWED?status=418").status, 418);
    for status in ["199", "1000", "0503", "+503"] {
        assert_eq!(get(&mock, &format!("/vivix/{status}")).kind(), "unknown", "{status}");
    }
}
