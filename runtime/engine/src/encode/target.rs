//! Where in a response a place of the tables is.

use super::node::ANY;
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

/// Where the error is told, and the response.
pub(super) struct Frames<'a> {
    pub(super) error: Frame<'a>,
    pub(super) response: Frame<'a>,
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

/// The targets of places, of those that are any.
pub(super) fn targets<'a>(places: &[Place<'a>], frame: &Frame<'a>) -> Vec<Target<'a>> {
    places.iter().filter_map(|place| frame.target(*place)).collect()
}

impl Base<'_> {
    /// Whether it is `other`, or stands in it.
    pub(super) fn is_within(&self, other: &Base<'_>) -> bool {
        match other {
            Base::Json(path) => self.is_at(path),
            other => self == other,
        }
    }

    /// Whether it stands at a path in the body, or deeper.
    pub(super) fn is_at(&self, path: &[&str]) -> bool {
        let Base::Json(own) = self else { return false };
        let same = |(own, other): (&&str, &&str)| own == other || [*own, *other].contains(&ANY);
        own.len() >= path.len() && own.iter().zip(path).all(same)
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
