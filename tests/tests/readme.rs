//! What the README shows is what is there, and what runs.

use std::time::SystemTime;

use errbook::Verdict;
use generated::vivix::{Details, Error, ErrorCode};

fn read(path: &str) -> String {
    std::fs::read_to_string(tests::workspace().join(path)).unwrap()
}

/// The README's block of a language.
fn block(language: &str) -> String {
    let readme = read("README.md");
    let start = readme.find(&format!("```{language}\n")).unwrap() + language.len() + 4;
    readme[start..].split("```").next().unwrap().to_owned()
}

#[test]
fn the_entry_is_in_the_catalog() {
    assert!(read("catalog/vivix.yaml").contains(&block("yaml")));
}

#[test]
fn the_page_is_in_the_docs() {
    let page = read("generated/docs/src/vivix/model-not-allowed.md");
    let readme = read("README.md");
    let quoted: Vec<&str> = readme.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    assert_eq!(quoted.len(), 3);
    for line in quoted {
        assert!(page.contains(line.trim_end_matches(" …")), "{line}");
    }
}

#[derive(Debug, PartialEq)]
enum Did {
    AskedFor(Option<String>),
    Waited(bool),
    GaveUp(Option<String>),
}

#[test]
fn the_rust_code_runs() {
    // The lines between the marks are the README's.
    fn run(response: errbook::http::Response<&str>) -> Did {
        let attempt = 0;
        let ask_for = Did::AskedFor;
        let wait = |delay: Option<std::time::Duration>| Did::Waited(delay.is_some());
        let give_up = |advice: Option<std::borrow::Cow<'_, str>>| Did::GaveUp(advice.map(|advice| advice.into_owned()));
        // begin
        let error = Error::from(response); // an http::Response, whatever its body is
        match (error.code(), error.retry()) {
            (Some(ErrorCode::ModelNotAllowed), _) => match error.details() {
                Details::ModelNotAllowed(details) => ask_for(details.model),
                _ => ask_for(None),
            },
            (_, Verdict::Retry) => wait(error.delay(attempt, SystemTime::now())), // Retry-After, else the documented backoff
            _ => give_up(error.remediation()), // the server's own advice, else the catalog's
        }
        // end
    }
    let this = read("tests/tests/readme.rs");
    let code = this.split("// begin\n").nth(1).unwrap().split("        // end").next().unwrap();
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(code), squeezed(&block("rust")));

    let respond = |status: u16, body| run(errbook::http::Response::builder().status(status).body(body).unwrap());
    assert_eq!(respond(403, r#"{"error": "MODEL_NOT_ALLOWED", "model": "m1"}"#), Did::AskedFor(Some("m1".to_owned())));
    assert_eq!(respond(500, r#"{"error": "INTERNAL_ERROR"}"#), Did::Waited(true));
    assert_eq!(respond(401, r#"{"error": "KEY_REVOKED", "next": "Rotate."}"#), Did::GaveUp(Some("Rotate.".to_owned())));
    assert_eq!(respond(401, "<html>"), Did::GaveUp(None));
}

#[test]
fn the_mistake_is_shown_as_the_readme_shows_it() {
    let shown = block("text");
    let path = tests::workspace().join("tests/cases/diagnostics/slips.yaml");
    let loaded = errbook_codegen::project::load(path.parent().unwrap(), &[&path]);
    let real = errbook_codegen::diagnostic::human(
        &loaded.diagnostics,
        &loaded.files,
        errbook_codegen::diagnostic::Style::Plain,
    );
    assert!(real.contains(&shown.replace("catalog/vivix.yaml", "slips.yaml").trim_end().to_owned()), "{shown}\n{real}");
}
