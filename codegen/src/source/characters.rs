//! Characters that no catalog may hold and no terminal is sent.

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::{FileId, Span};

/// A file that is not text at all would fill the screen.
const MAX_REPORTS: usize = 20;

/// Whether `c` is a control character other than tab and line feed, or steers the direction of text (the two ways
/// in which a text shows as something that it is not): the Unicode property Bidi_Control. No output holds one.
pub fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    }
}

/// Reports the first forbidden character of each line, in comments as well as in values. Carriage returns are line
/// breaks here.
pub(super) fn check(text: &str, file: FileId, diagnostics: &mut Diagnostics) {
    let mut reported = 0;
    let mut line_end = 0;
    for index in suspects(text.as_bytes()) {
        if index < line_end {
            continue;
        }
        let Some(c) = text[index..].chars().next().filter(|c| is_forbidden(*c)) else { continue };
        if reported == MAX_REPORTS {
            return;
        }
        reported += 1;
        line_end = text[index..].find('\n').map_or(text.len(), |length| index + length);
        let start = index as u32;
        diagnostics.push(diagnostic(c, Span::new(file, start, start + c.len_utf8() as u32)));
    }
}

/// What is said about a forbidden character.
pub(super) fn diagnostic(c: char, span: Span) -> Diagnostic {
    let (what, label) = match c {
        '\u{80}'.. if !c.is_control() => ("bidirectional control", "makes text look other than it is"),
        _ => ("control character", "cannot be seen"),
    };
    Diagnostic::error("control-character", span, format!("{what} U+{:04X} in the text", u32::from(c)))
        .label(label)
        .help("remove it, or describe it in words")
}

/// Where such bytes are. Blocks without any, which nearly all are, are passed over as a whole.
fn suspects(bytes: &[u8]) -> impl Iterator<Item = usize> {
    const BLOCK: usize = 64;
    let suspect = |block: &&[u8]| block.iter().fold(false, |any, byte| any | may_begin_forbidden(*byte));
    bytes.chunks(BLOCK).enumerate().filter(move |(_, block)| suspect(block)).flat_map(|(number, block)| {
        let found = block.iter().enumerate().filter(|(_, byte)| may_begin_forbidden(**byte));
        found.map(move |(index, _)| number * BLOCK + index)
    })
}

/// The bytes that a forbidden character can begin with: C0 controls and DEL, the lead of C1 controls (U+0080 to
/// U+009F), and the leads of U+0600 to U+063F and of U+2000 to U+2FFF.
fn may_begin_forbidden(byte: u8) -> bool {
    matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127 | 0xc2 | 0xd8 | 0xe2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn places(text: &str) -> Vec<u32> {
        let mut files = Files::default();
        let file = files.add("a.yaml", text.to_owned());
        let mut diagnostics = Diagnostics::default();
        check(text, file, &mut diagnostics);
        diagnostics.iter().filter_map(|found| Some(found.span?.start)).collect()
    }

    #[test]
    fn finds_them_by_line() {
        assert_eq!(places("a: b\r\n\tc\n"), [] as [u32; 0]);
        assert_eq!(places("é: €🦀 \u{200d}\u{2028}"), [] as [u32; 0]);
        assert_eq!(places("a\0b\0\n\u{1b}[31m"), [1, 5]);
        assert_eq!(places("é\u{9b}x\n\u{202e}x\n\u{7f}"), [2, 6, 11]);
        assert_eq!(places("ا\u{61c}\n\u{200e}\n\u{200f}"), [2, 5, 9]);
    }

    #[test]
    fn stops_at_a_file_that_is_not_text() {
        assert_eq!(places(&"\u{1}\n".repeat(1000)).len(), MAX_REPORTS);
    }

    #[test]
    fn the_quick_test_misses_none() {
        let missed = (0..=0x10ffff).filter_map(char::from_u32).find(|c| {
            let first = c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            *c != '\r' && is_forbidden(*c) && !may_begin_forbidden(first)
        });
        assert_eq!(missed, None);
    }
}
