#![doc = include_str!("../README.md")]

mod api_code;
#[cfg(feature = "axum")]
mod axum;
mod reply;

pub use crate::api_code::ApiCode;
pub use crate::reply::Reply;
#[cfg(feature = "axum")]
pub use axum_core;
#[doc(inline)]
pub use errbook_engine::{
    Action, ApiError, Backoff, Category, ErrorResponse, Json, Number, Outcome, Repeat, ReplyError, StatusRange,
    UnknownCode, Value, Verdict, http,
};
#[cfg(feature = "macros")]
#[doc(inline)]
pub use errbook_macros::catalog;

/// What generated code is made of. It follows the generator, not semantic versioning: use the generated crates.
#[doc(hidden)]
pub mod __private {
    pub use crate::api_code::Nothing;
    pub use errbook_engine::__private::*;
}
