//! Replies as responses of axum.

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use errbook_engine::http::StatusCode;

use crate::{ApiCode, Reply};

/// So that a handler can return `Result<T, Reply>`.
///
/// What cannot be built is a mistake of the server, and leaves as a bare 500 with the [`ReplyError`](crate::ReplyError) in its extensions, for a layer to log.
impl<C: ApiCode> IntoResponse for Reply<C> {
    fn into_response(self) -> Response {
        match self.build() {
            Ok(response) => response.map(Body::from),
            Err(error) => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(error);
                response
            }
        }
    }
}
