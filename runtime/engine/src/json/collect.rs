//! One pass over a JSON body that notes where each of several values stands.

use super::scanner::Scanner;
use super::text::Written;
use super::{MAX_DEPTH, Malformed, Raw, bits, is_index};
use crate::table::Step;

/// How many values are kept: more errors than anybody reads, and few enough that no body of them fills the memory.
const MOST: usize = 10_000;

/// What `keep` makes of the values that `steps` lead to, in the order in which they begin, and whether it kept no more than these; one
/// can stand within another. Those under each of duplicate keys are among them. `keep` is given each value's place and the JSON Pointer to it.
pub(crate) fn collect<T>(
    body: &[u8],
    steps: &[Step<'_>],
    keep: impl FnMut(Raw, &str) -> Option<T>,
) -> Result<(Vec<T>, bool), Malformed> {
    let steps = &steps[..steps.len().min(MAX_DEPTH)];
    let scanner = Scanner::new(body);
    let mut collector = Collector { scanner, steps, path: String::new(), keep, found: Vec::new(), open: 0, all: true };
    collector.value(1, 0)?;
    collector.scanner.end()?;
    let mut found: Vec<T> = collector.found.into_iter().flatten().collect();
    found.truncate(MOST);
    Ok((found, collector.all))
}

/// A set of bits tells how many steps were taken, in each of the ways in which they can have been.
struct Collector<'b, 's, K, T> {
    scanner: Scanner<'b>,
    steps: &'s [Step<'s>],
    /// The JSON Pointer to where the scanner is, as far as the steps lead there.
    path: String,
    keep: K,
    /// What was kept; nothing yet for the values that the scanner is in.
    found: Vec<Option<T>>,
    /// How many those are: as many as steps are deep at most.
    open: usize,
    /// Whether no more was kept than is given back. Nothing is looked for any more once there was.
    all: bool,
}

impl<T, K: FnMut(Raw, &str) -> Option<T>> Collector<'_, '_, K, T> {
    fn value(&mut self, taken: u64, depth: usize) -> Result<(), Malformed> {
        self.scanner.space();
        let start = self.scanner.at;
        let taken = self.with_deep(taken);
        let wanted = self.all && taken >> self.steps.len() & 1 == 1;
        // It has its place before the values within.
        let index = self.found.len();
        if wanted {
            self.found.push(None);
            self.open += 1;
        }
        let more_to_go = taken & ((1 << self.steps.len()) - 1) != 0 && depth < MAX_DEPTH;
        match self.scanner.peek() {
            Some(b'{') if more_to_go => self.object(taken, depth)?,
            Some(b'[') if more_to_go => self.array(taken, depth)?,
            _ => self.scanner.value()?,
        }
        if wanted {
            self.settle(index, start..self.scanner.at);
        }
        Ok(())
    }

    /// Keeps the value whose place in `found` is `index`, or gives its place up.
    fn settle(&mut self, index: usize, raw: Raw) {
        self.open -= 1;
        match (self.keep)(raw, &self.path) {
            Some(kept) => self.found[index] = Some(kept),
            // Only what was kept within it stands behind it.
            None => drop(self.found.remove(index)),
        }
        self.all &= self.found.len() - self.open <= MOST;
    }

    /// A deep step may as well lead nowhere.
    fn with_deep(&self, taken: u64) -> u64 {
        let deep = |(i, step): (usize, &Step<'_>)| (*step == Step::Deep).then_some(i);
        self.steps.iter().enumerate().filter_map(deep).fold(taken, |taken, i| taken | (taken >> i & 1) << (i + 1))
    }

    fn after(&self, taken: u64, is: impl Fn(&str) -> bool) -> u64 {
        bits(taken).fold(0, |after, i| match self.steps.get(i) {
            Some(Step::Key(key)) if is(key) => after | 1 << (i + 1),
            Some(Step::Each) => after | 1 << (i + 1),
            Some(Step::Deep) => after | 1 << i,
            _ => after,
        })
    }

    /// Reads a member or an item; `push` adds its key to the path.
    fn step(&mut self, after: u64, depth: usize, push: impl FnOnce(&mut String)) -> Result<(), Malformed> {
        if after == 0 {
            self.scanner.space();
            return self.scanner.value();
        }
        let length = self.path.len();
        self.path.push('/');
        push(&mut self.path);
        self.value(after, depth + 1)?;
        self.path.truncate(length);
        Ok(())
    }

    fn object(&mut self, taken: u64, depth: usize) -> Result<(), Malformed> {
        let mut more = self.scanner.open(b'{', b'}')?;
        while more {
            let key = self.scanner.member()?;
            let after = self.after(taken, |wanted| key.is(wanted));
            self.step(after, depth, |path| push_key(path, key))?;
            more = self.scanner.another(b'}')?;
        }
        Ok(())
    }

    fn array(&mut self, taken: u64, depth: usize) -> Result<(), Malformed> {
        let mut more = self.scanner.open(b'[', b']')?;
        let mut index = 0;
        while more {
            let after = self.after(taken, |wanted| is_index(wanted, index));
            self.step(after, depth, |path| path.push_str(&index.to_string()))?;
            index += 1;
            more = self.scanner.another(b']')?;
        }
        Ok(())
    }
}

/// How long a path can be, in UTF-16 units: each of many errors has one of its own.
const LONGEST_PATH: usize = 4_096;

/// The JSON Pointer to a value, unless it is too long to be of use.
pub(crate) fn bounded(path: &str) -> Option<Box<str>> {
    let fits = path.len() <= LONGEST_PATH || path.encode_utf16().count() <= LONGEST_PATH;
    fits.then(|| path.into())
}

/// Adds a key as a JSON Pointer has it.
fn push_key(path: &mut String, key: Written<'_>) {
    for c in key.text().chars() {
        match c {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            c => path.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'b>(body: &'b str, steps: &[Step<'_>]) -> Vec<&'b str> {
        let (found, all) = collect(body.as_bytes(), steps, |raw, _| Some(&body[raw])).unwrap();
        assert!(all);
        found
    }

    #[test]
    fn each_item_of_a_list_or_member_of_an_object() {
        let body = r#"{"items": [{"a": 1}, {"b": 2}], "other": [3]}"#;
        assert_eq!(texts(body, &[Step::Key("items"), Step::Each]), [r#"{"a": 1}"#, r#"{"b": 2}"#]);
        assert_eq!(texts(body, &[Step::Key("items"), Step::Each, Step::Each]), ["1", "2"]);
        assert_eq!(texts(body, &[Step::Each, Step::Key("0")]), [r#"{"a": 1}"#, "3"]);
        assert_eq!(texts(body, &[Step::Key("none"), Step::Each]), [""; 0]);
        assert_eq!(texts("[]", &[Step::Each]), [""; 0]);
    }

    #[test]
    fn paths_are_json_pointers() {
        let body = r#"{"a/b": [{"~": 1}], "\u0063": {"x": 2, "x": 3}}"#;
        let path = |_, path: &str| Some(path.to_owned());
        let (paths, _) = collect(body.as_bytes(), &[Step::Each, Step::Deep], path).unwrap();
        assert_eq!(paths, ["/a~1b", "/a~1b/0", "/a~1b/0/~0", "/c", "/c/x", "/c/x"]);
    }

    #[test]
    fn a_path_that_is_too_long_is_none() {
        assert!(bounded(&"é".repeat(LONGEST_PATH)).is_some());
        assert!(bounded(&"é".repeat(LONGEST_PATH + 1)).is_none());
    }

    #[test]
    fn at_any_depth() {
        let chain = r#"{"inner": {"n": 1, "inner": {"o": {"inner": 3}}}}"#;
        let found = texts(chain, &[Step::Deep, Step::Key("inner")]);
        assert_eq!(found, [r#"{"n": 1, "inner": {"o": {"inner": 3}}}"#, r#"{"o": {"inner": 3}}"#, "3"]);
        let tree = r#"{"e": {"x": {"_": [1, 2]}, "y": {"0": {"_": [3]}}, "_": [4]}, "_": [5]}"#;
        assert_eq!(texts(tree, &[Step::Key("e"), Step::Deep, Step::Key("_"), Step::Each]), ["1", "2", "3", "4"]);
        assert_eq!(texts("7", &[Step::Deep]), ["7"]);
    }

    /// What is kept of a body, where only numbers are.
    fn numbers<'b>(body: &'b str, steps: &[Step<'_>]) -> (Vec<&'b str>, bool) {
        let number = |raw: Raw, _: &str| Some(&body[raw]).filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        collect(body.as_bytes(), steps, number).unwrap()
    }

    #[test]
    fn depth_and_malformed_bodies_are_no_danger() {
        let any = |_, _: &str| Some(());
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(collect(deep.as_bytes(), &[Step::Deep], any).unwrap().0.len(), MAX_DEPTH + 1);
        assert_eq!(collect(b"[1, {", &[Step::Each], any), Err(Malformed));
        assert_eq!(collect(b"", &[Step::Each], any), Err(Malformed));
    }

    #[test]
    fn only_what_is_kept_counts() {
        let others = "[null],".repeat(2 * MOST);
        let body = format!("[{others} [1, [2]], {others} 3]");
        let (found, all) = numbers(&body, &[Step::Deep]);
        assert_eq!((found, all), (vec!["1", "2", "3"], true));
        let many = |count: usize| format!("[[{others} 7{}], null]", ",8".repeat(count - 1));
        for (count, kept, all) in [(MOST, MOST, true), (MOST + 1, MOST, false), (MOST + 5, MOST, false)] {
            let body = many(count);
            let (found, told) = numbers(&body, &[Step::Deep]);
            assert_eq!((found.len(), told, found[0]), (kept, all, "7"), "{count}");
        }
    }

    #[test]
    fn of_too_many_those_that_begin_first_are_kept() {
        // The list is kept when it ends, after all that is in it.
        let body = format!("[1{}]", ",1".repeat(MOST));
        let (found, all) = collect(body.as_bytes(), &[Step::Deep], |raw, _| Some(raw.start)).unwrap();
        assert_eq!((found.len(), all, &found[..3]), (MOST, false, &[0, 1, 3][..]));
    }
}
