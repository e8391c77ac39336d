//! Repeats of blocking calls.

use std::ops::ControlFlow;
use std::time::{Duration, Instant, SystemTime};

use errbook_engine::{Again, Retries, RetryPolicy, Sent};

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
/// Where there was no response, [`RetryPolicy::unanswered`] decides; what is neither that nor an error of the API is handed back at once. A request with an idempotency key is [`Sent::KEYED`]; make its key before,
/// as each repeat needs the same one. Where the API asks for a new key, no repeat is made: whoever makes the key has to make a new request.
pub fn repeat<T, E: MaybeApiError>(
    policy: RetryPolicy,
    sent: Sent,
    call: impl FnMut() -> Result<T, E>,
) -> Result<T, E> {
    let sleep = |wait| {
        std::thread::sleep(wait);
        ControlFlow::Continue(())
    };
    repeat_with(policy, sent, sleep, call)
}

/// The same, with a way of waiting of one's own: one that tells the wait to a log, or that can be told to stop. After a [`ControlFlow::Break`] there is no
/// further call, and the last error is handed back.
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::mpsc::{Receiver, RecvTimeoutError};
///
/// use errbook::{ApiError, RetryPolicy, Sent};
///
/// fn models<E: ApiError>(get: impl FnMut() -> Result<String, E>, stop: &Receiver<()>) -> Result<String, E> {
///     let sleep = |wait| match stop.recv_timeout(wait) {
///         Err(RecvTimeoutError::Timeout) => ControlFlow::Continue(()),
///         Ok(()) | Err(RecvTimeoutError::Disconnected) => ControlFlow::Break(()),
///     };
///     errbook::repeat_with(RetryPolicy::default(), Sent::READ, sleep, get)
/// }
/// ```
pub fn repeat_with<T, E: MaybeApiError>(
    policy: RetryPolicy,
    sent: Sent,
    mut sleep: impl FnMut(Duration) -> ControlFlow<()>,
    mut call: impl FnMut() -> Result<T, E>,
) -> Result<T, E> {
    let mut repeats = Repeats::start(policy, sent);
    loop {
        let result = call();
        let wait = result.as_ref().err().and_then(|error| repeats.wait(error));
        if wait.is_none_or(|wait| sleep(wait).is_break()) {
            return result;
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
    pub(crate) fn wait(&mut self, error: &impl MaybeApiError) -> Option<Duration> {
        let again = after(&mut self.retries, error, self.began.elapsed())?;
        // The call has the old key, and sends it again.
        again.new_key.is_none().then_some(again.wait)
    }
}

/// What to do after a failure, as the policy says.
pub(crate) fn after(retries: &mut Retries, error: &impl MaybeApiError, elapsed: Duration) -> Option<Again> {
    let now = SystemTime::now();
    match error.api_error() {
        Some(error) => retries.after(error, elapsed, now).ok(),
        None if error.is_unanswered() => retries.after_unanswered(elapsed, now).ok(),
        None => None,
    }
}
