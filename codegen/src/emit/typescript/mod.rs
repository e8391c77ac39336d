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

use serde::Serialize;

use super::licenses;
use super::template::Templates;
use crate::output::Output;
use crate::plan::{ApiPlan, Plan};

/// The files of all packages: `typescript/<package>/` with `package.json`, `README.md`, licences, `index`, `tables`, `texts` and `engine/`.
pub fn emit(plan: &Plan<'_>) -> Vec<Output> {
    let templates = Templates::new(&[
        ("index.js", include_str!("templates/index.js")),
        ("index.d.ts", include_str!("templates/index.d.ts")),
        ("tables.js", include_str!("templates/tables.js")),
        ("texts.js", include_str!("templates/texts.js")),
        ("texts.d.ts", include_str!("templates/texts.d.ts")),
        ("README.md", include_str!("templates/README.md")),
    ]);
    plan.apis.iter().flat_map(|api| package_files(api, &templates)).collect()
}

fn package_files(api: &ApiPlan<'_>, templates: &Templates) -> Vec<Output> {
    let folder = format!("typescript/{}", api.package);
    let output = |path: &str, text: String| Output { path: format!("{folder}/{path}"), text };
    let index = types::index(api);
    let head = Head { marker: super::marker(&api.source()) };
    let mut outputs = vec![
        output("package.json", package::manifest(api)),
        output("README.md", templates.render("README.md", &package::readme(api))),
        output("index.js", templates.render("index.js", &index)),
        output("index.d.ts", templates.render("index.d.ts", &index)),
        output("tables.js", templates.render("tables.js", &tables::tables(api))),
        output("texts.js", templates.render("texts.js", &tables::texts(api))),
        output("texts.d.ts", templates.render("texts.d.ts", &head)),
    ];
    outputs.extend(licenses::files(api, &folder));
    outputs.push(licenses::engine(&format!("{folder}/engine")));
    outputs.extend(engine::FILES.iter().map(|(name, text)| output(&format!("engine/{name}"), engine::marked(text))));
    outputs
}

/// What a file without anything of its own needs.
#[derive(Serialize)]
struct Head {
    marker: String,
}
