//! backon.

use std::time::{Duration, Instant, SystemTime};

use errbook_engine::{RetryPolicy, Sent};

use crate::failure::MaybeApiError;

/// What `.adjust()` of backon takes to repeat a call as the catalog says: after the told delay, else the documented backoff, and only where a repeat is in order.
///
/// Of errors that are none of an API (there was no response), the backoff that backon was given decides.
///
/// ```
/// use errbook::backon::{BlockingRetryable, ExponentialBuilder};
/// use errbook::{ApiError, Failure, RetryPolicy, Sent};
///
/// fn call<T, E: ApiError>(send: impl FnMut() -> Result<T, Failure<E, std::io::Error>>) -> Result<T, Failure<E, std::io::Error>> {
///     send.retry(ExponentialBuilder::default().with_jitter())
///         .adjust(errbook::as_documented(RetryPolicy::default(), Sent::READ))
///         .call()
/// }
/// ```
///
/// A request with an idempotency key is [`Sent::KEYED`]; make its [key](crate::idempotency_key) before the first call, as each repeat needs the same one. Where
/// the API asks for a new key, no repeat is made: whoever makes the key has to make a new request.
pub fn as_documented<E: MaybeApiError>(
    policy: RetryPolicy,
    sent: Sent,
) -> impl FnMut(&E, Option<Duration>) -> Option<Duration> {
    let began = Instant::now();
    let mut retries = policy.start(sent);
    move |error, backoff| {
        let Some(error) = error.api_error() else { return backoff };
        let again = retries.after(error, began.elapsed(), SystemTime::now()).ok()?;
        again.new_key.is_none().then_some(again.wait)
    }
}
