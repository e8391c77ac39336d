#![doc = include_str!("../README.md")]

#[doc(inline)]
pub use errbook_engine::{
    Action, ApiError, Backoff, Category, ErrorResponse, Json, Number, Outcome, Repeat, StatusRange, UnknownCode, Value,
    Verdict, http,
};
#[cfg(feature = "macros")]
#[doc(inline)]
pub use errbook_macros::catalog;

/// What generated code is made of. It follows the generator, not semantic versioning: use the generated crates.
#[doc(hidden)]
pub use errbook_engine::__private;
