//! Response shapes: where values stand, what must hold, and the types of fields.

use super::{Prose, Text};
use crate::source::{Span, Spanned};

/// One shape of an error response.
#[derive(Debug)]
pub struct Shape {
    /// Where it stands in the catalog.
    pub span: Span,
    /// Statuses that carry it; `None` for all errors.
    pub statuses: Option<Vec<StatusRange>>,
    /// What must hold.
    pub gate: Vec<Condition>,
    /// Where each part of the code stands, the coarsest first.
    pub code: Vec<Vec<Spanned<Location>>>,
    /// Where the error's own status stands.
    pub own_status: Vec<Spanned<Location>>,
    /// Where the message stands.
    pub message: Vec<Spanned<Location>>,
    /// Where the server's own advice stands.
    pub remediation: Vec<Spanned<Location>>,
    /// Where the id of the request stands.
    pub request_id: Vec<Spanned<Location>>,
    /// Further values of every error.
    pub fields: Vec<Field>,
    /// Where several errors of one response stand.
    pub errors: Option<Box<Several>>,
    /// The content type that it is sent with, where it is not that of JSON or plain text.
    pub content_type: Option<Text>,
}

/// Several errors of one response.
#[derive(Debug)]
pub struct Several {
    /// Where each of them stands.
    pub at: Spanned<Vec<Step>>,
    /// Which of them the response is known by.
    pub primary: Primary,
    /// What each of them looks like.
    pub shape: Shape,
}

/// A step of the way to one of several errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To this key or index.
    Key(String),
    /// To each key or index.
    Each,
    /// To any depth.
    Deep,
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Step::Key(key) => pointer(std::slice::from_ref(key), f),
            Step::Each => f.write_str("/*"),
            Step::Deep => f.write_str("/**"),
        }
    }
}

/// Which of several errors a response is known by, as the tables hold it.
pub type Primary = errbook::__private::Primary;

/// Where a value stands in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// In the JSON of the error, at these keys and indices.
    Pointer(Vec<String>),
    /// In the JSON of the whole body, at these keys and indices.
    Whole(Vec<String>),
    /// In the header of this lower-case name.
    Header(String),
    /// The whole body.
    Body,
    /// Where the shape has its message.
    Message,
    /// Where the shape has its code.
    Code,
    /// The JSON Pointer of one of several errors.
    Path,
    /// A part of the text at a location.
    Part(Box<Part>),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where the text stands.
    pub of: Location,
    /// The mark that it begins behind; empty for the beginning.
    pub following: String,
    /// The mark that it ends before; empty for the end.
    pub until: String,
    /// Where what counts stands in the JSON that the part is.
    pub json: Option<Vec<String>>,
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Location::Pointer(segments) => pointer(segments, f),
            Location::Whole(segments) => {
                f.write_str("body:")?;
                pointer(segments, f)
            }
            Location::Header(name) => write!(f, "header:{name}"),
            Location::Body => f.write_str("body"),
            Location::Message => f.write_str("message"),
            Location::Code => f.write_str("code"),
            Location::Path => f.write_str("path"),
            Location::Part(part) => part.of.fmt(f),
        }
    }
}

fn pointer(segments: &[String], f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    segments.iter().try_for_each(|segment| write!(f, "/{}", segment.replace('~', "~0").replace('/', "~1")))
}

/// What must stand at a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Where.
    pub at: Spanned<Location>,
    /// What.
    pub test: Test,
    /// Whether the text that it must be is in quotes in the catalog: then it is a text on the wire, whatever it looks like.
    pub quoted: bool,
}

/// A test of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Is this text.
    Equals(String),
    /// Is there, and is not this text.
    Not(String),
    /// Contains this text.
    Contains(String),
    /// Begins with this text.
    Prefix(String),
    /// Is this text with `*` for anything.
    Pattern(String),
    /// Is a whole number from the first to the last.
    Range(i64, i64),
    /// Is there, or is not.
    Present(bool),
}

/// A status or a class of them, as the tables hold it.
pub type StatusRange = errbook::StatusRange;

/// The statuses of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusSet {
    /// These.
    Of(Vec<StatusRange>),
    /// Never an HTTP response.
    Never,
    /// No source says.
    Undocumented,
}

/// A typed value that comes with an error.
#[derive(Debug)]
pub struct Field {
    /// Name in the catalog.
    pub name: Text,
    /// Where it stands.
    pub at: Vec<Spanned<Location>>,
    /// What it is.
    pub kind: FieldKind,
    /// What it means.
    pub about: Option<Prose>,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldKind {
    /// One value.
    One(ItemKind),
    /// A list; of this type, where the catalog says so.
    List(Option<ItemKind>),
}

/// The type of a value that is no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An instant.
    Timestamp(InstantForm),
    /// A JSON object.
    Object,
    /// JSON of any type.
    Any,
}

/// The forms of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InstantForm {
    /// RFC 3339.
    Iso8601,
    /// RFC 9110.
    HttpDate,
    /// Seconds since the epoch.
    EpochSeconds,
    /// Milliseconds since the epoch.
    EpochMilliseconds,
}
