use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;

/// What mdBook and rustdoc switch on between them.
fn everything() -> Options {
    Options::all()
        - Options::ENABLE_MATH
        - Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        - Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        - Options::ENABLE_WIKILINKS
        - Options::ENABLE_SMART_PUNCTUATION
}

fn assert_safe(markdown: &str) {
    for event in Parser::new_ext(markdown, everything()) {
        let safe = match &event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => false,
            Event::Start(Tag::Link { dest_url, .. }) => ["http://", "https://", "mailto:"]
                .iter()
                .any(|scheme| dest_url.to_ascii_lowercase().starts_with(scheme)),
            Event::Start(tag) => matches!(
                tag,
                Tag::Paragraph
                    | Tag::Emphasis
                    | Tag::Strong
                    | Tag::List(_)
                    | Tag::Item
                    | Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(_))
            ),
            _ => true,
        };
        assert!(safe, "{event:?} in {markdown:?}");
    }
    assert!(!has_directive(markdown), "{markdown:?}");
}

/// What mdBook takes for a directive, or a little more.
fn has_directive(markdown: &str) -> bool {
    markdown.match_indices("{{").any(|(index, _)| markdown[index + 2..].trim_start().starts_with('#'))
}

/// The text that is shown, without white space.
fn shown(markdown: &str) -> String {
    let texts = Parser::new_ext(markdown, everything()).filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    texts.collect::<String>().chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

const NASTY: &[&str] = &[
    "<script>alert(1)</script>",
    "a <b onclick=x>b</b> c",
    "<!-- comment -->",
    "text <!-- comment --> text",
    "<div>\n\n*a*\n\n</div>",
    "{{#include /etc/passwd}}",
    "{{ #include /etc/passwd}}",
    "\\{{#include x}}",
    "{{{#include x}}}",
    "`{{#include x}}`",
    "```\n{{\n#include x}}\n```",
    "`",
    "``",
    "` `` `",
    "|",
    "a | b",
    "| a |\n|---|\n| b |",
    "`a|b`",
    "[x](javascript:alert(1))",
    "[x](JavaScript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html,a)",
    "[x](//evil.example)",
    "[x](../y.md)",
    "[x][a]\n\n[a]: javascript:x",
    "[a]: javascript:x",
    "[a]: javascript:x\n\n[a]",
    "![](x)",
    "![a](https://a.example/x.png)",
    "[![a](b)](https://a.example)",
    "!\\[a](b)",
    "wow![a](https://a.example)",
    "# h",
    "h\n===",
    "h\n---",
    "---",
    "***",
    "&lt;",
    "&amp;lt;",
    "\\&lt;",
    "\\<b>",
    "\\\\<b>",
    "<https://a.example/?a=1&b=2>",
    "<https://a.example/a|b>",
    "<me@a.example>",
    "<me@localhost>",
    "[x](mailto:me@localhost) [x](mailto:me@a.example)",
    "<javascript:alert(1)>",
    "https://a.example",
    "[x](https://a.example \"title\")",
    "[x](<https://a.example/a b>)",
    "[x](https://a.example/\\(y\\)_z_*q*)",
    "[x](https://a.example/&copy;)",
    "[x]: https://a.example",
    "- a\n  - b\n    - c\n- d",
    "- a\n\n  b\n\n- c",
    "1. a\n2. b",
    "7) a\n8) b",
    "- [ ] a",
    "- # h\n- > q\n- ---",
    "- ```\n  a\n  ```",
    "> q\n> r",
    "> [!NOTE]\n> q",
    "*",
    "_",
    "**",
    "__",
    "*a",
    "a*",
    "_a_b_",
    "**a*",
    "*a*b",
    "***a** b*",
    "a_b_c",
    "~~a~~",
    "~",
    "a~b~c",
    "[^1]\n\n[^1]: a",
    "a\n: b",
    ": b",
    "# a {#b .c}",
    "a {#b}",
    "\\",
    "a\\",
    "a\\\nb",
    "a  \nb",
    "a\nb",
    "    code",
    "```rust\nfn main() {}\n```",
    "~~~\n```\n~~~",
    "```\nunclosed",
    "+ a",
    "1. ",
    "1\\. a",
    "-",
    "=",
    "a\u{2028}b\u{2029}c",
    "a\u{202e}b",
    "a\u{0}b\u{1b}[31mc",
    "\ta",
    "$a$ $$b$$",
    "H~2~O x^2^",
    "+++\na\n+++",
    "[[a]]",
    "'quotes' \"quotes\" -- --- ...",
];

#[test]
fn nothing_nasty_gets_through() {
    for prose in NASTY {
        for markdown in [
            markdown(prose),
            inline(prose),
            text(prose),
            code_span(prose),
            code_block("text", prose),
            format!("# {}", text(prose)),
        ] {
            if !markdown.starts_with("# ") {
                assert_safe(&markdown);
            }
            assert!(!has_directive(&markdown));
        }
        assert!(!inline(prose).contains('\n'), "{prose:?}");
        assert!(!text(prose).contains('\n'), "{prose:?}");
        assert!(!plain(prose).chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{prose:?}");
        // An underline of dashes makes a table of the line above, which a row on its own cannot.
        let table = format!(
            "| a | b |\n|---|---|\n| {} | x |\n| {} | x |\n| {} | x |\n",
            cell(prose),
            code_cell(prose),
            text(prose)
        );
        let cells =
            Parser::new_ext(&table, everything()).filter(|event| matches!(event, Event::Start(Tag::TableCell))).count();
        assert_eq!(cells, 8, "{table}");
    }
}

#[test]
fn plain_text_is_shown_as_it_is() {
    for prose in NASTY {
        let want = squeezed(&prose.chars().map(escape::clean).collect::<String>());
        assert_eq!(shown(&text(prose)), want);
        assert_eq!(
            shown(&code_span(prose)),
            squeezed(&prose.chars().map(|c| if c == '\n' { '↵' } else { escape::clean(c) }).collect::<String>())
        );
        let cells = format!("| a |\n|---|\n| {} {} |", text(prose), code_cell(prose));
        assert_eq!(shown(&cells), format!("a{want}{}", shown(&code_span(prose))), "{cells}");
    }
}

#[test]
fn what_is_not_allowed_is_shown_as_it_was_written() {
    for (prose, want) in [
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("![](x)", "!\\[\\](x)"),
        ("# h", "\\# h"),
        ("h\n---\ntext", "h\\\n\\-\\--\n\ntext"),
        ("> q\n> r", "\\> q\\\n\\> r"),
        ("[x][a]\n\n[a]: javascript:x", "\\[x\\]\\[a\\]\n\n\\[a\\]: javascript:x"),
        ("&lt;b&gt;", "\\<b\\>"),
        ("{{#include x}}", "\\{\\{\\#include x\\}\\}"),
        ("See https://a.example.", "See https\\://a.example."),
    ] {
        assert_eq!(markdown(prose), want);
    }
}

#[test]
fn what_is_allowed_stays() {
    for prose in [
        "A plain sentence (mostly), with 2.5 % of \"signs\": it's fine - really!",
        "Send `X-Key: a` and *wait*, or **stop**.",
        "See [the page](https://a.example/x?a=b#c), or <https://a.example>.",
        "a\n\n- b\n- c\n  - d\n- e\n\nf",
        "a\n\n- b\n\n  c\n\n- d",
        "- a\n\n  - b\n\n  c\n\n- d",
        "3. a\n4. b",
        "a\\\nb",
        "```text\na\n\n  b\n```",
        "- ```text\n  a\n  ```",
        "snake_case and 5 \\* 3",
        "``a`b``",
        "`` `a` ``",
    ] {
        assert_eq!(markdown(prose), prose);
    }
}

#[test]
fn lines_and_terminals() {
    let prose = "Use `a|b` or *this*: [page](https://a.example)\n\n- one\n- two\n\n      x = 1\n";
    assert_eq!(inline(prose), "Use `a|b` or *this*: [page](https://a.example) one two `x = 1`");
    assert_eq!(cell(prose), "Use `a\\|b` or *this*: [page](https://a.example) one two `x = 1`");
    assert_eq!(plain(prose), "Use `a|b` or this: page (https://a.example)\n\n- one\n\n- two\n\n      x = 1");
    assert_eq!(plain("<b> &amp; \u{1b}[0m"), "<b> & \u{fffd}[0m");
}

#[test]
fn the_quick_way_changes_nothing() {
    for prose in NASTY.iter().copied().chain([
        "Send `a_b` or `{x}`.",
        "`a` b",
        "Plain - text",
        "a `b`",
        "a `b` `c|d`",
        "x`y`",
        "a ` b`",
        "a `b ` c",
    ]) {
        if escape::is_plain(prose) {
            for form in [Form::Blocks, Form::Line(Within::Line), Form::Line(Within::Cell), Form::Plain] {
                assert_eq!(rewrite(prose, form), prose);
            }
        }
    }
    assert!(escape::is_plain("Send `a_b` or `{x}`, it's \"fine\"."));
}

#[test]
fn code_of_any_content() {
    assert_eq!(code_span("a"), "`a`");
    assert_eq!(code_span(""), "*empty*");
    assert_eq!(code_span("`"), "`` ` ``");
    assert_eq!(code_span(" a "), "`  a  `");
    assert_eq!(code_cell("a|b\\|c"), "`a\\|b\\\\|c`");
    assert_eq!(code_block("text", "```\n"), "````text\n```\n````");
    assert_eq!(code_block("http", "{{#x}}\r\n"), "```http\n{\u{200b}{#x}}\n```");
}

proptest! {
    #[test]
    fn any_prose_is_safe(prose in "[-a-c*_`\\[\\]()<>!#&;:/|~{}\\\\ \n\t.=+1>'\"^]{0,40}") {
        assert_safe(&markdown(&prose));
        assert_safe(&inline(&prose));
        assert_safe(&text(&prose));
        assert_safe(&code_block("text", &prose));
        prop_assert_eq!(shown(&text(&prose)), squeezed(&prose));
        plain(&prose);
    }

    #[test]
    fn the_quick_way_is_the_long_way(prose in "[a-c`{ .:/-]{0,12}") {
        if escape::is_plain(&prose) {
            prop_assert_eq!(&rewrite(&prose, Form::Blocks), &prose);
            prop_assert_eq!(&rewrite(&prose, Form::Line(Within::Cell)), &prose);
            prop_assert_eq!(&rewrite(&prose, Form::Plain), &prose);
        }
    }

    #[test]
    fn any_text_is_safe(prose in "(\\PC|\n| |<|\\[|`|\\*|- |h){0,60}") {
        assert_safe(&markdown(&prose));
        assert_safe(&text(&prose));
        assert_safe(&code_span(&prose));
    }
}
