//! Repeats of blocking calls.

use std::time::{Duration, Instant, SystemTime};

use errbook_engine::{ApiError, Retries, RetryPolicy, Sent};

use crate::failure::MaybeApiError;

/// Calls, and calls again as the catalog says: after the told delay, else the documented backoff, and only where a repeat is in order. It blocks; for async
/// calls there are the features `backon`, `reqwest-middleware` and `tower`.
///
/// ```
/// use errbook::{ApiError, RetryPolicy, Sent};
///
/// fn models<E: ApiError>(get: impl FnMut() -> Result<String, E>) -> Result<String, E> {
///     errbook::repeat(RetryPolicy::default(), Sent::READ, get)
/// }
/// ```
///
/// Errors that are none of an API (there was no response) are handed back at once. A request with an idempotency key is [`Sent::KEYED`]; make its key before,
/// as each repeat needs the same one. Where the API asks for a new key, no repeat is made: whoever makes the key has to make a new request.
pub fn repeat<T, E: MaybeApiError>(
    policy: RetryPolicy,
    sent: Sent,
    call: impl FnMut() -> Result<T, E>,
) -> Result<T, E> {
    repeat_with(policy, sent, std::thread::sleep, call)
}

/// The same, with a way of waiting of one's own: one that tells the wait to a log, or can be told to stop.
pub fn repeat_with<T, E: MaybeApiError>(
    policy: RetryPolicy,
    sent: Sent,
    mut sleep: impl FnMut(Duration),
    mut call: impl FnMut() -> Result<T, E>,
) -> Result<T, E> {
    let mut repeats = Repeats::start(policy, sent);
    loop {
        let result = call();
        let error = result.as_ref().err().and_then(MaybeApiError::api_error);
        match error.and_then(|error| repeats.wait(error)) {
            Some(wait) => sleep(wait),
            None => return result,
        }
    }
}

/// The repeats of a call that nobody but the caller can change.
pub(crate) struct Repeats {
    retries: Retries,
    began: Instant,
}

impl Repeats {
    pub(crate) fn start(policy: RetryPolicy, sent: Sent) -> Self {
        Self { retries: policy.start(sent), began: Instant::now() }
    }

    /// How long to wait before the next call; `None` where there is to be none.
    pub(crate) fn wait(&mut self, error: &dyn ApiError) -> Option<Duration> {
        let again = self.retries.after(error, self.began.elapsed(), SystemTime::now()).ok()?;
        // The call has the old key, and sends it again.
        again.new_key.is_none().then_some(again.wait)
    }
}
