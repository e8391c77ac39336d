//! On top of tower: typed errors, idempotency keys and repeats for any HTTP client that is a [`tower::Service`].
//!
//! Three parts of a stack, from the outside to the inside:
//!
//! ```
//! use bytes::Bytes;
//! use errbook::service::{ErrorLayer, Repeats, keyed};
//! use errbook::tower::{BoxError, Service, ServiceBuilder};
//! use errbook::{FromResponse, RetryPolicy, http};
//! use http_body_util::Full;
//!
//! # fn stack<Error: FromResponse, Client>(client: Client) -> impl Service<http::Request<Full<Bytes>>>
//! # where
//! #     Client: Service<http::Request<Full<Bytes>>, Response = http::Response<Full<Bytes>>, Error = BoxError> + Clone,
//! #     Client::Future: Send + 'static,
//! # {
//! let service = ServiceBuilder::new()
//!     .map_request(keyed::<Error, _>)
//!     .retry(Repeats::<Error>::new(RetryPolicy::default()))
//!     .layer(ErrorLayer::<Error>::new())
//!     .service(client);
//! # service
//! # }
//! ```

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use errbook_engine::{FromResponse, Retries, RetryPolicy, Sent};
use http_body::Body;
use tokio::time::{Instant, Sleep};
use tower::retry::Policy;
use tower::{BoxError, Layer, Service};

use crate::client::BODY_LIMIT;
pub use crate::client::reread::Reread;
use crate::failure::{Failure, MaybeApiError};
use crate::http::{Request, Response};
use crate::idempotency;
use crate::repeat::after;

/// Adds an idempotency key to a request that may change something and has none, where the API documents the header for it.
///
/// Whether it may is told by its method, unless it says otherwise itself: by a [`Sent`] in its extensions.
pub fn keyed<E: FromResponse, B>(mut request: Request<B>) -> Request<B> {
    let sent = sent::<E, B>(&request);
    idempotency::add(sent, request.headers_mut(), E::idempotency_header());
    request
}

fn sent<E: FromResponse, B>(request: &Request<B>) -> Sent {
    Sent::of(request.method(), request.headers(), E::idempotency_header()).overridden_by(request.extensions())
}

/// The layer that makes errors of the API of the responses that are ones: [`Failure::Api`]. See [`ErrorFor`](crate::ErrorFor), which does the same for the
/// responses of well-known clients.
pub struct ErrorLayer<E> {
    limit: usize,
    error: PhantomData<fn() -> E>,
}

impl<E: FromResponse> ErrorLayer<E> {
    /// A layer that reads as much of a body as [`BODY_LIMIT`] says.
    pub fn new() -> Self {
        Self { limit: BODY_LIMIT, error: PhantomData }
    }

    /// How much of a body is read to know an error, in bytes.
    #[must_use]
    pub fn body_limit(self, limit: usize) -> Self {
        Self { limit, ..self }
    }
}

impl<E: FromResponse> Default for ErrorLayer<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for ErrorLayer<E> {
    fn clone(&self) -> Self {
        Self { limit: self.limit, error: PhantomData }
    }
}

impl<E> fmt::Debug for ErrorLayer<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorLayer").field("limit", &self.limit).finish_non_exhaustive()
    }
}

impl<S, E> Layer<S> for ErrorLayer<E> {
    type Service = Errors<S, E>;

    fn layer(&self, inner: S) -> Errors<S, E> {
        Errors { inner, layer: self.clone() }
    }
}

/// The service of an [`ErrorLayer`].
#[derive(Debug)]
pub struct Errors<S, E> {
    inner: S,
    layer: ErrorLayer<E>,
}

impl<S: Clone, E> Clone for Errors<S, E> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), layer: self.layer.clone() }
    }
}

impl<S, E, R, B> Service<R> for Errors<S, E>
where
    S: Service<R, Response = Response<B>>,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    E: FromResponse,
    B: Body + Send + Unpin,
    B::Error: Send,
{
    type Response = Response<Reread<B>>;
    type Error = Failure<E, BoxError>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(cx).map_err(|error| Failure::Transport(error.into()))
    }

    fn call(&mut self, request: R) -> Self::Future {
        let response = self.inner.call(request);
        let limit = self.layer.limit;
        Box::pin(async move {
            let response = response.await.map_err(|error| Failure::Transport(error.into()))?;
            error_for(response, limit).await.map_err(Failure::Api)
        })
    }
}

async fn error_for<E, B>(response: Response<B>, limit: usize) -> Result<Response<Reread<B>>, E>
where
    E: FromResponse,
    B: Body + Unpin,
{
    let status = response.status().as_u16();
    if !E::may_be(status, response.headers()) {
        return Ok(response.map(Reread::untouched));
    }
    let (parts, body) = response.into_parts();
    let body = Reread::read(body, limit).await;
    match body.find(status, parts.headers.clone(), limit) {
        Some(error) => Err(error),
        None => Ok(Response::from_parts(parts, body)),
    }
}

/// A policy for [`tower::retry`]: repeats requests as the catalog of an API says.
///
/// It clones requests, and waits with tokio's timer. A repeat sends the idempotency key that the request has, or a new one where the error asks for it. Where
/// there was no response, [`RetryPolicy::unanswered`] decides. Whether a request only reads is told by its method, or by a [`Sent`] in its extensions.
///
/// An attempt is not broken off by the policy: a `TimeoutLayer` inside of it does that.
pub struct Repeats<E> {
    policy: RetryPolicy,
    /// Those of one request, from its first error on.
    retries: Option<Retries>,
    began: Option<Instant>,
    error: PhantomData<fn() -> E>,
}

impl<E: FromResponse> Repeats<E> {
    /// Repeats within the limits of a policy.
    pub fn new(policy: RetryPolicy) -> Self {
        Self { policy, retries: None, began: None, error: PhantomData }
    }
}

impl<E> Clone for Repeats<E> {
    fn clone(&self) -> Self {
        Self { policy: self.policy, retries: self.retries.clone(), began: self.began, error: PhantomData }
    }
}

impl<E> fmt::Debug for Repeats<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repeats").field("policy", &self.policy).field("retries", &self.retries).finish_non_exhaustive()
    }
}

impl<E: FromResponse, B: Clone, R, F: MaybeApiError> Policy<Request<B>, R, F> for Repeats<E> {
    type Future = Sleep;

    fn retry(&mut self, request: &mut Request<B>, result: &mut Result<R, F>) -> Option<Sleep> {
        let failure = result.as_ref().err()?;
        let retries = self.retries.get_or_insert_with(|| self.policy.start(sent::<E, B>(request)));
        let elapsed = self.began.map(|began| began.elapsed()).unwrap_or_default();
        let again = after(retries, failure, elapsed)?;
        if let Some(header) = again.new_key
            && !idempotency::renew(sent::<E, B>(request), request.headers_mut(), header)
        {
            return None;
        }
        Some(tokio::time::sleep(again.wait))
    }

    /// Called with each request before it is sent: the first time on the policy that all requests share, of which each then gets a clone.
    fn clone_request(&mut self, request: &Request<B>) -> Option<Request<B>> {
        if self.retries.is_none() {
            self.began = Some(Instant::now());
        }
        Some(request.clone())
    }
}
