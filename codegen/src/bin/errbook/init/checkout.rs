//! An errbook on the disk to depend on, in place of the published one.

use std::path::{Path, PathBuf};

use errbook_codegen::config::Config;
use toml_edit::{Document, Item};

use super::step::read;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A folder that holds errbook's own repository.
pub(super) struct Checkout {
    root: PathBuf,
    /// The same from the root of the repository that is set up; absolute, where no path leads there.
    relative: String,
}

impl Checkout {
    /// The checkout in `folder`, or why that is none.
    pub(super) fn open(folder: &Path, from: &Path) -> Result<Self, String> {
        let shown = folder.display();
        let root = folder.canonicalize().map_err(|error| format!("{shown} is no checkout of errbook: {error}"))?;
        for (sub, name) in [("runtime", "errbook"), ("codegen", "errbook-codegen")] {
            if string(&root.join(sub).join("Cargo.toml"), &["package", "name"])?.as_deref() != Some(name) {
                return Err(format!(
                    "{shown} is no checkout of errbook: there is no package `{name}` in {shown}/{sub}"
                ));
            }
        }
        let version = string(&root.join("Cargo.toml"), &["workspace", "package", "version"])?;
        if let Some(version) = version.filter(|version| version != VERSION) {
            return Err(format!(
                "{shown} is errbook {version}, and this command is {VERSION}: run `cargo install --path {shown}/codegen` first"
            ));
        }
        let path = pathdiff::diff_paths(&root, from).unwrap_or_else(|| root.clone());
        let relative = path.to_str().ok_or_else(|| format!("the path {} is not Unicode", path.display()))?;
        let relative = relative.replace(std::path::MAIN_SEPARATOR, "/");
        Ok(Self { root, relative })
    }

    /// The checkout whose runtime a repository names already.
    pub(super) fn of(config: &Config, root: &Path) -> Option<Self> {
        let runtime = root.join(config.runtime.as_deref()?);
        // Whatever is named is right for the runtime; only of a checkout there is a generator as well.
        runtime.ends_with("runtime").then(|| Self::open(runtime.parent()?, root).ok()).flatten()
    }

    /// A folder of it, from the root of the repository that is set up.
    pub(super) fn folder(&self, name: &str) -> String {
        if self.relative.is_empty() { name.to_owned() } else { format!("{}/{name}", self.relative) }
    }

    /// Its path below a folder, if it is in there.
    pub(super) fn below(&self, folder: &Path) -> Option<String> {
        let path = self.root.strip_prefix(folder).ok()?.to_str()?;
        (!path.is_empty()).then(|| path.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

/// A text in a TOML file; `None`, if it or the file is not there.
fn string(path: &Path, keys: &[&str]) -> Result<Option<String>, String> {
    let Some(text) = read(path)? else { return Ok(None) };
    let document = Document::parse(text).map_err(|error| format!("{}: {error}", path.display()))?;
    let item = keys.iter().try_fold(document.as_item(), |item, key| item.get(key));
    Ok(item.and_then(Item::as_str).map(str::to_owned))
}
