//! One trait for the errors of every API.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use crate::response::ErrorResponse;
use crate::retry::{Backoff, Repeat, Verdict};
use crate::vocabulary::{Action, Category, Outcome};

/// An error of some API. Every generated `Error` implements it, so that one piece of code can treat them all alike.
///
/// ```
/// # use errbook_engine as errbook;
/// use errbook::{ApiError, Verdict};
///
/// fn worth_repeating(error: &dyn ApiError) -> bool {
///     error.retry() == Verdict::Retry
/// }
/// ```
pub trait ApiError: std::error::Error + Send + Sync + 'static {
    /// The response: status, headers, body and all that was decoded.
    fn response(&self) -> &ErrorResponse;

    /// The id of the API: `vivix`.
    fn api(&self) -> &'static str {
        self.response().view().api.id
    }

    /// How much of the response was understood.
    fn outcome(&self) -> Outcome {
        self.response().view().outcome()
    }

    /// The code as sent.
    fn raw_code(&self) -> Option<Cow<'_, str>> {
        self.response().view().raw_code()
    }

    /// The error's own status where it tells one, else that of the response, where there was one.
    fn status(&self) -> Option<u16> {
        self.response().status()
    }

    /// The server's message.
    fn message(&self) -> Option<Cow<'_, str>> {
        self.response().view().message()
    }

    /// The id that support asks for.
    fn request_id(&self) -> Option<Cow<'_, str>> {
        self.response().view().request_id()
    }

    /// The other errors of the same response, where it has several: each with its own code, verdict and delay.
    fn other_errors(&self) -> Vec<ErrorResponse> {
        self.response().other_errors()
    }

    /// This error by itself, as if it were the only one of its response: what it says of repeating is its own.
    fn alone(&self) -> ErrorResponse {
        self.response().alone()
    }

    /// Whether the request may be repeated. Of several errors the one that allows least decides.
    fn retry(&self) -> Verdict {
        self.response().view().retry()
    }

    /// How long to wait before repeat number `attempt`, counted from 0: the told delay, not clamped, else a backoff with full jitter. `None`
    /// where no repeat is in order.
    fn delay(&self, attempt: u32, now: SystemTime) -> Option<Duration> {
        self.response().view().delay(attempt, now)
    }

    /// How long the response (or the catalog) tells to wait, not clamped; `None` where nothing is told or what is told is past.
    fn told_delay(&self, now: SystemTime) -> Option<Duration> {
        self.response().view().told_delay(now)
    }

    /// The backoff that the API documents for this error.
    fn backoff(&self) -> Option<Backoff> {
        self.response().view().backoff()
    }

    /// What must have happened before the same request can succeed, for [`Verdict::Conditional`].
    fn condition(&self) -> Option<&'static str> {
        self.response().view().condition()
    }

    /// Odd things seen in the response, as short words.
    fn notes(&self) -> Vec<&'static str> {
        self.response().view().notes()
    }

    /// What sending the same request again does; `None` where no source says.
    fn repeat(&self) -> Option<Repeat<'static>> {
        self.response().view().repeat()
    }

    /// What a person does about it.
    fn remediation(&self) -> Option<Cow<'_, str>> {
        self.response().view().remediation()
    }

    /// What a program does about it.
    fn action(&self) -> Option<Action> {
        self.response().view().action()
    }

    /// The coarse kind of error, the same for all APIs.
    fn category(&self) -> Category {
        self.response().view().category()
    }
}
