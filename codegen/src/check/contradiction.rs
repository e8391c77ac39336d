use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, RetryRule, RetryVerdict};
use crate::source::Span;
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
  - { code: C, status: 429, when: undocumented, fix: undocumented, retry: never }
#           ^ error[contradiction]
statuses:
  429: { title: Too Many Requests, action: wait, retry: backoff }
  500: { title: Server error, action: retry, retry: never }
# ^^^ error[contradiction]
",
    right: "
errors:
  - { code: A, status: 500, when: undocumented, fix: undocumented, action: retry, retry: backoff }
  - { code: B, status: 400, when: undocumented, fix: undocumented, action: fix_request, retry: never }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for rule in &catalog.statuses {
        report(rule.action, rule.retry.as_ref(), rule.range.span, diagnostics);
    }
    for error in &catalog.errors {
        let inherits_both = error.action.is_none() && error.retry.is_none();
        let place = error.action.as_ref().map_or(error.id_span(), |action| action.span);
        // What a status says of both is reported there.
        if !inherits_both {
            report(catalog.action_of(error), catalog.retry_of(error), place, diagnostics);
        }
        for cause in error.causes.iter().filter(|cause| cause.action.is_some() || cause.retry.is_some()) {
            let action = cause.action.or_else(|| catalog.action_of(error));
            report(action, cause.retry.as_ref().or_else(|| catalog.retry_of(error)), cause.span, diagnostics);
        }
    }
}

/// Reports an action and a retry rule that hold together and cannot.
fn report(action: Option<Action>, rule: Option<&RetryRule>, place: Span, diagnostics: &mut Diagnostics) {
    let (Some(action), Some(rule)) = (action, rule) else { return };
    let clash = match (action, &rule.verdict) {
        (Action::Retry | Action::Wait, RetryVerdict::Never) => "a request that can never succeed is not repeated",
        (Action::FixRequest | Action::Authenticate, RetryVerdict::Retry) => {
            "a request that must be changed is not repeated unchanged"
        }
        (Action::CheckOutcome, RetryVerdict::Retry) => {
            "a request that may have taken effect is looked after before it is repeated"
        }
        _ => return,
    };
    let diagnostic =
        Diagnostic::error(RULE.name, place, format!("the action `{action}` contradicts the retry rule: {clash}"));
    diagnostics.push(diagnostic.related(rule.span, "the retry rule").help("change one of the two"));
}
