//! The shape of the static tables that generated crates hold. Plain data, written by the generator, read by the engine.
//!
//! Rows refer to shared parts (sets of statuses, retry rules) by index: ten thousand rows of integers and one literal compile in a
//! blink, ten thousand nested structs do not.

use crate::retry::{Backoff, Repeat, Verdict};
use crate::text::Texts;
use crate::vocabulary::Action;

/// The index that stands for "none".
pub const NONE: u16 = u16::MAX;

/// The version of the tables; [`fits`] compares it when a generated crate compiles.
pub const TABLES: u32 = 1;

/// Fails to compile where generated code and runtime do not fit.
pub const fn fits(tables: u32) {
    assert!(
        tables == TABLES,
        "this code was generated for another version of errbook: use the `errbook` crate of the same version as the generator, \
         or run the generator again"
    );
}

/// Everything that a catalog says of one API.
#[derive(Debug)]
pub struct Api<'a> {
    /// Lower-case name of the API: `vivix`.
    pub id: &'a str,
    /// Name as people write it.
    pub title: &'a str,
    /// The shapes of an error response, in the order in which they are tried.
    pub shapes: &'a [Shape<'a>],
    /// One row an error, in catalog order.
    pub rows: &'a [Row<'a>],
    /// Open-addressing hash table over codes and aliases: an index of `rows`, then of `aliases`, or [`NONE`]. A power of two long.
    pub slots: &'a [u16],
    /// Further codes, with the row that each means.
    pub aliases: &'a [(&'a str, u16)],
    /// Rows without a code on the wire, the most specific first.
    pub uncoded: &'a [u16],
    /// What rows say of their statuses.
    pub status_sets: &'a [Statuses<'a>],
    /// What rows say of retrying.
    pub retries: &'a [Retry<'a>],
    /// Headings: name and title.
    pub groups: &'a [(&'a str, &'a str)],
    /// What only some rows have.
    pub more: &'a [More<'a>],
    /// What a status means by itself.
    pub statuses: &'a [Status<'a>],
    /// Backoff of the API, where one is documented.
    pub backoff: Option<Backoff>,
    /// What a repeated request does.
    pub repeat: Option<Repeat<'a>>,
    /// Where the server's own retry verdict stands.
    pub verdict_at: &'a [Place<'a>],
    /// Pages that the facts come from; the first is the one of rows that name none.
    pub sources: &'a [&'a str],
    /// Names and texts of the rows.
    pub texts: Texts<'a>,
}

/// One shape of an error response.
#[derive(Debug)]
pub struct Shape<'a> {
    /// Statuses that carry it.
    pub statuses: &'a [StatusRange],
    /// What must hold in it.
    pub gate: &'a [Condition<'a>],
    /// Where the code stands; empty for an API without codes.
    pub code: &'a [Place<'a>],
    /// Where the message for people stands.
    pub message: &'a [Place<'a>],
    /// Where the server's own advice stands.
    pub remediation: &'a [Place<'a>],
    /// Where the id of the request stands.
    pub request_id: &'a [Place<'a>],
    /// Further values of every error.
    pub fields: &'a [Field<'a>],
}

/// Where a value stands in a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place<'a> {
    /// In the JSON body, at these keys and indices.
    Json(&'a [&'a str]),
    /// In the header of this lower-case name.
    Header(&'a str),
    /// The whole body as text.
    Body,
    /// Where the shape has its message.
    Message,
}

/// What must stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Condition<'a> {
    /// Where.
    pub at: Place<'a>,
    /// What.
    pub test: Test<'a>,
}

/// A test of a value; numbers and booleans count as their text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Test<'a> {
    /// Is this text.
    Equals(&'a str),
    /// Is there, and is not this text.
    Not(&'a str),
    /// Contains this text, in any case of ASCII letters.
    Contains(&'a str),
    /// Begins with this text, in any case of ASCII letters.
    Prefix(&'a str),
    /// Is this text with `*` for anything, in any case of ASCII letters.
    Pattern(&'a str),
    /// Is there and not null, or is not.
    Present(bool),
}

/// One error.
#[derive(Debug)]
pub struct Row<'a> {
    /// The code on the wire, or the name of an error that has none.
    pub code: &'a str,
    /// Index of `status_sets`.
    pub statuses: u16,
    /// Index of `groups`, or [`NONE`].
    pub group: u16,
    /// What a program does about it.
    pub action: Option<Action>,
    /// Index of `retries`, or [`NONE`] where the status decides.
    pub retry: u16,
    /// Index of `more`, or [`NONE`].
    pub more: u16,
}

/// What only some errors have.
#[derive(Debug)]
pub struct More<'a> {
    /// Conditions of an error without a code; `None` for one with a code.
    pub conditions: Option<&'a [Condition<'a>]>,
    /// Causes that a response tells apart, the most specific first.
    pub causes: &'a [Cause<'a>],
    /// Further values.
    pub fields: &'a [Field<'a>],
    /// What a repeat does after this error.
    pub repeat: Option<Repeat<'a>>,
    /// Index of `sources`.
    pub source: u16,
}

impl<'a> More<'a> {
    /// A row with nothing special.
    pub const PLAIN: More<'a> = More { conditions: None, causes: &[], fields: &[], repeat: None, source: 0 };
}

/// One of several causes of an error.
#[derive(Debug)]
pub struct Cause<'a> {
    /// Name in the catalog.
    pub name: &'a str,
    /// Name of the variant in the generated `Cause`.
    pub variant: &'a str,
    /// What must hold.
    pub conditions: &'a [Condition<'a>],
    /// Statuses that it is sent with; empty where the error's hold.
    pub statuses: &'a [StatusRange],
    /// When it happens.
    pub when: Option<&'a str>,
    /// What to do about it.
    pub fix: Option<&'a str>,
    /// What a program does about it, where it is not what the error says.
    pub action: Option<Action>,
    /// Index of `retries`, or [`NONE`] where the error decides.
    pub retry: u16,
}

/// What a status means by itself.
#[derive(Debug)]
pub struct Status<'a> {
    /// The status, or a class of them.
    pub range: StatusRange,
    /// The provider's name for it.
    pub title: &'a str,
    /// What to do about it.
    pub fix: Option<&'a str>,
    /// What a program does about it.
    pub action: Option<Action>,
    /// Index of `retries`, or [`NONE`].
    pub retry: u16,
}

/// The statuses of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Statuses<'a> {
    /// These.
    Of(&'a [StatusRange]),
    /// It is never an HTTP response: a task's status, a webhook.
    Never,
    /// No source says.
    Undocumented,
}

/// Statuses from `first` to `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusRange {
    /// The first.
    pub first: u16,
    /// The last, which is the first where it is one status.
    pub last: u16,
}

impl StatusRange {
    /// One status.
    pub const fn one(status: u16) -> Self {
        Self { first: status, last: status }
    }

    /// The class of a first digit: `class(5)` is 500 to 599.
    pub const fn class(digit: u16) -> Self {
        Self { first: digit * 100, last: digit * 100 + 99 }
    }

    /// Whether all of `other` are among them.
    pub const fn covers(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether `status` is one of them.
    pub const fn contains(self, status: u16) -> bool {
        self.first <= status && status <= self.last
    }
}

/// As catalogs write it: `429`, `5xx`, `400-420`.
impl std::fmt::Display for StatusRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Self { first, last } if first == last => write!(f, "{first}"),
            range if range == Self::class(range.first / 100) => write!(f, "{}xx", range.first / 100),
            Self { first, last } => write!(f, "{first}-{last}"),
        }
    }
}

/// Whether and when a request may be repeated.
#[derive(Debug)]
pub struct Retry<'a> {
    /// Whether.
    pub verdict: Verdict,
    /// What must have happened, for [`Verdict::Conditional`].
    pub when: Option<&'a str>,
    /// Where the delay is told, in order.
    pub after: &'a [Delay<'a>],
    /// What applies where nothing is told, if it is not the API's backoff.
    pub backoff: Option<Backoff>,
}

/// A source of the delay before a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delay<'a> {
    /// Always so many milliseconds.
    Fixed(u64),
    /// Told by the response.
    Told {
        /// Where.
        at: Place<'a>,
        /// In which form.
        form: Form,
    },
}

/// The form of a delay or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Whole seconds or an HTTP-date: RFC 9110, section 10.2.3.
    RetryAfter,
    /// Whole digits.
    Seconds,
    /// Digits, perhaps with a fraction.
    DecimalSeconds,
    /// Whole digits.
    Milliseconds,
    /// An instant in one of the three forms of RFC 9110, section 5.6.7.
    HttpDate,
    /// An instant: seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// An instant: milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds,
    /// An instant with its offset: RFC 3339.
    Iso8601,
    /// Numbers with units: `1h30m`, `6m0s`, `20ms`.
    Duration,
}

/// A typed value that comes with an error.
#[derive(Debug)]
pub struct Field<'a> {
    /// Name in the catalog.
    pub name: &'a str,
    /// Where it stands: the first place with a value of the type.
    pub at: &'a [Place<'a>],
    /// What it is.
    pub kind: Kind<'a>,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind<'a> {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An instant in this form.
    Timestamp(Form),
    /// A list; of this type, where the catalog says so.
    List(Option<&'a Kind<'a>>),
    /// A JSON object, kept as it is.
    Object,
}
