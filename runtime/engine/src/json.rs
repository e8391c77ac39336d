//! One pass over a JSON body that notes where the wanted values stand.
//!
//! Nothing is built: a value is a range of the body, read as text only when somebody asks for it. The grammar is RFC 8259, with two
//! tolerances that real servers need: bytes that are not UTF-8 and bare control characters are allowed inside strings. Of
//! duplicate keys the last one counts. Depth costs one bit a level, never the stack: only levels that a path reaches are recursed into.

use std::borrow::Cow;
use std::ops::Range;

/// The keys and array indices that lead to a value, outermost first; empty for the whole document.
pub(crate) type Path<'a> = &'a [&'a str];

/// How many paths one pass can look for.
pub(crate) const MAX_PATHS: usize = 64;

/// How many segments a path may have; a longer one is never found.
pub(crate) const MAX_DEPTH: usize = 32;

/// The text is not one complete JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Byte range of one value, quotes and brackets included.
pub(crate) type Raw = Range<usize>;

/// Reads `body` once; `found[i]` becomes the place of `paths[i]`.
///
/// What was found before an error is of no use: it may be part of a document that was cut.
pub(crate) fn scan(body: &[u8], paths: &[Path<'_>], found: &mut [Option<Raw>]) -> Result<(), Malformed> {
    debug_assert!(paths.len() <= MAX_PATHS && paths.len() == found.len());
    let mut active = 0u64;
    for (i, path) in paths.iter().enumerate().take(MAX_PATHS) {
        if path.len() <= MAX_DEPTH {
            active |= 1 << i;
        }
    }
    let mut scanner = Scanner { body, at: skip_bom(body), paths, found };
    scanner.value(active, 0)?;
    scanner.space();
    if scanner.at == body.len() { Ok(()) } else { Err(Malformed) }
}

/// Whether there is nothing but white space (and a byte order mark).
pub(crate) fn is_blank(body: &[u8]) -> bool {
    body[skip_bom(body)..].iter().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
}

fn skip_bom(body: &[u8]) -> usize {
    if body.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}

/// The items of the array that `raw` holds; nothing where it is no array.
pub(crate) fn items(raw: &[u8]) -> Vec<Raw> {
    let mut out = Vec::new();
    let mut scanner = Scanner { body: raw, at: 0, paths: &[], found: &mut [] };
    if scanner.take(b'[').is_err() {
        return out;
    }
    loop {
        scanner.space();
        let start = scanner.at;
        if scanner.value(0, 0).is_err() {
            return out;
        }
        out.push(start..scanner.at);
        scanner.space();
        if scanner.take(b',').is_err() {
            return out;
        }
    }
}

/// The text of a JSON string, given with its quotes. Lone surrogates and bytes that are not UTF-8 become U+FFFD.
pub(crate) fn string(raw: &[u8]) -> Cow<'_, str> {
    let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
    if memchr::memchr(b'\\', inner).is_none() {
        return String::from_utf8_lossy(inner);
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
fn hex4(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |n, b| Some(n * 16 + char::from(*b).to_digit(16)?))
}

struct Scanner<'b, 'p, 'f> {
    body: &'b [u8],
    at: usize,
    paths: &'p [Path<'p>],
    found: &'f mut [Option<Raw>],
}

impl Scanner<'_, '_, '_> {
    fn peek(&self) -> Option<u8> {
        self.body.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.peek() != Some(byte) {
            return Err(Malformed);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a value whose path is a prefix of each path in `active`, a set of bits.
    fn value(&mut self, active: u64, depth: usize) -> Result<(), Malformed> {
        self.space();
        let start = self.at;
        let here = self.select(active, |path| path.len() == depth);
        let deeper = active & !here;
        match self.peek().ok_or(Malformed)? {
            b'{' if deeper != 0 => self.object(deeper, depth)?,
            b'[' if deeper != 0 => self.array(deeper, depth)?,
            b'{' | b'[' => self.skip_container()?,
            _ => self.scalar()?,
        }
        for i in bits(here) {
            self.found[i] = Some(start..self.at);
        }
        Ok(())
    }

    fn select(&self, set: u64, keep: impl Fn(Path<'_>) -> bool) -> u64 {
        bits(set).filter(|&i| keep(self.paths[i])).fold(0, |out, i| out | 1 << i)
    }

    fn object(&mut self, active: u64, depth: usize) -> Result<(), Malformed> {
        self.take(b'{')?;
        self.space();
        if self.take(b'}').is_ok() {
            return Ok(());
        }
        loop {
            self.space();
            let start = self.at;
            self.skip_string()?;
            let raw = &self.body[start..self.at];
            let inside = &raw[1..raw.len() - 1];
            let children = if memchr::memchr(b'\\', inside).is_none() {
                self.select(active, |path| path[depth].as_bytes() == inside)
            } else {
                let key = string(raw);
                self.select(active, |path| path[depth] == key)
            };
            for i in bits(children) {
                self.found[i] = None;
            }
            self.space();
            self.take(b':')?;
            self.value(children, depth + 1)?;
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                _ => return self.take(b'}'),
            }
        }
    }

    fn array(&mut self, active: u64, depth: usize) -> Result<(), Malformed> {
        self.take(b'[')?;
        self.space();
        if self.take(b']').is_ok() {
            return Ok(());
        }
        for index in 0usize.. {
            let children = self.select(active, |path| is_index(path[depth], index));
            self.value(children, depth + 1)?;
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                _ => return self.take(b']'),
            }
        }
        Err(Malformed)
    }

    fn scalar(&mut self) -> Result<(), Malformed> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
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

    fn skip_string(&mut self) -> Result<(), Malformed> {
        self.take(b'"')?;
        loop {
            let rest = &self.body[self.at..];
            let stop = memchr::memchr2(b'"', b'\\', rest).ok_or(Malformed)?;
            self.at += stop + 1;
            if rest[stop] == b'"' {
                return Ok(());
            }
            match self.peek() {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                Some(b'u') if hex4(&self.body[self.at - 1..]).is_some() => self.at += 5,
                _ => return Err(Malformed),
            }
        }
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
                        self.key()?;
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
                            self.space();
                            self.key()?;
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

    fn key(&mut self) -> Result<(), Malformed> {
        self.skip_string()?;
        self.space();
        self.take(b':')
    }
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

fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let i = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (i < 64).then_some(i)
    })
}

/// Whether a segment of a pointer is this index: plain digits, no leading zero.
fn is_index(segment: &str, index: usize) -> bool {
    let canonical = segment == "0" || !segment.starts_with('0') && segment.bytes().all(|b| b.is_ascii_digit());
    canonical && segment.parse() == Ok(index)
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
    use proptest::prelude::*;

    fn find(body: &str, path: Path<'_>) -> Result<Option<String>, Malformed> {
        let mut found = [None];
        scan(body.as_bytes(), &[path], &mut found)?;
        let [found] = found;
        Ok(found.map(|raw| body[raw].to_owned()))
    }

    #[test]
    fn finds_values_by_path() {
        let body = r#" {"a": {"b": [10, {"c": "x"}], "a/b": null}, "\u0061b": true} "#;
        let check = |path: Path<'_>, want: Option<&str>| assert_eq!(find(body, path), Ok(want.map(str::to_owned)));
        check(&["a", "b", "0"], Some("10"));
        check(&["a", "b", "1", "c"], Some("\"x\""));
        check(&["a", "b", "01"], None);
        check(&["a", "b", "2"], None);
        check(&["a", "a/b"], Some("null"));
        check(&["ab"], Some("true"));
        check(&[], Some(body.trim()));
        check(&["a", "b"], Some(r#"[10, {"c": "x"}]"#));
    }

    #[test]
    fn the_last_of_duplicate_keys_counts() {
        assert_eq!(find(r#"{"e": 1, "e": 2}"#, &["e"]), Ok(Some("2".into())));
        assert_eq!(find(r#"{"e": {"code": 1}, "e": {"x": 2}}"#, &["e", "code"]), Ok(None));
        assert_eq!(find(r#"{"e": {"code": 1}, "e": 5}"#, &["e", "code"]), Ok(None));
    }

    #[test]
    fn strings_survive() {
        assert_eq!(string(br#""a\n\u00e9\ud83d\ude00\ud800x\/""#), "a\né😀\u{fffd}x/");
        assert_eq!(string(br#""\udc00\ud800\ud800\udc00""#), "\u{fffd}\u{fffd}𐀀");
        assert_eq!(string(b"\"a\xFFb\""), "a\u{fffd}b");
        assert_eq!(string(br#""\u0000""#), "\0");
    }

    #[test]
    fn depth_is_no_danger() {
        for depth in [63, 64, 65, 127, 128, 129, 1_000_000] {
            let deep = format!(r#"{{"code": "X", "d": {}1{}}}"#, r#"{"k":["#.repeat(depth), "]}".repeat(depth));
            assert_eq!(find(&deep, &["code"]), Ok(Some("\"X\"".into())), "{depth}");
            assert_eq!(find(&deep[..deep.len() - 1], &["code"]), Err(Malformed));
            let crossed = deep.replacen("]}", "}]", 1);
            assert_eq!(find(&crossed, &["code"]), Err(Malformed));
        }
    }

    #[test]
    fn refuses_what_is_no_json() {
        for text in [
            "",
            " ",
            "{",
            "}",
            "{]",
            "[}",
            "{,}",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "nul",
            "nulls",
            "01",
            "1.",
            "-",
            "+1",
            "1e",
            "\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "1 2",
            "{} {}",
            "[1 2]",
            "<html>",
            "'a'",
            "NaN",
        ] {
            assert_eq!(find(text, &["a"]), Err(Malformed), "{text}");
            assert_eq!(find(&format!("{{\"skipped\": {text}}}"), &["a"]).err(), Some(Malformed), "{text}");
        }
    }

    #[test]
    fn splits_arrays() {
        let raw = br#"[ 1 , "a,b" ,[2,3],{"x":[]}]"#;
        let items: Vec<_> = items(raw).into_iter().map(|r| std::str::from_utf8(&raw[r]).unwrap()).collect();
        assert_eq!(items, ["1", "\"a,b\"", "[2,3]", "{\"x\":[]}"]);
        assert!(super::items(b"[]").is_empty());
        assert!(super::items(b"{}").is_empty());
    }

    proptest! {
        /// A reader that is not ours must agree on what JSON is, and on what stands at a path.
        #[test]
        fn agrees_with_serde_json(text in r#"[\[\]{}",:ab0-9.eE\\ntrufls -]{0,24}"#) {
            let ours = find(&text, &["a"]);
            match serde_json::from_str::<serde_json::Value>(&text) {
                // It also refuses numbers that no f64 holds, such as 1e999; those are well formed.
                Err(_) => prop_assert!(ours.is_err() || text.contains(['e', 'E'])),
                Ok(value) => {
                    let ours = ours.unwrap().map(|raw| serde_json::from_str::<serde_json::Value>(&raw).unwrap());
                    prop_assert_eq!(ours.as_ref(), value.get("a"));
                }
            }
        }

        #[test]
        fn never_panics(body in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut found = [None, None];
            let _ = scan(&body, &[&["a"], &["0", "b"]], &mut found);
            let _ = items(&body);
            let _ = string(&body);
        }
    }
}
