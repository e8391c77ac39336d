use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Catalog;
use crate::tables::MOST_CODES;

pub(super) static RULE: Rule = Rule {
    name: "too-many-codes",
    about: "A catalog lists more than 65,534 codes and aliases.",
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
    let count: usize = catalog.errors.iter().map(|error| 1 + error.aliases.len()).sum();
    if count > MOST_CODES {
        let message = format!("the catalog has {count} codes and aliases, {MOST_CODES} is the most");
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
