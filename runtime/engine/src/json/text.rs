//! What a JSON string says.

use std::borrow::Cow;

/// The text of a JSON string, given with its quotes. Lone surrogates and bytes that are not UTF-8 become U+FFFD.
pub fn string(raw: &[u8]) -> Cow<'_, str> {
    unescape(raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default())
}

/// A string as it is written, without its quotes.
#[derive(Clone, Copy)]
pub(super) struct Written<'b> {
    pub(super) bytes: &'b [u8],
    /// Whether there are escapes in it.
    pub(super) escaped: bool,
}

impl<'b> Written<'b> {
    /// Whether it says this.
    pub(super) fn is(self, text: &str) -> bool {
        if self.escaped { self.text() == text } else { self.bytes == text.as_bytes() }
    }

    pub(super) fn text(self) -> Cow<'b, str> {
        if self.escaped { unescape(self.bytes) } else { lossy(self.bytes) }
    }
}

/// Text that may be no UTF-8: nearly all is, and to find that out is much quicker than to look for what is not.
fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// What stands between the quotes of a JSON string, with its escapes read.
fn unescape(inner: &[u8]) -> Cow<'_, str> {
    if memchr::memchr(b'\\', inner).is_none() {
        return lossy(inner);
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(slash) = memchr::memchr(b'\\', rest) {
        out.push_str(&String::from_utf8_lossy(&rest[..slash]));
        let (c, used) = escape(&rest[slash..]);
        out.push(c);
        rest = &rest[slash + used..];
    }
    out.push_str(&String::from_utf8_lossy(rest));
    out.into()
}

/// The character of the escape that `text` begins with, and the bytes that it takes.
fn escape(text: &[u8]) -> (char, usize) {
    let simple = |c| (c, 2);
    match text.get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'u') => unicode_escape(text),
        Some(&c) => simple(char::from(c)),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

fn unicode_escape(text: &[u8]) -> (char, usize) {
    let Some(first) = hex4(text) else { return (char::REPLACEMENT_CHARACTER, text.len().min(6)) };
    if let Some(c) = char::from_u32(first) {
        return (c, 6);
    }
    let second = text.get(6..).and_then(hex4).filter(|low| (0xDC00..0xE000).contains(low));
    match second {
        Some(low) if first < 0xDC00 => {
            let c = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

/// The value of `\uXXXX` at the beginning of `text`.
pub(super) fn hex4(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |n, b| Some(n * 16 + char::from(*b).to_digit(16)?))
}
