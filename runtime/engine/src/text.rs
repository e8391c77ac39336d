//! The names and texts of an API's errors: one literal, apart from the tables.

use std::sync::OnceLock;

/// Three texts an error, in the order of the rows, each closed by NUL: the name of its variant, when it happens, what to do about
/// it. An empty one is undocumented. A line break before a text is not part of it.
///
/// Only people need them, so they are one literal (cheap to compile, untouched by decoding), and where each begins is found when the first is asked for.
pub struct Texts<'a> {
    all: &'a str,
    ends: OnceLock<Box<[u32]>>,
}

/// Which of an error's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Name = 0,
    When = 1,
    Fix = 2,
}

const COLUMNS: usize = 3;

impl<'a> Texts<'a> {
    /// Texts as they stand in the generated code.
    pub const fn new(all: &'a str) -> Self {
        Self { all, ends: OnceLock::new() }
    }

    pub(crate) fn get(&self, row: usize, column: Column) -> Option<&'a str> {
        let ends = self.ends.get_or_init(|| {
            memchr::memchr_iter(0, self.all.as_bytes()).map(|end| u32::try_from(end).unwrap_or(u32::MAX)).collect()
        });
        let index = row * COLUMNS + column as usize;
        let start = if index == 0 { 0 } else { *ends.get(index - 1)? as usize + 1 };
        let text = self.all.get(start..*ends.get(index)? as usize)?;
        Some(text.strip_prefix('\n').unwrap_or(text)).filter(|text| !text.is_empty())
    }
}

impl std::fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("bytes", &self.all.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_row_and_column() {
        let texts = Texts::new("\nKeyRevoked\0\nIt was revoked.\0\n\0Other\0\0Do that.\0");
        assert_eq!(texts.get(0, Column::Name), Some("KeyRevoked"));
        assert_eq!(texts.get(0, Column::Fix), None);
        assert_eq!(texts.get(1, Column::Name), Some("Other"));
        assert_eq!(texts.get(1, Column::Fix), Some("Do that."));
        assert_eq!(texts.get(2, Column::Name), None);
    }
}
