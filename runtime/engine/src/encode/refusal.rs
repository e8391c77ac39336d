//! Why an error cannot be told.

use std::fmt;

/// Why there is no response that tells an error as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyError {
    /// It is no error of the API.
    Unlisted,
    /// It is never an HTTP response: send it as an event.
    NeverHttp,
    /// No source says with which status it comes: state one.
    NoStatus,
    /// The error does not come with this status, or no response with it can tell an error.
    Status(u16),
    /// It stands for a class of codes: state which.
    NoCode,
    /// The code is not one of this error.
    Code(Box<str>),
    /// The cause is one of another error.
    Cause,
    /// The values are those of another error.
    Details,
    /// The API has no place for this in such a response.
    NoPlace(Box<str>),
    /// What stands at one place would have to be two things.
    Conflict(Box<str>),
    /// The value cannot be sent at its place: a header has no line breaks, JSON is well formed.
    Unfit(Box<str>),
    /// What tells the error, or its cause, does not hold of the text that was given.
    Unmet(Box<str>),
    /// The response would read as something else.
    Differs(Box<str>),
    /// The response would tell this too, which was not asked for: ask for it, or leave out the text or the JSON that holds it.
    Unasked(Box<str>),
}

impl ReplyError {
    /// How far the way led that ended here: the farthest tells most.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Unlisted | Self::NeverHttp | Self::NoStatus | Self::NoCode | Self::Cause | Self::Details => 0,
            Self::Status(_) | Self::Code(_) => 1,
            Self::NoPlace(_) => 2,
            Self::Differs(_) | Self::Unasked(_) => 3,
            Self::Conflict(_) => 4,
            Self::Unmet(_) => 5,
            Self::Unfit(_) => 6,
        }
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlisted => f.write_str("it is no error of the API"),
            Self::NeverHttp => f.write_str("it is never an HTTP response: send it as an event"),
            Self::NoStatus => f.write_str("no source says with which status it comes: state one"),
            Self::Status(status) => write!(f, "it does not come with status {status}"),
            Self::NoCode => f.write_str("it stands for a class of codes: state which"),
            Self::Code(code) => write!(f, "{code:?} is no code of it"),
            Self::Cause => f.write_str("the cause is one of another error"),
            Self::Details => f.write_str("the values are those of another error"),
            Self::NoPlace(what) => write!(f, "the API has no place for {what} in such a response"),
            Self::Conflict(place) => write!(f, "at {place} would have to stand two things"),
            Self::Unfit(place) => write!(f, "the value for {place} cannot be sent there"),
            Self::Unmet(what) => write!(f, "what tells it has to hold: {what}"),
            Self::Differs(what) => write!(f, "the response would read as something else: {what}"),
            Self::Unasked(what) => write!(f, "the response would also tell {what}, which was not asked for"),
        }
    }
}

impl std::error::Error for ReplyError {}
