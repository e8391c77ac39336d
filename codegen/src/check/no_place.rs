use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, Location, StatusSet};

pub(super) static RULE: Rule = Rule {
    name: "no-place",
    about: "Errors have codes, but no response shape says where the code stands; or a condition asks for the message, and none says where that is; or nothing tells an error.",
    why: "Nothing could ever be decoded to these errors.",
    wrong: "
responses:
  - { message: /error }
errors:
  - { code: A, status: 400, when: undocumented, fix: undocumented, retry: never }
#           ^ error[no-place]
  - { name: B, match: {}, status: undocumented, when: undocumented, fix: undocumented, retry: never }
#           ^ error[no-place]
",
    right: "
responses:
  - { message: /error }
errors:
  - { name: BAD, match: { message: { contains: bad } }, status: 400, when: undocumented, fix: undocumented, retry: never }
",
    check: Check::One(check),
};

fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for error in &catalog.errors {
        let told_by_nothing =
            error.conditions().is_some_and(<[_]>::is_empty) && !matches!(error.status.value, StatusSet::Of(_));
        if told_by_nothing {
            let message = format!("nothing tells `{}`: it has neither a condition nor a status", error.id());
            diagnostics.push(
                Diagnostic::error(RULE.name, error.id_span(), message)
                    .help("add a condition under `match`, or a status"),
            );
        }
    }
    if catalog.incomplete.shapes {
        return;
    }
    let has_code = catalog.shapes.iter().any(|shape| !shape.code.is_empty());
    if let Some(error) = catalog.errors.iter().find(|error| error.code().is_some()).filter(|_| !has_code) {
        diagnostics.push(
            Diagnostic::error(RULE.name, error.id_span(), "no response shape says where the code stands")
                .label("this code is never found")
                .help("add `code: LOCATION` to `responses`, or tell the error by `name` and `match`"),
        );
    }
    if catalog.shapes.iter().any(|shape| !shape.message.is_empty()) {
        return;
    }
    let of_causes = catalog.errors.iter().flat_map(|error| &error.causes).flat_map(|cause| &cause.conditions);
    let of_errors = catalog.errors.iter().filter_map(|error| error.conditions()).flatten();
    if let Some(condition) = of_errors.chain(of_causes).find(|condition| condition.at.value == Location::Message) {
        let message = "no response shape says where the message stands";
        diagnostics.push(
            Diagnostic::error(RULE.name, condition.at.span, message)
                .help("add `message: LOCATION` to `responses`, or name a location here"),
        );
    }
}
