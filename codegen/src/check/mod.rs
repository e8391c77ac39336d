//! What no single value shows: contradictions within a catalog and between catalogs.
//!
//! One rule, one file: what it refuses and why it matters, a wrong catalog with the place marked, a right one, and the function. The samples are
//! the rule's tests, and what `errbook check --rules` shows.
//!
//! Invariant: [`Checked`] is made here and nowhere else, so nothing unchecked can be planned.

mod contradiction;
mod duplicate_api;
mod duplicate_code;
mod example;
mod file_name;
mod name_collision;
mod no_place;
mod overlap;
mod too_many;
mod unknown_name;
mod unmet_pointer;
mod unstated_retry;
mod unused_group;

pub use duplicate_api::reserved_api_id;

use crate::diagnostic::Diagnostics;
use crate::model::Catalog;
use crate::source::Files;

/// A rule that catalogs keep.
pub struct Rule {
    /// Its id, in kebab-case.
    pub name: &'static str,
    /// What it refuses, in a sentence.
    pub about: &'static str,
    /// Why that matters, and what to do instead.
    pub why: &'static str,
    /// A sample that breaks it, each place marked in the line below by `#  ^^^ error[rule]`.
    pub wrong: &'static str,
    /// A sample that keeps it.
    pub right: &'static str,
    check: Check,
}

enum Check {
    /// Looks at one catalog.
    One(fn(&Catalog, &mut Diagnostics)),
    /// Looks at one catalog and its file.
    File(fn(&Catalog, &Files, &mut Diagnostics)),
    /// Looks at all catalogs together.
    All(fn(&[Catalog], &mut Diagnostics)),
}

/// Every rule, in the order in which they run.
pub static RULES: &[&Rule] = &[
    &file_name::RULE,
    &duplicate_api::RULE,
    &too_many::RULE,
    &duplicate_code::RULE,
    &name_collision::RULE,
    &unknown_name::RULE,
    &no_place::RULE,
    &overlap::RULE,
    &contradiction::RULE,
    &unstated_retry::RULE,
    &unused_group::RULE,
    &example::RULE,
    &unmet_pointer::RULE,
];

/// A value that passed every check.
#[derive(Debug)]
pub struct Checked<T>(T);

impl<T> std::ops::Deref for Checked<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Runs every rule over every catalog. Where anything, here or in an earlier stage, is an error, the catalogs are given back unchecked.
///
/// # Errors
///
/// The catalogs, with what is wrong in `diagnostics`.
pub fn run(
    catalogs: Vec<Catalog>,
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> Result<Checked<Vec<Catalog>>, Vec<Catalog>> {
    for rule in RULES {
        match rule.check {
            Check::One(check) => catalogs.iter().for_each(|catalog| check(catalog, diagnostics)),
            Check::File(check) => catalogs.iter().for_each(|catalog| check(catalog, files, diagnostics)),
            Check::All(check) => check(&catalogs, diagnostics),
        }
    }
    if diagnostics.has_errors() { Err(catalogs) } else { Ok(Checked(catalogs)) }
}

/// What is left of a refused catalog when everything is taken out that a rule could refuse: the names and values that code may mention, so
/// that the catalog's own mistakes are the only ones that a compiler shows.
pub fn stub(mut catalog: Catalog) -> Checked<Vec<Catalog>> {
    let mut names = std::collections::HashSet::new();
    let mut codes = std::collections::HashSet::new();
    catalog.errors.retain(|error| {
        let variant = error.variant();
        !variant.is_empty() && names.insert(variant.to_ascii_lowercase()) && codes.insert(error.id().to_owned())
    });
    catalog.errors.truncate(crate::tables::MOST_CODES);
    let unique = |fields: &mut Vec<crate::model::Field>, names: &mut std::collections::HashSet<String>| {
        fields.retain(|field| name_collision::field_name(field).is_some_and(|name| names.insert(name)));
    };
    // The shapes share one struct, each error has one of its own.
    let mut of_shapes = std::collections::HashSet::new();
    for shape in &mut catalog.shapes {
        unique(&mut shape.fields, &mut of_shapes);
        if let Some(several) = &mut shape.errors {
            unique(&mut several.shape.fields, &mut of_shapes);
        }
    }
    for error in &mut catalog.errors {
        error.aliases.clear();
        unique(&mut error.fields, &mut std::collections::HashSet::new());
        let mut names = std::collections::HashSet::new();
        error.causes.retain(|cause| cause.name.is_some() && names.insert(cause.variant("").to_ascii_lowercase()));
    }
    Checked(vec![catalog])
}

/// A catalog with one error, for where nothing at all could be read.
pub fn empty() -> Option<Checked<Vec<Catalog>>> {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::default());
    let file = files.add("demo.yaml", complete(""));
    let root = crate::source::parse(&files, file, &mut diagnostics)?;
    let catalogs = crate::model::lower::lower(&[crate::source::Document { file, root }], &mut diagnostics);
    run(catalogs, &files, &mut diagnostics).ok()
}

/// A sample with the required keys that it leaves out: what the tests of rules and of the reference run.
pub fn complete(sample: &str) -> String {
    const PARTS: [(&str, &str); 4] = [
        ("errbook:", "errbook: 1\n"),
        (
            "api:",
            "api: { id: demo, title: Demo, version: 0.1.0, sources: { errors: { url: \"https://demo.example/errors\", read: 2026-11-20 } } }\n",
        ),
        ("responses:", "responses:\n  - { code: /code, message: /message }\n"),
        (
            "errors:",
            "errors:\n  - { code: SAMPLE, status: 400, when: undocumented, fix: undocumented, retry: never }\n",
        ),
    ];
    let mut out = sample.to_owned();
    for (key, text) in PARTS {
        if !sample.lines().any(|line| line.starts_with(key)) {
            out.push_str(text);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lower;
    use crate::source;

    /// What a sample is found to break: line, column, width, severity and rule of each place.
    pub(super) fn found(sample: &str) -> Vec<(usize, usize, usize, String)> {
        let mut files = Files::default();
        let mut diagnostics = Diagnostics::default();
        let text = complete(sample);
        let id = files.add("catalog/demo.yaml", text.clone());
        let root = source::parse(&files, id, &mut diagnostics).unwrap();
        let catalogs = lower::lower(&[source::Document { file: id, root }], &mut diagnostics);
        let _ = run(catalogs, &files, &mut diagnostics);
        let place = |d: &&crate::diagnostic::Diagnostic| {
            let span = d.span.unwrap();
            let at = files.position(span.file, span.start);
            let width = text[span.range()].lines().next().unwrap_or_default().chars().count();
            (at.line, at.column, width, format!("{}[{}]", d.severity.as_str(), d.rule))
        };
        let mut found: Vec<_> = diagnostics.sorted().iter().map(place).collect();
        found.sort();
        found
    }

    /// What the marks below the lines of a sample ask for.
    fn marked(sample: &str) -> Vec<(usize, usize, usize, String)> {
        let mut out = Vec::new();
        let mut line = 0;
        for (number, text) in sample.lines().enumerate() {
            let mark = text.trim_start().strip_prefix('#').map(str::trim_start).filter(|rest| rest.starts_with('^'));
            let Some(rest) = mark else {
                line = number + 1;
                continue;
            };
            let width = rest.bytes().take_while(|b| *b == b'^').count();
            out.push((line, text.find('^').unwrap() + 1, width, rest[width..].trim().to_owned()));
        }
        out.sort();
        out
    }

    #[test]
    fn every_rule_finds_its_wrong_sample_and_passes_its_right_one() {
        for rule in RULES {
            let marks = marked(rule.wrong);
            assert!(rule.wrong.is_empty() || marks.iter().any(|mark| mark.3.contains(rule.name)), "{}", rule.name);
            assert_eq!(found(rule.wrong), marks, "{}", rule.name);
            assert_eq!(found(rule.right), [], "{}", rule.name);
        }
    }
}
