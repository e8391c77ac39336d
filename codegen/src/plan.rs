//! What every target needs before a line is written: the tables, and every name, final.
//!
//! Names that collide are found by the check; here they are only made.

use bumpalo::Bump;
use errbook::__private::Api;
use heck::{ToKebabCase, ToUpperCamelCase};

use crate::check::Checked;
use crate::config::Config;
use crate::model::{Catalog, ErrorDef, is_device};
use crate::tables;

/// All APIs, in the order of their ids.
pub struct Plan<'c> {
    /// One plan an API.
    pub apis: Vec<ApiPlan<'c>>,
    /// The folder of the catalogs: `catalog`.
    pub catalogs: String,
}

/// One API with its names.
pub struct ApiPlan<'c> {
    /// What is documented.
    pub catalog: &'c Catalog,
    /// The same as tables.
    pub tables: Api<'c>,
    /// Name of the crate and of the npm package: `vivix-errors`.
    pub package: String,
    /// Name of the crate in Rust code: `vivix_errors`.
    pub crate_name: String,
    /// Name of the module in the `generated` package: `vivix`.
    pub module: String,
    /// Name of the error class in TypeScript: `VivixError`.
    pub class: String,
    /// One an error, in catalog order.
    pub errors: Vec<ErrorPlan<'c>>,
    /// The file that everything of this API comes from: `catalog/vivix.yaml`.
    source: String,
    /// The path from the crate to the runtime; `None` where that comes from the registry.
    pub runtime: Option<String>,
}

/// One error with its names.
pub struct ErrorPlan<'c> {
    /// What is documented.
    pub error: &'c ErrorDef,
    /// Name of its variant: `KeyRevoked`.
    pub variant: String,
    /// Name of its page, without the ending: `key-revoked`. Different for any two errors, in any case of letters.
    pub slug: String,
}

/// Makes the plan of a repository without an `errbook.toml`. What the tables share is stored in `bump`.
pub fn build<'c>(bump: &'c Bump, catalogs: &'c Checked<Vec<Catalog>>) -> Plan<'c> {
    build_in(&Config::default(), bump, catalogs)
}

/// Makes the plan of a repository with this configuration.
pub fn build_in<'c>(config: &Config, bump: &'c Bump, catalogs: &'c Checked<Vec<Catalog>>) -> Plan<'c> {
    let mut apis: Vec<_> = catalogs.iter().map(|catalog| api(config, bump, catalog)).collect();
    apis.sort_by(|a, b| a.catalog.api.id.value.cmp(&b.catalog.api.id.value));
    Plan { apis, catalogs: config.catalogs.clone() }
}

fn api<'c>(config: &Config, bump: &'c Bump, catalog: &'c Catalog) -> ApiPlan<'c> {
    let id = &catalog.api.id.value;
    let errors = catalog.errors.iter().map(|error| {
        let variant = error.variant();
        let slug = slug(&variant);
        ErrorPlan { error, variant, slug }
    });
    ApiPlan {
        catalog,
        tables: tables::build(bump, catalog),
        package: format!("{id}-errors"),
        crate_name: format!("{}_errors", id.replace('-', "_")),
        module: id.replace('-', "_"),
        class: format!("{}Error", id.to_upper_camel_case()),
        errors: errors.collect(),
        source: format!("{}/{id}.yaml", config.catalogs),
        runtime: config.runtime_from(&format!("{}/rust/{id}-errors", config.output)),
    }
}

/// Names of files that mean something else to mdBook.
const TAKEN: &[&str] = &["index", "summary", "readme"];

/// The longest name of a page; file systems allow 255 bytes.
const LONGEST_SLUG: usize = 100;

/// Hyphens only ever go between letters of the variant, whose names differ in more than case: so do the slugs.
fn slug(variant: &str) -> String {
    let mut slug = variant.to_kebab_case();
    if TAKEN.contains(&slug.as_str()) || is_device(&slug) {
        slug.push('_');
    }
    if slug.len() > LONGEST_SLUG {
        let hash = errbook::__private::hash(&slug);
        slug.truncate(LONGEST_SLUG - 17);
        slug.push_str(&format!("_{hash:016x}"));
    }
    slug
}

impl ApiPlan<'_> {
    /// The file that everything of this API comes from: `catalog/vivix.yaml`.
    pub fn source(&self) -> String {
        self.source.clone()
    }
}
