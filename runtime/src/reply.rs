//! An error as the API's owner sends it.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use errbook_engine::{ReplyError, http};

use crate::__private::{Content, Encoded, Entry, encode};
use crate::ApiCode;

/// An error of an API that is to be sent: made by `ErrorCode::reply`, turned into a response by [`build`](Self::build).
///
/// The response is the first shape of the catalog that can carry all of it, with the status and everything else that tells the error. It is decoded before it is
/// handed out: what would read as anything else is a [`ReplyError`].
#[derive(Clone)]
#[must_use = "a reply does nothing until it is built"]
pub struct Reply<C> {
    code: C,
    /// Boxed, as replies are mostly the error of a `Result`.
    content: Box<Content<'static>>,
    /// Whether the cause is one of the error's.
    cause_fits: bool,
    /// Whether the values are those of the error.
    details_fit: bool,
}

impl<C: ApiCode> Reply<C> {
    /// The error of a code, with nothing but what tells it.
    pub fn new(code: C) -> Self {
        Self {
            code,
            content: Box::new(Content { row: code.row(), ..Content::default() }),
            cause_fits: true,
            details_fit: true,
        }
    }

    /// The code of the error.
    pub fn code(&self) -> C {
        self.code
    }

    /// The code on the wire, its parts joined by `/`: for an error that stands for a class of codes, or an alias.
    pub fn raw_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.content.code = Some(code.into());
        self
    }

    /// Which of the error's causes it is.
    pub fn cause(mut self, cause: C::Cause) -> Self {
        let variant = C::cause_variant(cause);
        let causes = Entry::new(C::tables(), self.content.row).causes();
        self.content.cause = causes.iter().position(|cause| cause.variant == variant);
        self.cause_fits = self.content.cause.is_some();
        self
    }

    /// The status, one of those that the error is documented with; the lowest of them unless said otherwise.
    pub fn status(mut self, status: u16) -> Self {
        self.content.status = Some(status);
        self
    }

    /// The message for people. Where a text in it tells the error or its cause, it has to hold that text.
    pub fn message(mut self, message: impl Into<Cow<'static, str>>) -> Self {
        self.content.message = Some(message.into());
        self
    }

    /// Advice on what to do about it.
    pub fn remediation(mut self, advice: impl Into<Cow<'static, str>>) -> Self {
        self.content.remediation = Some(advice.into());
        self
    }

    /// The id of the request, for support.
    pub fn request_id(mut self, id: impl Into<Cow<'static, str>>) -> Self {
        self.content.request_id = Some(id.into());
        self
    }

    /// The values that come with the error.
    pub fn details(mut self, details: C::Details) -> Self {
        let (code, told) = C::tell_details(details);
        self.details_fit = code.is_none_or(|code| code.row() == self.content.row);
        self.content.values = told.into_values();
        self
    }

    /// The values that any error of the API can carry.
    pub fn fields(mut self, fields: C::Fields) -> Self {
        self.content.shape_values = C::tell_fields(fields).into_values();
        self
    }

    /// How long to wait before a repeat, in the form in which the API tells it: rounded up, never down. Where that is an instant, it is reckoned from `now`.
    pub fn delay(mut self, delay: Duration, now: SystemTime) -> Self {
        self.content.delay = Some((delay, now));
        self
    }

    /// The response.
    ///
    /// # Errors
    ///
    /// Where the catalog has no response that tells all of it; where the error needs a status or a code that the catalog leaves open; where a text cannot stand
    /// in its header; where a message or a JSON value would tell another value, wait or id, that was not asked for.
    pub fn build(&self) -> Result<http::Response<Vec<u8>>, ReplyError> {
        let Encoded { status, headers, body } = self.encode(false)?;
        let status = status.and_then(|status| http::StatusCode::from_u16(status).ok()).ok_or(ReplyError::NoStatus)?;
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }

    /// The body of what is no HTTP response: an event of a stream, a task's status, a webhook.
    ///
    /// # Errors
    ///
    /// As for [`build`](Self::build).
    pub fn build_event(&self) -> Result<Vec<u8>, ReplyError> {
        self.encode(true).map(|encoded| encoded.body)
    }

    fn encode(&self, event: bool) -> Result<Encoded, ReplyError> {
        match self {
            Self { cause_fits: false, .. } => Err(ReplyError::Cause),
            Self { details_fit: false, .. } => Err(ReplyError::Details),
            _ => encode(C::tables(), &Content { event, ..(*self.content).clone() }),
        }
    }
}

impl<C: ApiCode> From<C> for Reply<C> {
    fn from(code: C) -> Self {
        Self::new(code)
    }
}

/// The code, and the message if there is one.
impl<C: ApiCode> fmt::Display for Reply<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Entry::new(C::tables(), self.content.row).code())?;
        match &self.content.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl<C: ApiCode> fmt::Debug for Reply<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("code", &self.code).field("content", &self.content).finish_non_exhaustive()
    }
}

impl<C: ApiCode> std::error::Error for Reply<C> {}
