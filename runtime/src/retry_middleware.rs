//! reqwest-middleware.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use errbook_engine::{Again, ApiError, FromResponse, Retries, RetryPolicy, Sent};
use reqwest::{Request, Response};
use reqwest_middleware::{Error, Middleware, Next};
use tokio::time::Instant;

use crate::client::BODY_LIMIT;
use crate::client::reqwest::look;
use crate::failure::{Failure, TransportError};
use crate::http::Extensions;
use crate::idempotency;

/// Repeats requests as the catalog of an API says.
///
/// It adds an idempotency key where the API documents the header for it and the request, which may change something, has none; repeats send the same key, or a
/// new one where the error asks for it. The last response is handed on, an error or not, and its body is whole:
///
/// ```
/// use errbook::reqwest_middleware::{ClientBuilder, ClientWithMiddleware};
/// use errbook::{FromResponse, RetryMiddleware, RetryPolicy, reqwest};
///
/// fn client<Error: FromResponse>() -> ClientWithMiddleware {
///     ClientBuilder::new(reqwest::Client::new()).with(RetryMiddleware::<Error>::new(RetryPolicy::default())).build()
/// }
/// ```
///
/// A client with it calls one API: its errors are taken for those of that one. A request whose body is a stream is sent once. Where there was no response,
/// [`RetryPolicy::unanswered`] decides; beside a `RetryTransientMiddleware` of reqwest-retry, which asks neither for keys nor whether a request only reads, no
/// such promise holds.
///
/// Whether a request only reads is told by its method, unless it says otherwise itself: `client.post(url).with_extension(Sent::READ)`.
///
/// Give the client a timeout: an attempt is not broken off by the policy.
pub struct RetryMiddleware<E> {
    policy: RetryPolicy,
    limit: usize,
    on_repeat: Option<Arc<OnRepeat<E>>>,
    error: PhantomData<fn() -> E>,
}

type OnRepeat<E> = dyn Fn(Failure<&E, &Error>, Duration) + Send + Sync;

impl<E: FromResponse> RetryMiddleware<E> {
    /// A middleware that repeats within the limits of a policy.
    pub fn new(policy: RetryPolicy) -> Self {
        Self { policy, limit: BODY_LIMIT, on_repeat: None, error: PhantomData }
    }

    /// How much of a body is read to know an error, in bytes; [`BODY_LIMIT`] where nothing is said.
    #[must_use]
    pub fn body_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    /// What is called before each repeat, with the reason and the wait: for a log.
    #[must_use]
    pub fn on_repeat(self, call: impl Fn(Failure<&E, &Error>, Duration) + Send + Sync + 'static) -> Self {
        Self { on_repeat: Some(Arc::new(call)), ..self }
    }

    fn announce(&self, failure: Failure<&E, &Error>, wait: Duration) {
        if let Some(call) = &self.on_repeat {
            call(failure, wait);
        }
    }
}

impl<E> fmt::Debug for RetryMiddleware<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryMiddleware")
            .field("policy", &self.policy)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl<E: FromResponse> Middleware for RetryMiddleware<E> {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        let header = E::idempotency_header();
        let sent = |request: &Request, extensions: &Extensions| {
            Sent::of(request.method(), request.headers(), header).overridden_by(extensions)
        };
        idempotency::add(sent(&request, extensions), request.headers_mut(), header);
        let mut repeats = Repeats { retries: self.policy.start(sent(&request, extensions)), began: Instant::now() };
        loop {
            let Some(copy) = request.try_clone() else { return next.run(request, extensions).await };
            let wait = match next.clone().run(copy, extensions).await {
                Ok(response) => {
                    let (response, error) = look::<E>(response, self.limit).await;
                    let Some(error) = error else { return Ok(response) };
                    // The response ends here: its connection is free for others during the wait.
                    let Some(again) = repeats.after(&error) else { return Ok(response) };
                    if let Some(header) = again.new_key
                        && !idempotency::renew(sent(&request, extensions), request.headers_mut(), header)
                    {
                        return Ok(response);
                    }
                    self.announce(Failure::Api(&error), again.wait);
                    again.wait
                }
                Err(error) => {
                    let Some(again) = repeats.after_failure(&error) else { return Err(error) };
                    self.announce(Failure::Transport(&error), again.wait);
                    again.wait
                }
            };
            tokio::time::sleep(wait).await;
        }
    }
}

/// The repeats of one request.
struct Repeats {
    retries: Retries,
    began: Instant,
}

impl Repeats {
    fn after(&mut self, error: &dyn ApiError) -> Option<Again> {
        self.retries.after(error, self.began.elapsed(), SystemTime::now()).ok()
    }

    fn after_failure(&mut self, error: &Error) -> Option<Again> {
        // What could not be built was not sent, and a redirect that is not followed is an answer.
        let unanswered = error.is_unanswered();
        unanswered.then(|| self.retries.after_unanswered(self.began.elapsed(), SystemTime::now()).ok())?
    }
}
