use std::collections::HashMap;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Catalog, is_device};

/// Names that no module or crate of Rust can have, and folders that other programs own.
const RESERVED: &[&str] =
    &["crate", "self", "super", "std", "core", "alloc", "test", "proc-macro", "errbook", "book", "target"];

pub(super) static RULE: Rule = Rule {
    name: "api-name",
    about: "Two catalogs describe the same API, or one has a name that its packages cannot have.",
    why: "The crate, the package, the module and the pages are named after the API, so there is one catalog an API, and some names are taken by the languages.",
    wrong: "
api: { id: crate, title: Demo, version: 0.1.0, sources: { errors: { url: https://demo.example, read: 2026-11-20 } } }
#          ^^^^^ error[catalog-file]
#          ^^^^^ error[api-name]
",
    right: "
api: { id: demo, title: Demo, version: 0.1.0, sources: { errors: { url: https://demo.example, read: 2026-11-20 } } }
",
    check: Check::All(check),
};

/// What is wrong with a name of an API that is taken, and how to mend it.
pub fn reserved_api_id(id: &str) -> Option<(String, String)> {
    let message = || format!("`{id}` is a name that Rust, Cargo or a file system keeps for itself");
    (RESERVED.contains(&id) || is_device(id)).then(|| (message(), format!("call it `{id}-api`")))
}

fn check(catalogs: &[Catalog], diagnostics: &mut Diagnostics) {
    let mut first = HashMap::new();
    for catalog in catalogs {
        let id = &catalog.api.id;
        if let Some((message, help)) = reserved_api_id(&id.value) {
            diagnostics.push(Diagnostic::error(RULE.name, id.span, message).help(help));
        }
        if let Some(span) = first.insert(id.value.as_str(), id.span) {
            let message = format!("another catalog describes the API `{}`", id.value);
            diagnostics.push(
                Diagnostic::error(RULE.name, id.span, message)
                    .related(span, "the other one")
                    .help("give one of them another id, or merge them"),
            );
        }
    }
}
