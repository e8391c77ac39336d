use std::collections::BTreeMap;
use std::ops::Bound;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{
    Catalog, ClassSpecificity, Condition, ErrorDef, Specificity, StatusRange, StatusSet, Test, class_specificity,
    classes_overlap,
};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    name: "overlap",
    about: "Two errors without a code, two classes of codes, or two causes of one error, fit the same response and are equally specific; or one goes before all responses of another.",
    why: "Which of them a response is would depend on their order in the file. More conditions win over fewer, equals over `prefix` over `contains`, a \
          status over a class over none; of classes of codes a range over a prefix or a pattern, then the narrower one or the one with more letters. Make one of the two more specific.",
    wrong: "
errors:
  - { name: FROZEN, match: { message: { contains: frozen } }, status: 400, when: undocumented, fix: undocumented, retry: never }
  - { name: LOCKED, match: { message: { contains: locked } }, status: 400, when: undocumented, fix: undocumented, retry: never }
#           ^^^^^^ error[overlap]
  - { name: PERMISSION, code: { range: [200, 299] }, status: 403, when: undocumented, fix: undocumented, retry: never }
  - { name: ACCESS, code: { range: [250, 349] }, status: 403, when: undocumented, fix: undocumented, retry: never }
#           ^^^^^^ error[overlap]
  - { name: BUSY, match: { /kind: { prefix: busy } }, status: 503, when: undocumented, fix: undocumented, retry: never }
  - { name: VERY_BUSY, match: { /kind: { pattern: \"busy * very\" } }, status: 503, when: undocumented, fix: undocumented, retry: never }
#           ^^^^^^^^^ error[overlap]
",
    right: "
errors:
  - { name: FROZEN, match: { message: { contains: frozen } }, status: 400, when: undocumented, fix: undocumented, retry: never }
  - { name: LOCKED, match: { message: { prefix: locked } }, status: 400, when: undocumented, fix: undocumented, retry: never }
  - { name: BAD, match: {}, status: 400, when: undocumented, fix: undocumented, retry: never }
  - { name: CONNECTION, code: { prefix: \"08\" }, status: 503, when: undocumented, fix: undocumented, retry: backoff }
  - { name: PROTOCOL, code: { pattern: \"08*P\" }, status: 503, when: undocumented, fix: undocumented, retry: never }
",
    check: Check::One(check),
};

/// What tells one of several apart.
struct Telling<'c> {
    name: &'c str,
    span: Span,
    conditions: &'c [Condition],
    statuses: &'c [StatusRange],
}

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut uncoded: BTreeMap<Specificity, Vec<Telling<'_>>> = BTreeMap::new();
    for error in &catalog.errors {
        if let Some(conditions) = error.conditions() {
            let statuses = match &error.status.value {
                StatusSet::Of(ranges) => ranges.as_slice(),
                StatusSet::Never | StatusSet::Undocumented => &[],
            };
            let telling = Telling { name: error.id(), span: error.id_span(), conditions, statuses };
            uncoded.entry(error.specificity().kind()).or_default().push(telling);
        }
        let mut causes: BTreeMap<Specificity, Vec<Telling<'_>>> = BTreeMap::new();
        for cause in error.causes.iter().filter(|cause| cause.is_told()) {
            let name = cause.name.as_ref().map_or("", |name| &name.value);
            let span = cause.name.as_ref().map_or(cause.span, |name| name.span);
            let telling = Telling { name, span, conditions: &cause.conditions, statuses: &cause.statuses };
            causes.entry(cause.specificity().kind()).or_default().push(telling);
        }
        report_all(&causes, diagnostics);
    }
    report_all(&uncoded, diagnostics);
    classes(catalog, diagnostics);
}

fn report_all(ranked: &BTreeMap<Specificity, Vec<Telling<'_>>>, diagnostics: &mut Diagnostics) {
    ranked.values().for_each(|alike| report(alike, diagnostics));
    for (rank, alike) in ranked {
        for one in alike {
            let mut before = ranked.range((Bound::Excluded(rank), Bound::Unbounded)).flat_map(|(_, others)| others);
            if let Some(other) = before.find(|other| is_within(one, other)) {
                let message = format!("no response is ever `{}`: all that fit it fit `{}` too", one.name, other.name);
                diagnostics.push(
                    Diagnostic::error(RULE.name, one.span, message)
                        .label("less specific")
                        .related(other.span, "the one that goes before")
                        .help("give it another condition, so that it goes before; or leave it out"),
                );
            }
        }
    }
}

/// Whether all that fits `one` fits `other`.
fn is_within(one: &Telling<'_>, other: &Telling<'_>) -> bool {
    let has_statuses = other.statuses.is_empty()
        || !one.statuses.is_empty() && one.statuses.iter().all(|a| other.statuses.iter().any(|b| b.covers(*a)));
    has_statuses && other.conditions.iter().all(|b| one.conditions.iter().any(|a| a.implies(b)))
}

/// Reports each class of codes that a code can be in as well as in an earlier one.
fn classes(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut alike: BTreeMap<ClassSpecificity, Vec<(&ErrorDef, &[Test])>> = BTreeMap::new();
    for (error, class) in catalog.errors.iter().filter_map(|error| Some((error, error.class()?))) {
        let others = alike.entry(class_specificity(class)).or_default();
        if let Some((other, _)) = others.iter().find(|(_, other)| classes_overlap(class, other)) {
            let message = format!("a code can be in both `{}` and `{}`", error.id(), other.id());
            diagnostics.push(
                Diagnostic::error(RULE.name, error.id_span(), message)
                    .label("equally specific")
                    .related(other.id_span(), "the other one")
                    .help(
                        "make one more specific: a longer prefix or pattern, a narrower range, or the codes themselves",
                    ),
            );
        }
        others.push((error, class));
    }
}

/// Reports each that fits the same response as an earlier one.
fn report(alike: &[Telling<'_>], diagnostics: &mut Diagnostics) {
    for (index, one) in alike.iter().enumerate() {
        if let Some(other) = alike[..index].iter().find(|other| overlap(one, other)) {
            diagnostics.push(
                Diagnostic::error(RULE.name, one.span, format!("`{}` and `{}` can fit the same response", one.name, other.name))
                    .label("equally specific")
                    .related(other.span, "the other one")
                    .help("make one more specific: another condition, the whole text or a `prefix` instead of `contains`, or a status"),
            );
        }
    }
}

fn overlap(one: &Telling<'_>, other: &Telling<'_>) -> bool {
    let apart = |a: &StatusRange, b: &StatusRange| a.last < b.first || b.last < a.first;
    let statuses_apart = !one.statuses.is_empty()
        && !other.statuses.is_empty()
        && one.statuses.iter().all(|a| other.statuses.iter().all(|b| apart(a, b)));
    // Of these the one within the other has more letters, and goes first.
    let nested = is_within(one, other) != is_within(other, one);
    !statuses_apart && !nested && !one.conditions.iter().any(|a| other.conditions.iter().any(|b| a.excludes(b)))
}
