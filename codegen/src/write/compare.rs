//! Outputs against the files that are there.

use std::collections::HashMap;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::{Obstacle, Problem, WriteError};
use super::{Wanted, marker};

/// How the file of an output differs from it.
pub(super) enum Difference {
    None,
    /// It has other bytes than this text.
    Bytes(String),
    Missing,
    /// Something is in the way.
    Obstructed(Problem),
    /// Something is in the way of its folder.
    Unreachable,
}

/// Compares an output with its file. The text is made only where there is one.
pub(super) fn compare(root: &Path, folders: &Folders<'_>, output: &impl Wanted) -> Result<Difference, WriteError> {
    match folders.of(output.path()) {
        State::Present => {}
        State::Absent => return Ok(Difference::Missing),
        State::Obstructed => return Ok(Difference::Unreachable),
    }
    let path = root.join(output.path());
    let Some((kind, length)) = status(&path)? else { return Ok(Difference::Missing) };
    if !kind.is_file() {
        let obstacle = if kind.is_dir() { Obstacle::Folder } else { other(kind) };
        return Ok(Difference::Obstructed(Problem { path, obstacle }));
    }
    let text = text(root, output)?;
    if length == text.len() as u64 && is_equal(&path, &text)? {
        return Ok(Difference::None);
    }
    Ok(match is_marked(&path).map_err(WriteError::io("read", &path))? {
        Some(true) => Difference::Bytes(text),
        None => Difference::Missing,
        Some(false) => Difference::Obstructed(Problem { path, obstacle: Obstacle::Foreign }),
    })
}

/// The text of an output, which has to be told from a hand-made one later.
pub(super) fn text(root: &Path, output: &impl Wanted) -> Result<String, WriteError> {
    let text = output.text().into_owned();
    if marker::is_in(text.as_bytes()) {
        return Ok(text);
    }
    WriteError::check(vec![Problem { path: root.join(output.path()), obstacle: Obstacle::Unmarked }]).map(|()| text)
}

/// What is at the places of the folders that outputs go to.
pub(super) struct Folders<'a> {
    root: &'a Path,
    states: HashMap<&'a str, State>,
    /// What is in their way.
    pub(super) problems: Vec<Problem>,
}

#[derive(Clone, Copy)]
enum State {
    Present,
    Absent,
    /// One of the problems.
    Obstructed,
}

impl<'a> Folders<'a> {
    /// Looks at the folders of all outputs.
    pub(super) fn look(root: &'a Path, outputs: &'a [impl Wanted]) -> Result<Self, WriteError> {
        let mut folders = Folders { root, states: HashMap::new(), problems: Vec::new() };
        for output in outputs {
            folders.add(output.path())?;
        }
        Ok(folders)
    }

    /// What is at the place of the folder that a path is in; the root itself is taken to be there.
    fn of(&self, path: &str) -> State {
        let folder = path.rsplit_once('/').and_then(|(folder, _)| self.states.get(folder));
        folder.copied().unwrap_or(State::Present)
    }

    /// Looks at the folder that a path is in, and at its folders.
    fn add(&mut self, path: &'a str) -> Result<(), WriteError> {
        if path.rsplit_once('/').is_none_or(|(folder, _)| self.states.contains_key(folder)) {
            return Ok(());
        }
        let mut state = State::Present;
        for folder in parents(path).collect::<Vec<_>>().into_iter().rev() {
            state = match (self.states.get(folder), state) {
                (Some(known), _) => *known,
                (None, State::Present) => self.look_at(folder)?,
                (None, above) => above,
            };
            self.states.insert(folder, state);
        }
        Ok(())
    }

    fn look_at(&mut self, folder: &str) -> Result<State, WriteError> {
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
}

/// Whether a file that had the right length a moment ago has the right bytes.
fn is_equal(path: &Path, text: &str) -> Result<bool, WriteError> {
    let mut bytes = vec![0; text.len()];
    match File::open(path).and_then(|mut file| file.read_exact(&mut bytes)) {
        Ok(()) => Ok(bytes == text.as_bytes()),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof) => Ok(false),
        Err(error) => Err(WriteError::io("read", path)(error)),
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
