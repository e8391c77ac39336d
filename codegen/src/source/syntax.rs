//! What is said about a text that is not YAML.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::Diagnostic;

use super::{FileId, Span};

const QUOTE: &str = "put text with special characters in quotes: \"...\"";
const INDENT: &str = "indent with spaces, and begin the entries of one mapping or list in the same column";
const ESCAPE: &str = "in single quotes a backslash is only a backslash; in double quotes write `\\\\`";

/// The parser's error with its place, in words for people who edit a catalog.
pub(super) fn diagnostic(error: &ScanError, text: &str, file: FileId) -> Diagnostic {
    let (message, help) = explain(error.kind());
    let rule = if *error.kind() == ErrorKind::RecursionLimitExceeded { "nesting" } else { "syntax" };
    Diagnostic::error(rule, place(error, text, file), message).help(help)
}

/// The one character that the error stands at, or the end of the line, or of the last line that is not blank.
fn place(error: &ScanError, text: &str, file: FileId) -> Span {
    let start = error.marker().byte_offset().unwrap_or(0).min(text.trim_end().len());
    let length = match text.get(start..).and_then(|rest| rest.chars().next()) {
        Some('\n' | '\r') | None => 0,
        Some(c) => c.len_utf8(),
    };
    Span::new(file, start as u32, (start + length) as u32)
}

fn explain(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind::*;
    let (message, help) = match kind {
        UnclosedFlowCollection { open } => {
            return (format!("this `{open}` is never closed"), "add the closing bracket");
        }
        MismatchedFlowCollectionEnd { open, close } => {
            return (format!("`{close}` closes what `{open}` opened"), "close each bracket with its own kind");
        }
        UnexpectedCharacter { character: c @ ('@' | '`' | '%') } => {
            return (format!("plain text cannot begin with `{c}`"), QUOTE);
        }
        UnexpectedCharacter { character } => {
            return (format!("unexpected character `{}`", character.escape_debug()), QUOTE);
        }
        MappingValueNotAllowed | InvalidColonPlacement | InvalidMappingValueWhitespace => {
            ("a `:` is not allowed here", "put text that holds `: ` in quotes, and begin each key on a line of its own")
        }
        MappingKeyNotAllowed => ("a key is not allowed here", INDENT),
        MissingAnchorOrAliasName => ("plain text cannot begin with `*` or `&`", QUOTE),
        TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabAtBlockScalarStart => {
            ("a tab where YAML needs spaces", "indent with spaces")
        }
        UnclosedQuotedScalar => ("the quotes are never closed", "add the closing quote"),
        InvalidQuotedScalarIndent => {
            ("quoted text ends here without its closing quote", "add the closing quote, or indent the lines that go on")
        }
        InvalidTrailingSingleQuotedScalar => {
            ("text after the closing quote", "write a quote inside single quotes twice: 'it''s'")
        }
        InvalidTrailingDoubleQuotedScalar => {
            ("text after the closing quote", "write a quote inside double quotes as \\\"")
        }
        UnknownQuotedScalarEscape => ("unknown escape in double quotes", ESCAPE),
        InvalidQuotedScalarHexEscape | InvalidUnicodeEscape => ("invalid escape in double quotes", ESCAPE),
        InvalidLowSurrogateHexEscape | InvalidLowSurrogate | MissingLowSurrogate | UnpairedLowSurrogate => {
            ("half of a surrogate pair in double quotes", "write the character itself")
        }
        ExpectedBlockMappingKey => ("expected a key in the column of this mapping's other keys", INDENT),
        ExpectedBlockSequenceEntry => ("expected `- ` in the column of this list's other entries", INDENT),
        BlockSequenceEntryNotAllowed => ("a list entry is not allowed here", INDENT),
        BlockEntryInFlowCollection => ("`- ` inside of brackets", "separate the values in brackets by commas"),
        InvalidIndentation | InvalidBlockScalarIndent | InvalidFlowScalarIndent => ("wrong indentation", INDENT),
        InvalidBlockScalarHeader => ("text after `|` or `>`", "begin the text on the next line, indented"),
        SimpleKeyExpected | InvalidSimpleKey => ("expected `:` after this key", "write `key: value`"),
        ExpectedFlowMappingSeparator => ("expected `,` or `}`", "separate the entries in braces by commas"),
        ExpectedFlowSequenceSeparator => ("expected `,` or `]`", "separate the values in brackets by commas"),
        MisplacedFlowCollectionEnd => ("a closing bracket that nothing opened", "remove it, or put the text in quotes"),
        DirectiveDisallowed => ("a YAML directive", "remove the line"),
        RecursionLimitExceeded => ("values are nested too deeply", "nest fewer levels"),
        BomInsideDocument => ("a byte order mark inside of the text", "remove it"),
        kind => return (tidy(&kind.to_string()), "see https://yaml.org/spec/1.2.2/ for what YAML allows"),
    };
    (message.to_owned(), help)
}

/// The parser's own words without what only its authors need.
fn tidy(message: &str) -> String {
    let message = match message.split_once(", ") {
        Some((context, rest)) if context.starts_with("while ") => rest,
        _ => message,
    };
    message
        .replace("unexpected EOF", "unexpected end of the file")
        .replace("unexpected eof", "unexpected end of the file")
}
