//! `errbook.toml`: where a repository has its catalogs, its outputs, and the runtime that generated crates depend on.
//!
//! Invariant: the folders of a [`Config`] are below the repository's root, and apart from each other.

mod folder;
mod read;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::source::Files;

/// The name of the file. It stands in the root of a repository.
pub const FILE: &str = "errbook.toml";

/// What an `errbook.toml` says. The default is what holds without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The folder of the catalogs, from the root, with forward slashes.
    pub catalogs: String,
    /// The folder that outputs go to, likewise.
    pub output: String,
    /// The folder of the crate `errbook`, from the root; `None` where it comes from the registry.
    pub runtime: Option<String>,
}

/// What is wrong with an `errbook.toml`, and its text.
#[derive(Debug)]
pub struct Mistakes {
    /// The text.
    pub files: Files,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

impl Default for Config {
    fn default() -> Self {
        Self { catalogs: "catalog".to_owned(), output: "generated".to_owned(), runtime: None }
    }
}

impl Config {
    /// What the `errbook.toml` in `root` says; the default, if there is none.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(root: &Path) -> Result<Self, Mistakes> {
        read::read(root)
    }

    /// The path of the runtime from `folder`, which is given from the root; `None` where it comes from the registry.
    pub fn runtime_from(&self, folder: &str) -> Option<String> {
        Some(path_from(folder, self.runtime.as_deref()?))
    }
}

/// A path that is given from the root, from a folder below the root instead.
pub fn path_from(folder: &str, path: &str) -> String {
    if folder::is_absolute(path) { path.to_owned() } else { "../".repeat(folder.split('/').count()) + path }
}
