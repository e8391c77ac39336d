use std::collections::HashMap;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Catalog;

pub(super) static RULE: Rule = Rule {
    name: "duplicate-code",
    about: "Two errors of an API have the same code, name or alias.",
    why: "A code on the wire must lead to one error. What one code means in several situations stands under `causes` of one error.",
    wrong: "
errors:
  - { code: A, status: 400, when: undocumented, fix: undocumented, retry: never }
  - { code: A, status: 401, when: undocumented, fix: undocumented, retry: never }
#           ^ error[duplicate-code]
  - { code: B, aliases: [A], status: 401, when: undocumented, fix: undocumented, retry: never }
#                        ^ error[duplicate-code]
",
    right: "
errors:
  - code: A
    status: [400, 401]
    when: undocumented
    fix: undocumented
    retry: never
    causes:
      - { name: bad, status: 400, when: undocumented }
      - { name: unauthorized, status: 401, when: undocumented }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut first = HashMap::new();
    for error in &catalog.errors {
        let aliases = error.aliases.iter().map(|alias| (alias.text.value.as_str(), alias.text.span));
        for (code, span) in std::iter::once((error.id(), error.id_span())).chain(aliases) {
            match first.entry(code) {
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(span);
                }
                std::collections::hash_map::Entry::Occupied(entry) => diagnostics.push(
                    Diagnostic::error(RULE.name, span, format!("`{code}` is listed already"))
                        .label("again here")
                        .related(*entry.get(), "first here")
                        .help("list it once; tell what it means in several situations under `causes`"),
                ),
            }
        }
    }
}
