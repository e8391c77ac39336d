//! What parsing a code that is not listed gives.

use std::fmt;

/// The text is no code of the API, nor an alias of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode(Box<str>);

impl UnknownCode {
    #[doc(hidden)]
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not a listed code", self.0)
    }
}

impl std::error::Error for UnknownCode {}

/// Reads a code by its `FromStr`.
#[cfg(feature = "serde")]
pub fn deserialize_code<'de, C, D>(deserializer: D) -> Result<C, D::Error>
where
    C: std::str::FromStr<Err = UnknownCode>,
    D: serde::Deserializer<'de>,
{
    let code = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
    code.parse().map_err(serde::de::Error::custom)
}

/// `Serialize` and `Deserialize` of a code as its text, where the feature `serde` is on.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "serde")]
macro_rules! __code_as_text {
    ($code:ident) => {
        /// As the code on the wire.
        impl $crate::__private::serde::Serialize for $code {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        /// From the code on the wire, or an alias of it.
        impl<'de> $crate::__private::serde::Deserialize<'de> for $code {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::__private::deserialize_code(deserializer)
            }
        }
    };
}

/// Nothing, where the feature `serde` is off.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "serde"))]
macro_rules! __code_as_text {
    ($code:ident) => {};
}
