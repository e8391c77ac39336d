//! The tree that a text is read into.

use super::Span;

/// A value and its place: for quoted text with the quotes, for a block scalar its content without the line breaks at
/// its end. A value that is left out has an empty span where it would begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, number, truth value or null, which are not told apart here.
    Scalar {
        /// The text with its escapes resolved and its lines folded; empty for a value that is left out.
        text: String,
        /// Whether it was written without quotes and not as a block.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<Node>),
    /// Keys, which are scalars and differ from one another, and their values, in the order of the file.
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is a scalar in quotes or a block, so that it is a text whatever it looks like.
    pub fn is_quoted(&self) -> bool {
        matches!(self.kind, Kind::Scalar { plain: false, .. })
    }

    /// The items of a sequence.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.kind {
            Kind::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The keys and values of a mapping.
    pub fn entries(&self) -> Option<&[(Node, Node)]> {
        match &self.kind {
            Kind::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// What it is, in the words of a message: `a list`, `a mapping`, `nothing`, `text`.
    pub fn noun(&self) -> &'static str {
        match &self.kind {
            Kind::Scalar { text, plain: true } if text.is_empty() => "nothing",
            Kind::Scalar { .. } => "text",
            Kind::Sequence(_) => "a list",
            Kind::Mapping(_) => "a mapping",
        }
    }
}
