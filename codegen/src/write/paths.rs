//! Which outputs can be written anywhere at all.

use std::collections::HashMap;
use std::path::Path;

use super::error::{Obstacle, Problem, WriteError};
use super::{FOREIGN_FOLDERS, Wanted, replace};

/// Reports every output whose path leaves the root, means something else on another system, or meets another one.
pub(super) fn check(root: &Path, outputs: &[impl Wanted]) -> Result<(), WriteError> {
    let mut problems = Vec::new();
    let mut report = |path: &str, obstacle| problems.push(Problem { path: root.join(path), obstacle });
    let mut taken = Taken::default();
    for path in outputs.iter().map(Wanted::path) {
        if let Some(why) = unusable(path) {
            report(path, Obstacle::Unusable(why));
        } else if let Some(other) = taken.add(path) {
            report(path, Obstacle::Collision(other));
        }
    }
    WriteError::check(problems)
}

fn unusable(path: &str) -> Option<&'static str> {
    if path.contains(['\\', ':']) {
        return Some("it has a `\\` or `:`");
    }
    if path.contains(char::is_control) {
        return Some("it has a control character");
    }
    if replace::is_temporary(path.rsplit('/').next().unwrap_or(path)) {
        return Some("it is named like a temporary file");
    }
    path.split('/').find_map(|segment| match segment {
        "" => Some("it has an empty segment, or begins or ends with `/`"),
        "." | ".." => Some("it has a `.` or `..` segment"),
        _ if segment.ends_with(['.', ' ']) => Some("it has a segment that ends in `.` or a space"),
        _ if FOREIGN_FOLDERS.iter().any(|folder| segment.eq_ignore_ascii_case(folder)) => {
            Some("`.git`, `book`, `node_modules` and `target` are other programs' folders")
        }
        _ => None,
    })
}

/// The paths so far and their folders, by their lower-case form.
#[derive(Default)]
struct Taken<'a> {
    paths: HashMap<String, (&'a str, Kind)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    File,
    Folder,
}

impl<'a> Taken<'a> {
    /// Adds a path, or gives the one that it meets.
    fn add(&mut self, path: &'a str) -> Option<String> {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            match self.paths.get(&fold(parent)) {
                // With a folder its parents are there as well.
                Some(entry) if *entry == (parent, Kind::Folder) => break,
                Some((other, _)) => return Some((*other).to_owned()),
                None => self.paths.insert(fold(parent), (parent, Kind::Folder)),
            };
            folder = parent;
        }
        let other = self.paths.insert(fold(path), (path, Kind::File))?;
        Some(other.0.to_owned())
    }
}

/// The form in which paths are the same on systems that do not tell upper from lower case.
pub(super) fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Draft;

    fn problems(paths: &[&str]) -> Vec<String> {
        let outputs: Vec<_> = paths.iter().map(|path| Draft::new(*path, String::new)).collect();
        match check(Path::new("root"), &outputs) {
            Ok(()) => Vec::new(),
            Err(error) => error.problems().iter().map(|problem| problem.path.display().to_string()).collect(),
        }
    }

    #[test]
    fn accepts_plain_relative_paths() {
        let paths = [
            "lib.rs",
            "rust/a-errors/src/lib.rs",
            "rust/a-errors/Cargo.toml",
            "docs/é.md",
            "docs/.nojekyll",
            "a/..b/c",
        ];
        assert_eq!(problems(&paths), [] as [&str; 0]);
    }

    #[test]
    fn refuses_paths_that_leave_the_root_or_differ_between_systems() {
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../x",
            "a/..",
            ".",
            "./a",
            "a/./b",
            "a//b",
            "a/",
            "//a",
            "a\\b",
            "C:x",
            "c:/x",
            "a\0",
            "a\nb",
            "a./b",
            "a /b",
            "a/b.",
            "docs/book/a",
            "rust/x/Target/y",
            ".git/config",
            "a/.errbook-1-1.tmp",
            "a:stream",
        ] {
            assert_eq!(problems(&[path]).len(), 1, "{path:?}");
        }
    }

    #[test]
    fn refuses_paths_that_meet() {
        for (one, other) in [
            ("a/b", "a/b"),
            ("a/b", "a/B"),
            ("a/b", "A/c"),
            ("a", "a/b"),
            ("a/b", "A"),
            ("a/b/c/d", "a/b"),
            ("docs/É.md", "docs/é.md"),
        ] {
            assert_eq!(problems(&[one, other]).len(), 1, "{one} {other}");
            assert_eq!(problems(&[other, one]).len(), 1, "{other} {one}");
        }
        assert_eq!(problems(&["a/b", "ab", "a-b/c", "b/a"]), [] as [&str; 0]);
    }

    #[test]
    fn reports_all_at_once() {
        assert_eq!(problems(&["../b", "a", "A", "/"]).len(), 3);
    }
}
