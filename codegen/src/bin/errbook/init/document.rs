//! TOML files of people's: read, and printed again with their comments and line ends.

use std::path::Path;

use toml_edit::DocumentMut;

use super::step::read;

/// A TOML file.
pub(super) struct Source {
    pub(super) text: String,
    pub(super) document: DocumentMut,
}

impl Source {
    /// The file; `None`, if there is none.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, String> {
        let Some(text) = read(path)? else { return Ok(None) };
        Self::parse(text).map(Some).map_err(|error| format!("{} is no TOML: {error}", path.display()))
    }

    pub(super) fn parse(text: String) -> Result<Self, toml_edit::TomlError> {
        let document = text.parse()?;
        Ok(Source { text, document })
    }

    /// What the file holds once the changes of the document are in it; `None`, if there are none.
    pub(super) fn changed(&self) -> Option<String> {
        // Printing gives every line the same end, and no byte order mark.
        let plain = |text: &str| text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let printed = plain(&self.document.to_string());
        if printed == plain(&self.text) {
            return None;
        }
        let printed = if self.text.contains("\r\n") { printed.replace('\n', "\r\n") } else { printed };
        let mark = if self.text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        Some(format!("{mark}{printed}"))
    }
}
