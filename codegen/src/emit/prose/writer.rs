//! Prose parsed, and what the whitelist allows of it written again.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::escape::{self, Within};
use super::target::{self, is_allowed};

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Markdown blocks.
    Blocks,
    /// Markdown on one line.
    Line(Within),
    /// Text for a terminal.
    Plain,
}

type Events<'s> = dyn Iterator<Item = (Event<'s>, Range<usize>)> + 's;

/// Writes prose again in a form.
pub(super) fn rewrite(prose: &str, form: Form) -> String {
    // Reference definitions leave no event. Those with an allowed target have done their work, the others are shown.
    let parser = Parser::new_ext(prose, Options::empty());
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| definition);
    let mut refused: Vec<Range<usize>> = definitions
        .filter(|definition| !is_allowed(&definition.dest))
        .map(|definition| definition.span.clone())
        .collect();
    refused.sort_by_key(|span| std::cmp::Reverse(span.start));

    let out = String::with_capacity(prose.len() + prose.len() / 8);
    let mut writer = Writer {
        source: prose,
        form,
        out,
        indent: String::new(),
        lists: Vec::new(),
        refused,
        gap: Gap::None,
        line_start: true,
    };
    let mut events = TextMergeWithOffset::new(parser.into_offset_iter());
    while let Some((event, range)) = events.next() {
        writer.event(event, range, &mut events);
    }
    writer.refused_before(usize::MAX);
    writer.out
}

/// What separates the next block from what was written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    /// A new line.
    Line,
    /// A new line before the next item, an empty one before anything else.
    AfterList,
    /// An empty line.
    Blank,
}

struct Writer<'s> {
    source: &'s str,
    form: Form,
    out: String,
    /// What stands before each line of the list items that are open.
    indent: String,
    lists: Vec<List>,
    /// Reference definitions to show, the last first.
    refused: Vec<Range<usize>>,
    gap: Gap,
    line_start: bool,
}

struct List {
    /// The next number of an ordered list.
    number: Option<u64>,
    /// How far the open item is indented.
    width: usize,
}

impl<'s> Writer<'s> {
    fn event(&mut self, event: Event<'s>, range: Range<usize>, rest: &mut Events<'s>) {
        match event {
            Event::Start(tag) => self.start(tag, range, rest),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code(&code),
            Event::SoftBreak => self.space(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => self.literal_block(range),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            // None of the extensions that these come from is enabled.
            _ => self.text(&self.source[range]),
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: Range<usize>, rest: &mut Events<'s>) {
        match tag {
            Tag::Paragraph => self.begin_block(range.start),
            Tag::Emphasis => self.mark("*"),
            Tag::Strong => self.mark("**"),
            Tag::List(number) => {
                self.begin_block(range.start);
                self.lists.push(List { number, width: 0 });
            }
            Tag::Item => self.item(range.start),
            Tag::CodeBlock(_) => self.code_block(range, rest),
            Tag::Link { link_type, dest_url, .. }
                if target::is_link(link_type, &dest_url) && !self.source[range.clone()].starts_with("[]") =>
            {
                self.link(link_type, &dest_url, rest);
            }
            Tag::Link { .. } | Tag::Image { .. } => {
                skip(rest);
                self.text(&self.source[range]);
            }
            _ => {
                skip(rest);
                self.literal_block(range);
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph => self.gap = Gap::Blank,
            TagEnd::Emphasis => self.mark("*"),
            TagEnd::Strong => self.mark("**"),
            TagEnd::Item => {
                // Markers of empty items in a row would be a rule.
                if self.line_start && self.form == Form::Blocks {
                    self.out.push('\u{200b}');
                    self.line_start = false;
                }
                let width = self.lists.last().map_or(0, |list| list.width);
                self.indent.truncate(self.indent.len() - width);
                // After a list that ended with the item, its next one needs no empty line.
                self.gap = if self.gap == Gap::Blank { Gap::Blank } else { Gap::Line };
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap = if self.lists.is_empty() { Gap::Blank } else { Gap::AfterList };
            }
            _ => {}
        }
    }

    /// Prepares for a block: what stands before it on the line, or on the lines before, ends.
    fn begin_block(&mut self, start: usize) {
        self.refused_before(start);
        if !self.line_start && self.gap == Gap::None {
            self.gap = Gap::Line;
        }
        if self.gap == Gap::AfterList {
            self.gap = Gap::Blank;
        }
    }

    /// Writes the gap that is due.
    fn close_gap(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if gap == Gap::None || self.out.is_empty() {
            return;
        }
        if let Form::Line(_) = self.form {
            self.space();
            return;
        }
        self.out.push('\n');
        if matches!(gap, Gap::Blank | Gap::AfterList) {
            self.out.push('\n');
        }
        self.out.push_str(&self.indent);
        self.line_start = true;
    }

    fn item(&mut self, start: usize) {
        self.refused_before(start);
        if self.gap == Gap::AfterList {
            self.gap = Gap::Line;
        }
        self.close_gap();
        let Some(list) = self.lists.last_mut() else { return };
        let marker = match &mut list.number {
            Some(number) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            None => "- ".to_owned(),
        };
        if let Form::Line(_) = self.form {
            list.width = 0;
            return;
        }
        list.width = marker.len();
        self.indent.extend(std::iter::repeat_n(' ', marker.len()));
        self.out.push_str(&marker);
        self.line_start = true;
    }

    fn code_block(&mut self, range: Range<usize>, rest: &mut Events<'s>) {
        self.begin_block(range.start);
        let mut code = String::new();
        for (event, _) in rest {
            match event {
                Event::End(_) => break,
                Event::Text(text) => code.push_str(&text),
                _ => {}
            }
        }
        self.close_gap();
        match self.form {
            Form::Blocks => push_block(&mut self.out, "text", &code, &self.indent),
            Form::Line(within) => escape::push_code(&mut self.out, code.trim_end().replace('\n', " ").as_str(), within),
            Form::Plain => {
                for (number, line) in code.trim_end().lines().enumerate() {
                    if number > 0 {
                        self.out.extend(["\n", &self.indent]);
                    }
                    self.out.push_str("    ");
                    push_cleaned(&mut self.out, line);
                }
            }
        }
        self.line_start = false;
        self.gap = Gap::Blank;
    }

    /// Writes the source of something that is not allowed, each line on one of its own.
    fn literal_block(&mut self, range: Range<usize>) {
        self.begin_block(range.start);
        self.refused.retain(|span| span.start >= range.end);
        let source = &self.source[range];
        let mut lines = source.lines().map(str::trim).filter(|line| !line.is_empty());
        if let Some(first) = lines.next() {
            self.text(first);
        }
        for line in lines {
            self.hard_break();
            self.text(line);
        }
        self.gap = Gap::Blank;
    }

    /// Shows the refused reference definitions that stand before a place in the source.
    fn refused_before(&mut self, place: usize) {
        while let Some(span) = self.refused.pop_if(|span| span.start < place) {
            self.literal_block(span);
        }
    }

    fn link(&mut self, link_type: LinkType, target: &str, rest: &mut Events<'s>) {
        if self.form == Form::Plain {
            let before = self.out.len();
            self.until_end(rest);
            if !matches!(link_type, LinkType::Autolink | LinkType::Email) && &self.out[before..] != target {
                self.out.push_str(" (");
                self.out.extend(target.chars().map(escape::clean));
                self.out.push(')');
            }
            return;
        }
        self.close_gap();
        let written = target::written(target);
        if link_type == LinkType::Autolink && written == target {
            skip(rest);
            self.out.extend(["<", target, ">"]);
            self.line_start = false;
            return;
        }
        // An exclamation mark before it would make it an image.
        if self.out.ends_with('!') {
            self.out.pop();
            self.out.push_str("\\!");
        }
        self.out.push('[');
        self.line_start = false;
        self.until_end(rest);
        self.out.push_str(if link_type == LinkType::Email { "](mailto:" } else { "](" });
        self.out.extend([written.as_str(), ")"]);
    }

    /// Writes what is in a link.
    fn until_end(&mut self, rest: &mut Events<'s>) {
        while let Some((event, range)) = rest.next() {
            if matches!(event, Event::End(TagEnd::Link)) {
                return;
            }
            self.event(event, range, rest);
        }
    }

    fn text(&mut self, text: &str) {
        self.close_gap();
        if self.form == Form::Plain {
            self.out.extend(text.chars().map(escape::clean));
        } else {
            escape::push(&mut self.out, text, self.line_start);
        }
        self.line_start = false;
    }

    fn code(&mut self, code: &str) {
        self.close_gap();
        match self.form {
            Form::Plain => {
                self.out.push('`');
                self.out.extend(code.chars().map(escape::clean));
                self.out.push('`');
            }
            Form::Blocks => escape::push_code(&mut self.out, code, Within::Line),
            Form::Line(within) => escape::push_code(&mut self.out, code, within),
        }
        self.line_start = false;
    }

    fn mark(&mut self, mark: &str) {
        if self.form != Form::Plain {
            self.close_gap();
            self.out.push_str(mark);
            self.line_start = false;
        }
    }

    fn space(&mut self) {
        if !self.out.ends_with(' ') && !self.out.is_empty() {
            self.out.push(' ');
        }
    }

    fn hard_break(&mut self) {
        match self.form {
            Form::Line(_) => return self.space(),
            Form::Blocks => self.out.push('\\'),
            Form::Plain => {}
        }
        self.out.push('\n');
        self.out.push_str(&self.indent);
        self.line_start = true;
    }
}

/// Skips what is within a tag that was opened.
fn skip(rest: &mut Events<'_>) {
    let mut depth = 1;
    for (event, _) in rest {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// Appends a line of code.
fn push_cleaned(out: &mut String, line: &str) {
    if line.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        out.push_str(line);
    } else {
        out.extend(line.chars().map(|c| if c == '\t' { c } else { escape::clean(c) }));
    }
}

/// Appends a fenced code block, without an end of its last line.
pub(super) fn push_block(out: &mut String, lang: &str, code: &str, indent: &str) {
    let code = escape::defused(code);
    let fence = "`".repeat((escape::longest_run(&code) + 1).max(3));
    out.extend([fence.as_str(), lang]);
    for line in code.trim_end_matches(['\n', '\r']).lines() {
        out.push('\n');
        if !line.trim_end().is_empty() {
            out.push_str(indent);
            push_cleaned(out, line);
        }
    }
    out.extend(["\n", indent, fence.as_str()]);
}
