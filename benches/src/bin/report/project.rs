//! A project in a folder for temporary files, with one catalog.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;

use crate::Result;
use crate::cost::Cost;

/// The root of this workspace.
pub(crate) fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// The Cargo that runs this. It finds every crate where this workspace's build left it.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.env_remove("CARGO_TARGET_DIR").env("CARGO_NET_OFFLINE", "true");
    cargo
}

/// The `errbook` command as it is released, built if need be.
pub(crate) fn errbook() -> Result<PathBuf> {
    let built = cargo()
        .args(["build", "--quiet", "--release", "--package", "errbook-codegen", "--bin", "errbook"])
        .current_dir(workspace())
        .status()?;
    if !built.success() {
        return Err("the command does not build".into());
    }
    // This program is beside it.
    let folder = env::current_exe()?.parent().map(Path::to_owned).unwrap_or_default();
    Ok(folder.join(format!("errbook{}", env::consts::EXE_SUFFIX)))
}

/// A project of one catalog.
pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    /// With a catalog of `count` errors.
    pub(crate) fn new(count: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("catalog"))?;
        fs::write(folder.path().join("catalog/big.yaml"), benches::catalog(count))?;
        Ok(Self { folder })
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn catalog(&self) -> PathBuf {
        self.root().join("catalog/big.yaml")
    }

    /// Runs the command in the project.
    pub(crate) fn run(&self, errbook: &Path, arguments: &[&str]) -> Result<Cost> {
        Cost::of(Command::new(errbook).args(arguments).current_dir(self.root()))
    }

    /// Removes what was generated.
    pub(crate) fn clear(&self) -> Result<()> {
        let generated = self.root().join("generated");
        if generated.exists() {
            fs::remove_dir_all(generated)?;
        }
        Ok(())
    }
}
