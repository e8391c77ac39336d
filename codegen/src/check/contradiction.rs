use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, RetryVerdict};
use errbook::Action;

pub(super) static RULE: Rule = Rule {
    name: "contradiction",
    about: "What a program does about an error contradicts whether it may be repeated.",
    why: "`action: retry` or `wait` with `retry: never` makes one client loop and another give up, and `fix_request` with a retry repeats what cannot succeed.",
    wrong: "
errors:
  - { code: A, status: 400, when: undocumented, fix: undocumented, action: retry, retry: never }
#                                                                          ^^^^^ error[contradiction]
  - { code: B, status: 400, when: undocumented, fix: undocumented, action: fix_request, retry: backoff }
#                                                                          ^^^^^^^^^^^ error[contradiction]
",
    right: "
errors:
  - { code: A, status: 500, when: undocumented, fix: undocumented, action: retry, retry: backoff }
  - { code: B, status: 400, when: undocumented, fix: undocumented, action: fix_request, retry: never }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for error in &catalog.errors {
        let (Some(action), Some(rule)) = (&error.action, &error.retry) else { continue };
        let clash = match (action.value, &rule.verdict) {
            (Action::Retry | Action::Wait, RetryVerdict::Never) => "a request that can never succeed is not repeated",
            (Action::FixRequest | Action::Authenticate, RetryVerdict::Retry) => {
                "a request that must be changed is not repeated unchanged"
            }
            (Action::CheckOutcome, RetryVerdict::Retry) => {
                "a request that may have taken effect is looked after before it is repeated"
            }
            _ => continue,
        };
        let diagnostic =
            Diagnostic::error(RULE.name, action.span, format!("the action contradicts the retry rule: {clash}"));
        diagnostics.push(diagnostic.related(rule.span, "the retry rule").help("change one of the two"));
    }
}
