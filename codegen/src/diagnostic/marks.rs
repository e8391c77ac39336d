//! Expected diagnostics, marked in the YAML itself.
//!
//! A comment line of carets and `error[rule]` or `warning[rule]` stands below the line that it is about:
//!
//! ```yaml
//! code: A
//! code: B
//! # ^^ error[some-rule]
//! ```
//!
//! `#<^^^ error[rule]` marks from the first column on, where the `#` itself stands.

use crate::source::{Files, Span};

use super::Diagnostics;

/// Line, column, length in its first line (at least 1), and `severity[rule]`.
type Mark = (usize, usize, usize, String);

/// Asserts that what was found in the first file is exactly what its marks say.
pub(crate) fn assert_marked(found: &Diagnostics, files: &Files) {
    let text = files.text(crate::source::FileId(0));
    let mut expected = marks(text);
    let mut actual: Vec<Mark> = found
        .iter()
        .filter_map(|found| Some((found.span?, format!("{}[{}]", found.severity.as_str(), found.rule))))
        .map(|(span, what)| mark(span, what, files))
        .collect();
    expected.sort();
    actual.sort();
    assert_eq!(actual, expected, "found (left) is not what is marked (right) in:\n{text}");
}

fn marks(text: &str) -> Vec<Mark> {
    let mut line = 0;
    let mut marks = Vec::new();
    for (index, content) in text.lines().enumerate() {
        let carets: String = content.chars().skip_while(|c| *c != '^').take_while(|c| *c == '^').collect();
        match content.split_once("^ ") {
            Some((_, what)) if content.trim_start().starts_with('#') => {
                let column = match content.strip_prefix("#<") {
                    Some(_) => 1,
                    None => content.chars().take_while(|c| *c != '^').count() + 1,
                };
                marks.push((line, column, carets.len(), what.trim().to_owned()));
            }
            _ => line = index + 1,
        }
    }
    marks
}

fn mark(span: Span, what: String, files: &Files) -> Mark {
    let start = files.position(span.file, span.start);
    let line_end = files.line_range(span.file, start.line).end.max(span.start as usize);
    let shown = &files.text(span.file)[span.start as usize..line_end.min(span.end as usize)];
    (start.line, start.column, shown.chars().count().max(1), what)
}
