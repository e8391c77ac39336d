//! Where in a response a place of the tables is.

use crate::table::{Cut, Place};

/// Where a text stands, and which part of it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target<'a> {
    pub(super) base: Base<'a>,
    pub(super) cut: Option<&'a Cut<'a>>,
}

/// Where a value stands in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base<'a> {
    /// In the JSON of the body.
    Json(Vec<&'a str>),
    Header(&'a str),
    Body,
}

/// Where an error is told: at the root, or within one of several errors.
pub(super) struct Frame<'a> {
    /// The path to the error.
    pub(super) path: Vec<&'a str>,
    /// Where its message stands, if it is told.
    pub(super) message: Option<Place<'a>>,
}

impl<'a> Frame<'a> {
    /// The target of a place; `None` where it is no place to put something at: the code, the path to an error, a message that the API does not have.
    pub(super) fn target(&self, place: Place<'a>) -> Option<Target<'a>> {
        let base = |base| Some(Target { base, cut: None });
        match place {
            Place::Json(path) => base(Base::Json([&self.path, path].concat())),
            Place::Whole(path) => base(Base::Json(path.to_vec())),
            Place::Header(name) => base(Base::Header(name)),
            Place::Body => base(Base::Body),
            Place::Message if self.message == Some(Place::Message) => None,
            Place::Message => self.target(self.message?),
            Place::Code | Place::Path => None,
            Place::Cut(cut) => {
                let of = self.target(cut.of)?;
                // A part of a part cannot be put anywhere.
                of.cut.is_none().then_some(Target { base: of.base, cut: Some(cut) })
            }
        }
    }
}

impl std::fmt::Display for Base<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Base::Json(path) if path.is_empty() => f.write_str("the root of the body"),
            Base::Json(path) => path.iter().try_for_each(|key| write!(f, "/{key}")),
            Base::Header(name) => write!(f, "header:{name}"),
            Base::Body => f.write_str("body"),
        }
    }
}
