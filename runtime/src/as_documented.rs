//! backon.

use std::time::Duration;

use errbook_engine::{RetryPolicy, Sent};

use crate::failure::MaybeApiError;
use crate::repeat::Repeats;

/// What `.adjust()` of backon takes to repeat a call as the catalog says: after the told delay, else the documented backoff, and only where a repeat is in order.
///
/// Where there was no response, [`RetryPolicy::unanswered`] decides. The waits and their number are those of the policy: the backoff that backon was given, which
/// it does not go without, is not asked.
///
/// ```
/// use errbook::backon::{ExponentialBuilder, Retryable};
/// use errbook::{FromResponse, ErrorFor, Failure, RetryPolicy, Sent};
///
/// # #[cfg(feature = "reqwest")]
/// async fn models<Error>(client: &reqwest::Client) -> Result<reqwest::Response, Failure<Error, reqwest::Error>>
/// # where Error: FromResponse
/// {
///     let get = async || {
///         client.get("https://api.getvivix.com/v1/models").send().await?.error_for::<Error>().await.map_err(Failure::Api)
///     };
///     get.retry(ExponentialBuilder::default())
///         .adjust(errbook::as_documented(RetryPolicy::default(), Sent::READ))
///         .await
/// }
/// ```
///
/// A request with an idempotency key is [`Sent::KEYED`]; make its [key](crate::idempotency_key) before the first call, as each repeat needs the same one. Where
/// the API asks for a new key, no repeat is made: whoever makes the key has to make a new request. Blocking calls of backon have no such hook: for them is
/// [`repeat`](crate::repeat).
pub fn as_documented<E: MaybeApiError>(
    policy: RetryPolicy,
    sent: Sent,
) -> impl FnMut(&E, Option<Duration>) -> Option<Duration> {
    let mut repeats = Repeats::start(policy, sent);
    move |error, _| repeats.wait(error)
}
