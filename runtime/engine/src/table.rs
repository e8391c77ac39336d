//! The shape of the static tables that generated crates hold. Plain data, written by the generator, read by the engine.
//!
//! Rows refer to shared parts (sets of statuses, retry rules) by index: ten thousand rows of integers and one literal compile in a
//! blink, ten thousand nested structs do not.

use crate::retry::{Backoff, Repeat, Verdict};
use crate::text::Texts;
use crate::vocabulary::Action;

/// The index that stands for "none".
pub const NONE: u16 = u16::MAX;

/// The version of the tables, which generated code names to [`fits`](crate::__private::fits): raise it in both.
pub const TABLES: u32 = 5;

/// Nothing for [`TABLES`], a compile error for any other version. It is a macro, because macros come before all else: what does not fit
/// either, be it the name of a macro, cannot hide the error that says what to do.
#[doc(hidden)]
#[macro_export]
macro_rules! __fits {
    (5) => {};
    ($other:literal) => {
        ::core::compile_error!(
            "this code was generated for another version of the crate `errbook` than the one that it is compiled with: \
             use the version of `errbook` that its Cargo.toml names, or generate it again with the generator of this version"
        );
    };
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
    /// Where codes have parts, those with a `/` within a part: the index of the code, in `rows` and then in `aliases`, and which of its `/`,
    /// counted from 0, join two parts. In all other codes each does.
    pub slashed: &'a [(u16, &'a [u16])],
    /// Codes that are known by their class, the most specific first.
    pub classes: &'a [Class<'a>],
    /// Rows without a code on the wire, the most specific first.
    pub uncoded: &'a [u16],
    /// Parts of codes that are texts on the wire, though they look like numbers: the row, and which part.
    pub text_codes: &'a [(u16, u8)],
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
    /// Where the server's own retry verdict stands, in order.
    pub overrides: &'a [Override<'a>],
    /// Pages that the facts come from; the first is the one of rows that name none.
    pub sources: &'a [&'a str],
    /// Names and texts of the rows.
    pub texts: Texts<'a>,
}

/// The parts of a code, from the coarsest to the finest, and how many there can be.
pub const MOST_PARTS: usize = 4;

/// Codes that are known by their class: `08*`, 200 to 299.
#[derive(Debug)]
pub struct Class<'a> {
    /// The row that they mean.
    pub row: u16,
    /// A test of each part of the code. Case counts, as codes are kept as they are.
    pub parts: &'a [Test<'a>],
}

/// Where the server's own retry verdict stands, and what it says there.
#[derive(Debug)]
pub struct Override<'a> {
    /// Where.
    pub at: Place<'a>,
    /// The values that mean that the request may be repeated.
    pub retry: &'a [&'a str],
    /// The values that mean that it may not.
    pub never: &'a [&'a str],
}

/// One shape of an error response, or of each of several errors in one.
#[derive(Debug)]
pub struct Shape<'a> {
    /// Statuses that carry it; [`StatusRange::NONE`] for what is no HTTP response.
    pub statuses: &'a [StatusRange],
    /// What must hold in it.
    pub gate: &'a [Condition<'a>],
    /// Where each part of the code stands, the coarsest first; empty for an API without codes. Four at most.
    pub code: &'a [&'a [Place<'a>]],
    /// Where the error's own status stands, where it is not the response's.
    pub own_status: &'a [Place<'a>],
    /// Where the message for people stands.
    pub message: &'a [Place<'a>],
    /// Where the server's own advice stands.
    pub remediation: &'a [Place<'a>],
    /// Where the id of the request stands.
    pub request_id: &'a [Place<'a>],
    /// Further values of every error.
    pub fields: &'a [Field<'a>],
    /// Further errors of the same response.
    pub errors: Option<&'a Several<'a>>,
    /// The content type that it is sent with, where it is not that of JSON or plain text. Decoding does not look at it.
    pub content_type: Option<&'a str>,
}

impl<'a> Shape<'a> {
    /// Whether it is one of what is no HTTP response.
    pub fn is_of_events(&self) -> bool {
        self.statuses.contains(&StatusRange::NONE)
    }

    /// A shape with nothing in it.
    pub const PLAIN: Shape<'a> = Shape {
        statuses: &[],
        gate: &[],
        code: &[],
        own_status: &[],
        message: &[],
        remediation: &[],
        request_id: &[],
        fields: &[],
        errors: None,
        content_type: None,
    };
}

/// Several errors in one response.
#[derive(Debug)]
pub struct Several<'a> {
    /// Where each of them stands.
    pub at: &'a [Step<'a>],
    /// Which of them the response is known by.
    pub primary: Primary,
    /// What each of them looks like. Its places are looked for within the error.
    pub shape: Shape<'a>,
}

/// A step of the way to one of several errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step<'a> {
    /// To this key or index.
    Key(&'a str),
    /// To each key or index.
    Each,
    /// To anything at any depth, here included.
    Deep,
}

/// Which of several errors a response is known by. One that is listed goes before one that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Primary {
    /// The first; the response's own code comes before all.
    First,
    /// The last.
    Last,
    /// The last of a chain, each link of which tells the one before it more precisely. It alone decides about retrying.
    Innermost,
}

/// Where a value stands in a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place<'a> {
    /// In the JSON of the error, which is the body unless there are several errors: at these keys and indices.
    Json(&'a [&'a str]),
    /// In the JSON of the whole body, at these keys and indices.
    Whole(&'a [&'a str]),
    /// In the header of this lower-case name.
    Header(&'a str),
    /// The whole body as text.
    Body,
    /// Where the shape has its message.
    Message,
    /// The code, its parts joined by `/`.
    Code,
    /// The JSON Pointer of one of several errors in the body.
    Path,
    /// A part of the text at a place.
    Cut(&'a Cut<'a>),
}

/// A part of a text: what stands behind one mark and before another. It is absent where the first mark is, or where nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cut<'a> {
    /// Where the text stands.
    pub of: Place<'a>,
    /// The mark that it begins behind; empty for the beginning.
    pub after: &'a str,
    /// The mark that it ends before, or the end of the text; empty for the end.
    pub before: &'a str,
    /// Where what counts stands in the JSON that the part is: a text, number or truth value at these keys and indices.
    pub json: Option<&'a [&'a str]>,
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
    /// Is this text; a number or a truth value is sent as one.
    Equals(&'a str),
    /// Is this text, which is sent as a text, whatever it looks like.
    Text(&'a str),
    /// Is there, and is not this text.
    Not(&'a str),
    /// Contains this text, in any case of ASCII letters.
    Contains(&'a str),
    /// Begins with this text, in any case of ASCII letters.
    Prefix(&'a str),
    /// Is this text with `*` for anything, in any case of ASCII letters.
    Pattern(&'a str),
    /// Is a whole number from the first to the last.
    Range(i64, i64),
    /// Is there and not null, or is not.
    Present(bool),
}

/// One error.
#[derive(Debug)]
pub struct Row<'a> {
    /// The code on the wire, its parts joined by `/`; or the name of an error that has none, or a class of them.
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
    /// Conditions of an error without a code; `None` for one with a code, or a class of them.
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
    /// What a repeat does after it, where that is not what the error says.
    pub repeat: Option<Repeat<'a>>,
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
    /// What a repeat does after it.
    pub repeat: Option<Repeat<'a>>,
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
    /// No status: what is no HTTP response.
    pub const NONE: StatusRange = StatusRange::one(0);

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
    /// Computed from several values of the response.
    Computed(&'a Computed<'a>),
    /// The longest that any of these tells.
    Longest(&'a [Delay<'a>]),
}

impl<'a> Delay<'a> {
    /// Calls `visit` with each place that it asks for.
    pub(crate) fn each_place(&self, visit: &mut impl FnMut(Place<'a>)) {
        match self {
            Delay::Fixed(_) => {}
            Delay::Told { at, .. } => visit(*at),
            Delay::Computed(Computed { of, minus, per }) => {
                let minus = minus.map(|(at, _)| at);
                [Some(of.0), minus, *per].into_iter().flatten().for_each(visit);
            }
            Delay::Longest(delays) => delays.iter().for_each(|delay| delay.each_place(visit)),
        }
    }
}

/// A delay that is computed: a value less another, divided by a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Computed<'a> {
    /// The value.
    pub of: (Place<'a>, Form),
    /// What is taken off.
    pub minus: Option<(Place<'a>, Form)>,
    /// What the rest is divided by: so much comes back each second.
    pub per: Option<Place<'a>>,
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
    Minutes,
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

impl Form {
    /// Whether it is that of an instant, not of a delay. What can be either counts as a delay.
    pub fn is_instant(self) -> bool {
        matches!(self, Form::HttpDate | Form::EpochSeconds | Form::EpochMilliseconds | Form::Iso8601)
    }
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
    /// JSON of any type, kept as it is.
    Any,
}
