//! Diagnostics in the look of rustc.

use std::collections::BTreeSet;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use crate::source::{FileId, Files, Span};

use super::{Counts, Diagnostic, Diagnostics, Severity, clean};

/// Whether text carries colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// With terminal escapes for colours. Only ever those of the renderer; see the invariant of this module.
    Styled,
}

/// A longer excerpt would take longer to draw than to read.
const MAX_EXCERPT: usize = 8 << 10;
/// Of a range over more lines than this the first line is shown.
const MAX_LINES: usize = 6;

/// Every diagnostic with its excerpt, by file and place, and [`summary`] at the end. Empty where nothing was found.
pub fn human(diagnostics: &Diagnostics, files: &Files, style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Styled => Renderer::styled(),
    };
    let mut text = String::new();
    for found in diagnostics.sorted() {
        text += &renderer.render(&report(found, files));
        text += "\n\n";
    }
    if !diagnostics.is_empty() {
        text += &format!("{}\n", summary(diagnostics));
    }
    text
}

/// `errbook: 3 errors, 1 warning in 2 files`
pub fn summary(diagnostics: &Diagnostics) -> String {
    let Counts { errors, warnings } = diagnostics.counts();
    let files: BTreeSet<FileId> = diagnostics.iter().filter_map(|found| Some(found.span?.file)).collect();
    let count = |count: usize, noun| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let found = match (errors, warnings) {
        (0, 0) => "nothing found".to_owned(),
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        _ => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    };
    match files.len() {
        0 => format!("errbook: {found}"),
        files => format!("errbook: {found} in {}", count(files, "file")),
    }
}

fn report(found: &Diagnostic, files: &Files) -> Vec<Group<'static>> {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(clean::line(&found.message).into_owned()).id(found.rule);
    let mut group = Group::with_title(title);
    if let Some(span) = found.span {
        group = excerpt(group, span, found, files);
    }
    // The first help stands above the fix, if that can be shown.
    let patch = found.fix.as_ref().and_then(|fix| patch(fix, files));
    let (title, rest) = match (&patch, found.help.split_first()) {
        (Some(_), Some((first, rest))) => (first.as_str(), rest),
        _ => ("write this", found.help.as_slice()),
    };
    for help in rest {
        group = group.element(Level::HELP.message(clean::lines(help).into_owned()));
    }
    let suggestion = patch.map(|patch| Level::HELP.secondary_title(clean::line(title).into_owned()).element(patch));
    [Some(group), suggestion].into_iter().flatten().collect()
}

/// The excerpt with everything of it that is near, then one for each other place.
fn excerpt(mut group: Group<'static>, span: Span, found: &Diagnostic, files: &Files) -> Group<'static> {
    let Some(window) = Window::around(span, files) else { return group.element(origin(span, files)) };
    let mut snippet = window.snippet().annotation(window.annotation(AnnotationKind::Primary, span, &found.label));
    let mut elsewhere = Vec::new();
    for (related, label) in &found.related {
        if window.shows(*related) {
            snippet = snippet.annotation(window.annotation(AnnotationKind::Context, *related, label));
        } else {
            elsewhere.push((*related, label));
        }
    }
    group = group.element(snippet);
    for (related, label) in elsewhere {
        group = match Window::around(related, files) {
            Some(window) => {
                group.element(window.snippet().annotation(window.annotation(AnnotationKind::Context, related, label)))
            }
            None => group.element(origin(related, files)),
        };
    }
    group
}

fn patch(fix: &super::Fix, files: &Files) -> Option<Snippet<'static, Patch<'static>>> {
    let window = Window::around(fix.span, files).filter(|window| window.holds(fix.span))?;
    let replacement = clean::lines(&fix.replacement).into_owned();
    Some(window.snippet().patch(Patch::new(window.locate(fix.span.start)..window.locate(fix.span.end), replacement)))
}

/// The place alone, where its line is too long or the file has no text.
fn origin(span: Span, files: &Files) -> Origin<'static> {
    let origin = Origin::path(clean::line(files.path(span.file)).into_owned());
    if files.text(span.file).is_empty() {
        return origin;
    }
    let position = files.position(span.file, span.start);
    origin.line(position.line).char_column(position.column)
}

/// The few lines of a file that an excerpt needs: drawing takes time for every line that it is given.
struct Window<'a> {
    path: &'a str,
    file: FileId,
    first_line: usize,
    /// The byte of the file that the window starts with.
    start: usize,
    raw: &'a str,
}

impl<'a> Window<'a> {
    /// The lines of `span` (of a long one only the first) with two on either side.
    fn around(span: Span, files: &'a Files) -> Option<Self> {
        let text = files.text(span.file);
        let first = files.position(span.file, span.start).line;
        let last = files.position(span.file, span.end).line;
        let last = if last - first < MAX_LINES { last } else { first };
        let first_line = first.saturating_sub(2).max(1);
        let last_line = (last + 2).min(files.line_count(span.file));
        let start = files.line_range(span.file, first_line).start;
        let raw = text.get(start..files.line_range(span.file, last_line).end)?;
        let fits = !text.is_empty() && raw.len() <= MAX_EXCERPT;
        fits.then(|| Window { path: files.path(span.file), file: span.file, first_line, start, raw })
    }

    fn shows(&self, span: Span) -> bool {
        span.file == self.file && (self.start..=self.start + self.raw.len()).contains(&(span.start as usize))
    }

    fn holds(&self, span: Span) -> bool {
        self.shows(span) && span.end as usize <= self.start + self.raw.len()
    }

    fn snippet<T: Clone>(&self) -> Snippet<'static, T> {
        Snippet::source(clean::lines(self.raw).into_owned())
            .path(clean::line(self.path).into_owned())
            .line_start(self.first_line)
    }

    fn annotation(&self, kind: AnnotationKind, span: Span, label: &str) -> Annotation<'static> {
        let start = self.locate(span.start);
        let end = if self.holds(span) { self.locate(span.end) } else { self.line_end(span.start) };
        let label = Some(clean::line(label).into_owned()).filter(|label| !label.is_empty());
        kind.span(start..end.max(start)).label(label)
    }

    /// The end of the line that a byte of the file is in.
    fn line_end(&self, byte: u32) -> usize {
        // A byte order mark stands before the first line.
        let byte = byte.max(self.start as u32);
        let start = (byte as usize - self.start).min(self.raw.len());
        let rest = self.raw.get(start..).unwrap_or_default();
        self.locate(byte + rest.lines().next().unwrap_or_default().len() as u32)
    }

    /// Where a byte of the file is in the cleaned text.
    fn locate(&self, byte: u32) -> usize {
        let before = self.raw.get(..(byte as usize).saturating_sub(self.start)).unwrap_or_default();
        clean::lines(before).len()
    }
}

#[cfg(test)]
mod tests;
