//! Outputs against the files that are there.

use std::collections::HashMap;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{Obstacle, Problem, WriteError};
use super::{Output, marker};

/// How the file of an output differs from it.
pub(super) enum Difference {
    None,
    Bytes,
    Missing,
}

/// What is at the place of an output, or of one of its folders.
#[derive(Clone, Copy)]
enum State {
    Present,
    Absent,
    /// Reported already.
    Obstructed,
}

/// The outputs against their files, and what is in their way.
pub(super) struct Comparison<'a> {
    root: &'a Path,
    folders: HashMap<&'a str, State>,
    buffer: Vec<u8>,
    problems: Vec<Problem>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Comparison { root, folders: HashMap::new(), buffer: Vec::new(), problems: Vec::new() }
    }

    /// Everything that is in the way.
    pub(super) fn finish(self) -> Result<(), WriteError> {
        WriteError::check(self.problems)
    }

    /// `None`, if something is in the way.
    pub(super) fn output(&mut self, output: &'a Output) -> Result<Option<Difference>, WriteError> {
        match self.folder_of(&output.path)? {
            State::Present => {}
            State::Absent => return Ok(Some(Difference::Missing)),
            State::Obstructed => return Ok(None),
        }
        let path = self.root.join(&output.path);
        let Some((kind, length)) = status(&path)? else { return Ok(Some(Difference::Missing)) };
        if !kind.is_file() {
            let obstacle = if kind.is_dir() { Obstacle::Folder } else { other(kind) };
            self.problems.push(Problem { path, obstacle });
            return Ok(None);
        }
        if length == output.text.len() as u64 && self.is_equal(&path, &output.text)? {
            return Ok(Some(Difference::None));
        }
        match is_marked(&path).map_err(WriteError::io("read", &path))? {
            Some(true) => Ok(Some(Difference::Bytes)),
            None => Ok(Some(Difference::Missing)),
            Some(false) => {
                self.problems.push(Problem { path, obstacle: Obstacle::Foreign });
                Ok(None)
            }
        }
    }

    /// What is at the place of the folder that a path is in, and of its folders.
    fn folder_of(&mut self, path: &'a str) -> Result<State, WriteError> {
        let nearest = path.rsplit_once('/').and_then(|(folder, _)| self.folders.get(folder));
        if let Some(state) = nearest {
            return Ok(*state);
        }
        let mut state = State::Present;
        for folder in parents(path).collect::<Vec<_>>().into_iter().rev() {
            state = match (self.folders.get(folder), state) {
                (Some(known), _) => *known,
                (None, State::Present) => self.folder(folder)?,
                (None, above) => above,
            };
            self.folders.insert(folder, state);
        }
        Ok(state)
    }

    fn folder(&mut self, folder: &str) -> Result<State, WriteError> {
        let path = self.root.join(folder);
        match status(&path)? {
            None => Ok(State::Absent),
            Some((kind, _)) if kind.is_dir() => Ok(State::Present),
            Some((kind, _)) => {
                let obstacle = if kind.is_file() { Obstacle::File } else { other(kind) };
                self.problems.push(Problem { path, obstacle });
                Ok(State::Obstructed)
            }
        }
    }

    /// Whether a file that had the right length a moment ago has the right bytes.
    fn is_equal(&mut self, path: &Path, text: &str) -> Result<bool, WriteError> {
        self.buffer.resize(text.len(), 0);
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut self.buffer));
        match read {
            Ok(()) => Ok(self.buffer == text.as_bytes()),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof) => Ok(false),
            Err(error) => Err(WriteError::io("read", path)(error)),
        }
    }
}

/// The type and length of what is at a path, links not followed; `None`, if nothing is.
fn status(path: &PathBuf) -> Result<Option<(FileType, u64)>, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some((metadata.file_type(), metadata.len()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::io("look at", path)(error)),
    }
}

/// Whether a file has the marker; `None`, if it is gone.
pub(super) fn is_marked(path: &Path) -> io::Result<Option<bool>> {
    let mut head = Vec::with_capacity(marker::HEAD);
    match File::open(path).and_then(|file| file.take(marker::HEAD as u64).read_to_end(&mut head)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(|_| Some(marker::is_in(&head))),
    }
}

/// The folders of a path, the innermost first.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/').map(|(folder, _)| folder), |folder| {
        folder.rsplit_once('/').map(|(folder, _)| folder)
    })
}

fn other(kind: FileType) -> Obstacle {
    if kind.is_symlink() { Obstacle::Link } else { Obstacle::Special }
}
