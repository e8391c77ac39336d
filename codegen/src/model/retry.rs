//! Whether, when and how a request may be repeated.

use errbook::Backoff;

use super::{Location, Prose, Text};
use crate::source::{Span, Spanned};

/// What holds for the whole API.
#[derive(Debug, Default)]
pub struct ApiRetry {
    /// The documented backoff.
    pub backoff: Option<Backoff>,
    /// What a repeat does.
    pub repeat: Option<Repeat>,
    /// Where the server's own verdict stands.
    pub overrides: Vec<Override>,
    /// Where the delay is told, for all rules that name no place.
    pub after: Vec<DelaySource>,
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

/// Whether and when a request may be repeated.
#[derive(Debug, Clone)]
pub struct RetryRule {
    /// Where the rule stands.
    pub span: Span,
    /// Whether.
    pub verdict: RetryVerdict,
    /// Where the delay is told, in order.
    pub after: Vec<DelaySource>,
    /// Whether that is what the API says of all.
    pub inherits: bool,
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
