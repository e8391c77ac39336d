//! The command: what it serves, what it prints, how it ends.

use std::collections::HashSet;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;

use tests::mock::Mock;

use crate::client::get;

fn ids(mock: &Mock) -> Vec<String> {
    let list = get(mock, "/").json();
    list["apis"].as_array().unwrap().iter().map(|api| api["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn all_that_a_repository_has() {
    let mut mock = Mock::start(&[]);
    let all = ["/vibepeak", "/vicsee", "/vivix", "/vivreal", "/wubble"];
    assert_eq!(ids(&mock), all);
    let mut columns = HashSet::new();
    for api in all {
        let line = mock.line();
        let (route, rest) = line.trim_end().split_once("  ").unwrap();
        assert_eq!(route, format!("{api}/{{code}}"));
        let (what, example) = rest.rsplit_once("  ").unwrap();
        let errors = get(&mock, api).json()["errors"].as_array().unwrap().len();
        assert!(what.trim().ends_with(&format!(", {errors} errors")), "{line}");
        let path = example.strip_prefix(&mock.url).unwrap();
        assert!(path.starts_with(&format!("{api}/")), "{line}");
        assert!(matches!(get(&mock, path).kind(), "example" | "built"), "{line}");
        columns.insert(line.find("http://"));
    }
    assert_eq!(columns.len(), 1, "{columns:?}");
    for path in ["/", "/_errbook/requests"] {
        let line = mock.line();
        assert_eq!(line.split(' ').next(), Some(path));
        assert_eq!(get(&mock, path).status, 200);
    }
    assert!(mock.line().ends_with("errbook mock --help\n"));
}

#[test]
fn files_folders_and_ids() {
    assert_eq!(ids(&Mock::start(&["catalog/wubble.yaml"])), ["/wubble"]);
    assert_eq!(ids(&Mock::start(&["Wubble", "tests/cases/decode/catalog/slack.yaml"])), ["/wubble", "/slack"]);
    let all = ids(&Mock::start(&["tests/cases/decode/catalog", "catalog"]));
    for id in ["/azure", "/telegram", "/vibepeak", "/wubble"] {
        assert!(all.contains(&id.to_owned()), "{id} of {all:?}");
    }
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let mut command = tests::errbook();
    let output: Output = command.current_dir(folder).arg("mock").args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_cannot_be_served() {
    let here = tests::workspace();
    assert!(refused(here, &["tests/cases/diagnostics/slips.yaml"]).contains("slips.yaml:"));
    assert!(refused(here, &["vivx"]).contains("did you mean `vivix`?"));
    assert!(refused(here, &["nowhere/x.yaml"]).contains("nowhere/x.yaml"));
    assert!(refused(here, &["catalog/vivix.yaml", "--ok", "nowhere.json"]).contains("nowhere.json"));
    assert!(
        refused(here, &["vivix", "--fallback", "/vivix/KEY_REVOKD"]).contains("did you mean `/vivix/KEY_REVOKED`?")
    );
    assert!(refused(here, &["vivix", "--fallback", "/vivix"]).contains("names no error"));
    assert!(refused(here, &["vivix", "--listen", "127.0.0.1"]).contains("127.0.0.1"));
    let empty = tempfile::tempdir().unwrap();
    assert!(refused(empty.path(), &[]).contains("errbook init"));
    assert!(refused(empty.path(), &["."]).contains("holds no catalog"));
}

/// What is written for other servers says how it is written here.
#[test]
fn a_port_alone() {
    for (port, meant) in [("8080", "--listen 127.0.0.1:8080"), ("x", "--listen 127.0.0.1:PORT")] {
        let output = tests::errbook().args(["mock", "vivix", "--port", port]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains(meant), "{said}");
    }
    let help = tests::errbook().args(["mock", "--help"]).output().unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("--port"));
}

/// What every build compiles has no part of the server.
#[test]
fn build_scripts_do_without_the_server() {
    for package in ["generated", "errbook-macros"] {
        let mut cargo = tests::cargo();
        cargo.args(["tree", "--offline", "--package", package, "--edges", "normal,build", "--prefix", "none"]);
        let output = cargo.current_dir(tests::workspace()).output().unwrap();
        let tree = String::from_utf8(output.stdout).unwrap();
        assert!(tree.contains("errbook-codegen v"), "{tree}");
        for server in ["axum", "hyper", "tokio"] {
            assert!(!tree.lines().any(|line| line.starts_with(server)), "{package} brings {server}");
        }
    }
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused(tests::workspace(), &["vivix", "--listen", &address]);
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
}

#[test]
#[cfg(unix)]
fn it_ends_when_it_is_told_to() {
    for signal in ["INT", "TERM"] {
        let mock = Mock::start(&["vivix"]);
        get(&mock, "/vivix/429");
        assert_eq!(mock.stop(signal).code(), Some(0), "{signal}");
    }
}

/// Neither an answer that is held back nor a client that says nothing keeps it from ending.
#[test]
#[cfg(unix)]
fn it_waits_for_nobody() {
    let mock = Mock::start(&["vivix"]);
    let mut waits = TcpStream::connect(mock.address()).unwrap();
    waits.write_all(b"GET /vivix/429?delay=60s HTTP/1.1\r\nhost: m\r\n\r\n").unwrap();
    let mut half = TcpStream::connect(mock.address()).unwrap();
    half.write_all(b"GET /vivix/429 HTT").unwrap();
    while get(&mock, "/_errbook/requests").json()["requests"].as_array().unwrap().is_empty() {
        std::thread::yield_now();
    }
    assert_eq!(mock.stop("TERM").code(), Some(0));
}

#[test]
fn other_machines_are_a_warning() {
    let mut command = tests::errbook();
    command.current_dir(tests::workspace()).args(["mock", "vivix", "--listen", "0.0.0.0:0"]);
    command.stderr(std::process::Stdio::piped());
    let mut mock = Mock::run(command);
    assert!(mock.complaint().contains("can be reached from other machines"));
    mock.url = mock.url.replace("0.0.0.0", "127.0.0.1");
    assert_eq!(get(&mock, "/vivix/429").status, 429);
}
