//! How the tree differs from what it should hold.

use std::collections::HashSet;
use std::fs::{self, FileType};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::compare::{Difference, Folders, compare, is_marked, parents, text};
use super::error::WriteError;
use super::{FOREIGN_FOLDERS, MANAGED_FOLDERS, Report, Wanted, paths, replace, threads};

/// The differences, and what else is to be tidied. Paths are below the root.
pub(super) struct Survey<'a, W> {
    root: &'a Path,
    unchanged: Vec<&'a W>,
    /// Each with the text that its file should have.
    stale: Vec<(&'a W, String)>,
    missing: Vec<&'a W>,
    /// Files of errbook's that are no outputs.
    extra: Vec<String>,
    /// Temporary files of killed processes.
    left_over: Vec<String>,
    /// Managed folders that no output is in.
    folders: Vec<String>,
}

impl<'a, W: Wanted> Survey<'a, W> {
    /// Looks at every output and at the managed folders. Reads only.
    pub(super) fn take(root: &'a Path, outputs: &'a [W]) -> Result<Self, WriteError> {
        let mut survey = Survey {
            root,
            unchanged: Vec::new(),
            stale: Vec::new(),
            missing: Vec::new(),
            extra: Vec::new(),
            left_over: Vec::new(),
            folders: Vec::new(),
        };
        let mut folders = Folders::look(root, outputs)?;
        let differences = threads::try_map(outputs, |output| compare(root, &folders, output))?;
        for (output, difference) in outputs.iter().zip(differences) {
            match difference {
                Difference::None => survey.unchanged.push(output),
                Difference::Bytes(text) => survey.stale.push((output, text)),
                Difference::Missing => survey.missing.push(output),
                Difference::Obstructed(problem) => folders.problems.push(problem),
                Difference::Unreachable => {}
            }
        }
        WriteError::check(folders.problems)?;
        survey.search(outputs)?;
        survey.extra.sort();
        survey.rewrite_twins();
        Ok(survey)
    }

    /// For [`Mode::Check`](super::Mode::Check).
    pub(super) fn report(self) -> Report {
        Report {
            unchanged: self.unchanged.len(),
            stale: sorted(self.stale.iter().map(|(output, _)| *output)),
            missing: sorted(self.missing.into_iter()),
            extra: self.extra,
            ..Report::default()
        }
    }

    /// For [`Mode::Write`](super::Mode::Write).
    pub(super) fn carry_out(self, modified: Option<SystemTime>) -> Result<Report, WriteError> {
        // Before writing: where case does not count, the name of an output may be the old name of the same file.
        for path in self.left_over.iter().chain(&self.extra) {
            let path = self.root.join(path);
            replace::ignore(fs::remove_file(&path), &[io::ErrorKind::NotFound])
                .map_err(WriteError::io("remove", path))?;
        }
        threads::try_map(&self.stale, |(output, text)| {
            replace::replace(&self.root.join(output.path()), text, modified)
        })?;
        threads::try_map(&self.missing, |output| {
            replace::replace(&self.root.join(output.path()), &text(self.root, *output)?, modified)
        })?;
        // A folder is found before the folders in it.
        for path in self.folders.iter().rev() {
            let path = self.root.join(path);
            let kept = [io::ErrorKind::NotFound, io::ErrorKind::DirectoryNotEmpty, io::ErrorKind::AlreadyExists];
            replace::ignore(fs::remove_dir(&path), &kept).map_err(WriteError::io("remove the folder", path))?;
        }
        let written = self.stale.iter().map(|(output, _)| *output).chain(self.missing);
        let unchanged = self.unchanged.len();
        Ok(Report { written: sorted(written), removed: self.extra, unchanged, ..Report::default() })
    }

    /// Looks through the managed folders for what should not be there.
    fn search(&mut self, outputs: &[W]) -> Result<(), WriteError> {
        let files: HashSet<&str> = outputs.iter().map(Wanted::path).collect();
        let folders: HashSet<&str> = outputs.iter().flat_map(|output| parents(output.path())).collect();
        let mut open = Vec::new();
        for (name, kind) in self.entries("")? {
            match kind {
                kind if kind.is_dir() && MANAGED_FOLDERS.contains(&name.as_str()) => open.push(name),
                kind if kind.is_file() && (name == "lib.rs" || replace::is_temporary(&name)) => {
                    self.found(name, &files)?
                }
                _ => {}
            }
        }
        while let Some(folder) = open.pop() {
            for (name, kind) in self.entries(&folder)? {
                if kind.is_dir() && !FOREIGN_FOLDERS.contains(&name.as_str()) {
                    open.push(format!("{folder}/{name}"));
                } else if kind.is_file() {
                    self.found(format!("{folder}/{name}"), &files)?;
                }
            }
            if !folders.contains(folder.as_str()) {
                self.folders.push(folder);
            }
        }
        Ok(())
    }

    /// Notes a file that is there.
    fn found(&mut self, path: String, outputs: &HashSet<&str>) -> Result<(), WriteError> {
        if replace::is_temporary(path.rsplit('/').next().unwrap_or(&path)) {
            self.left_over.push(path);
        } else if !outputs.contains(path.as_str()) {
            let full = self.root.join(&path);
            if is_marked(&full).map_err(WriteError::io("read", full))? == Some(true) {
                self.extra.push(path);
            }
        }
        Ok(())
    }

    /// Where upper and lower case are the same, an extra file may be an output under its old name, and goes with it:
    /// write it anew.
    fn rewrite_twins(&mut self) {
        let extra: HashSet<String> = self.extra.iter().map(|path| paths::fold(path)).collect();
        if !extra.is_empty() {
            let twins = self.unchanged.extract_if(.., |output| extra.contains(&paths::fold(output.path())));
            self.missing.extend(twins);
        }
    }

    /// The names and types of what is in a folder; nothing, if there is no such folder. What is not named in Unicode
    /// is not errbook's.
    fn entries(&self, folder: &str) -> Result<Vec<(String, FileType)>, WriteError> {
        let path = self.root.join(folder);
        let read = || {
            let entries = fs::read_dir(&path)?;
            entries.map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))).collect()
        };
        let entries: Vec<_> = match read() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            entries => entries.map_err(WriteError::io("read the folder", &path))?,
        };
        Ok(entries.into_iter().filter_map(|(name, kind)| Some((name.into_string().ok()?, kind))).collect())
    }
}

fn sorted<'a>(outputs: impl Iterator<Item = &'a (impl Wanted + 'a)>) -> Vec<String> {
    let mut paths: Vec<String> = outputs.map(|output| output.path().to_owned()).collect();
    paths.sort_unstable();
    paths
}
