//! One file of the repository, and what becomes of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// What becomes of a file.
enum Action {
    /// It stays as it is.
    Keep,
    /// It is written; nothing is there yet.
    Create(String),
    /// It gets this text, in which the named things are new.
    Edit(String, String),
}

/// A file, and what becomes of it.
pub(super) struct Step {
    path: PathBuf,
    action: Action,
}

/// What became of a file.
#[derive(Clone, Copy)]
pub(super) enum Done {
    Kept,
    Written,
    Edited,
}

impl Step {
    /// The file stays.
    pub(super) fn keep(path: PathBuf) -> Self {
        Step { path, action: Action::Keep }
    }

    /// The file is made.
    pub(super) fn create(path: PathBuf, text: String) -> Self {
        Step { path, action: Action::Create(text) }
    }

    /// The file is changed; `what` says how, in a few words.
    pub(super) fn edit(path: PathBuf, text: String, what: String) -> Self {
        Step { path, action: Action::Edit(text, what) }
    }

    /// The file stays where there is one, and is made otherwise.
    pub(super) fn create_or_keep(path: PathBuf, text: String) -> Result<Self, String> {
        Ok(if read(&path)?.is_some() { Step::keep(path) } else { Step::create(path, text) })
    }

    pub(super) fn keeps(&self) -> bool {
        matches!(self.action, Action::Keep)
    }

    pub(super) fn creates(&self, path: &Path) -> bool {
        matches!(self.action, Action::Create(_)) && self.path == path
    }

    /// What keeps it from being done, as far as the folder that is there already tells.
    pub(super) fn obstacle(&self) -> Option<String> {
        let cannot = |path: &Path, error| format!("cannot write {}: {error}", path.display());
        let tried = match &self.action {
            Action::Keep => return None,
            Action::Edit(..) => self.path.canonicalize().map(|path| path.parent().map(Path::to_owned)),
            Action::Create(_) => {
                Ok(self.path.ancestors().skip(1).find(|path| path.symlink_metadata().is_ok()).map(Path::to_owned))
            }
        };
        let folder = match tried {
            Ok(folder) => folder?,
            Err(error) => return Some(cannot(&self.path, error)),
        };
        may_write(&folder).err().map(|error| cannot(&self.path, error))
    }

    /// Does it. A file is whole at every moment.
    pub(super) fn carry_out(&self) -> Result<Done, String> {
        let cannot = |error: io::Error| format!("cannot write {}: {error}", self.path.display());
        match &self.action {
            Action::Keep => Ok(Done::Kept),
            Action::Create(text) => {
                let folder = self.path.parent().unwrap_or(&self.path);
                fs::create_dir_all(folder).map_err(cannot)?;
                // It fails where a file has come up since.
                temporary(folder, text).map_err(cannot)?.persist_noclobber(&self.path).map_err(|e| cannot(e.error))?;
                Ok(Done::Written)
            }
            Action::Edit(text, _) => {
                // A link stays one.
                let path = self.path.canonicalize().map_err(cannot)?;
                let file = temporary(path.parent().unwrap_or(&path), text).map_err(cannot)?;
                let permissions = fs::metadata(&path).map_err(cannot)?.permissions();
                file.as_file().set_permissions(permissions).map_err(cannot)?;
                file.persist(&path).map_err(|e| cannot(e.error))?;
                Ok(Done::Edited)
            }
        }
    }

    /// What was done, for people.
    pub(super) fn tell(&self, done: Done, root: &Path) -> String {
        let path = self.path.strip_prefix(root).unwrap_or(&self.path).display();
        match (done, &self.action) {
            (Done::Kept, _) => format!("kept   {path}"),
            (Done::Edited, Action::Edit(_, what)) => format!("edited {path}: {what}"),
            _ => format!("wrote  {path}"),
        }
    }
}

/// The text of a file; `None`, if there is none.
pub(super) fn read(path: &Path) -> Result<Option<String>, String> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("cannot read {}: {error}", path.display())),
    }
}

/// An error where a folder is none (a link to nowhere, for one), or may not be written.
fn may_write(folder: &Path) -> io::Result<()> {
    if !fs::metadata(folder)?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::NotADirectory));
    }
    #[cfg(unix)]
    rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)?;
    Ok(())
}

fn temporary(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any other new file: what the process's mask leaves of it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".errbook-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}
