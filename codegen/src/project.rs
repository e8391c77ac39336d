//! Where catalogs and outputs are, and the pipeline from one to the other.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bumpalo::Bump;

use crate::check::{self, Checked};
use crate::config::{self, Config, Mistakes};
use crate::diagnostic::Diagnostics;
use crate::model::{Catalog, lower};
use crate::output::Output;
use crate::source::{self, Files};
use crate::write::{self, Mode, Report, WriteError};
use crate::{emit, plan};

/// The folders of a repository that keeps catalogs.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder that paths are shown relative to.
    pub root: PathBuf,
    /// The folder of the catalogs.
    pub catalogs: PathBuf,
    /// The folder that outputs go to.
    pub output: PathBuf,
    /// What the repository says about both.
    pub config: Config,
}

impl Project {
    /// The project in `root`: `catalog/` and `generated/`, unless its `errbook.toml` says otherwise.
    ///
    /// # Errors
    ///
    /// What is wrong with the `errbook.toml`.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self, Mistakes> {
        let root = root.into();
        let config = Config::read(&root)?;
        Ok(Self { catalogs: root.join(&config.catalogs), output: root.join(&config.output), root, config })
    }

    /// The project that `folder` is in: the nearest folder, itself or above, with an `errbook.toml` or a `catalog/` in it.
    ///
    /// # Errors
    ///
    /// What is wrong with the `errbook.toml`.
    pub fn find(folder: &Path) -> Result<Option<Self>, Mistakes> {
        let is_root = |folder: &&Path| folder.join(config::FILE).exists() || folder.join("catalog").is_dir();
        folder.ancestors().find(is_root).map(Self::at).transpose()
    }

    /// Reads and checks all catalogs.
    pub fn load(&self) -> Loaded {
        load(&self.root, &[&self.catalogs])
    }

    /// The newest modification time of the catalogs: what written files get, so that Cargo does not take them for newer than its build.
    ///
    /// # Errors
    ///
    /// What reading the folder says.
    pub fn newest_catalog(&self) -> io::Result<SystemTime> {
        let mut newest = SystemTime::UNIX_EPOCH;
        for entry in std::fs::read_dir(&self.catalogs)? {
            let entry = entry?;
            if entry.path().extension().is_some_and(|extension| extension == "yaml") {
                newest = newest.max(entry.metadata()?.modified()?);
            }
        }
        Ok(newest)
    }

    /// Every file that comes from the catalogs.
    pub fn outputs(&self, catalogs: &Checked<Vec<Catalog>>) -> Vec<Output> {
        let bump = Bump::new();
        emit::all(&plan::build_in(&self.config, &bump, catalogs))
    }

    /// Brings the outputs up to date with the catalogs, or tells how they differ.
    ///
    /// # Errors
    ///
    /// See [`write::apply`].
    pub fn write(&self, catalogs: &Checked<Vec<Catalog>>, mode: Mode) -> Result<Report, WriteError> {
        write::apply(&self.output, &self.outputs(catalogs), mode)
    }
}

/// What reading and checking gave.
pub struct Loaded {
    /// The texts.
    pub files: Files,
    /// What is wrong with them.
    pub diagnostics: Diagnostics,
    /// The catalogs, where nothing is an error.
    pub catalogs: Option<Checked<Vec<Catalog>>>,
    /// What could be read of the catalogs, where anything is.
    pub refused: Vec<Catalog>,
}

impl From<Mistakes> for Loaded {
    /// No catalog is read while the `errbook.toml` has mistakes.
    fn from(Mistakes { files, diagnostics }: Mistakes) -> Self {
        Loaded { files, diagnostics, catalogs: None, refused: Vec::new() }
    }
}

/// Reads and checks catalogs, or all catalogs of folders. Every mistake of all of them is reported.
pub fn load<P: AsRef<Path>>(root: &Path, paths: &[P]) -> Loaded {
    let mut files = Files::relative_to(root);
    let mut diagnostics = Diagnostics::default();
    let documents = source::load(paths, &mut files, &mut diagnostics);
    let catalogs = lower::lower(&documents, &mut diagnostics);
    let (catalogs, refused) = match check::run(catalogs, &files, &mut diagnostics) {
        Ok(catalogs) => (Some(catalogs), Vec::new()),
        Err(refused) => (None, refused),
    };
    Loaded { files, diagnostics, catalogs, refused }
}

/// Every file that comes from the catalogs, in a repository without an `errbook.toml`.
pub fn outputs(catalogs: &Checked<Vec<Catalog>>) -> Vec<Output> {
    let bump = Bump::new();
    emit::all(&plan::build(&bump, catalogs))
}

/// Why a macro has no code to give.
pub struct Refused {
    /// The mistakes, as `errbook check` shows them.
    pub shown: String,
    /// What can stand in for the code, so that no other error hides these.
    pub stub: proc_macro2::TokenStream,
}

/// The Rust items of one catalog, for the module that a macro fills.
///
/// # Errors
///
/// The catalog's mistakes, with a stub.
pub fn expand_macro(root: &Path, file: &Path) -> Result<proc_macro2::TokenStream, Refused> {
    let expand = |catalogs: &Checked<Vec<Catalog>>| {
        let bump = Bump::new();
        plan::build(&bump, catalogs).apis.iter().map(emit::rust::expand).collect()
    };
    let loaded = load(root, &[file]);
    match loaded.catalogs {
        Some(catalogs) => Ok(expand(&catalogs)),
        None => {
            let shown = crate::diagnostic::human(&loaded.diagnostics, &loaded.files, crate::diagnostic::Style::Plain);
            let readable = loaded.refused.into_iter().find(|catalog| !catalog.errors.is_empty());
            let stub =
                readable.map(check::stub).or_else(check::empty).map(|catalogs| expand(&catalogs)).unwrap_or_default();
            Err(Refused { shown, stub })
        }
    }
}
