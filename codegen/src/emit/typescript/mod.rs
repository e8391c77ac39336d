//! The npm packages: tables and texts as data, types for the compiler, and the engine as it is.
//!
//! Invariant: every text of a catalog gets into a file as a literal, a key or a comment, through `literal`, or into the README through `prose`.

mod engine;
mod literal;
mod names;
mod package;
mod tables;
#[cfg(test)]
mod tests;
mod types;

use std::sync::LazyLock;

use serde::Serialize;

use super::licenses;
use super::template::Templates;
use crate::output::Draft;
use crate::plan::{ApiPlan, Plan};

/// The files of all packages: `typescript/<package>/` with `package.json`, `README.md`, licences, `index`, `tables`, `texts` and `engine/`.
pub fn emit<'p>(plan: &'p Plan<'_>) -> Vec<Draft<'p>> {
    plan.apis.iter().flat_map(package_files).collect()
}

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(&[
        ("index.js", include_str!("templates/index.js")),
        ("index.d.ts", include_str!("templates/index.d.ts")),
        ("tables.js", include_str!("templates/tables.js")),
        ("texts.js", include_str!("templates/texts.js")),
        ("texts.d.ts", include_str!("templates/texts.d.ts")),
        ("README.md", include_str!("templates/README.md")),
    ])
});

fn package_files<'p>(api: &'p ApiPlan<'_>) -> Vec<Draft<'p>> {
    let folder = format!("typescript/{}", api.package);
    let path = |name: &str| format!("{folder}/{name}");
    let mut drafts = vec![
        Draft::new(path("index.d.ts"), || TEMPLATES.render("index.d.ts", &types::index(api))),
        Draft::new(path("texts.js"), || TEMPLATES.render("texts.js", &tables::texts(api))),
        Draft::new(path("tables.js"), || TEMPLATES.render("tables.js", &tables::tables(api))),
        Draft::new(path("README.md"), || TEMPLATES.render("README.md", &package::readme(api))),
        Draft::new(path("index.js"), || TEMPLATES.render("index.js", &types::class(api))),
        Draft::new(path("texts.d.ts"), || {
            TEMPLATES.render("texts.d.ts", &Head { marker: super::marker(&api.source()) })
        }),
        Draft::new(path("package.json"), || package::manifest(api)),
    ];
    drafts.extend(licenses::files(api, &folder));
    drafts.push(licenses::engine(&path("engine")));
    drafts.extend(
        engine::FILES.iter().map(|(name, text)| Draft::new(path(&format!("engine/{name}")), || engine::marked(text))),
    );
    drafts
}

/// What a file without anything of its own needs.
#[derive(Serialize)]
struct Head {
    marker: String,
}
