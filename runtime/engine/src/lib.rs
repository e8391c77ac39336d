#![doc = include_str!("../README.md")]

mod api_error;
mod condition;
mod decode;
mod delay;
mod document;
mod encode;
mod entry;
mod form;
mod from_response;
mod identify;
mod json;
mod lookup;
mod policy;
mod response;
mod retry;
mod several;
mod table;
mod text;
mod typed;
mod unknown_code;
mod value;
mod view;
mod vocabulary;

pub use crate::api_error::ApiError;
pub use crate::decode::{Decoded, decode};
pub use crate::encode::ReplyError;
pub use crate::from_response::FromResponse;
pub use crate::policy::{Again, Attempt, Retries, RetryPolicy, Sent, Stop};
pub use crate::response::ErrorResponse;
pub use crate::retry::{Backoff, Repeat, Verdict};
pub use crate::table::StatusRange;
pub use crate::unknown_code::UnknownCode;
pub use crate::value::{Json, Number, Value};
pub use crate::view::View;
pub use crate::vocabulary::{Action, Category, Outcome};
pub use http;

/// What generated code is made of. It follows the generator, not semantic versioning: use the generated crates.
#[doc(hidden)]
pub mod __private {
    pub use crate::__code_as_text as code_as_text;
    pub use crate::__fits as fits;
    pub use crate::decode::{Decoded, decode};
    pub use crate::encode::{Content, Encoded, encode};
    pub use crate::entry::Entry;
    pub use crate::json::string;
    pub use crate::lookup::{hash, slots};
    pub use crate::table::*;
    pub use crate::text::Texts;
    #[cfg(feature = "serde")]
    pub use crate::unknown_code::deserialize_code;
    pub use crate::value::instant;
    pub use crate::value::{FromValue, Told, Values};
    pub use crate::view::View;
    #[cfg(feature = "serde")]
    pub use serde;
}
