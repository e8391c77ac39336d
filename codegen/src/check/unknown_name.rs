use std::collections::HashSet;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Catalog, Text};

pub(super) static RULE: Rule = Rule {
    name: "unknown-name",
    about: "A group, source or error that a catalog names is not in it.",
    why: "A slip of the pen would leave an error out of the index, or a fact without its page.",
    wrong: "
groups: { auth: Authentication }
errors:
  - { code: A, status: 401, group: auth, when: undocumented, fix: undocumented, retry: never }
  - { code: B, status: 401, group: aut, when: undocumented, fix: undocumented, retry: never, source: eror }
#                                  ^^^ error[unknown-name]
#                                                                                                    ^^^^ error[unknown-name]
  - { code: C, status: 401, when: undocumented, fix: undocumented, retry: never, deprecated: { use: D } }
#                                                                                                   ^ error[unknown-name]
",
    right: "
groups: { auth: Authentication }
errors:
  - { code: A, status: 401, group: auth, when: undocumented, fix: undocumented, retry: never, source: errors }
  - { code: B, status: 401, when: undocumented, fix: undocumented, retry: never, deprecated: { use: A } }
",
    check: Check::One(check),
};

/// For how many errors that are not there a similar one is looked for: each takes a look at all.
const MAX_GUESSES: usize = 20;

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let groups: Vec<&str> = catalog.groups.iter().map(|group| group.name.value.as_str()).collect();
    let sources: Vec<&str> = catalog.api.sources.iter().map(|source| source.name.value.as_str()).collect();
    let ids: Vec<&str> = catalog.errors.iter().map(|error| error.id()).collect();
    let errors: HashSet<&str> = ids.iter().copied().collect();
    let mut guessed = 0;
    let of_limits = catalog.limits.iter().flat_map(|limit| &limit.sources);
    let of_statuses = catalog.statuses.iter().flat_map(|rule| &rule.sources);
    // What was left out because of another mistake would be missed here for nothing.
    let missing = catalog.incomplete;
    for source in of_limits.chain(of_statuses).chain(catalog.errors.iter().flat_map(|error| &error.sources)) {
        if !missing.api && !sources.contains(&source.value.as_str()) {
            report("source", source, &sources, diagnostics);
        }
    }
    for error in &catalog.errors {
        if let Some(group) =
            error.group.as_ref().filter(|group| !missing.groups && !groups.contains(&group.value.as_str()))
        {
            report("group", group, &groups, diagnostics);
        }
        let replaced_by = error.deprecated.as_ref().and_then(|deprecated| deprecated.replaced_by.as_ref());
        if let Some(other) = replaced_by.filter(|other| other.value == error.id()) {
            let message = format!("`{}` cannot take its own place", other.value);
            diagnostics.push(Diagnostic::error(RULE.name, other.span, message).help("name the error that replaces it"));
        }
        if let Some(other) = replaced_by.filter(|other| !missing.errors && !errors.contains(other.value.as_str())) {
            // A catalog that names thousands of errors that are not there was made by a program, which needs no suggestions.
            let known = if guessed < MAX_GUESSES { &ids[..] } else { &[] };
            guessed += 1;
            report("error", other, known, diagnostics);
        }
    }
}

fn report(what: &str, name: &Text, known: &[&str], diagnostics: &mut Diagnostics) {
    let diagnostic = Diagnostic::error(RULE.name, name.span, format!("there is no {what} `{}`", name.value));
    diagnostics.push(match did_you_mean(&name.value, known.iter().copied()) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).replace(name.span, meant),
        None => diagnostic.help(format!("add it to the catalog's {what}s, or name one that is there")),
    });
}
