//! Text of a catalog made safe for Markdown and for terminals.
//!
//! What comes out of this module is safe to put into a page of mdBook or a comment that rustdoc reads: it holds no HTML, no directive, no doctest,
//! no link but to `http`, `https` and `mailto`, and no Markdown beyond that of a sentence. Everything else is shown as it was written.

mod escape;
mod target;
#[cfg(test)]
mod tests;
mod writer;

use escape::Within;
use writer::{Form, rewrite};

/// Prose as Markdown blocks: paragraphs, lists, code blocks. No line break at the end.
pub fn markdown(prose: &str) -> String {
    if escape::is_plain(prose) { prose.to_owned() } else { rewrite(prose, Form::Blocks) }
}

/// Prose as Markdown on one line, to stand within a sentence.
pub fn inline(prose: &str) -> String {
    if escape::is_plain(prose) { prose.to_owned() } else { rewrite(prose, Form::Line(Within::Line)) }
}

/// Prose as Markdown on one line, to stand in a cell of a table.
pub fn cell(prose: &str) -> String {
    if escape::is_plain(prose) { prose.to_owned() } else { rewrite(prose, Form::Line(Within::Cell)) }
}

/// Prose for a terminal: without its Markdown, but with the backticks around code. No line break at the end, no control characters.
pub fn plain(prose: &str) -> String {
    if escape::is_plain(prose) { prose.to_owned() } else { rewrite(prose, Form::Plain) }
}

/// Plain text as Markdown on one line: in paragraphs, headings, link texts and cells of tables.
pub fn text(text: &str) -> String {
    if !text.contains('`') && escape::is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    escape::push(&mut out, text, true);
    out
}

/// A code span of any content, not in a table. A line feed in it is shown as `↵`; of nothing, it is the word *empty*.
pub fn code_span(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 2);
    escape::push_code(&mut out, code, Within::Line);
    out
}

/// A code span of any content in a cell of a table; otherwise like [`code_span`].
pub fn code_cell(code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 2);
    escape::push_code(&mut out, code, Within::Cell);
    out
}

/// A link. The target is shown as text where a link may not lead there.
pub fn link(label: &str, target: &str) -> String {
    let label = text(label);
    if target::is_allowed(target) {
        format!("[{label}]({})", target::written(target))
    } else {
        format!("{label} ({})", text(target))
    }
}

/// A fenced code block of any content. `lang` is one of ours: `text`, `http`, `rust,ignore`. No line break at the end.
pub fn code_block(lang: &str, code: &str) -> String {
    let mut out = String::with_capacity(code.len() + 16);
    writer::push_block(&mut out, lang, code, "");
    out
}
