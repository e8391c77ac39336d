//! What errbook reads: its settings, the catalogs, their schema.

use std::path::PathBuf;

use errbook_codegen::config::{Config, FILE};
use errbook_codegen::model::format;
use toml_edit::{InlineTable, value};

use super::Site;
use super::document::Source;
use super::step::Step;
use crate::new;

/// The id of the catalog that a repository without any begins with.
pub(super) const EXAMPLE: &str = "example";

/// `errbook.toml`. A checkout that was named is the one from now on.
pub(super) fn config(site: &Site) -> Result<Option<Step>, String> {
    let path = site.root.join(FILE);
    let Some(mut source) = Source::read(&path)? else {
        return Ok(Some(Step::create(path, new_config(&site.config))));
    };
    let runtime = site.config.runtime.as_deref().filter(|_| site.repoint);
    let Some(runtime) = runtime.filter(|runtime| Some(*runtime) != site.before.runtime.as_deref()) else {
        return Ok(Some(Step::keep(path)));
    };
    let table = source.document.entry("runtime").or_insert_with(|| value(InlineTable::new()));
    if let Some(table) = table.as_table_like_mut() {
        table.insert("path", value(runtime));
    }
    let text = source.changed().unwrap_or(source.text);
    Ok(Some(Step::edit(path, text, format!("runtime in `{runtime}`"))))
}

fn new_config(config: &Config) -> String {
    let about = "\n# The crate `errbook` that generated crates depend on, in place of the published one.\n";
    let runtime = match &config.runtime {
        Some(path) => format!("runtime = {{ path = {} }}\n", value(path.as_str())),
        None => "# runtime = { path = \"../errbook/runtime\" }\n".to_owned(),
    };
    let (catalogs, output) = (&config.catalogs, &config.output);
    let folders = include_str!("templates/errbook.toml").replace("{catalogs}", catalogs).replace("{output}", output);
    folders + about + &runtime
}

/// Where the example stands.
pub(super) fn example_path(site: &Site) -> PathBuf {
    site.root.join(&site.config.catalogs).join(format!("{EXAMPLE}.yaml"))
}

/// A catalog to begin with, where there is none.
pub(super) fn example(site: &Site) -> Result<Option<Step>, String> {
    let folder = site.root.join(&site.config.catalogs);
    let is_catalog =
        |path: PathBuf| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let any = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.flatten().any(|entry| is_catalog(entry.path())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => return Err(format!("cannot read {}: {error}", folder.display())),
    };
    Ok((!any).then(|| Step::create(example_path(site), new::catalog(EXAMPLE, "Example"))))
}

/// The schema, for editors.
pub(super) fn schema(site: &Site) -> Result<Option<Step>, String> {
    let path = site.root.join(&site.config.catalogs).join("catalog.schema.json");
    let schema = serde_json::to_string_pretty(&format::schema()).map_err(|error| error.to_string())?;
    Step::create_or_keep(path, schema + "\n").map(Some)
}
