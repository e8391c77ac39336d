#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api_code;
#[cfg(feature = "backon")]
mod as_documented;
#[cfg(feature = "axum")]
mod axum;
#[cfg(any(feature = "reqwest", feature = "reqwest-blocking", feature = "tower", feature = "ureq"))]
mod client;
mod failure;
#[cfg(feature = "idempotency-key")]
mod idempotency;
mod repeat;
mod reply;
#[cfg(feature = "reqwest-middleware")]
mod retry_middleware;
#[cfg(feature = "tower")]
pub mod service;

pub use crate::api_code::ApiCode;
#[cfg(feature = "backon")]
pub use crate::as_documented::as_documented;
#[cfg(any(feature = "reqwest", feature = "reqwest-blocking", feature = "tower", feature = "ureq"))]
pub use crate::client::{BODY_LIMIT, ErrorFor};
pub use crate::failure::{Failure, MaybeApiError, TransportError};
#[cfg(feature = "idempotency-key")]
pub use crate::idempotency::idempotency_key;
pub use crate::repeat::{repeat, repeat_with};
pub use crate::reply::Reply;
#[cfg(feature = "reqwest-middleware")]
pub use crate::retry_middleware::RetryMiddleware;
#[doc(inline)]
pub use errbook_engine::{
    Action, Again, ApiError, Attempt, Backoff, Category, ErrorResponse, FromResponse, Json, Number, Outcome, Repeat,
    ReplyError, Retries, RetryPolicy, Sent, StatusRange, Stop, UnknownCode, Value, Verdict, http,
};
#[cfg(feature = "macros")]
#[doc(inline)]
pub use errbook_macros::catalog;

// The clients and servers themselves: of the versions that this crate works with.
#[cfg(feature = "axum")]
pub use axum_core;
#[cfg(feature = "backon")]
pub use backon;
#[cfg(feature = "tower")]
pub use bytes;
#[cfg(feature = "reqwest")]
pub use reqwest;
#[cfg(feature = "reqwest-middleware")]
pub use reqwest_middleware;
#[cfg(feature = "tower")]
pub use tower;
#[cfg(feature = "ureq")]
pub use ureq;

/// What generated code is made of. It follows the generator, not semantic versioning: use the generated crates.
#[doc(hidden)]
pub mod __private {
    pub use crate::api_code::Nothing;
    pub use errbook_engine::__private::*;
}
