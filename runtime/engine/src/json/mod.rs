//! One pass over a JSON body that notes where the wanted values stand.
//!
//! Nothing is built: a value is a range of the body, read as text only when somebody asks for it. The grammar is RFC 8259, with two
//! tolerances that real servers need: bytes that are not UTF-8 and bare control characters are allowed inside strings. Of
//! duplicate keys the last one counts. Depth costs one bit a level, never the stack: only levels that a path reaches are recursed into.

mod collect;
mod scanner;
mod text;

use std::ops::Range;

use self::scanner::Scanner;

pub(crate) use self::collect::{bounded, collect};
pub(crate) use self::scanner::number_len;
pub use self::text::string;

/// The keys and array indices that lead to a value, outermost first; empty for the whole document.
pub(crate) type Path<'a> = &'a [&'a str];

/// The segment that stands for any key or index. Of what it leads to, the first that is not null counts.
const ANY: &str = "*";

/// How many paths one pass can look for.
pub(crate) const MAX_PATHS: usize = 64;

/// How many segments a path may have; a longer one is never found. Several errors are not looked for any deeper either.
pub(crate) const MAX_DEPTH: usize = 32;

/// The text is not one complete JSON value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Byte range of one value, quotes and brackets included.
pub(crate) type Raw = Range<usize>;

/// A value that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Sought<'p> {
    path: Path<'p>,
    /// Where it stands.
    pub(crate) found: Option<Raw>,
}

impl<'p> Sought<'p> {
    pub(crate) fn at(path: Path<'p>) -> Self {
        Self { path, found: None }
    }
}

/// Reads `body` once and finds the values that are `sought`. In a text that is no JSON nothing is found: what stands in it may be part
/// of a document that was cut.
pub(crate) fn scan(body: &[u8], sought: &mut [Sought<'_>]) -> Result<(), Malformed> {
    debug_assert!(sought.len() <= MAX_PATHS);
    let (mut wanted, mut open) = (Wanted::default(), 0);
    for (i, Sought { path, .. }) in sought.iter().enumerate().take(MAX_PATHS) {
        wanted.here |= u64::from(path.is_empty()) << i;
        wanted.within |= u64::from((1..=MAX_DEPTH).contains(&path.len())) << i;
        open |= u64::from(path.contains(&ANY)) << i;
    }
    let mut finder = Finder { scanner: Scanner::new(body), open, sought };
    let read = finder.value(wanted, 0).and_then(|()| finder.scanner.end());
    if read.is_err() {
        sought.iter_mut().for_each(|one| one.found = None);
    }
    read
}

/// The text, number or truth value at a path of the JSON that a text is.
pub(crate) fn scalar(text: &str, path: Path<'_>) -> Option<String> {
    let mut sought = [Sought::at(path)];
    scan(text.as_bytes(), &mut sought).ok()?;
    let [Sought { found, .. }] = sought;
    let raw = &text[found?];
    match raw.as_bytes().first()? {
        b'{' | b'[' | b'n' => None,
        b'"' => Some(string(raw.as_bytes()).into_owned()),
        _ => Some(raw.to_owned()),
    }
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
    let mut scanner = Scanner::new(raw);
    if scanner.take(b'[').is_err() {
        return out;
    }
    loop {
        scanner.space();
        let start = scanner.at;
        if scanner.value().is_err() {
            return out;
        }
        out.push(start..scanner.at);
        scanner.space();
        if scanner.take(b',').is_err() {
            return out;
        }
    }
}

/// The members of the object that `raw` holds, each with its key; nothing where it is no object.
pub(crate) fn members(raw: &[u8]) -> Vec<(String, Raw)> {
    let mut out = Vec::new();
    let mut scanner = Scanner::new(raw);
    let Ok(mut more) = scanner.open(b'{', b'}') else { return out };
    while more {
        let Ok(key) = scanner.member() else { return out };
        scanner.space();
        let start = scanner.at;
        if scanner.value().is_err() {
            return out;
        }
        out.push((key.text().into_owned(), start..scanner.at));
        more = scanner.another(b'}').unwrap_or(false);
    }
    out
}

/// Whether a text is one JSON value without any of the tolerances.
pub(crate) fn is_strict(text: &str) -> bool {
    let mut in_string = false;
    let mut escaped = false;
    let no_bare_controls = text.bytes().all(|b| {
        let allowed = b >= b' ' || !in_string;
        in_string ^= b == b'"' && !escaped;
        escaped = in_string && b == b'\\' && !escaped;
        allowed
    });
    no_bare_controls && skip_bom(text.as_bytes()) == 0 && scan(text.as_bytes(), &mut []).is_ok()
}

/// Looks for values by their paths. A set of bits tells which of them are meant.
struct Finder<'b, 'p, 's> {
    scanner: Scanner<'b>,
    /// Those whose path has a segment that is any.
    open: u64,
    sought: &'s mut [Sought<'p>],
}

/// What is sought at a value and within it.
#[derive(Clone, Copy, Default)]
struct Wanted {
    here: u64,
    within: u64,
}

impl Finder<'_, '_, '_> {
    /// Reads a value to which `depth` segments lead.
    fn value(&mut self, wanted: Wanted, depth: usize) -> Result<(), Malformed> {
        self.scanner.space();
        let start = self.scanner.at;
        match self.scanner.peek() {
            Some(b'{') if wanted.within != 0 => self.object(wanted.within, depth)?,
            Some(b'[') if wanted.within != 0 => self.array(wanted.within, depth)?,
            _ => self.scanner.value()?,
        }
        for i in bits(wanted.here) {
            let found = &mut self.sought[i].found;
            let is_null = self.scanner.body[start] == b'n';
            let is_later = self.open >> i & 1 == 1 && (is_null || found.is_some());
            if !is_later {
                *found = Some(start..self.scanner.at);
            }
        }
        Ok(())
    }

    /// What is sought at and within a value to which the next segment leads, if it is one that `is` says.
    fn next(&self, active: u64, depth: usize, is: impl Fn(&str) -> bool) -> Wanted {
        let mut wanted = Wanted::default();
        for i in bits(active) {
            let path = self.sought[i].path;
            if is(path[depth]) || path[depth] == ANY {
                let set = if path.len() == depth + 1 { &mut wanted.here } else { &mut wanted.within };
                *set |= 1 << i;
            }
        }
        wanted
    }

    fn object(&mut self, active: u64, depth: usize) -> Result<(), Malformed> {
        let mut more = self.scanner.open(b'{', b'}')?;
        while more {
            let key = self.scanner.member()?;
            let wanted = self.next(active, depth, |segment| key.is(segment));
            // What stood under the same key before does not count.
            for i in bits((wanted.here | wanted.within) & !self.open) {
                self.sought[i].found = None;
            }
            self.value(wanted, depth + 1)?;
            more = self.scanner.another(b'}')?;
        }
        Ok(())
    }

    fn array(&mut self, active: u64, depth: usize) -> Result<(), Malformed> {
        let mut more = self.scanner.open(b'[', b']')?;
        let mut index = 0;
        while more {
            let wanted = self.next(active, depth, |segment| is_index(segment, index));
            self.value(wanted, depth + 1)?;
            index += 1;
            more = self.scanner.another(b']')?;
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(body: &str, path: Path<'_>) -> Result<Option<String>, Malformed> {
        let mut sought = [Sought::at(path)];
        scan(body.as_bytes(), &mut sought)?;
        let [Sought { found, .. }] = sought;
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
    fn a_star_is_any_key_or_index() {
        let body = r#"{"a": [{"x": null}, {"y": 1}, {"x": 2}, {"x": 3}], "b": {"c": {"x": 4}}}"#;
        assert_eq!(find(body, &["a", "*", "x"]), Ok(Some("2".into())));
        assert_eq!(find(body, &["b", "*", "x"]), Ok(Some("4".into())));
        assert_eq!(find(body, &["*", "*", "x"]), Ok(Some("2".into())));
        assert_eq!(find(body, &["a", "*", "z"]), Ok(None));
        assert_eq!(find(body, &["a", "*"]), Ok(Some(r#"{"x": null}"#.into())));
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
            let _ = scan(&body, &mut [Sought::at(&["a"]), Sought::at(&["0", "b"])]);
            let _ = items(&body);
            let _ = string(&body);
        }
    }
}
