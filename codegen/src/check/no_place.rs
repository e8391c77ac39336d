use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, Location, StatusRange, StatusSet};

pub(super) static RULE: Rule = Rule {
    name: "no-place",
    about: "Errors have codes, but no response shape says where the code stands, or carries their statuses; or something is looked for in the message, and none says where that is; or nothing tells an error.",
    why: "Nothing could ever be decoded to these errors.",
    wrong: "
responses:
  - { message: /error }
errors:
  - { name: D, match: { code: X }, status: 400, when: undocumented, fix: undocumented, retry: never, fields: { at: { in: path, type: string } } }
#                       ^^^^ error[no-place]
#                                                                                                                        ^^^^ error[no-place]
  - { code: A, status: 400, when: undocumented, fix: undocumented, retry: never }
#           ^ error[no-place]
  - { name: B, match: {}, status: undocumented, when: undocumented, fix: undocumented, retry: never }
#           ^ error[no-place]
  - { name: C, match: {}, status: 200, when: undocumented, fix: undocumented, retry: never }
#                                 ^^^ error[no-place]
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
    let most_parts = catalog.all_shapes().map(|shape| shape.code.len()).max().unwrap_or(0);
    if let Some(error) = catalog.errors.iter().find(|error| error.code_parts() > 0).filter(|_| most_parts == 0) {
        diagnostics.push(
            Diagnostic::error(RULE.name, error.id_span(), "no response shape says where the code stands")
                .label("this code is never found")
                .help("add `code: LOCATION` to `responses`, or tell the error by `name` and `match`"),
        );
    }
    for error in catalog.errors.iter().filter(|error| most_parts > 0 && error.code_parts() > most_parts) {
        let message =
            format!("the code has {} parts, and no response shape has more than {most_parts}", error.code_parts());
        diagnostics.push(
            Diagnostic::error(RULE.name, error.id_span(), message)
                .label("this code is never found")
                .help("say where each part stands: `code: { parts: [LOCATION, LOCATION] }` in `responses`"),
        );
    }
    statuses(catalog, diagnostics);
    parts(catalog, diagnostics);
}

/// Reports the first location of each kind that stands for what no response shape has: its message, its code, the path of one of several errors.
fn parts(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let has_message = catalog.all_shapes().any(|shape| !shape.message.is_empty());
    let has_code = catalog.all_shapes().any(|shape| !shape.code.is_empty());
    let has_several = catalog.shapes.iter().any(|shape| shape.errors.is_some());
    let locations = catalog.locations();
    for (part, is_there, what, key) in [
        (Location::Message, has_message, "where the message stands", "message: LOCATION"),
        (Location::Code, has_code, "where the code stands", "code: LOCATION"),
        (Location::Path, has_several, "where several errors stand", "errors: { in: LOCATION }"),
    ] {
        let asked = locations.iter().flat_map(|located| &located.at).find(|at| *at.value.text_of() == part);
        if let (Some(at), false) = (asked, is_there) {
            let help = format!("add `{key}` to `responses`, or name another location here");
            let message = format!("no response shape says {what}");
            diagnostics.push(Diagnostic::error(RULE.name, at.span, message).help(help));
        }
    }
}

/// Reports errors of which no response shape carries any status. One that tells statuses of its own can carry all.
fn statuses(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    if catalog.all_shapes().any(|shape| !shape.own_status.is_empty()) {
        return;
    }
    let carried: Vec<StatusRange> = catalog.shapes.iter().flat_map(|shape| shape.carried().to_vec()).collect();
    let meets = |a: &StatusRange, b: &StatusRange| a.first <= b.last && b.first <= a.last;
    for error in &catalog.errors {
        let StatusSet::Of(ranges) = &error.status.value else { continue };
        if !ranges.iter().any(|range| carried.iter().any(|shape| meets(range, shape))) {
            let message = format!("no response shape carries a status of `{}`", error.id());
            diagnostics.push(
                Diagnostic::error(RULE.name, error.status.span, message)
                    .help("add a response shape with this `status`; below 400 it needs an `if` that makes the response an error, or a code"),
            );
        }
    }
}
