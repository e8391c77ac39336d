//! What surrounds the code: `package.json` and README.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::literal;
use super::types::key_header;
use crate::emit::package::{description, error_table, keywords, license, retry_sentences};
use crate::emit::{self, prose};
use crate::plan::ApiPlan;

/// The `package.json` of an API's package.
pub(super) fn manifest(api: &ApiPlan<'_>) -> String {
    let about = &api.catalog.api;
    let mut manifest = Map::new();
    let mut set = |key: &str, value: Value| manifest.insert(key.to_owned(), value);
    set("//", json!(emit::marker(&api.source())));
    set("name", json!(api.package));
    set("version", json!(about.version.value));
    set("description", json!(description(api.catalog)));
    set("keywords", json!(keywords(api.catalog)));
    set("license", json!(license(api.catalog)));
    if let Some(url) = &about.repository {
        set("repository", json!({ "type": "git", "url": repository(&url.value) }));
    }
    set("type", json!("module"));
    set(
        "exports",
        json!({
            ".": { "types": "./index.d.ts", "default": "./index.js" },
            "./texts": { "types": "./texts.d.ts", "default": "./texts.js" },
        }),
    );
    set("sideEffects", json!(["./texts.js"]));
    set("files", json!(["engine", "*.js", "*.d.ts", "LICENSE*"]));
    set("engines", json!({ "node": ">=20" }));
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    format!("{}\n", literal::json(&text))
}

/// The address as npm has it: `git+https://host/path.git`.
fn repository(url: &str) -> String {
    if !url.starts_with("https://") {
        return url.to_owned();
    }
    let url = url.trim_end_matches('/');
    format!("git+{}.git", url.trim_end_matches(".git"))
}

/// What the template of the README prints.
#[derive(Serialize)]
pub(super) struct Readme {
    marker: String,
    title: String,
    package: String,
    class: String,
    source: String,
    /// How the first value of an error is read, where any error has values.
    sample: Option<Sample>,
    /// The header for idempotency keys, as a literal.
    key_header: Option<String>,
    retry: Vec<String>,
    errors: String,
}

#[derive(Serialize)]
struct Sample {
    code: String,
    member: String,
}

pub(super) fn readme(api: &ApiPlan<'_>) -> Readme {
    let catalog = api.catalog;
    Readme {
        marker: emit::marker(&api.source()),
        title: prose::text(&catalog.api.title.value),
        package: api.package.clone(),
        class: api.class.clone(),
        source: catalog.api.sources.first().map(emit::source_link).unwrap_or_default(),
        sample: api.errors.iter().find_map(|plan| {
            let field = plan.error.fields.first()?;
            Some(Sample { code: literal::string(plan.error.id()), member: literal::member(&field.name.value) })
        }),
        key_header: key_header(api).map(literal::string),
        retry: retry_sentences(catalog),
        errors: error_table(catalog),
    }
}
