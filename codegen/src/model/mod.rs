//! The typed catalog: what an API documents, with the place of every fact. No YAML and no language names.
//!
//! Invariant: a [`Catalog`] is well typed, but may contradict itself; [`crate::check`] finds that out.

pub mod format;
pub mod lower;
mod names;
mod query;
pub use query::{ClassSpecificity, Specificity, class_specificity, classes_overlap, is_api_id};

use errbook::{Action, Backoff};

use crate::source::{Span, Spanned};

/// Text that is shown as it is.
pub type Text = Spanned<String>;
/// Text with the Markdown of a sentence.
pub type Prose = Spanned<String>;

/// One API.
#[derive(Debug)]
pub struct Catalog {
    /// Where the catalog begins.
    pub span: Span,
    /// The API itself.
    pub api: Api,
    /// The shapes of an error response.
    pub shapes: Vec<Shape>,
    /// What holds for the whole API.
    pub retry: ApiRetry,
    /// Limits and quotas.
    pub limits: Vec<Limit>,
    /// What a status means by itself.
    pub statuses: Vec<StatusRule>,
    /// Headings: name and title.
    pub groups: Vec<Group>,
    /// The errors.
    pub errors: Vec<ErrorDef>,
    /// Which parts lack something because of mistakes that are already reported.
    pub incomplete: Incomplete,
}

/// The parts of a catalog in which mistakes were found when it was read. Rules that would miss what was left out pass them by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Incomplete {
    /// The API and its sources.
    pub api: bool,
    /// The response shapes.
    pub shapes: bool,
    /// The statuses.
    pub statuses: bool,
    /// The groups.
    pub groups: bool,
    /// The errors.
    pub errors: bool,
    /// Anything else.
    pub other: bool,
}

impl Incomplete {
    /// Whether any part lacks something.
    pub fn any(self) -> bool {
        self.api || self.shapes || self.statuses || self.groups || self.errors || self.other
    }
}

/// Name, version and sources of an API.
#[derive(Debug)]
pub struct Api {
    /// Lower-case name.
    pub id: Text,
    /// Name as people write it.
    pub title: Text,
    /// Version of the generated packages.
    pub version: Text,
    /// What the API does.
    pub about: Option<Prose>,
    /// The pages that the facts come from; at least one.
    pub sources: Vec<Source>,
    /// SPDX expression for the generated packages.
    pub license: Option<Text>,
    /// URL of the repository that the packages come from.
    pub repository: Option<Text>,
}

/// A page that facts come from.
#[derive(Debug)]
pub struct Source {
    /// Name in the catalog.
    pub name: Text,
    /// What it is called, where the name does not say.
    pub title: Option<Text>,
    /// Its address; `None` where it is not known.
    pub url: Option<Text>,
    /// The day on which it was read, `YYYY-MM-DD`.
    pub read: Text,
}

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

/// What holds for the whole API.
#[derive(Debug, Default)]
pub struct ApiRetry {
    /// The documented backoff.
    pub backoff: Option<Backoff>,
    /// What a repeat does.
    pub repeat: Option<Repeat>,
    /// Where the server's own verdict stands.
    pub overrides: Vec<Override>,
}

/// Where the server's own verdict stands, and what it says there.
#[derive(Debug)]
pub struct Override {
    /// Where.
    pub at: Spanned<Location>,
    /// The values that mean that the request may be repeated.
    pub retry: Vec<String>,
    /// The values that mean that it may not.
    pub never: Vec<String>,
}

/// What sending the same request again does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// It has no further effect.
    Safe,
    /// It makes another one.
    Duplicates(Prose),
    /// It is safe with the same key in this header.
    IdempotencyKey(Text),
    /// It needs a new key in this header.
    NewKey(Text),
    /// No source says.
    Undocumented,
}

/// A limit or quota.
#[derive(Debug)]
pub struct Limit {
    /// Name in the catalog.
    pub name: Text,
    /// What is counted.
    pub title: Text,
    /// How much.
    pub amount: Amount,
    /// How it is counted.
    pub about: Option<Prose>,
    /// What states it.
    pub sources: Vec<Text>,
}

/// How much a limit allows. `None` is undocumented.
#[derive(Debug)]
pub enum Amount {
    /// The same for all.
    One(Option<String>),
    /// By plan, in catalog order.
    ByPlan(Vec<(String, Option<String>)>),
}

/// What a status means by itself.
#[derive(Debug)]
pub struct StatusRule {
    /// The status, or a class of them.
    pub range: Spanned<StatusRange>,
    /// The provider's name for it.
    pub title: Text,
    /// When it is sent.
    pub when: Option<Prose>,
    /// What to do about it.
    pub fix: Option<Prose>,
    /// What a program does about it.
    pub action: Option<Action>,
    /// Whether it may be repeated.
    pub retry: Option<RetryRule>,
    /// What states it.
    pub sources: Vec<Text>,
}

/// A heading.
#[derive(Debug)]
pub struct Group {
    /// Name in the catalog.
    pub name: Text,
    /// Title that is shown.
    pub title: Text,
}

/// Whether and when a request may be repeated.
#[derive(Debug, Clone)]
pub struct RetryRule {
    /// Where the rule stands.
    pub span: Span,
    /// Whether.
    pub verdict: RetryVerdict,
    /// Where the delay is told, in order.
    pub after: Vec<DelaySource>,
    /// A backoff that is not the API's.
    pub backoff: Option<Backoff>,
}

/// Whether a request may be repeated.
#[derive(Debug, Clone)]
pub enum RetryVerdict {
    /// The same request cannot succeed.
    Never,
    /// It may be repeated unchanged.
    Retry,
    /// The same request can succeed once this has happened.
    Conditional(Prose),
    /// No source says.
    Undocumented,
}

/// Where a delay is told.
#[derive(Debug, Clone)]
pub enum DelaySource {
    /// Always so many milliseconds.
    Fixed(u64),
    /// Told by the response.
    Told(Told),
    /// Computed from several values of the response.
    Computed(Box<Computed>),
    /// The longest that any of these tells.
    Longest(Vec<DelaySource>),
}

/// A value of a response in a form.
#[derive(Debug, Clone)]
pub struct Told {
    /// Where.
    pub at: Spanned<Location>,
    /// In which form.
    pub form: Form,
}

/// A delay that is computed.
#[derive(Debug, Clone)]
pub struct Computed {
    /// The value.
    pub of: Told,
    /// What is taken off.
    pub minus: Option<Told>,
    /// What the rest is divided by.
    pub per: Option<Spanned<Location>>,
}

/// The form of a delay or an instant, as the tables hold it.
pub type Form = errbook::__private::Form;

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

/// One error.
#[derive(Debug)]
pub struct ErrorDef {
    /// Where it stands: its code or name.
    pub span: Span,
    /// How it is told.
    pub identity: Identity,
    /// The name of its variant, where the catalog gives one to an error with a code.
    pub name: Option<Text>,
    /// Further codes.
    pub aliases: Vec<Code>,
    /// Its statuses.
    pub status: Spanned<StatusSet>,
    /// Its group.
    pub group: Option<Text>,
    /// When it happens; `None` is undocumented.
    pub when: Option<Prose>,
    /// What to do about it; `None` is undocumented.
    pub fix: Option<Prose>,
    /// The literal message that is documented.
    pub message: Option<Text>,
    /// What a program does about it.
    pub action: Option<Spanned<Action>>,
    /// Whether it may be repeated.
    pub retry: Option<RetryRule>,
    /// What a repeat does after it.
    pub repeat: Option<Repeat>,
    /// Further values.
    pub fields: Vec<Field>,
    /// Its causes.
    pub causes: Vec<Cause>,
    /// Anything else.
    pub note: Option<Prose>,
    /// What states it.
    pub sources: Vec<Text>,
    /// What brought it.
    pub since: Option<Text>,
    /// Whether it is on its way out.
    pub deprecated: Option<Deprecation>,
    /// Whether it is no longer sent.
    pub retired: Option<Retirement>,
    /// Responses that must decode to it.
    pub examples: Vec<Example>,
}

/// How an error is told.
#[derive(Debug)]
pub enum Identity {
    /// By its code.
    Code(Code),
    /// By the class that its code is in; it has a name instead.
    Class {
        /// What it is called.
        name: Text,
        /// What must hold of each part of the code.
        parts: Spanned<Vec<Test>>,
    },
    /// By conditions; it has a name instead.
    Match {
        /// What it is called.
        name: Text,
        /// What must hold.
        conditions: Vec<Condition>,
    },
}

/// A code on the wire.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its parts, joined by `/`.
    pub text: Text,
    /// How many parts it has.
    pub parts: usize,
}

/// One of several causes of an error.
#[derive(Debug)]
pub struct Cause {
    /// Where it stands.
    pub span: Span,
    /// Its name; every cause that can be told has one.
    pub name: Option<Text>,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// Statuses that tell it.
    pub statuses: Vec<StatusRange>,
    /// When it happens; `None` is undocumented.
    pub when: Option<Prose>,
    /// What to do about it.
    pub fix: Option<Prose>,
    /// The literal message that is documented.
    pub message: Option<Text>,
    /// What a program does about it.
    pub action: Option<Action>,
    /// Whether it may be repeated.
    pub retry: Option<RetryRule>,
}

/// That an error is on its way out.
#[derive(Debug)]
pub struct Deprecation {
    /// Since when.
    pub since: Option<Text>,
    /// The error that replaces it.
    pub replaced_by: Option<Text>,
    /// Anything else.
    pub note: Option<Prose>,
}

/// That an error is no longer sent.
#[derive(Debug)]
pub struct Retirement {
    /// Since when.
    pub since: Option<Text>,
    /// Anything else.
    pub note: Option<Prose>,
}

/// A response from the provider's documents.
#[derive(Debug)]
pub struct Example {
    /// Where it stands.
    pub span: Span,
    /// Its status.
    pub status: Option<u16>,
    /// Its headers.
    pub headers: Vec<(Text, Text)>,
    /// Its body.
    pub body: Text,
    /// The cause that it must decode to.
    pub cause: Option<Text>,
}
