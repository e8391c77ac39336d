//! YAML events into a tree.

use std::borrow::Cow;
use std::ops::ControlFlow;

use serde_yaml::granit_parser::{self, ErrorKind, Event, Options, Parser, ScalarStyle, StructureStyle};

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::{FileId, Files, Kind, Node, Span, characters, duplicates, syntax};

/// How deep values may be nested. Far more than the format needs, and little enough to walk a tree by recursion.
pub const MAX_DEPTH: usize = 64;

const WRITE_OUT: &str = "write the value out; put it in quotes if it is text";

/// Reads the one YAML document of a file. Everything that it refuses is reported, with its place.
///
/// `None` where there is no tree, or one with holes in it, which would only draw reports about what is missing.
pub fn parse(files: &Files, file: FileId, diagnostics: &mut Diagnostics) -> Option<Node> {
    let text = files.text(file);
    characters::check(text, file, diagnostics);
    let mut tree = Tree { file, text, diagnostics, open: Vec::new(), children: Vec::new(), documents: 0, holes: false };
    for event in Parser::new_from_str_with_options(text, options()) {
        match event {
            Ok((event, span)) => {
                if tree.event(event, &span).is_break() {
                    break;
                }
            }
            Err(error) => {
                tree.syntax_error(&error);
                return None;
            }
        }
    }
    tree.finish()
}

fn options() -> Options {
    granit_parser::options! {
        disallow_directives: true,
        emit_anchor_events: true,
        // Else the first one ends the reading.
        emit_unresolved_aliases: true,
        emit_comments: false,
    }
}

/// The tree so far. What is unfinished is on stacks of its own, so that no input can exhaust the thread's.
struct Tree<'a> {
    file: FileId,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
    open: Vec<Open>,
    /// The finished children of every open collection; of a mapping keys and values by turns.
    children: Vec<Node>,
    documents: usize,
    holes: bool,
}

/// A collection whose end has not been read.
struct Open {
    start: u32,
    style: StructureStyle,
    mapping: bool,
    /// Where its children begin.
    first: usize,
}

impl Tree<'_> {
    fn event(&mut self, event: Event<'_>, at: &granit_parser::Span) -> ControlFlow<()> {
        let span = self.span(at);
        if let Some(tag) = at.tag_span() {
            let tag = self.span(&tag);
            self.refuse("tag", tag, "YAML tags are not used here", "remove it; what a value is follows from its key");
        }
        match event {
            Event::DocumentStart(..) => return self.document(span),
            Event::Scalar(text, style, ..) => {
                let node = self.scalar(text, style, span);
                self.push(node);
            }
            Event::SequenceStart(style, ..) => return self.open(span, style, false),
            Event::MappingStart(style, ..) => return self.open(span, style, true),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Anchor(..) => self.refuse("anchor", span, "YAML anchors are not used here", WRITE_OUT),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse("alias", span, "YAML aliases are not used here", WRITE_OUT);
                self.holes = true;
                self.push(Node { span, kind: Kind::Scalar { text: "*".to_owned(), plain: true } });
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn document(&mut self, span: Span) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents == 1 {
            return ControlFlow::Continue(());
        }
        self.refuse("second-document", span, "a second YAML document", "give each catalog a file of its own");
        ControlFlow::Break(())
    }

    fn open(&mut self, span: Span, style: StructureStyle, mapping: bool) -> ControlFlow<()> {
        if self.open.len() == MAX_DEPTH {
            let message = format!("values are nested more than {MAX_DEPTH} levels deep");
            self.refuse("nesting", span, message, "nest fewer levels");
            self.holes = true;
            return ControlFlow::Break(());
        }
        self.open.push(Open { start: span.start, style, mapping, first: self.children.len() });
        ControlFlow::Continue(())
    }

    fn close(&mut self, span: Span) {
        let Some(Open { start, style, mapping, first }) = self.open.pop() else { return };
        let last = self.children[first..].last().map(|last| last.span.end);
        let (start, end) = match style {
            // The parser closes a block only where the next one begins.
            StructureStyle::Block if mapping => (start, last.unwrap_or(start)),
            StructureStyle::Block => (self.first_dash(start, first), last.unwrap_or(start)),
            StructureStyle::Flow => (start, span.end),
        };
        let kind = if mapping {
            let mut entries = pairs(self.children.drain(first..));
            duplicates::remove(&mut entries, self.diagnostics);
            Kind::Mapping(entries)
        } else {
            Kind::Sequence(self.children.drain(first..).collect())
        };
        self.push(Node { span: Span::new(self.file, start, end), kind });
    }

    /// Puts a finished node where it belongs.
    fn push(&mut self, mut node: Node) {
        match self.key_before(self.children.len()) {
            Some(key) if node.span.is_empty() => node.span = after_colon(self.text, key),
            Some(_) => {}
            None if self.open.last().is_some_and(|open| open.mapping) => self.check_key(&node),
            None => {}
        }
        self.children.push(node);
    }

    /// The place of the key whose value the child with number `index` is, if it is one.
    fn key_before(&self, index: usize) -> Option<Span> {
        let open = self.open.last().filter(|open| open.mapping && (index - open.first) % 2 == 1)?;
        self.children[open.first..index].last().map(|key| key.span)
    }

    fn check_key(&mut self, key: &Node) {
        match &key.kind {
            Kind::Scalar { text, plain: true } if text == "<<" => {
                self.refuse("merge-key", key.span, "YAML merge keys are not used here", "write the entries out");
            }
            Kind::Scalar { text, plain: true } if text.is_empty() => {
                self.refuse("key-not-text", key.span, "a key is missing", "write `key: value`");
            }
            Kind::Scalar { .. } => return,
            Kind::Sequence(_) | Kind::Mapping(_) => {
                let message = format!("a key must be text, this is {}", key.noun());
                self.refuse("key-not-text", key.span, message, "put text with brackets or braces in quotes");
            }
        }
        self.holes = true;
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, mut span: Span) -> Node {
        let raw = self.text.get(span.range()).unwrap_or_default();
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => span.end = span.start + raw.trim_end().len() as u32,
            ScalarStyle::DoubleQuoted => self.check_escapes(&text, raw, span),
            ScalarStyle::Plain | ScalarStyle::SingleQuoted => {}
        }
        let plain = style == ScalarStyle::Plain;
        // The parser gives `~` for what is not there.
        let text = if plain && span.is_empty() { String::new() } else { text.into_owned() };
        Node { span, kind: Kind::Scalar { text, plain } }
    }

    /// Forbidden characters by way of an escape; those that stand there themselves were seen before.
    fn check_escapes(&mut self, text: &str, raw: &str, span: Span) {
        let forbidden = |text: &str| text.chars().find(|c| characters::is_forbidden(*c));
        if let Some(c) = forbidden(text).filter(|_| forbidden(raw).is_none_or(|c| c == '\r')) {
            self.diagnostics.push(characters::diagnostic(c, span));
        }
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError) {
        match error.kind() {
            // Known from the pass over all characters.
            ErrorKind::UnexpectedCharacter { character } if characters::is_forbidden(*character) => {}
            _ => self.diagnostics.push(syntax::diagnostic(error, self.text, self.file)),
        }
    }

    fn finish(mut self) -> Option<Node> {
        let root = self.children.pop().filter(|root| root.noun() != "nothing");
        if root.is_none() && !self.holes {
            let what = if self.text.trim().is_empty() { "the file is empty" } else { "the file holds no catalog" };
            let start = Span::new(self.file, 0, 0);
            self.refuse("empty-file", start, what, "`errbook new <id>` writes a catalog to begin with");
        }
        root.filter(|_| !self.holes)
    }

    fn refuse(&mut self, rule: &'static str, span: Span, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::error(rule, span, message).help(help));
    }

    /// Where a block list begins: for one that is indented no deeper than its key the parser gives a place after its
    /// first dash.
    fn first_dash(&self, start: u32, first: usize) -> u32 {
        let rest = self.text.as_bytes().get(start as usize..).unwrap_or_default();
        let at_dash = matches!(rest, [b'-'] | [b'-', b' ' | b'\t' | b'\r' | b'\n', ..]);
        if at_dash && self.children.get(first).is_none_or(|first| first.span.start > start) {
            return start;
        }
        self.key_before(first).and_then(|key| dash_after(self.text, key)).unwrap_or(start)
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span::new(self.file, offset(range.start), offset(range.end))
    }
}

fn pairs(mut nodes: impl ExactSizeIterator<Item = Node>) -> Vec<(Node, Node)> {
    let mut pairs = Vec::with_capacity(nodes.len() / 2);
    while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
        pairs.push((key, value));
    }
    pairs
}

/// Where the value of a key would begin.
fn after_colon(text: &str, key: Span) -> Span {
    let rest = text.get(key.end as usize..).unwrap_or_default();
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let colon = rest.as_bytes().get(spaces) == Some(&b':');
    let at = if colon { key.end + spaces as u32 + 1 } else { key.end };
    Span::new(key.file, at, at)
}

/// The dash that follows a key, its colon, and comments.
fn dash_after(text: &str, key: Span) -> Option<u32> {
    let mut rest = text.get(after_colon(text, key).end as usize..)?.trim_start();
    while rest.starts_with('#') {
        rest = rest.split_once('\n')?.1.trim_start();
    }
    rest.starts_with('-').then(|| (text.len() - rest.len()) as u32)
}

#[cfg(test)]
mod tests;
