//! What surrounds the code: manifest, README, and the library of the `generated` package.

use serde::Serialize;

use super::literal;
use crate::emit::package::{description, error_table, keywords, license, retry_sentences};
use crate::emit::template::Templates;
use crate::emit::{self, prose};
use crate::model::Catalog;
use crate::plan::{ApiPlan, Plan};

/// The `Cargo.toml` of an API's crate.
pub(super) fn manifest(api: &ApiPlan<'_>) -> String {
    let catalog = api.catalog;
    let (version, spdx) = (&catalog.api.version.value, license(catalog));
    let repository = catalog
        .api
        .repository
        .as_ref()
        .map(|url| format!("repository = {}\n", toml_string(&url.value)))
        .unwrap_or_default();
    format!(
        "# {marker}\n\
         [package]\n\
         name = {name}\n\
         version = {version}\n\
         edition = \"2024\"\n\
         rust-version = \"1.90\"\n\
         license = {license}\n\
         description = {description}\n\
         {repository}keywords = [{keywords}]\n\
         categories = [\"api-bindings\", \"web-programming::http-client\"]\n\
         readme = \"README.md\"\n\
         include = [\"/src\", \"/README.md\", \"/LICENSE*\"]\n\
         \n\
         [package.metadata.docs.rs]\n\
         all-features = true\n\
         \n\
         [features]\n\
         ## `Serialize` and `Deserialize` of `ErrorCode`, as the code on the wire.\n\
         serde = [\"errbook/serde\"]\n\
         \n\
         [dependencies]\n\
         errbook = {runtime}\n",
        marker = emit::marker(&api.source()),
        name = toml_string(&api.package),
        version = toml_string(version),
        license = toml_string(spdx),
        description = toml_string(&description(catalog)),
        keywords = crate_keywords(catalog),
        runtime = runtime(api),
    )
}

/// The keywords that crates.io takes: five, of 20 characters at most.
fn crate_keywords(catalog: &Catalog) -> String {
    let fit = keywords(catalog).into_iter().filter(|keyword| keyword.len() <= 20).take(5);
    fit.map(toml_string).collect::<Vec<_>>().join(", ")
}

/// The runtime as a dependency: of the generator's version, and where the repository says that it is.
fn runtime(api: &ApiPlan<'_>) -> String {
    let version = toml_string(env!("CARGO_PKG_VERSION"));
    match &api.runtime {
        Some(path) => format!("{{ version = {version}, path = {} }}", toml_string(path)),
        None => version,
    }
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[derive(Serialize)]
struct Readme {
    marker: String,
    title: String,
    package: String,
    crate_name: String,
    source: String,
    /// The first value of an error, where any error has values.
    sample: Option<Sample>,
    /// The variant of the first error.
    variant: String,
    retry: Vec<String>,
    errors: String,
}

#[derive(Serialize)]
struct Sample {
    variant: String,
    field: String,
}

/// The README, which is also the documentation of the crate's root.
pub(super) fn readme(api: &ApiPlan<'_>) -> String {
    let catalog = api.catalog;
    let context = Readme {
        marker: emit::marker(&api.source()),
        title: prose::text(&catalog.api.title.value),
        package: api.package.clone(),
        crate_name: api.crate_name.clone(),
        source: catalog.api.sources.first().map(emit::source_link).unwrap_or_default(),
        sample: api.errors.iter().find_map(|plan| {
            let (variant, field) = (literal::ident(&plan.variant), plan.error.fields.first()?);
            Some(Sample { variant: variant.to_string(), field: literal::field_ident(&field.name.value).to_string() })
        }),
        variant: api.errors.first().map(|plan| literal::ident(&plan.variant).to_string()).unwrap_or_default(),
        retry: retry_sentences(catalog),
        errors: error_table(catalog),
    };
    Templates::new(&[("README.md", include_str!("templates/README.md"))]).render("README.md", &context)
}

/// The library of the `generated` package: a module for each API.
pub(super) fn library(plan: &Plan<'_>) -> String {
    let modules = plan.apis.iter().map(|api| {
        let (path, module) = (format!("rust/{}/src/lib.rs", api.package), literal::ident(&api.module));
        quote::quote!(#[rustfmt::skip] #[path = #path] pub mod #module;)
    });
    let about = " The generated crates as modules, for code in this workspace.";
    let library = quote::quote! { #![doc = #about] #(#modules)* };
    format!("// {}\n{}", emit::marker(&plan.catalogs), super::print(library))
}
