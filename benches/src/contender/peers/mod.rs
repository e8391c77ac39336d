//! Contenders that are code for each API: the build script writes their enums and maps.

mod phf;
mod serde;
mod smithy;

use ::serde::de::DeserializeOwned;

pub use self::phf::phf;
pub use self::serde::serde;
pub use self::smithy::smithy;

/// The codes of a catalog of one size, as each contender needs them.
pub trait Codes {
    /// An enum with a variant a code, and serde's derive.
    type Code: DeserializeOwned;

    /// The number of a variant.
    fn number(code: Self::Code) -> usize;

    /// A perfect hash map from code to number.
    fn map() -> &'static ::phf::Map<&'static str, u16>;

    /// The number of a code, by a `match` with an arm a code; by the map where there are more than a thousand.
    fn matched(code: &str) -> Option<u16>;
}

include!(concat!(env!("OUT_DIR"), "/codes.rs"));
