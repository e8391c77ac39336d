//! reqwest.

use std::pin::Pin;

use errbook_engine::FromResponse;
use reqwest::{Body, Response, ResponseBuilderExt, Url};

use super::ErrorFor;
use super::reread::Reread;
use crate::http::{self, response::Parts};

impl ErrorFor for Response {
    type Checked<E: FromResponse> = Pin<Box<dyn Future<Output = Result<Response, E>> + Send>>;

    fn error_for_within<E: FromResponse>(self, limit: usize) -> Self::Checked<E> {
        Box::pin(async move {
            match look::<E>(self, limit).await {
                (_, Some(error)) => Err(error),
                (response, None) => Ok(response),
            }
        })
    }
}

/// The error that a response is, and the response, whose body is given out from its beginning.
pub(crate) async fn look<E: FromResponse>(response: Response, limit: usize) -> (Response, Option<E>) {
    let status = response.status().as_u16();
    if !E::may_be(status, response.headers()) {
        return (response, None);
    }
    let url = response.url().clone();
    let (parts, body) = http::Response::from(response).into_parts();
    let body = Reread::read(body, limit).await;
    let error = body.find::<E>(status, parts.headers.clone(), limit);
    (build(url, parts, Body::wrap(body)), error)
}

/// A response of these parts, and of a URL, which only a builder takes.
pub(super) fn build<R: From<http::Response<Body>>>(url: Url, parts: Parts, body: Body) -> R {
    let (mut built, ()) = http::response::Builder::new().url(url).body(()).unwrap_or_default().into_parts();
    built.status = parts.status;
    built.version = parts.version;
    built.headers = parts.headers;
    built.extensions.extend(parts.extensions);
    R::from(http::Response::from_parts(built, body))
}
