use std::collections::HashSet;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Catalog;

pub(super) static RULE: Rule = Rule {
    name: "unused-group",
    about: "A group has no error.",
    why: "Its heading would stand over nothing, so it is left out.",
    wrong: "
groups: { auth: Authentication }
#         ^^^^ warning[unused-group]
",
    right: "
groups: { auth: Authentication }
errors:
  - { code: A, status: 401, group: auth, when: undocumented, fix: undocumented, retry: never }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    if catalog.incomplete.errors {
        return;
    }
    let used: HashSet<&str> =
        catalog.errors.iter().filter_map(|error| Some(error.group.as_ref()?.value.as_str())).collect();
    // A group that is written wrong leaves the right one unused; that is reported as what it is.
    let known = |name: &str| catalog.groups.iter().any(|group| group.name.value == name);
    if !used.iter().all(|name| known(name)) {
        return;
    }
    for group in catalog.groups.iter().filter(|group| !used.contains(group.name.value.as_str())) {
        let message = format!("no error is of the group `{}`", group.name.value);
        diagnostics
            .push(Diagnostic::warning(RULE.name, group.name.span, message).help("give it to an error, or remove it"));
    }
}
