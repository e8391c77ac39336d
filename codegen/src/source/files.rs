//! The texts that spans point into.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};

/// The number of a file in its [`Files`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values. A byte order mark takes none.
    pub column: usize,
}

/// Every file that was read, with its text and its lines. Files are added and never change.
#[derive(Debug, Default)]
pub struct Files {
    root: PathBuf,
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    path: String,
    text: String,
    /// The byte at which each line starts. There is always one.
    lines: Vec<u32>,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Files {
    /// A store that shows paths relative to `root` where they are below it. [`Files::default`] shows them as they
    /// were given.
    pub fn relative_to(root: impl Into<PathBuf>) -> Self {
        Files { root: root.into(), files: Vec::new() }
    }

    /// Adds a text under the path that diagnostics show. Places are 32 bits wide: a text is at most 4 GiB.
    pub fn add(&mut self, path: impl Into<String>, text: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let lines = line_starts(&text);
        self.files.push(File { path: path.into(), text, lines });
        id
    }

    /// How `path` is shown: relative to the root, with forward slashes and without `.` segments.
    pub fn display(&self, path: &Path) -> String {
        let mut shown = String::new();
        for component in path.strip_prefix(&self.root).unwrap_or(path).components() {
            match component {
                Component::CurDir => {}
                Component::RootDir => shown.push('/'),
                Component::Prefix(_) | Component::ParentDir | Component::Normal(_) => {
                    if !shown.is_empty() && !shown.ends_with('/') {
                        shown.push('/');
                    }
                    shown.push_str(&component.as_os_str().to_string_lossy());
                }
            }
        }
        if shown.is_empty() { ".".to_owned() } else { shown }
    }

    /// The path of a file as it is shown.
    pub fn path(&self, file: FileId) -> &str {
        &self.file(file).path
    }

    /// The whole text of a file, a byte order mark included.
    pub fn text(&self, file: FileId) -> &str {
        &self.file(file).text
    }

    /// The line and column of a byte; a byte after the end of the text counts as the end.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let File { text, lines, .. } = self.file(file);
        let line = lines.partition_point(|start| *start <= byte).max(1);
        let end = (byte as usize).min(text.len());
        let start = (lines[line - 1] as usize).min(end);
        // Every byte but those that continue a character.
        let before = text.as_bytes()[start..end].iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        Position { line, column: before + 1 }
    }

    /// How many lines a file has, the empty one after a last line break included.
    pub fn line_count(&self, file: FileId) -> usize {
        self.file(file).lines.len()
    }

    /// The bytes of a line, counted from 1, without its line break; empty after the last line.
    pub fn line_range(&self, file: FileId, line: usize) -> Range<usize> {
        let File { text, lines, .. } = self.file(file);
        let Some(start) = line.checked_sub(1).and_then(|index| lines.get(index)) else { return text.len()..text.len() };
        let end = lines.get(line).map_or(text.len(), |next| *next as usize);
        let start = *start as usize;
        let line = &text[start..end];
        start..start + line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)).len()
    }

    fn file(&self, file: FileId) -> &File {
        &self.files[file.0 as usize]
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let first = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let mut lines = Vec::with_capacity(text.len() / 32 + 1);
    lines.push(first as u32);
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    lines.extend(breaks.map(|(index, _)| u32::try_from(index + 1).unwrap_or(u32::MAX)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, byte: u32) -> (usize, usize) {
        let mut files = Files::default();
        let file = files.add("a.yaml", text.to_owned());
        let Position { line, column } = files.position(file, byte);
        (line, column)
    }

    #[test]
    fn counts_columns_in_characters() {
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("a\nb", 2), (2, 1));
        assert_eq!(position("é: 🦀x", 8), (1, 5));
        assert_eq!(position("a\r\nb", 1), (1, 2));
        assert_eq!(position("a\r\nb", 3), (2, 1));
        assert_eq!(position("a\n", 2), (2, 1));
        assert_eq!(position("a\n", 99), (2, 1));
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        assert_eq!(position("\u{feff}a: 1\n", 3), (1, 1));
        assert_eq!(position("\u{feff}a: 1\n", 0), (1, 1));
        assert_eq!(position("\u{feff}a: 1\nb", 8), (2, 1));
    }

    #[test]
    fn finds_lines_without_their_breaks() {
        let mut files = Files::default();
        let file = files.add("a.yaml", "\u{feff}one\r\n\ntwo\rx\nthree".to_owned());
        let lines: Vec<_> = (0..=6).map(|line| files.text(file)[files.line_range(file, line)].to_owned()).collect();
        assert_eq!(lines, ["", "one", "", "two\rx", "three", "", ""]);
        assert_eq!(files.line_count(file), 4);
    }

    #[test]
    fn shows_paths_relative_to_the_root() {
        let files = Files::relative_to("/project");
        assert_eq!(files.display(Path::new("/project/catalog/a.yaml")), "catalog/a.yaml");
        assert_eq!(files.display(Path::new("/elsewhere/a.yaml")), "/elsewhere/a.yaml");
        assert_eq!(files.display(Path::new("/project")), ".");
        assert_eq!(Files::default().display(Path::new("./catalog/./a.yaml")), "catalog/a.yaml");
        assert_eq!(Files::default().display(Path::new("../a.yaml")), "../a.yaml");
    }
}
