//! reqwest-middleware.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use errbook_engine::{FromResponse, RetryPolicy, Sent};
use reqwest::{Request, Response};
use reqwest_middleware::{Middleware, Next};
use tokio::time::Instant;

use crate::client::BODY_LIMIT;
use crate::client::reqwest::look;
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
/// A client with it calls one API: its errors are taken for those of that one. A request whose body is a stream is sent once. Failures without a response are
/// passed on: `RetryTransientMiddleware` of reqwest-retry, placed behind this one, repeats them, with a strategy that leaves responses alone.
pub struct RetryMiddleware<E> {
    policy: RetryPolicy,
    limit: usize,
    on_repeat: Option<Arc<OnRepeat<E>>>,
    error: PhantomData<fn() -> E>,
}

type OnRepeat<E> = dyn Fn(&E, Duration) + Send + Sync;

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

    /// What is called before each repeat, with the error and the wait: for a log.
    #[must_use]
    pub fn on_repeat(self, call: impl Fn(&E, Duration) + Send + Sync + 'static) -> Self {
        Self { on_repeat: Some(Arc::new(call)), ..self }
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
        let method = request.method().clone();
        idempotency::add(&method, request.headers_mut(), header);
        let mut retries = self.policy.start(Sent::of(&method, request.headers(), header));
        let began = Instant::now();
        loop {
            let Some(sent) = request.try_clone() else { return next.run(request, extensions).await };
            let response = next.clone().run(sent, extensions).await?;
            let (response, error) = look::<E>(response, self.limit).await;
            let Some(error) = error else { return Ok(response) };
            let Ok(again) = retries.after(&error, began.elapsed(), SystemTime::now()) else { return Ok(response) };
            if let Some(header) = again.new_key {
                idempotency::renew(request.headers_mut(), header);
            }
            if let Some(call) = &self.on_repeat {
                call(&error, again.wait);
            }
            // Its connection is free for others meanwhile.
            drop(response);
            tokio::time::sleep(again.wait).await;
        }
    }
}
