//! The accumulator that every stage reports into.

use super::{Diagnostic, Severity};

/// Everything that was found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is an error among them.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// How many errors and warnings there are.
    pub fn counts(&self) -> Counts {
        let errors = self.found.iter().filter(|found| found.severity == Severity::Error).count();
        Counts { errors, warnings: self.found.len() - errors }
    }

    /// All of them, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// All of them by file and place; first those without a place, and at one place as they were found.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<_> = self.found.iter().collect();
        sorted.sort_by_key(|found| found.span);
        sorted
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.found.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Diagnostics { found: diagnostics.into_iter().collect() }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.found.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    #[test]
    fn sorts_by_file_and_place() {
        let at = |file, start| Span::new(FileId(file), start, start + 1);
        let found: Diagnostics = [
            Diagnostic::warning("d", at(1, 0), "d"),
            Diagnostic::error("c", at(0, 9), "c"),
            Diagnostic::error("b", at(0, 3), "b"),
            Diagnostic::error("b2", at(0, 3), "b2"),
            Diagnostic::error("a", None, "a"),
        ]
        .into_iter()
        .collect();
        let rules: Vec<_> = found.sorted().iter().map(|found| found.rule).collect();
        assert_eq!(rules, ["a", "b", "b2", "c", "d"]);
        assert_eq!(found.counts(), Counts { errors: 4, warnings: 1 });
        assert!(found.has_errors());
        assert!(!Diagnostics::default().has_errors());
    }
}
