//! Plain text as Markdown: what would mean something else is escaped.

use std::borrow::Cow;

use crate::source::characters::is_forbidden;

/// Appends text so that Markdown shows it as it is: in paragraphs, headings, link texts and cells of tables. Line breaks become spaces.
///
/// A little more is escaped than CommonMark needs: what mdBook and rustdoc add (footnotes, attributes, directives, smart punctuation) and
/// bare URLs, which rustdoc warns of.
pub(super) fn push(out: &mut String, text: &str, line_start: bool) {
    let text = if line_start { text.trim_start() } else { text };
    let marker = if line_start { block_marker(text) } else { None };
    let mut before = None;
    for (index, c) in text.char_indices() {
        let after = text[index + c.len_utf8()..].chars().next();
        if Some(index) == marker || is_special(c, before, after) {
            out.push('\\');
        }
        out.push(clean(c));
        before = Some(c);
    }
}

/// Where in the first characters of a line a block of another kind would begin.
fn block_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits)? {
        b'-' | b'+' | b'=' | b':' if digits == 0 => Some(0),
        b'.' | b')' if digits > 0 => Some(digits),
        _ => None,
    }
}

fn is_special(c: char, before: Option<char>, after: Option<char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    match c {
        '\\' | '`' | '*' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' => true,
        '_' => !is_word(before) || !is_word(after),
        '&' => after == Some('#') || is_word(after),
        ':' => after == Some('/'),
        '-' | '.' => after == Some(c),
        _ => false,
    }
}

/// A character that can be shown: breaks of lines are spaces, other controls and bidirectional controls the sign for what cannot be shown.
pub(super) fn clean(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if is_forbidden(c) => '\u{fffd}',
        c => c,
    }
}

/// Whether a sentence stays as it is, in text, Markdown and cells of tables alike, so that it need not be parsed: plain text, and code spans of
/// plain characters. Errs towards no.
pub(super) fn is_plain(prose: &str) -> bool {
    let bytes = prose.as_bytes();
    let starts = bytes.first().is_none_or(|b| b.is_ascii_alphabetic() || matches!(b, b'"' | b'`'));
    let mut in_code = false;
    let mut before = 0;
    for &b in bytes {
        let plain = match b {
            // No empty code, no code that begins or ends with a space, no two spans in a row.
            b'`' => {
                in_code = !in_code;
                before != b'`' && (in_code || before != b' ')
            }
            b' ' => before != b' ' && (before != b'`' || !in_code),
            _ if in_code => b.is_ascii_graphic() && b != b'|' && (b, before) != (b'{', b'{'),
            _ => PLAIN[usize::from(b)] && !matches!((before, b), (b'-', b'-') | (b'.', b'.') | (b':', b'/')),
        };
        if !plain {
            return false;
        }
        before = b;
    }
    starts && !in_code && before != b' '
}

/// The bytes that never mean anything, unless in one of those pairs. The leads of U+0080 to U+00BF and of U+2000 to U+2FFF are left out:
/// with them begin the characters that [`clean`] replaces.
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        let sign = matches!(
            b,
            b' ' | b','
                | b';'
                | b'?'
                | b'!'
                | b'\''
                | b'"'
                | b'('
                | b')'
                | b'/'
                | b'%'
                | b'$'
                | b'.'
                | b':'
                | b'-'
                | b'+'
                | b'='
        );
        table[byte] = b.is_ascii_alphanumeric() || sign || (b >= 0x80 && b != 0xc2 && b != 0xe2);
        byte += 1;
    }
    table
};

/// Where code stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Not in a table.
    Line,
    /// In a cell of a table.
    Cell,
}

/// Appends a code span of any content. Nothing at all, which no code span can hold, is shown as such.
pub(super) fn push_code(out: &mut String, code: &str, within: Within) {
    if code.is_empty() {
        out.push_str("*empty*");
        return;
    }
    if code.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'`' | b'|' | b'{')) {
        out.extend(["`", code, "`"]);
        return;
    }
    let shown: String = defused(code).chars().map(|c| if c == '\n' { '↵' } else { clean(c) }).collect();
    let fence = "`".repeat(longest_run(&shown) + 1);
    let padded = shown.starts_with('`')
        || shown.ends_with('`')
        || shown.starts_with(' ') && shown.ends_with(' ') && !shown.trim().is_empty();
    let pad = if padded { " " } else { "" };
    out.extend([fence.as_str(), pad]);
    match within {
        Within::Line => out.push_str(&shown),
        Within::Cell => out.push_str(&shown.replace('|', "\\|")),
    }
    out.extend([pad, fence.as_str()]);
}

/// The length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Code in which mdBook finds no directive. `{{#include file}}` is obeyed even in code, and not every form of it can be escaped (white space may
/// stand before the `#`), so the braces are kept apart by a space of no width.
pub(super) fn defused(code: &str) -> Cow<'_, str> {
    if !code.contains("{{") {
        return Cow::Borrowed(code);
    }
    let mut out = String::with_capacity(code.len() + 3);
    for (index, c) in code.char_indices() {
        out.push(c);
        let rest = &code[index + c.len_utf8()..];
        if c == '{' && rest.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('#')) {
            out.push('\u{200b}');
        }
    }
    Cow::Owned(out)
}
