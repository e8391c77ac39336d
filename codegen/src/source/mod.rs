//! Catalog files and the YAML in them, with the place of every value.
//!
//! [`load`] reads files and folders, [`parse`] turns one text into a tree of [`Node`]s. Both collect what is wrong in
//! [`Diagnostics`](crate::diagnostic::Diagnostics) and go on with the next file.
//!
//! Invariant: nothing of YAML but scalars, sequences and mappings leaves this module. Anchors, aliases, merge keys,
//! tags, duplicate keys and further documents end here, each as a diagnostic with its place.

pub(crate) mod characters;
mod duplicates;
mod files;
mod load;
mod node;
mod parse;
mod span;
mod syntax;

pub use files::{FileId, Files, Position};
pub use load::{Document, MAX_BYTES, load};
pub use node::{Kind, Node};
pub use parse::{MAX_DEPTH, parse};
pub use span::{Span, Spanned};

/// The rules that this stage reports under: id, and what it refuses in one sentence.
pub const RULES: &[(&str, &str)] = &[
    ("alias", "A YAML alias (`*name`) stands for a value that is written elsewhere."),
    ("anchor", "A YAML anchor (`&name`) names a value for use elsewhere."),
    ("control-character", "A control character, of bidirectional text too, stands in the text."),
    ("duplicate-key", "A mapping has the same key twice."),
    ("empty-file", "A file holds no catalog."),
    ("file-name", "The name of a catalog does not end in `.yaml`."),
    ("file-too-large", "A file is larger than 64 MiB."),
    ("key-not-text", "The key of a mapping is a list, a mapping or nothing."),
    ("merge-key", "A YAML merge key (`<<`) stands in a mapping."),
    ("nesting", "Values are nested more than 64 levels deep."),
    ("no-catalogs", "A folder holds no catalog."),
    ("not-utf8", "A file is not encoded in UTF-8."),
    ("second-document", "A file holds more than one YAML document."),
    ("syntax", "The text is not YAML."),
    ("tag", "A YAML tag (`!name`) gives a value a type."),
    ("unreadable", "A file or folder is missing or cannot be read."),
];
