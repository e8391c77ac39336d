//! What the command prints. Standard output holds what was asked for, standard error what went on.

use std::io::{IsTerminal, Write};

use errbook_codegen::diagnostic::{Style, human, is_forbidden};
use errbook_codegen::project::Loaded;
use serde::Serialize;

use crate::Failure;

/// Prints what was asked for. A reader that went away is no failure.
pub(crate) fn text(text: &str) -> Result<(), Failure> {
    match anstream::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Because(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(value).map_err(|error| Failure::Because(error.to_string()))?;
    // What could steer a terminal stands only inside strings, where JSON has an escape for it.
    let escape = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
    let mut safe = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_forbidden(c) { safe.push_str(&escape(c)) } else { safe.push(c) }
    }
    safe.push('\n');
    match std::io::stdout().write_all(safe.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Because(format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Tells what went on.
pub(crate) fn note(text: &str) {
    // Nobody is left to be told if standard error is closed.
    let _ = anstream::stderr().write_all(format!("errbook: {text}\n").as_bytes());
}

/// Tells why the command failed.
pub(crate) fn error(text: &str) {
    let _ = anstream::stderr().write_all(format!("\u{1b}[1;31merror\u{1b}[0m: {}\n", visible(text)).as_bytes());
}

/// Shows what is wrong with catalogs, if anything, on standard error.
pub(crate) fn diagnostics(loaded: &Loaded) {
    if !loaded.diagnostics.is_empty() {
        let style = if std::io::stderr().is_terminal() { Style::Styled } else { Style::Plain };
        let _ = anstream::stderr().write_all(human(&loaded.diagnostics, &loaded.files, style).as_bytes());
    }
}

/// Text from outside, with what could steer a terminal shown instead of sent.
pub(crate) fn visible(text: &str) -> String {
    text.chars().flat_map(|c| if is_forbidden(c) { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] }).collect()
}
