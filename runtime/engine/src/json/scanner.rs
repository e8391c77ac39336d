//! A cursor over JSON text: single values, checked and skipped. Depth costs one bit a level, never the stack.

use super::Malformed;
use super::text::{Written, hex4};

/// A cursor over a body.
pub(super) struct Scanner<'b> {
    pub(super) body: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Scanner<'b> {
    /// A cursor at the beginning of the first value.
    pub(super) fn new(body: &'b [u8]) -> Self {
        Self { body, at: super::skip_bom(body) }
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.body.get(self.at).copied()
    }

    #[inline]
    pub(super) fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    #[inline]
    pub(super) fn take(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.peek() != Some(byte) {
            return Err(Malformed);
        }
        self.at += 1;
        Ok(())
    }

    /// Whether nothing but white space is left.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        self.space();
        if self.at == self.body.len() { Ok(()) } else { Err(Malformed) }
    }

    /// Reads the key of a member and the colon behind it.
    #[inline]
    pub(super) fn member(&mut self) -> Result<Written<'b>, Malformed> {
        self.space();
        let key = self.string()?;
        self.space();
        self.take(b':')?;
        Ok(key)
    }

    /// After a member or an item: whether another one follows; else the closing bracket is taken.
    #[inline]
    pub(super) fn another(&mut self, close: u8) -> Result<bool, Malformed> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            _ => self.take(close).map(|()| false),
        }
    }

    /// Opens an object or array; whether it has anything in it.
    #[inline]
    pub(super) fn open(&mut self, open: u8, close: u8) -> Result<bool, Malformed> {
        self.take(open)?;
        self.space();
        Ok(self.take(close).is_err())
    }

    /// Skips one value, checking its form.
    #[inline]
    pub(super) fn value(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'{' | b'[') => self.skip_container(),
            _ => self.scalar(),
        }
    }

    #[inline]
    fn scalar(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            _ => self.number_or_word(),
        }
    }

    fn number_or_word(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => {
                self.at += number_len(&self.body[self.at..]).ok_or(Malformed)?;
                Ok(())
            }
            Some(b't') => self.literal(b"true"),
            Some(b'f') => self.literal(b"false"),
            Some(b'n') => self.literal(b"null"),
            _ => Err(Malformed),
        }
    }

    fn literal(&mut self, word: &[u8]) -> Result<(), Malformed> {
        if !self.body[self.at..].starts_with(word) {
            return Err(Malformed);
        }
        self.at += word.len();
        Ok(())
    }

    fn string(&mut self) -> Result<Written<'b>, Malformed> {
        self.take(b'"')?;
        let start = self.at;
        self.at += quote_or_backslash(&self.body[start..]).ok_or(Malformed)?;
        let escaped = self.peek() == Some(b'\\');
        if escaped {
            self.escapes()?;
        }
        let bytes = &self.body[start..self.at];
        self.at += 1;
        Ok(Written { bytes, escaped })
    }

    /// From an escape to the quote at the end of the string.
    #[cold]
    fn escapes(&mut self) -> Result<(), Malformed> {
        while self.peek() == Some(b'\\') {
            self.escape()?;
            self.at += quote_or_backslash(&self.body[self.at..]).ok_or(Malformed)?;
        }
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Malformed> {
        self.at += match self.body.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
            Some(b'u') if hex4(&self.body[self.at..]).is_some() => 6,
            _ => return Err(Malformed),
        };
        Ok(())
    }

    /// Skips an object or array that holds nothing wanted, checking its form.
    fn skip_container(&mut self) -> Result<(), Malformed> {
        let mut open = Nesting::default();
        loop {
            // Here a value is due.
            self.space();
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    self.space();
                    open.push(true);
                    if self.peek() != Some(b'}') {
                        self.member()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    self.space();
                    open.push(false);
                    if self.peek() != Some(b']') {
                        continue;
                    }
                }
                _ => self.scalar()?,
            }
            // Here a value, or the inside of an empty container, has ended.
            loop {
                self.space();
                match (self.peek(), open.is_object()) {
                    (Some(b','), object) => {
                        self.at += 1;
                        if object {
                            self.member()?;
                        }
                        break;
                    }
                    (Some(b'}'), true) | (Some(b']'), false) => {
                        self.at += 1;
                        open.pop();
                        if open.depth == 0 {
                            return Ok(());
                        }
                    }
                    _ => return Err(Malformed),
                }
            }
        }
    }
}

/// Where the first quote or backslash is. Most strings are short, so the first words are searched here; for long ones `memchr` is quicker.
#[inline]
fn quote_or_backslash(text: &[u8]) -> Option<usize> {
    const SHORT: usize = 4;
    let mut rest = text;
    for _ in 0..SHORT {
        let Some((word, after)) = rest.split_first_chunk() else { break };
        let word = u64::from_le_bytes(*word);
        let stops = bytes_equal_to(b'"', word) | bytes_equal_to(b'\\', word);
        if stops != 0 {
            return Some(text.len() - rest.len() + stops.trailing_zeros() as usize / 8);
        }
        rest = after;
    }
    memchr::memchr2(b'"', b'\\', rest).map(|at| text.len() - rest.len() + at)
}

/// A word in which the highest bit of each byte tells whether the byte is this one. That holds up to the first such byte; those after it can be
/// wrong, since a difference borrows from the next byte.
fn bytes_equal_to(byte: u8, word: u64) -> u64 {
    const LOW: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let zeros = word ^ u64::from_le_bytes([byte; 8]);
    zeros.wrapping_sub(LOW) & !zeros & HIGH
}

/// The kinds of the containers that are open, a bit each: 64 levels without an allocation.
#[derive(Default)]
struct Nesting {
    depth: usize,
    top: u64,
    below: Vec<u64>,
}

impl Nesting {
    fn push(&mut self, object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.below.push(self.top);
        }
        self.top = self.top << 1 | u64::from(object);
        self.depth += 1;
    }

    fn pop(&mut self) {
        self.depth -= 1;
        self.top >>= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.top = self.below.pop().unwrap_or_default();
        }
    }

    fn is_object(&self) -> bool {
        self.top & 1 == 1
    }
}

/// The length of the JSON number that `text` begins with.
pub(crate) fn number_len(text: &[u8]) -> Option<usize> {
    let digits = |from: usize| text[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = usize::from(text.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 || whole > 1 && text[at] == b'0' {
        return None;
    }
    at += whole;
    if text.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if fraction == 0 {
            return None;
        }
        at += 1 + fraction;
    }
    if let Some(b'e' | b'E') = text.get(at) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent == 0 {
            return None;
        }
        at += 1 + sign + exponent;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_quote_or_backslash_is_found_at_any_length() {
        // Neighbours of both, and bytes with the highest bit set: what a search by words could take for one of them.
        for filler in [b'a', 0x00, 0x21, 0x23, 0x5b, 0x5d, 0xa2, 0xdc, 0xff] {
            for length in 0..80 {
                let mut text = vec![filler; length];
                assert_eq!(quote_or_backslash(&text), None);
                text.extend(b"\\\"#]!");
                assert_eq!(quote_or_backslash(&text), Some(length), "{filler:#x}");
                text[length] = b'"';
                assert_eq!(quote_or_backslash(&text), Some(length), "{filler:#x}");
            }
        }
    }

    #[test]
    fn a_string_is_told_with_its_escapes() {
        for (text, bytes, escaped) in [
            (r#""","#, "", false),
            (r#""a long text without anything special in it":"#, "a long text without anything special in it", false),
            (r#""\"""#, r#"\""#, true),
            (r#""a\\" "b""#, r"a\\", true),
            (
                r#""\u00e9\n and a text that goes on for a while","#,
                r"\u00e9\n and a text that goes on for a while",
                true,
            ),
        ] {
            let mut scanner = Scanner::new(text.as_bytes());
            let written = scanner.string().unwrap();
            assert_eq!((written.bytes, written.escaped), (bytes.as_bytes(), escaped), "{text}");
            assert_eq!(scanner.at, bytes.len() + 2);
        }
        for text in [r#"""#, r#""a\"#, r#""a\""#, r#""a\x""#, r#""\u12g4""#, r#""\u123"#] {
            assert!(Scanner::new(text.as_bytes()).string().is_err(), "{text}");
        }
    }
}
