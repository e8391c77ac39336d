//! What JavaScript and TypeScript need: literals, keys, comments.

use crate::emit::is_escaped;

/// A string literal on one line, which is JSON too: quotes, backslashes, controls, what changes the direction of text, and what could end a
/// `<script>` are escaped.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' if matches!(chars.peek(), Some('/' | '!')) => push_escaped(&mut out, c),
            c if is_escaped(c) => push_escaped(&mut out, c),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// All that is unsafe here is one unit of UTF-16.
fn push_escaped(out: &mut String, c: char) {
    out.push_str(&format!("\\u{:04x}", u32::from(c)));
}

/// JSON as another program printed it, with what it left unescaped. Outside of strings there is nothing of the kind but line feeds.
pub(super) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_escaped(c) { push_escaped(&mut out, c) } else { out.push(c) }
    }
    out
}

/// The key of a member of a type: an identifier as it is, anything else quoted. Quoted digits stay text.
pub(super) fn key(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { string(name) }
}

/// How a member of an object is read: `.model`, `["a-b"]`.
pub(super) fn member(name: &str) -> String {
    if is_identifier(name) { format!(".{name}") } else { format!("[{}]", string(name)) }
}

/// Keywords are no exception: they may name members.
fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// `[a, b]` of printed values.
pub(super) fn list<S: AsRef<str>>(items: impl IntoIterator<Item = S>) -> String {
    let mut out = String::from("[");
    for item in items {
        if out.len() > 1 {
            out.push_str(", ");
        }
        out.push_str(item.as_ref());
    }
    out.push(']');
    out
}

/// `{ a: 1, b: 2 }` of printed values. The keys are identifiers.
pub(super) fn object(members: &[(&str, String)]) -> String {
    if members.is_empty() {
        return "{}".to_owned();
    }
    let members: Vec<String> = members.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{ {} }}", members.join(", "))
}

/// A documentation comment of Markdown, `tags` after it, each line behind `indent`. No line break at the end.
///
/// Nothing in `markdown` ends the comment or is a tag of its own.
pub(super) fn comment(markdown: &str, tags: &[String], indent: &str) -> String {
    let mut lines: Vec<String> = markdown.trim_end().lines().map(comment_line).collect();
    if !tags.is_empty() {
        lines.push(String::new());
    }
    lines.extend(tags.iter().map(|tag| {
        let (name, text) = tag.split_once(' ').unwrap_or((tag, ""));
        format!("@{name} {}", comment_line(text)).trim_end().to_owned()
    }));
    if let [line] = lines.as_slice() {
        return format!("{indent}/** {line} */");
    }
    let lines: Vec<String> = lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned()).collect();
    format!("{indent}/**\n{}\n{indent} */", lines.join("\n"))
}

fn comment_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    for c in line.chars().filter(|c| !is_escaped(*c) || *c == '\t') {
        let ends = before == '*' && c == '/';
        let is_tag = c == '@' && (before.is_whitespace() || before == '{');
        if ends || is_tag {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_read_back_as_json() {
        let texts = [
            "",
            "plain",
            "\"; alert(1); //",
            "`${x}`",
            "a\\",
            "tab\tnul\0",
            "\u{202e}rtl\u{2028}\u{2029}",
            "emoji 😀",
            "cr\r\nlf",
            "\u{1b}[31m",
        ];
        for text in texts {
            let literal = string(text);
            assert_eq!(serde_json::from_str::<String>(&literal).unwrap(), text, "{literal}");
            assert!(!literal.chars().any(is_escaped), "{literal}");
        }
        assert_eq!(string("</script><!-- <b>"), r#""\u003c/script>\u003c!-- <b>""#);
        assert_eq!(json("{\n\"a\": \"\u{202e}\"}"), "{\n\"a\": \"\\u202e\"}");
    }

    #[test]
    fn keys_and_members() {
        for (name, want) in [
            ("KEY_REVOKED", "KEY_REVOKED"),
            ("a-b", "\"a-b\""),
            ("0", "\"0\""),
            ("", "\"\""),
            ("__proto__", "__proto__"),
            ("é", "\"é\""),
        ] {
            assert_eq!(key(name), want);
        }
        assert_eq!(member("model"), ".model");
        assert_eq!(member("a\"b"), r#"["a\"b"]"#);
    }

    #[test]
    fn comments_end_where_they_should() {
        assert_eq!(comment("One line.", &[], "  "), "  /** One line. */");
        assert_eq!(comment("a\n\nb", &[], " "), " /**\n  * a\n  *\n  * b\n  */");
        assert_eq!(
            comment("a", &["deprecated since */ 2026".to_owned()], ""),
            "/**\n * a\n *\n * @deprecated since *\\/ 2026\n */"
        );
        for hostile in ["*/ alert(1) /*", "**/", "*\u{202e}/", "\u{2028}*/", "a\r*/"] {
            let text = comment(hostile, &[], "");
            assert_eq!(text.matches("*/").count(), 1, "{text}");
            assert!(text.ends_with("*/") && !text.chars().any(|c| is_escaped(c) && c != '\n'), "{text}");
        }
    }

    #[test]
    fn tags_of_a_text_are_text() {
        assert_eq!(
            comment("@deprecated {@link x} a@b.example @c", &[], ""),
            r"/** \@deprecated {\@link x} a@b.example \@c */"
        );
    }
}
