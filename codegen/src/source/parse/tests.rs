use super::*;
use crate::diagnostic::marks::assert_marked;

fn read(text: &str) -> (Option<Node>, Diagnostics, Files) {
    let mut files = Files::default();
    let file = files.add("a.yaml", text.to_owned());
    let mut diagnostics = Diagnostics::default();
    let root = parse(&files, file, &mut diagnostics);
    (root, diagnostics, files)
}

/// Reads a text in which every expected diagnostic is marked.
fn check(text: &str) -> Option<Node> {
    let (root, diagnostics, files) = read(text);
    assert_marked(&diagnostics, &files);
    root
}

/// The rules that a text breaks; for what cannot be marked by a comment.
fn rules(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|found| found.rule).collect()
}

/// The source of every node, parents before their children.
fn sources(text: &str) -> Vec<&str> {
    let (root, diagnostics, _) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut sources = Vec::new();
    walk(&root.unwrap(), &mut |node| sources.push(&text[node.span.range()]));
    sources
}

fn walk(node: &Node, visit: &mut dyn FnMut(&Node)) {
    visit(node);
    match &node.kind {
        Kind::Scalar { .. } => {}
        Kind::Sequence(items) => items.iter().for_each(|item| walk(item, visit)),
        Kind::Mapping(entries) => entries.iter().for_each(|(key, value)| {
            walk(key, visit);
            walk(value, visit);
        }),
    }
}

fn texts(text: &str) -> Vec<(String, bool)> {
    let mut texts = Vec::new();
    walk(&check(text).unwrap(), &mut |node| {
        if let Kind::Scalar { text, plain } = &node.kind {
            texts.push((text.clone(), *plain));
        }
    });
    texts
}

#[test]
fn spans_are_exact() {
    assert_eq!(
        sources("a: plain # note\n'b': [x, {y: 1}, ]\n\"c\": \"q\\tq\"\nd:\n  - 1\n  - e: two\n      words\n\n"),
        [
            "a: plain # note\n'b': [x, {y: 1}, ]\n\"c\": \"q\\tq\"\nd:\n  - 1\n  - e: two\n      words",
            "a",
            "plain",
            "'b'",
            "[x, {y: 1}, ]",
            "x",
            "{y: 1}",
            "y",
            "1",
            "\"c\"",
            "\"q\\tq\"",
            "d",
            "- 1\n  - e: two\n      words",
            "1",
            "e: two\n      words",
            "e",
            "two\n      words",
        ]
    );
}

#[test]
fn spans_of_blocks_are_their_content() {
    assert_eq!(sources("a: |\n  one\n   two\n\nb: 1\n")[2], "one\n   two");
    assert_eq!(sources("a: >-\n\n    x\n    y\n   \nb: 1\n")[2], "x\n    y");
    assert_eq!(sources("a: |2\n   x\n")[2], " x");
    assert_eq!(sources("a: |+\n  x\n\n\n")[2], "x");
    assert_eq!(sources("\u{feff}a: |\r\n  é\r\n  y\r\nb: 1\r\n")[2], "é\r\n  y");
}

#[test]
fn spans_of_what_is_left_out_are_where_it_would_begin() {
    for (text, start) in [("a:\nb: 1", 2), ("a : \nb: 1", 3), ("a: |\nb: 1", 2), ("{a: , b: 1}", 3), ("{a, b: 1}", 2)] {
        let root = check(text).unwrap();
        let (_, value) = &root.entries().unwrap()[0];
        assert_eq!((value.text(), value.span.start, value.span.end), (Some(""), start, start), "{text:?}");
    }
    assert_eq!(check("a:\n").unwrap().entries().unwrap()[0].1.noun(), "nothing");
    assert_eq!(check("a: ''\n").unwrap().entries().unwrap()[0].1.noun(), "text");
}

#[test]
fn a_list_begins_at_its_first_dash() {
    assert_eq!(sources("a:\n- 1\n- 2\nb: 3")[2], "- 1\n- 2");
    assert_eq!(sources("a:\n-\n  x: 1\n")[2], "-\n  x: 1");
    assert_eq!(sources("- - -1\n  - 2")[1], "- -1\n  - 2");
    assert_eq!(sources("a:\n- -1\n")[2], "- -1");
    assert_eq!(sources("a:\n-\n- 2")[2], "-\n- 2");
    assert_eq!(sources("a: # -\n# -\n- - 1\n  - 2\n")[2..4], ["- - 1\n  - 2", "- 1\n  - 2"]);
    assert_eq!(sources("a:\n- # -\n  - x\n")[2..4], ["- # -\n  - x", "- x"]);
}

#[test]
fn tells_plain_text_from_quoted() {
    let text = |text: &str, plain| (text.to_owned(), plain);
    assert_eq!(
        texts("a: NO\n'b': \"NO\"\nc: |\n  NO\nd: ~"),
        [
            text("a", true),
            text("NO", true),
            text("b", false),
            text("NO", false),
            text("c", true),
            text("NO\n", false),
            text("d", true),
            text("~", true),
        ]
    );
    assert_eq!(texts("a: x\r\n  y\r\nb: |\r\n  x\r\n  y\r\n")[1].0, "x y");
    assert_eq!(texts("a: x\r\n  y\r\nb: |\r\n  x\r\n  y\r\n")[3].0, "x\ny\n");
}

#[test]
fn refuses_anchors_aliases_and_merge_keys() {
    let root = check(
        "
a: &x 1
#  ^^ error[anchor]
b: *x
#  ^^ error[alias]
c: [*y, &z {}]
#   ^^ error[alias]
#       ^^ error[anchor]
d: { <<: *x, e: 1 }
#    ^^ error[merge-key]
#        ^^ error[alias]
",
    );
    assert_eq!(root, None);
    assert!(check("'<<': '*x'\n").is_some());
}

#[test]
fn refuses_tags() {
    check(
        "
a: !!str 1
#  ^^^^^ error[tag]
b: !own [1]
#  ^^^^ error[tag]
c: !<tag:x>
#  ^^^^^^^^ error[tag]
  d: 1
",
    );
}

#[test]
fn refuses_every_duplicate_key() {
    let root = check(
        "
a: 1
b: { c: 1, 'c': 2, \"\\x63\": 3 }
#          ^^^ error[duplicate-key]
#                  ^^^^^^ error[duplicate-key]
a: 2
#<^ error[duplicate-key]
",
    );
    assert!(root.is_some());
}

#[test]
fn keeps_the_first_of_duplicate_keys() {
    let (root, diagnostics, files) = read("é: 1\nb: 2\né: 3\né: 4\n");
    let found: Vec<_> = diagnostics.iter().map(|found| (found.span.unwrap(), found.related[0].0)).collect();
    assert_eq!(found.len(), 2);
    for (span, first) in found {
        assert_eq!(files.text(span.file)[span.range()], *"é");
        assert_eq!(first.start, 0);
    }
    assert_eq!(root.unwrap().entries().unwrap().len(), 2);
}

#[test]
fn finds_duplicates_among_many_keys() {
    let mut text: String = (0..1000).map(|key| format!("k{key}: 1\n")).collect();
    assert_eq!(rules(&text), [] as [&str; 0]);
    text += "k500: 2\n";
    assert_eq!(rules(&text), ["duplicate-key"]);
}

#[test]
fn refuses_keys_that_are_not_text() {
    check(
        "
a:
  ? [x]
#   ^^^ error[key-not-text]
  : 1
  {y: 1}: 2
# ^^^^^^ error[key-not-text]
  ?
  : 3
# ^ error[key-not-text]
",
    );
    assert_eq!(rules(": 1\n"), ["key-not-text"]);
    assert_eq!(rules("1: a\ntrue: b\n'': c\n"), [] as [&str; 0]);
}

#[test]
fn refuses_further_documents() {
    assert!(
        check(
            "
---
a: 1
---
#<^^^ error[second-document]
b: [
"
        )
        .is_some()
    );
    assert_eq!(rules("a: 1\n...\n"), [] as [&str; 0]);
    assert_eq!(rules("a: 1\n---\n"), ["second-document"]);
}

#[test]
fn refuses_what_holds_no_catalog() {
    for text in ["", "\u{feff}", "\n \n", "# note\n", "---\n", "---\n...\n", "%YAML 1.2\n---\n"] {
        let expected = if text.starts_with('%') { "syntax" } else { "empty-file" };
        assert_eq!(rules(text), [expected], "{text:?}");
    }
    assert_eq!(rules("~"), [] as [&str; 0]);
}

#[test]
fn refuses_deep_nesting() {
    let flow = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(rules(&flow(MAX_DEPTH)), [] as [&str; 0]);
    assert_eq!(rules(&flow(MAX_DEPTH + 1)), ["nesting"]);
    assert_eq!(rules(&"[".repeat(2_000_000)), ["nesting"]);
    assert_eq!(rules(&"{a: ".repeat(2_000_000)), ["nesting"]);
    assert_eq!(rules(&"- ".repeat(2_000_000)), ["nesting"]);
    assert_eq!(rules(&"? ".repeat(100_000)), ["nesting"]);
    let block: String = (0..300).map(|depth| format!("{}k:\n", " ".repeat(depth))).collect();
    assert_eq!(rules(&block), ["nesting"]);
}

#[test]
fn refuses_characters_that_cannot_be_seen() {
    check(
        "
a: \"\\e[31m\"
#  ^^^^^^^^ error[control-character]
b: ['\\e', \"\\t\\n\\\"\", \"\\u202E\"]
#                   ^^^^^^^^ error[control-character]
c: \u{202e}x
#  ^ error[control-character]
d: 1 # \u{2066}
#      ^ error[control-character]
",
    );
    assert_eq!(rules("a: x\0y\nb: [\n"), ["control-character"]);
    assert_eq!(rules("a: \"\\0\"\n"), ["control-character"]);
    assert_eq!(rules("a: x\u{9b}\n"), ["control-character"]);
}

#[test]
fn syntax_errors_have_a_place_and_a_help() {
    for (text, place, message) in [
        ("a: b: c\n", (1, 5), "a `:` is not allowed here"),
        ("a: [1\n", (1, 4), "this `[` is never closed"),
        ("a: [1}\n", (1, 4), "`}` closes what `[` opened"),
        ("a:\n\t- b\n", (2, 2), "a tab where YAML needs spaces"),
        ("a: @b\n", (1, 4), "plain text cannot begin with `@`"),
        ("a: *\n", (1, 4), "plain text cannot begin with `*` or `&`"),
        ("a: \"\\q\"\n", (1, 4), "unknown escape in double quotes"),
        ("a: 'b\n", (1, 6), "quoted text ends here without its closing quote"),
        ("a: 'b' c\n", (1, 8), "text after the closing quote"),
        ("a:\n  - b\n  c: 1\n", (3, 3), "expected `- ` in the column of this list's other entries"),
        ("a:\n  - b\n c: 1\n", (3, 2), "expected a key in the column of this mapping's other keys"),
        ("a: 1\n  b: 2\n", (2, 4), "a `:` is not allowed here"),
        ("a: 1\nb\n", (2, 1), "expected `:` after this key"),
    ] {
        let (root, diagnostics, files) = read(text);
        assert_eq!(root, None);
        let found = diagnostics.iter().next().unwrap();
        let at = files.position(FileId(0), found.span.unwrap().start);
        assert_eq!((found.rule, (at.line, at.column), found.message.as_str()), ("syntax", place, message), "{text:?}");
        assert_eq!(found.help.len(), 1);
    }
}

#[test]
fn reports_what_it_found_before_a_syntax_error() {
    assert_eq!(rules("a: {b: 1, b: 2}\nc: &x 1\nd: ]\n"), ["duplicate-key", "anchor", "syntax"]);
}

/// Cut, doubled and disturbed catalogs: whatever comes, there is no panic, every place is in the text, and children
/// are within their parents.
#[test]
fn survives_anything() {
    const SAMPLE: &str = "errbook: 1\napi: { id: é, list: [a, 'b''', \"c\\n\"] }\nerrors:\n\
        - code: &x |2-\n    é\n\n  when: >\n   🦀\r\n   x\n\
        - ? [k]\n  : *x\n  t: !!str 1 # c\n  <<: {}\n---\n...\n";
    const NOISE: [&str; 14] = ["\0", "\t", "\n", "\r", "[", "}", ": ", "- ", "'", "\"", "\u{feff}", "&", "🦀", "|\n"];
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    for _ in 0..20_000 {
        let mut chars: Vec<char> = SAMPLE.chars().collect();
        for _ in 0..=random(6) {
            let at = random(chars.len());
            match random(3) {
                0 => drop(chars.splice(at..at, NOISE[random(NOISE.len())].chars())),
                1 => drop(chars.drain(at..(at + random(8)).min(chars.len()))),
                _ => chars.truncate(chars.len() - random(3).min(chars.len() - 1)),
            }
            chars.push('x');
        }
        let text: String = chars.into_iter().collect();
        let (root, diagnostics, _) = read(&text);
        for found in &diagnostics {
            assert!(text.get(found.span.unwrap().range()).is_some(), "{text:?}: {found:?}");
        }
        assert!(root.is_some() || !diagnostics.is_empty(), "{text:?}");
        if let Some(root) = root {
            assert_nested(&root, &text);
        }
    }
}

fn assert_nested(node: &Node, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{text:?}: {node:?}");
    let mut at = node.span.start;
    let mut child = |child: &Node| {
        assert!(child.span.start >= at && child.span.end <= node.span.end, "{text:?}: {child:?} in {node:?}");
        at = child.span.end;
        assert_nested(child, text);
    };
    match &node.kind {
        Kind::Scalar { .. } => {}
        Kind::Sequence(items) => items.iter().for_each(child),
        Kind::Mapping(entries) => entries.iter().for_each(|(key, value)| {
            child(key);
            child(value);
        }),
    }
}
