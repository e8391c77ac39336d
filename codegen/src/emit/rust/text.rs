//! Code as text, for items that have a part for each error.
//!
//! Making tokens, parsing them and printing the syntax tree is nearly all of the time and memory that a large catalog takes. So these few items are
//! written as the formatter would write them, and only with what is here: lines, documentation, and lists. A test formats whole crates
//! again and finds nothing to change. All other items are made with `quote`.

use std::fmt::{Arguments, Write};

use super::literal;

/// The longest line, in bytes, on which the formatter leaves a list.
const WIDTH: usize = 89;

/// Lines of code, each with its indentation.
#[derive(Default)]
pub(super) struct Text(String);

impl Text {
    /// Documentation with `indent` before each line.
    pub(super) fn docs(&mut self, indent: &str, markdown: &str) {
        for line in literal::doc_lines(markdown) {
            self.line(format_args!("{indent}///{line}"));
        }
    }

    /// A line.
    pub(super) fn line(&mut self, line: Arguments<'_>) {
        // Nothing that is shown here can fail, and neither can a `String`.
        let _ = writeln!(self.0, "{line}");
    }

    /// A list from `open` to `close`: on one line where that is short enough, else with an element a line, each with a comma behind it.
    pub(super) fn list(&mut self, indent: &str, open: &str, elements: &[impl AsRef<str>], close: &str) {
        self.group(indent, open, elements, ",", close);
    }

    /// An attribute with one argument, which stands on a line of its own where the whole is too long.
    pub(super) fn attribute(&mut self, indent: &str, open: &str, argument: &str, close: &str) {
        self.group(indent, open, &[argument], "", close);
    }

    fn group(&mut self, indent: &str, open: &str, elements: &[impl AsRef<str>], end: &str, close: &str) {
        let separators = ", ".len() * elements.len().saturating_sub(1);
        let width = elements.iter().map(|element| element.as_ref().len()).sum::<usize>() + separators;
        if indent.len() + open.len() + width + close.len() <= WIDTH {
            let elements: Vec<_> = elements.iter().map(AsRef::as_ref).collect();
            return self.line(format_args!("{indent}{open}{}{close}", elements.join(", ")));
        }
        self.line(format_args!("{indent}{open}"));
        for element in elements {
            self.line(format_args!("{indent}    {}{end}", element.as_ref()));
        }
        self.line(format_args!("{indent}{close}"));
    }

    /// The whole.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written, which the formatter leaves as it is.
    fn written(write: impl FnOnce(&mut Text)) -> String {
        let mut text = Text::default();
        write(&mut text);
        let text = text.finish();
        assert_eq!(prettyplease::unparse(&syn::parse_file(&text).unwrap()), text);
        text
    }

    #[test]
    fn lists_are_broken_where_the_formatter_breaks_them() {
        let open = "static LIST: &[&str] = &[";
        for length in 50..70 {
            let element = format!("{:?}", "x".repeat(length - 2));
            let text = written(|text| text.list("", open, &[&element], "];"));
            assert_eq!(text.lines().count() == 1, open.len() + length + "];".len() <= WIDTH, "{text}");
        }
        assert_eq!(written(|text| text.list("", open, &[""; 0], "];")), "static LIST: &[&str] = &[];\n");
        written(|text| text.list("", open, &["\"a\"", "\"b\""], "];"));
        written(|text| text.list("", open, &["\"an element\""; 9], "];"));
    }

    #[test]
    fn attributes_are_broken_where_the_formatter_breaks_them() {
        for length in 50..70 {
            let note = format!("note = {:?}", "x".repeat(length));
            let text = written(|text| {
                text.line(format_args!("enum Code {{"));
                text.attribute("    ", "#[deprecated(", &note, ")]");
                text.line(format_args!("    One,\n}}"));
            });
            assert_eq!(text.lines().count() == 4, 4 + "#[deprecated()]".len() + note.len() <= WIDTH, "{text}");
        }
    }

    #[test]
    fn documentation_keeps_its_lines() {
        let text = written(|text| {
            text.docs("", "one\n\n```\n  two \u{202e}\n```\n* /three\n\n");
            text.line(format_args!("struct Documented;"));
        });
        assert_eq!(text, "/// one\n///\n/// ```\n///   two\n/// ```\n/// * /three\nstruct Documented;\n");
    }
}
