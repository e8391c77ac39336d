//! Diagnostics as a SARIF 2.1.0 log, which code hosts and editors read.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::source::{Files, Span};

use super::place::Place;
use super::{Diagnostic, Diagnostics, clean};

/// One log with one run, results by file and place.
/// The form is [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
pub fn sarif(diagnostics: &Diagnostics, files: &Files) -> String {
    let rules: BTreeSet<&str> = diagnostics.iter().map(|found| found.rule).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let results = diagnostics.sorted().into_iter().map(|found| result(found, &rules, files)).collect();
    let driver = Driver {
        name: "errbook",
        version: env!("CARGO_PKG_VERSION"),
        rules: rules.iter().map(|id| Rule { id }).collect(),
    };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    };
    // Strings and numbers in structs: there is nothing that serialising them could fail at.
    clean::json(serde_json::to_string_pretty(&log).unwrap_or_default()) + "\n"
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Text<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: u32,
    byte_length: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text<'a>>,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

fn result<'a>(found: &'a Diagnostic, rules: &[&str], files: &Files) -> Outcome<'a> {
    let text = |text: &'a str| Text { text: text.into() };
    let related = found.related.iter().map(|(span, message)| location(*span, Some(text(message)), files));
    let fix = found.fix.as_ref().map(|fix| {
        let Physical { artifact_location, region } = physical(fix.span, files);
        let replacement = Replacement { deleted_region: region, inserted_content: text(&fix.replacement) };
        Fix {
            description: found.help.first().map(|help| text(help)),
            artifact_changes: [Change { artifact_location, replacements: [replacement] }],
        }
    });
    Outcome {
        rule_id: found.rule,
        rule_index: rules.binary_search(&found.rule).unwrap_or_default(),
        level: found.severity.as_str(),
        message: Text { text: message(found).into() },
        locations: found.span.iter().map(|span| location(*span, None, files)).collect(),
        related_locations: related.collect(),
        fixes: fix.into_iter().collect(),
    }
}

/// SARIF has one text for it all.
fn message(found: &Diagnostic) -> String {
    let mut message = found.message.clone();
    if !found.label.is_empty() {
        message += &format!(": {}", found.label);
    }
    for help in &found.help {
        message += &format!("\n{help}");
    }
    message
}

fn location<'a>(span: Span, message: Option<Text<'a>>, files: &Files) -> Location<'a> {
    Location { physical_location: physical(span, files), message }
}

fn physical(span: Span, files: &Files) -> Physical {
    let place = Place::of(span, files);
    let region = Region {
        start_line: place.line,
        start_column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        byte_offset: place.byte_start,
        byte_length: place.byte_end - place.byte_start,
    };
    Physical { artifact_location: Artifact { uri: uri(place.file) }, region }
}

/// The path as a [URI reference](https://www.rfc-editor.org/rfc/rfc3986): relative, or `file:` where it is absolute.
fn uri(path: &str) -> String {
    let mut uri = match path.as_bytes() {
        [b'/', b'/', ..] => "file:".to_owned(),
        [b'/', ..] => "file://".to_owned(),
        [drive, b':', ..] if drive.is_ascii_alphabetic() => "file:///".to_owned(),
        _ => String::new(),
    };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn writes_a_log() {
        let (found, files) = sample();
        let log: Value = serde_json::from_str(&sarif(&found, &files)).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), found.len());
        for result in results {
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
        assert_eq!(
            results[1]["locations"][0],
            json!({ "physicalLocation": {
                "artifactLocation": { "uri": "catalog/a.yaml" },
                "region": {
                    "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 10, "byteOffset": 25, "byteLength": 5,
                },
            } })
        );
        assert_eq!(
            results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
            "status"
        );
        assert!(results[0].get("locations").is_none());
    }

    #[test]
    fn has_no_results_for_nothing() {
        let log: Value = serde_json::from_str(&sarif(&Diagnostics::default(), &Files::default())).unwrap();
        assert_eq!(log["runs"][0]["results"], json!([]));
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("catalog/a b#é.yaml"), "catalog/a%20b%23%C3%A9.yaml");
        assert_eq!(uri("/srv/a.yaml"), "file:///srv/a.yaml");
        assert_eq!(uri("C:/a.yaml"), "file:///C%3A/a.yaml");
        assert_eq!(uri("//host/a.yaml"), "file://host/a.yaml");
        assert_eq!(uri("ab:c.yaml"), "ab%3Ac.yaml");
    }
}
