use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Catalog;
use crate::tables::MOST_CODES;

pub(super) static RULE: Rule = Rule {
    name: "too-many-codes",
    about: "A catalog lists more than 65,534 codes, aliases, causes, statuses, groups and sources.",
    why: "Tables hold indices of 16 bits. An API with more codes than that has classes of codes: list those.",
    // A sample would be as long as that; see the test below.
    wrong: "",
    right: "
errors:
  - { code: A, status: 400, when: undocumented, fix: undocumented, retry: never }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    // Causes can have retry rules of their own, which are counted by the same kind of index.
    let of_errors: usize = catalog.errors.iter().map(|error| 1 + error.aliases.len() + error.causes.len()).sum();
    let count = of_errors + catalog.statuses.len() + catalog.groups.len() + catalog.api.sources.len();
    if count > MOST_CODES {
        let message = format!(
            "the catalog has {count} codes, aliases, causes, statuses, groups and sources, {MOST_CODES} is the most"
        );
        diagnostics.push(
            Diagnostic::error(RULE.name, catalog.errors[0].span, message).help("list the classes that the codes form"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;

    #[test]
    fn refuses_too_many_codes() {
        let errors: String = (0..65_535)
            .map(|n| {
                format!("  - {{ code: C{n}, status: 400, when: undocumented, fix: undocumented, retry: never }}\n")
            })
            .collect();
        let found = found(&format!("errors:\n{errors}"));
        assert_eq!(found, [(2, 7, 4, "error[too-many-codes]".to_owned())]);
    }
}
