//! Places in the words of other tools.

use serde::Serialize;

use crate::source::{Files, Span};

/// A range of a file. Lines and columns count from 1, columns in Unicode scalar values; ends are exclusive.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
    /// Bytes from the start of the file.
    pub(super) byte_start: u32,
    pub(super) byte_end: u32,
}

impl<'a> Place<'a> {
    pub(super) fn of(span: Span, files: &'a Files) -> Self {
        let start = files.position(span.file, span.start);
        let end = files.position(span.file, span.end);
        Place {
            file: files.path(span.file),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            byte_start: span.start,
            byte_end: span.end,
        }
    }
}
