use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, StatusSet};

pub(super) static RULE: Rule = Rule {
    name: "unstated-retry",
    about: "Neither an error nor its status says whether it may be repeated.",
    why: "Clients are told `unknown`. If no source says, write `retry: undocumented`, so that readers see that somebody looked.",
    wrong: "
errors:
  - { code: A, status: 400, when: undocumented, fix: undocumented }
#           ^ warning[unstated-retry]
",
    right: "
statuses:
  400: { title: Bad Request, retry: never }
errors:
  - { code: A, status: 400, when: undocumented, fix: undocumented }
  - { code: B, status: 500, when: undocumented, fix: undocumented, retry: undocumented }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    if catalog.incomplete.statuses || catalog.incomplete.errors {
        return;
    }
    for error in catalog.errors.iter().filter(|error| error.retry.is_none() && error.retired.is_none()) {
        let stated =
            |status: crate::model::StatusRange| catalog.status_rule(status).is_some_and(|rule| rule.retry.is_some());
        let all_stated = match &error.status.value {
            StatusSet::Of(ranges) => ranges.iter().all(|range| stated(*range)),
            StatusSet::Never | StatusSet::Undocumented => false,
        };
        if !all_stated {
            let message = format!("whether `{}` may be repeated is not said", error.id());
            diagnostics.push(
                Diagnostic::warning(RULE.name, error.id_span(), message)
                    .help("add `retry:`; if no source says, `retry: undocumented`"),
            );
        }
    }
}
