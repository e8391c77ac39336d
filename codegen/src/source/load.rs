//! Catalogs from the disk.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::{FileId, Files, Node, Span, parse};

/// The size above which a file is refused: 64 MiB, a hundred times the largest catalog known.
pub const MAX_BYTES: u64 = 64 << 20;

/// A file and the tree that was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its one value, mostly a mapping.
    pub root: Node,
}

/// Reads the named catalogs, and the `*.yaml` of the named folders, each once and in the order of their shown paths.
///
/// A file that cannot be read, or that has no complete tree, is left out and reported; the others are still read.
pub fn load<P: AsRef<Path>>(paths: &[P], files: &mut Files, diagnostics: &mut Diagnostics) -> Vec<Document> {
    let mut found = Found { files, diagnostics, catalogs: BTreeMap::new() };
    for path in paths {
        found.path(path.as_ref());
    }
    let Found { catalogs, .. } = found;
    let read: Vec<FileId> = catalogs.iter().filter_map(|(shown, path)| read(shown, path, files, diagnostics)).collect();
    let parsed = read.into_iter().map(|file| Some(Document { file, root: parse(files, file, diagnostics)? }));
    parsed.flatten().collect()
}

/// The catalogs to read, by the path under which they are shown.
struct Found<'a> {
    files: &'a mut Files,
    diagnostics: &'a mut Diagnostics,
    catalogs: BTreeMap<String, PathBuf>,
}

impl Found<'_> {
    fn path(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(_) => self.file(path, true),
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn folder(&mut self, folder: &Path) {
        let before = self.catalogs.len();
        let reported = self.diagnostics.len();
        let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let mut paths: Vec<PathBuf> = match entries {
            Ok(entries) => entries.into_iter().map(|entry| entry.path()).collect(),
            Err(error) => return self.unreadable(folder, &error),
        };
        paths.sort();
        let known = paths.iter().any(|path| self.catalogs.contains_key(&self.files.display(path)));
        for path in &paths {
            self.file(path, false);
        }
        if self.catalogs.len() == before && self.diagnostics.len() == reported && !known {
            let shown = self.files.display(folder);
            let message = format!("the folder `{shown}` holds no catalog");
            let help = "a catalog is a file whose name ends in `.yaml`; `errbook new <id>` writes one";
            self.report("no-catalogs", shown, message, help);
        }
    }

    /// Takes a file that is named like a catalog. `named` tells whether a person named it, or it merely lies in a
    /// folder.
    fn file(&mut self, path: &Path, named: bool) {
        let shown = self.files.display(path);
        // Editors and systems keep files of their own beside a catalog: `.#vivix.yaml`, `._vivix.yaml`.
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            _ if hidden && !named => {}
            "yaml" if extension == "yaml" => {
                self.catalogs.insert(shown, path.to_owned());
            }
            "yaml" | "yml" => {
                let renamed = self.files.display(&path.with_extension("yaml"));
                let message = format!("the name of a catalog ends in `.yaml`, not `.{extension}`");
                self.report("file-name", shown, message, &format!("rename it to `{renamed}`"));
            }
            _ if named => {
                let message = format!("`{shown}` is not named like a catalog");
                self.report("file-name", shown, message, "the name of a catalog is its API's id and `.yaml`");
            }
            _ => {}
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        let shown = self.files.display(path);
        report_unreadable(shown, error, self.files, self.diagnostics);
    }

    fn report(&mut self, rule: &'static str, shown: String, message: String, help: &str) {
        let span = Span::new(self.files.add(shown, String::new()), 0, 0);
        self.diagnostics.push(Diagnostic::error(rule, span, message).help(help));
    }
}

/// Adds the text of a catalog to `files`, or reports why not.
fn read(shown: &str, path: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<FileId> {
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            report_unreadable(shown.to_owned(), &error, files, diagnostics);
            return None;
        }
    };
    if bytes.len() as u64 > MAX_BYTES {
        let span = Span::new(files.add(shown, String::new()), 0, 0);
        let message = format!("`{shown}` is larger than {} MiB", MAX_BYTES >> 20);
        diagnostics.push(
            Diagnostic::error("file-too-large", span, message).help("a catalog of 10,000 errors takes about 6 MiB"),
        );
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(files.add(shown, text)),
        Err(error) => {
            // What comes before the place stays as it is, so the place is right.
            let start = error.utf8_error().valid_up_to() as u32;
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let span = Span::new(files.add(shown, text), start, start + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
            diagnostics.push(
                Diagnostic::error("not-utf8", span, "the file is not encoded in UTF-8")
                    .label("from here on")
                    .help("save it as UTF-8"),
            );
            None
        }
    }
}

/// The bytes of a regular file, of an oversized one only so many that it shows.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        // Reading a pipe or a device might never end.
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(MAX_BYTES) as usize + 1);
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn report_unreadable(shown: String, error: &io::Error, files: &mut Files, diagnostics: &mut Diagnostics) {
    let (message, help) = match error.kind() {
        io::ErrorKind::NotFound => (format!("there is no file or folder `{shown}`"), "check the path"),
        _ => (format!("cannot read `{shown}`: {error}"), "check what it is and who may read it"),
    };
    let span = Span::new(files.add(shown, String::new()), 0, 0);
    diagnostics.push(Diagnostic::error("unreadable", span, message).help(help));
}

#[cfg(test)]
mod tests;
