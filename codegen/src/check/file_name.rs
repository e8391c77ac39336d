use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Catalog;
use crate::source::Files;

pub(super) static RULE: Rule = Rule {
    name: "catalog-file",
    about: "A catalog is not in the file that is named after its API.",
    why: "People look for an API's catalog by its id. Name the file `<id>.yaml`.",
    wrong: "
api: { id: other, title: Demo, version: 0.1.0, sources: { errors: { url: https://demo.example, read: 2026-11-20 } } }
#          ^^^^^ error[catalog-file]
",
    right: "
api: { id: demo, title: Demo, version: 0.1.0, sources: { errors: { url: https://demo.example, read: 2026-11-20 } } }
",
    check: Check::File(check),
};

fn check(catalog: &Catalog, files: &Files, diagnostics: &mut Diagnostics) {
    let id = &catalog.api.id;
    let path = files.path(id.span.file);
    let file = path.rsplit('/').next().unwrap_or(path);
    if let Some(stem) = file.strip_suffix(".yaml").filter(|stem| *stem != id.value) {
        let message = format!("the file of `{}` is `{}.yaml`, this is `{file}`", id.value, id.value);
        diagnostics.push(
            Diagnostic::error(RULE.name, id.span, message)
                .help(format!("rename the file, or change the id to `{stem}`")),
        );
    }
}
