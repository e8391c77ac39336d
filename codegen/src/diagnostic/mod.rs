//! What is wrong with a catalog, where, and how to mend it.
//!
//! Stages push [`Diagnostic`]s into [`Diagnostics`]; [`human`], [`json`], [`sarif`] and [`github`] turn them into text.
//!
//! Invariant: no control character and no bidirectional control of a catalog is in what a renderer returns.

mod clean;
mod github;
mod human;
mod json;
mod list;
#[cfg(test)]
pub(crate) mod marks;
mod place;
mod sarif;
mod suggest;

pub use github::github;
pub use human::{Style, human, summary};
pub use json::json;
pub use list::{Counts, Diagnostics};
pub use sarif::sarif;
pub use suggest::did_you_mean;

pub use crate::source::characters::is_forbidden;

use crate::source::Span;

/// Whether a diagnostic stops the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Worth mending; the output is right all the same.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that it breaks, in kebab-case: `duplicate-key`.
    pub rule: &'static str,
    /// Whether it stops the pipeline.
    pub severity: Severity,
    /// What is wrong, as one sentence without its full stop.
    pub message: String,
    /// Where; `None` where no file is to blame.
    pub span: Option<Span>,
    /// A few words on what stands there; may be empty.
    pub label: String,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// How to mend it. With a fix, the first of them names it.
    pub help: Vec<String>,
    /// A text that would mend it.
    pub fix: Option<Fix>,
}

/// A replacement of one range of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The range that goes.
    pub span: Span,
    /// The text that comes.
    pub replacement: String,
}

impl Diagnostic {
    /// An error of a rule at a place.
    pub fn error(rule: &'static str, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, rule, span.into(), message.into())
    }

    /// A warning of a rule at a place.
    pub fn warning(rule: &'static str, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, rule, span.into(), message.into())
    }

    fn new(severity: Severity, rule: &'static str, span: Option<Span>, message: String) -> Self {
        let (label, related, help) = (String::new(), Vec::new(), Vec::new());
        Diagnostic { rule, severity, message, span, label, related, help, fix: None }
    }

    /// A few words on what stands at the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that belongs to it.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// One way to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The text that would mend it. An empty `replacement` removes, an empty `span` inserts.
    pub fn replace(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    /// Something of every kind, in the order in which it is shown.
    pub(super) fn sample() -> (Diagnostics, Files) {
        let mut files = Files::default();
        let a = files.add("catalog/a.yaml", "errors:\n  - code: É\n    staus: 429\n    code: B\n".to_owned());
        let b = files.add("catalog/b.yaml", "errbook: 1\n".to_owned());
        let mut found = Diagnostics::default();
        found.push(Diagnostic::warning("old", Span::new(b, 9, 10), "old version").label("this").help("write 2"));
        found.push(
            Diagnostic::error("unknown-key", Span::new(a, 25, 30), "unknown key `staus`")
                .label("not a key of an error")
                .help("did you mean `status`?")
                .replace(Span::new(a, 25, 30), "status"),
        );
        found.push(
            Diagnostic::error("duplicate-key", Span::new(a, 40, 44), "the key `code` stands twice in this mapping")
                .label("again here")
                .related(Span::new(a, 12, 16), "first here")
                .related(Span::new(b, 0, 7), "and here")
                .help("remove one of the two")
                .help("or rename it"),
        );
        found.push(Diagnostic::error("no-input", None, "nothing to check").help("name a catalog"));
        (found, files)
    }
}
