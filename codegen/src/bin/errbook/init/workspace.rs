//! The workspace that the package of the generated code belongs to, as Cargo finds it.

use std::path::{Path, PathBuf};

use errbook_codegen::config::Config;
use toml_edit::{DocumentMut, Item};

use super::document::Source;
use super::step::Step;
use super::wiring::{Wiring, is_excluded};
use super::{Site, package};

/// The manifest of a workspace, which may have to be made.
pub(super) struct Workspace {
    root: PathBuf,
    /// The package of the generated code, from the workspace's root.
    package: String,
    source: Option<Source>,
}

impl Workspace {
    /// The nearest workspace, in the folder of the repository or above it, that does not exclude the package; else a new one.
    pub(super) fn find(site: &Site) -> Result<Self, String> {
        let output = site.root.join(&site.config.output);
        for folder in site.root.ancestors() {
            let Some(source) = Source::read(&folder.join("Cargo.toml"))? else { continue };
            let package = below(&output, folder)?;
            let pointer = source.document.get("package").and_then(|package| package.get("workspace"));
            if let Some(pointer) = pointer.and_then(Item::as_str) {
                return Err(format!(
                    "{} is a member of the workspace in `{pointer}`: run `errbook init` there",
                    folder.join("Cargo.toml").display()
                ));
            }
            if source.document.contains_key("workspace") && !excludes(&source.document, &package) {
                return Ok(Workspace { root: folder.to_owned(), package, source: Some(source) });
            }
        }
        let source = Source::read(&site.root.join("Cargo.toml"))?;
        if source.as_ref().is_some_and(|source| excludes(&source.document, &site.config.output)) {
            let output = &site.config.output;
            return Err(format!(
                "the workspace's `Cargo.toml` excludes `{output}`, where the generated code is to be a package: remove it from `exclude`"
            ));
        }
        Ok(Workspace { root: site.root.clone(), package: site.config.output.clone(), source })
    }

    /// Whether its manifest is in this folder.
    pub(super) fn is_in(&self, folder: &Path) -> bool {
        self.root == folder
    }

    /// Whether `cargo build` in this folder builds all members.
    pub(super) fn builds_all(&self, folder: &Path) -> bool {
        let of_all = |source: &Source| {
            let workspace = source.document.get("workspace");
            !source.document.contains_key("package")
                && workspace.is_none_or(|workspace| workspace.get("default-members").is_none())
        };
        self.is_in(folder) && self.source.as_ref().is_none_or(of_all)
    }

    /// The manifest with what the generated code needs.
    pub(super) fn step(&self, site: &Site) -> Result<Option<Step>, String> {
        let path = self.root.join("Cargo.toml");
        let shown = path.display();
        let text = self.source.as_ref().map_or(include_str!("templates/workspace.toml"), |source| &source.text);
        let mut source = Source::parse(text.to_owned()).map_err(|error| format!("{shown}: {error}"))?;
        self.check_name(&source.document, &site.config)?;
        let checkout = site.checkout.as_ref().and_then(|checkout| checkout.below(&self.root));
        let catalogs = below(&site.root.join(&site.config.catalogs), &self.root)?;
        let wiring = Wiring { package: &self.package, catalogs: &catalogs, checkout: checkout.as_deref() };
        let done = wiring.apply(&mut source.document).map_err(|error| format!("{shown}: {error}"))?;
        Ok(Some(match (&self.source, source.changed()) {
            (None, text) => Step::create(path, text.unwrap_or(source.text)),
            (Some(_), Some(text)) => Step::edit(path, text, done.join(", ")),
            (Some(_), None) => Step::keep(path),
        }))
    }

    /// Cargo takes no two packages of one name into a workspace.
    fn check_name(&self, document: &DocumentMut, config: &Config) -> Result<(), String> {
        let name = package::name(config);
        let members = document.get("workspace").and_then(|workspace| workspace.get("members")).and_then(Item::as_array);
        let patterns = members
            .into_iter()
            .flatten()
            .filter_map(|member| Some(format!("{}/{}", glob::Pattern::escape(self.root.to_str()?), member.as_str()?)));
        let folders = patterns.filter_map(|pattern| glob::glob(&pattern).ok()).flatten().flatten();
        for folder in std::iter::once(self.root.clone()).chain(folders) {
            let manifest = folder.join("Cargo.toml");
            // What cannot be read is Cargo's to complain about.
            let Ok(Some(source)) = Source::read(&manifest) else { continue };
            let same = source.document.get("package").and_then(|package| package.get("name")).and_then(Item::as_str)
                == Some(name);
            if same && folder != self.root.join(&self.package) {
                return Err(format!(
                    "the workspace has a package `{name}` already, {}; name another folder in `errbook.toml`, as in `output = \"errors\"`",
                    manifest.display()
                ));
            }
        }
        Ok(())
    }
}

fn excludes(document: &DocumentMut, package: &str) -> bool {
    let list = |key| document.get("workspace").and_then(|workspace| workspace.get(key)).and_then(Item::as_array);
    let holds =
        |key| list(key).into_iter().flatten().filter_map(|item| item.as_str()).any(|path| is_excluded(path, package));
    holds("exclude") && !holds("members")
}

/// A folder from another one above it, with forward slashes.
fn below(folder: &Path, above: &Path) -> Result<String, String> {
    let path = folder.strip_prefix(above).ok().and_then(Path::to_str);
    let path = path.ok_or_else(|| format!("the path {} is not Unicode", folder.display()))?;
    Ok(path.replace(std::path::MAIN_SEPARATOR, "/"))
}
