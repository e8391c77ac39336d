//! Generated files onto the disk: compared, replaced, and removed once nothing generates them any more.
//!
//! Invariants:
//! - a file is replaced or removed only if errbook wrote it, which its [`MARKER`](crate::output::MARKER) tells;
//! - what is in the way of any file is found before the first one is written;
//! - a file is whole at every moment, old or new, whatever becomes of the process: texts go to a temporary file
//!   beside it, which is renamed (without an `fsync`: this is about killed processes, not about power cuts);
//! - no symbolic link below the root is followed.

mod compare;
mod error;
mod marker;
mod paths;
mod replace;
mod survey;
mod threads;

pub use error::{Obstacle, Problem, WriteError};

use std::path::Path;
use std::time::SystemTime;

use survey::Survey;

use crate::output::Wanted;

/// The folders under the root in which files that are no longer generated are looked for. Beside them there is only
/// `lib.rs`.
pub const MANAGED_FOLDERS: [&str; 3] = ["docs", "rust", "typescript"];

/// Folders that are other programs' wherever they are: never entered, never removed, and never part of an output's
/// path.
pub const FOREIGN_FOLDERS: [&str; 4] = [".git", "book", "node_modules", "target"];

/// What [`apply`] is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Bring the tree up to date.
    Write {
        /// The modification time of the files that are written; now, if `None`. Cargo compiles again what is newer
        /// than its last build, so a build script gives the time of the newest catalog.
        modified: Option<SystemTime>,
    },
    /// Tell what [`Mode::Write`] would change. Nothing is written, not even a folder.
    Check,
}

/// What was done, or would have to be. Paths are below the root, with forward slashes, and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were written.
    pub written: Vec<String>,
    /// Files that were removed.
    pub removed: Vec<String>,
    /// How many files were up to date, and not touched.
    pub unchanged: usize,
    /// [`Mode::Check`]: files with other bytes than they should have.
    pub stale: Vec<String>,
    /// [`Mode::Check`]: files that are not there.
    pub missing: Vec<String>,
    /// [`Mode::Check`]: files of errbook's that nothing generates any more.
    pub extra: Vec<String>,
}

impl Report {
    /// Whether a check found every file as it should be.
    pub fn is_fresh(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.extra.is_empty()
    }
}

/// Makes the tree under `root` hold exactly `outputs`, or tells how it differs.
///
/// Files with equal bytes are not touched. Files with the marker under the [`MANAGED_FOLDERS`] that are no outputs
/// are removed, then the folders there that are empty. Hand-made files stay. Processes may run this on one tree at
/// the same time.
///
/// Texts are made when they are compared or written, on several threads; only those of files with other bytes are held until
/// it is known that nothing is in the way.
///
/// # Errors
///
/// Unusable output paths, and everything that is in the way (see [`Obstacle`]), all at once and before anything is
/// written; or an I/O error, with its path. After an I/O error every file is still whole, and another run
/// carries on.
pub fn apply(root: &Path, outputs: &[impl Wanted], mode: Mode) -> Result<Report, WriteError> {
    paths::check(root, outputs)?;
    let survey = Survey::take(root, outputs)?;
    match mode {
        Mode::Check => Ok(survey.report()),
        Mode::Write { modified } => survey.carry_out(modified),
    }
}
