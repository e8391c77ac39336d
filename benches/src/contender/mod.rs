//! What is measured: errbook, and what people write or take in its place.
//!
//! Each decodes a body to a verdict, and keeps code and message as its users would, so that nothing of that work can be left out.

mod errbook;
#[cfg(feature = "peers")]
mod peers;
mod value;

pub use self::errbook::{borrowed, owned};
#[cfg(feature = "peers")]
pub use self::peers::{Codes, Of24, Of1000, Of10000, phf, serde, smithy};
pub use self::value::{numbers, value};
