//! Text of a catalog, made safe to show.

use std::borrow::Cow;

use crate::source::characters::is_forbidden;

/// Text that may have several lines. Control characters and bidirectional controls show as what they are.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    if !text.contains(is_forbidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| *c != '\r').map(|c| if is_forbidden(c) { picture(c) } else { c }).collect())
}

/// Text of one line.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    match lines(text) {
        text if text.contains('\n') => Cow::Owned(text.replace('\n', "␤")),
        text => text,
    }
}

/// JSON in which the characters that its own rules let stand are escaped too. They can only be inside of strings.
pub(super) fn json(text: String) -> String {
    if !text.contains(|c| is_forbidden(c) || is_line_separator(c)) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if is_forbidden(c) || is_line_separator(c) => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

fn is_line_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_cannot_be_seen() {
        assert_eq!(lines("é\tx\ny"), "é\tx\ny");
        assert_eq!(lines("\u{1b}[31m\0\u{7f}\u{9b}\u{202e}\r\n"), "␛[31m␀␡\u{fffd}\u{fffd}\n");
        assert_eq!(line("a\nb"), "a␤b");
    }

    #[test]
    fn escapes_json_further() {
        assert_eq!(json("\"\u{9b}\u{202e}\u{2028}é\"".to_owned()), "\"\\u009b\\u202e\\u2028é\"");
        let all: String = (0..=0x10ffff).filter_map(char::from_u32).collect();
        let escaped = json(serde_json::to_string(&all).unwrap());
        assert!(!escaped.contains(is_forbidden));
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), all);
    }
}
