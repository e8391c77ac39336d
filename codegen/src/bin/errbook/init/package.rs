//! The package that compiles the generated code: its manifest and its build script, which are people's from then on.

use std::path::Path;

use errbook_codegen::config::{Config, path_from};
use errbook_codegen::output::MARKER;
use errbook_codegen::write::MANAGED_FOLDERS;
use toml_edit::{InlineTable, Item, TableLike, Value};

use super::Site;
use super::document::Source;
use super::step::{Step, read};

const GENERATOR: &str = "errbook-codegen";

/// What the crates of the standard library are called.
const TAKEN: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// The name of the package: that of its folder, where this can name one.
pub(super) fn name(config: &Config) -> &str {
    let folder = config.output.rsplit('/').next().unwrap_or_default();
    let ident = folder.replace('-', "_");
    let usable = folder.is_ascii() && syn::parse_str::<syn::Ident>(&ident).is_ok() && !TAKEN.contains(&ident.as_str());
    if usable { folder } else { "generated" }
}

/// `Cargo.toml`: made, or pointed at another checkout.
pub(super) fn manifest(site: &Site) -> Result<Option<Step>, String> {
    let folder = site.root.join(&site.config.output);
    let path = folder.join("Cargo.toml");
    let Some(mut source) = Source::read(&path)? else {
        return match foreign(&folder, site)?.as_slice() {
            [] => Ok(Some(Step::create(path, new_manifest(site)))),
            found => Err(in_the_way(site, &format!("there is `{}` in it", found.join("`, `")))),
        };
    };
    if !has_generator(&source) {
        return Err(in_the_way(site, &format!("its `Cargo.toml` has no build dependency `{GENERATOR}`")));
    }
    if site.repoint {
        for (table, name, path) in
            [("dependencies", "errbook", runtime(site)), ("build-dependencies", GENERATOR, generator(site))]
        {
            if let (Some(dependency), Some(path)) = (source.document.get_mut(table).and_then(|t| t.get_mut(name)), path)
            {
                point(dependency, &path);
            }
        }
    }
    Ok(Some(match source.changed() {
        Some(text) => Step::edit(path, text, "the checkout's path".to_owned()),
        None => Step::keep(path),
    }))
}

/// `build.rs`.
pub(super) fn build_script(site: &Site) -> Result<Option<Step>, String> {
    let path = site.root.join(&site.config.output).join("build.rs");
    Step::create_or_keep(path, new_build_script(site)).map(Some)
}

/// `lib.rs`, which has to be there before Cargo runs the build script that fills it.
pub(super) fn library(site: &Site) -> Result<Option<Step>, String> {
    let path = site.root.join(&site.config.output).join("lib.rs");
    let text = format!("// {MARKER} from {}; edit that instead.\n", site.config.catalogs);
    Ok(read(&path)?.is_none().then(|| Step::create(path, text)))
}

fn has_generator(source: &Source) -> bool {
    let dependencies = source.document.get("build-dependencies").and_then(Item::as_table_like);
    dependencies.is_some_and(|table| {
        table.iter().any(|(name, item)| item.get("package").map_or(Some(name), Item::as_str) == Some(GENERATOR))
    })
}

fn new_manifest(site: &Site) -> String {
    include_str!("templates/package.toml")
        .replace("{name}", name(&site.config))
        .replace("{rust}", env!("CARGO_PKG_RUST_VERSION"))
        .replace("{runtime}", &dependency(runtime(site), false))
        .replace("{codegen}", &dependency(generator(site), true))
}

fn new_build_script(site: &Site) -> String {
    let root = vec![".."; site.config.output.split('/').count()].join("/");
    include_str!("templates/build.rs").replace("{root}", &root)
}

/// The path from the package to the runtime, where that is not the published one.
fn runtime(site: &Site) -> Option<String> {
    site.config.runtime_from(&site.config.output)
}

/// Likewise to the generator.
fn generator(site: &Site) -> Option<String> {
    let checkout = site.checkout.as_ref()?;
    Some(path_from(&site.config.output, &checkout.folder("codegen")))
}

/// A dependency of this command's version, as TOML. Of the generator, the library alone will do.
fn dependency(path: Option<String>, library_alone: bool) -> String {
    let version = Value::from(env!("CARGO_PKG_VERSION"));
    if path.is_none() && !library_alone {
        return version.to_string();
    }
    let mut table = InlineTable::new();
    table.insert("version", version);
    if let Some(path) = path {
        table.insert("path", path.into());
    }
    if library_alone {
        table.insert("default-features", false.into());
    }
    table.to_string().trim().to_owned()
}

/// Gives a dependency a path. One that the workspace has is the workspace's to change.
fn point(dependency: &mut Item, path: &str) {
    if let Some(version) = dependency.as_str() {
        let mut table = InlineTable::new();
        table.insert("version", version.into());
        *dependency = Item::Value(table.into());
    }
    if let Some(table) = dependency.as_table_like_mut().filter(|table| table.get("workspace").is_none()) {
        let there = table.get("path").and_then(Item::as_str);
        if there != Some(path) {
            set(table, "path", path);
        }
    }
}

fn set(table: &mut dyn TableLike, key: &str, text: &str) {
    table.insert(key, toml_edit::value(text));
}

/// What is in the folder of the package and not errbook's: a file that it did not write, or a folder that it does not manage.
fn foreign(folder: &Path, site: &Site) -> Result<Vec<String>, String> {
    let cannot = |error| format!("cannot read {}: {error}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(cannot)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(cannot(error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let own = match name.as_str() {
            "build.rs" => read(&entry.path())? == Some(new_build_script(site)),
            "lib.rs" => read(&entry.path())?.is_some_and(|text| text.contains(MARKER)),
            managed => MANAGED_FOLDERS.contains(&managed) || managed.starts_with(".errbook-"),
        };
        if !own {
            found.push(name);
        }
    }
    found.sort();
    found.truncate(3);
    Ok(found)
}

fn in_the_way(site: &Site, why: &str) -> String {
    let output = &site.config.output;
    format!(
        "the folder `{output}` is not errbook's: {why}; name another one in `errbook.toml`, as in `output = \"errors\"`"
    )
}
