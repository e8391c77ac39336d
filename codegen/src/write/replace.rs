//! One file, replaced as a whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use super::error::WriteError;

const PREFIX: &str = ".errbook-";
const SUFFIX: &str = ".tmp";

/// Another process that writes the same tree may take a temporary file for a left-over one, or remove a folder that
/// is still empty: once each time it runs.
const ATTEMPTS: usize = 16;

/// Whether a file of this name is a temporary one, of this process or of one that was killed.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Puts `text` at `path`, with its folders. What was there before stays as it is until all of the text is on the disk.
pub(super) fn replace(path: &Path, text: &str, modified: Option<SystemTime>) -> Result<(), WriteError> {
    let folder = path.parent().unwrap_or(path);
    let mut attempt = 1;
    loop {
        match replace_once(folder, path, text, modified) {
            Err((_, error)) if error.kind() == io::ErrorKind::NotFound && attempt < ATTEMPTS => {
                // It too can meet a removal.
                ignore(fs::create_dir_all(folder), &[io::ErrorKind::NotFound])
                    .map_err(WriteError::io("create the folder", folder))?;
            }
            result => return result.map_err(|(operation, error)| WriteError::io(operation, path)(error)),
        }
        attempt += 1;
    }
}

/// Success where the error is one of these.
pub(super) fn ignore(result: io::Result<()>, kinds: &[io::ErrorKind]) -> io::Result<()> {
    result.or_else(|error| if kinds.contains(&error.kind()) { Ok(()) } else { Err(error) })
}

fn replace_once(
    folder: &Path,
    path: &Path,
    text: &str,
    modified: Option<SystemTime>,
) -> Result<(), (&'static str, io::Error)> {
    let (mut file, temporary) = Temporary::create(folder).map_err(|error| ("create a temporary file for", error))?;
    file.write_all(text.as_bytes()).map_err(|error| ("write", error))?;
    if let Some(modified) = modified {
        file.set_modified(modified).map_err(|error| ("set the time of", error))?;
    }
    drop(file);
    temporary.rename(path).map_err(|error| ("replace", error))
}

/// A file that is removed again unless it is renamed.
struct Temporary {
    path: PathBuf,
    renamed: bool,
}

impl Temporary {
    fn create(folder: &Path) -> io::Result<(File, Temporary)> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{PREFIX}{}-{number}{SUFFIX}", process::id()));
            match File::create_new(&path) {
                // Left over from a process with the same number.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                result => return Ok((result?, Temporary { path, renamed: false })),
            }
        }
    }

    fn rename(mut self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.renamed {
            // The next run removes what cannot be removed now.
            let _ = fs::remove_file(&self.path);
        }
    }
}
