//! Diagnostics for programs.

use serde::Serialize;

use crate::source::Files;

use super::place::Place;
use super::{Diagnostic, Diagnostics, clean};

/// A JSON array with one object a line, by file and place; `[]` where nothing was found. A place that is not known is
/// left out.
pub fn json(diagnostics: &Diagnostics, files: &Files) -> String {
    let lines: Vec<String> = diagnostics.sorted().into_iter().map(|found| line(found, files)).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    label: &'a str,
    related: Vec<Related<'a>>,
    help: &'a [String],
    fix: Option<Replacement<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct Replacement<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

fn line(found: &Diagnostic, files: &Files) -> String {
    let related = found.related.iter().map(|(span, message)| Related { place: Place::of(*span, files), message });
    let line = Line {
        rule: found.rule,
        severity: found.severity.as_str(),
        message: &found.message,
        place: found.span.map(|span| Place::of(span, files)),
        label: &found.label,
        related: related.collect(),
        help: &found.help,
        fix: found
            .fix
            .as_ref()
            .map(|fix| Replacement { place: Place::of(fix.span, files), replacement: &fix.replacement }),
    };
    // Strings and numbers in structs: there is nothing that serialising them could fail at.
    clean::json(serde_json::to_string(&line).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn writes_one_object_a_line() {
        let (found, files) = sample();
        let text = json(&found, &files);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value.as_array().unwrap().len(), found.len());
        assert_eq!(text.lines().count(), found.len() + 2);
        assert_eq!(
            text.lines().nth(2).unwrap(),
            concat!(
                r#"{"rule":"unknown-key","severity":"error","message":"unknown key `staus`","file":"catalog/a.yaml","#,
                r#""line":3,"column":5,"end_line":3,"end_column":10,"byte_start":25,"byte_end":30,"#,
                r#""label":"not a key of an error","related":[],"help":["did you mean `status`?"],"#,
                r#""fix":{"file":"catalog/a.yaml","line":3,"column":5,"end_line":3,"end_column":10,"#,
                r#""byte_start":25,"byte_end":30,"replacement":"status"}},"#,
            )
        );
        assert_eq!(json(&Diagnostics::default(), &files), "[]\n");
    }
}
