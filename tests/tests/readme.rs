//! What the README shows is what is there, and what runs.

use std::time::SystemTime;

use generated::vivix::{Details, Error, ErrorCode, Verdict};
use tests::mock::Mock;
use tests::readme::{section, words};

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
            (_, Verdict::Retry) => wait(error.delay(attempt, SystemTime::now())), // Retry-After, else the documented backoff; attempt 0 first
            _ => give_up(error.remediation()), // the server's own advice, else the catalog's
        }
        // end
    }
    let this = read("tests/tests/readme.rs");
    let code = this.split("// begin\n").nth(1).unwrap().split("        // end").next().unwrap();
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = block("rust");
    let (imports, shown) = shown.split_once("\n\n").unwrap();
    assert!(this.contains(&imports.replace("vivix_errors::", "generated::vivix::")), "{imports}");
    assert_eq!(squeezed(code), squeezed(shown));

    let respond = |status: u16, body| run(errbook::http::Response::builder().status(status).body(body).unwrap());
    assert_eq!(respond(403, r#"{"error": "MODEL_NOT_ALLOWED", "model": "m1"}"#), Did::AskedFor(Some("m1".to_owned())));
    assert_eq!(respond(500, r#"{"error": "INTERNAL_ERROR"}"#), Did::Waited(true));
    assert_eq!(respond(401, r#"{"error": "KEY_REVOKED", "next": "Rotate."}"#), Did::GaveUp(Some("Rotate.".to_owned())));
    assert_eq!(respond(401, "<html>"), Did::GaveUp(None));
}

#[test]
fn the_code_that_sends_runs() {
    use generated::vivix::details::ModelNotAllowedDetails;

    // The lines between the marks are the README's.
    fn send(model: String, request_id: &'static str) -> Result<errbook::http::Response<Vec<u8>>, errbook::ReplyError> {
        // begin sending
        let mut details = ModelNotAllowedDetails::default();
        details.model = Some(model);
        let response = ErrorCode::ModelNotAllowed
            .reply()
            .message("This model isn't enabled for your account.")
            .request_id(request_id)
            .details(Details::ModelNotAllowed(details))
            .build()?; // an http::Response: 403, application/json, {"error":"MODEL_NOT_ALLOWED","message":...
        // end sending
        Ok(response)
    }
    let this = read("tests/tests/readme.rs");
    let code = this.split("// begin sending\n").nth(1).unwrap().split("        // end sending").next().unwrap();
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let readme = read("README.md");
    let shown = section(&readme, "Send them").split("```").nth(1).unwrap().trim_start_matches("rust\n");
    assert_eq!(squeezed(code), squeezed(shown.split_once("\n\n").unwrap().1));

    let sent = send("m1".to_owned(), "req_1").unwrap();
    assert_eq!(sent.status(), 403);
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert!(sent.body().starts_with(br#"{"error":"MODEL_NOT_ALLOWED","message":"#));
    assert_eq!(Error::from(sent).request_id().as_deref(), Some("req_1"));
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

/// Every `errbook` that the README asks a reader to type does what it should, in a copy of the catalogs.
#[test]
fn the_commands_run() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        std::fs::create_dir_all(folder.path().join(name)).unwrap();
        for entry in std::fs::read_dir(tests::workspace().join(name)).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, folder.path().join(name).join(path.file_name().unwrap())).unwrap();
        }
    };
    copy("catalog");
    std::fs::write(folder.path().join("response.json"), r#"{"error": "NEW_LIMIT"}"#).unwrap();
    let run = |arguments: &[String]| {
        let output = tests::errbook().args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let mut commands = Vec::new();
    // That section is about another repository; tests/own_repository.rs follows it.
    let readme = read("README.md");
    for line in readme.replace(section(&readme, "In your own repository"), "").lines() {
        let typed = line.strip_prefix("errbook ").or_else(|| line.strip_prefix("cargo run --bin errbook -- "));
        // A dependency is no command.
        commands.extend(typed.filter(|typed| !typed.starts_with('=')).map(words));
    }
    assert_eq!(commands.len(), 6, "{commands:?}");
    for arguments in &commands {
        if arguments[0] == "mock" {
            let mut command = tests::errbook();
            command.args(arguments).args(["--listen", "127.0.0.1:0"]).current_dir(folder.path());
            follow_the_base_url(&Mock::run(command));
            continue;
        }
        if arguments.contains(&"--check".to_owned()) {
            run(&["generate".to_owned()]);
        }
        let printed = run(arguments);
        match arguments[0].as_str() {
            "decode" => assert!(
                printed.contains("\"retry\": \"retry\"") && printed.contains("\"delay_seconds\": 30"),
                "{printed}"
            ),
            "explain" => assert!(printed.starts_with("Vivix KEY_REVOKED\n"), "{printed}"),
            _ => {}
        }
    }
    assert!(folder.path().join("catalog/acme.yaml").exists());
}

/// The base URL of the README gives a client what the README says.
fn follow_the_base_url(mock: &Mock) {
    let readme = read("README.md");
    let (_, url) = section(&readme, "Try your client against it").split_once("`http://127.0.0.1:8429/").unwrap();
    let url = format!("{}/{}/v1/videos", mock.url, url.split('`').next().unwrap());
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
    let errors = [(); 3].map(|()| {
        let response = agent.post(&url).send_empty().unwrap();
        let (head, mut body) = response.into_parts();
        (head.status.as_u16(), Error::from_parts(Some(head.status.as_u16()), head.headers, body.read_to_vec().unwrap()))
    });
    let delay = |error: &Error| error.delay(0, SystemTime::UNIX_EPOCH).map(|delay| delay.as_secs());
    assert_eq!((errors[0].0, delay(&errors[0].1)), (429, Some(1)));
    assert_eq!((errors[1].0, errors[1].1.code()), (503, Some(ErrorCode::ProviderDown)));
    assert_eq!(errors[2].0, 200);
}

/// A new catalog passes its check as it is, whatever the API is called.
#[test]
fn a_new_catalog_is_sound() {
    for (id, title) in [("acme", "Acme: \"the\" API # 1"), ("a1-b2", "日本"), ("x", "{title}")] {
        let folder = tempfile::tempdir().unwrap();
        let new = tests::errbook().args(["new", id, "--title", title]).current_dir(folder.path()).output().unwrap();
        assert!(new.status.success(), "{}", String::from_utf8_lossy(&new.stderr));
        let check = tests::errbook().args(["check", "--format", "json"]).current_dir(folder.path()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&check.stdout).trim(), "[]");
        let again = tests::errbook().args(["new", id]).current_dir(folder.path()).output().unwrap();
        assert_eq!(again.status.code(), Some(1), "a catalog that is there is not overwritten");
    }
    for bad in ["", "A", "../x", "a b", "a--b", "-a", "a-", "é", "core", "com1"] {
        let folder = tempfile::tempdir().unwrap();
        let new = tests::errbook().args(["new", "--", bad]).current_dir(folder.path()).output().unwrap();
        assert_eq!(new.status.code(), Some(1), "{bad}");
        assert!(!folder.path().join("catalog").exists());
    }
}

#[test]
fn wrong_usage_has_its_own_exit_status() {
    for arguments in [
        &["chek"][..],
        &["decode"],
        &["decode", "vivix", "--status", "42"],
        &["decode", "vivix", "--now", "today"],
        &["decode", "vivix", "--header", "x"],
    ] {
        let output = tests::errbook().args(arguments).current_dir(tests::workspace()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    for arguments in [
        &["decode", "vivx"][..],
        &["explain", "vivix", "KEY_REVOKD"],
        &["check", "nowhere.yaml"],
        &["decode", "vivix", "--body", "nowhere.json"],
    ] {
        let output = tests::errbook().args(arguments).current_dir(tests::workspace()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn what_is_explained_of_a_part_of_a_code_is_where_it_is_a_part_of() {
    let said = |word: &str| {
        let folder = tests::workspace().join("tests/cases/decode");
        let output = tests::errbook().args(["explain", "meta-graph", word]).current_dir(folder).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (status, complaint) = said("463");
    assert_eq!(status, Some(1));
    assert!(complaint.contains("no error `463`: it is a part of `190/463`\n"), "{complaint}");
    assert!(said("191").1.contains("did you mean `190`?"));
    assert!(said("nothing like it").1.contains("`errbook explain meta-graph` lists them"));
}
