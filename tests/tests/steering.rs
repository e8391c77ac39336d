//! No output holds a character that steers a terminal or the direction of text, wherever it came from.

use std::io::Write;
use std::process::{Output, Stdio};

use errbook::http::Response;

/// Some control characters, and all of the Unicode property Bidi_Control.
const STEERING: &str = "\u{7}\u{1b}\u{7f}\u{9b}\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

#[track_caller]
fn assert_plain(what: &str, text: &str) {
    assert!(!text.is_empty(), "{what}");
    for c in STEERING.chars() {
        assert!(!text.contains(c), "{what} has U+{:04X}: {text:?}", u32::from(c));
    }
}

#[track_caller]
fn assert_all_plain(what: &str, output: &Output) {
    let all = [&*output.stdout, &*output.stderr].concat();
    assert_plain(what, &String::from_utf8(all).unwrap());
}

#[test]
fn a_response() {
    let message: String = STEERING.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let raw: String = STEERING.chars().filter(|c| u32::from(*c) > 0x7f).collect();
    let body = format!(r#"{{"error": "X{message}", "message": "{message}{raw}", "request_id": "{raw}"}}"#);
    let mut command = tests::errbook();
    command.current_dir(tests::workspace()).args(["decode", "vivix", "--status", "401", "--body", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    assert_all_plain("errbook decode", &child.wait_with_output().unwrap());
    let error = generated::vivix::Error::from(Response::builder().status(401).body(body).unwrap());
    assert_plain("an error in Rust", &error.to_string());
    assert_plain("an error for those who look for faults", &format!("{error:?}"));
}

#[test]
fn a_word_on_the_command_line() {
    for arguments in [["explain", "vivix"], ["explain", "no"], ["check", "--format"], ["new", "--title"]] {
        let output = tests::errbook().current_dir(tests::workspace()).args(arguments).arg(STEERING).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        assert_all_plain(&arguments.join(" "), &output);
    }
}

#[test]
fn a_catalog() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("catalog")).unwrap();
    // One of each: a file that is full of them is not told of all.
    let line = |(i, c): (usize, char)| match i % 3 {
        0 => format!("  - code: A{c}\n"),
        1 => format!("    when: {c}x\n"),
        _ => format!("    # {c}\n"),
    };
    let lines: String = STEERING.chars().enumerate().map(line).collect();
    std::fs::write(folder.path().join("catalog/demo.yaml"), format!("errbook: 1\nerrors:\n{lines}")).unwrap();
    for format in ["human", "json", "sarif", "github"] {
        let mut command = tests::errbook();
        let output = command.current_dir(folder.path()).args(["check", "--format", format]).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_all_plain(format, &output);
        let shown = [output.stdout, output.stderr].concat();
        let shown = String::from_utf8(shown).unwrap();
        for c in STEERING.chars() {
            assert!(shown.contains(&format!("U+{:04X}", u32::from(c))), "{format}: U+{:04X}", u32::from(c));
        }
    }
}
