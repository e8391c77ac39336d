//! Why a tree cannot be written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Everything that keeps a tree from being written: one I/O error, or every path with an [`Obstacle`].
#[derive(Debug)]
pub struct WriteError {
    problems: Vec<Problem>,
}

/// One path and what is wrong with it.
#[derive(Debug)]
pub struct Problem {
    /// The path, the root included.
    pub path: PathBuf,
    /// What is wrong with it.
    pub obstacle: Obstacle,
}

/// What is wrong with a path.
#[derive(Debug)]
#[non_exhaustive]
pub enum Obstacle {
    /// It is no path for an output; the text says why.
    Unusable(&'static str),
    /// It cannot be told from this other output where upper and lower case are the same, or one is a folder of the
    /// other.
    Collision(String),
    /// The text of the output does not have the marker.
    Unmarked,
    /// A file without the marker is where an output must go.
    Foreign,
    /// A folder is where a file must go.
    Folder,
    /// A file is where a folder must go.
    File,
    /// A symbolic link is on the way.
    Link,
    /// Something that is neither file nor folder nor link is on the way.
    Special,
    /// The operation, as in `cannot read`, failed.
    Io(&'static str, io::Error),
}

impl WriteError {
    /// The problems, at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Nothing, if there are no problems.
    pub(super) fn check(mut problems: Vec<Problem>) -> Result<(), WriteError> {
        problems.sort_by(|a, b| a.path.cmp(&b.path));
        if problems.is_empty() { Ok(()) } else { Err(WriteError { problems }) }
    }

    /// For `map_err`: what could not be done with which path.
    pub(super) fn io(operation: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> WriteError {
        let path = path.into();
        move |error| WriteError { problems: vec![Problem { path, obstacle: Obstacle::Io(operation, error) }] }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Quoted, because a path may hold anything.
        let path = &self.path;
        match &self.obstacle {
            Obstacle::Unusable(why) => write!(f, "{path:?} is no path for a generated file: {why}"),
            Obstacle::Collision(other) => write!(f, "{path:?} and {other:?} are one path on some systems"),
            Obstacle::Unmarked => write!(f, "the text for {path:?} does not say that it is generated"),
            Obstacle::Foreign => {
                write!(f, "{path:?} is in the way: errbook did not write it; move it away, or delete it")
            }
            Obstacle::Folder => write!(f, "{path:?} is in the way: it is a folder where a file must go; move it away"),
            Obstacle::File => write!(f, "{path:?} is in the way: it is a file where a folder must go; move it away"),
            Obstacle::Link => write!(f, "{path:?} is in the way: it is a symbolic link; remove it"),
            Obstacle::Special => write!(f, "{path:?} is in the way: it is neither a file nor a folder; remove it"),
            Obstacle::Io(operation, error) => write!(f, "cannot {operation} {path:?}: {error}"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problems.iter().find_map(|problem| match &problem.obstacle {
            Obstacle::Io(_, error) => Some(error as &(dyn Error + 'static)),
            _ => None,
        })
    }
}
