//! Why a call brought no answer.

use std::fmt;

use crate::ApiError;

/// Why a call brought no answer: the API refused it, or there was no response at all.
///
/// Errors of the API and of the client both become one with `?`:
///
/// ```
/// # mod vivix_errors { pub type Error = errbook::ErrorResponse; }
/// use errbook::Failure;
///
/// type Result<T> = std::result::Result<T, Failure<vivix_errors::Error, std::io::Error>>;
/// ```
#[derive(Debug)]
pub enum Failure<E, T> {
    /// An error response of the API.
    Api(E),
    /// What the client says where it has no response: no connection, no TLS, a timeout.
    Transport(T),
}

impl<E, T> Failure<E, T> {
    /// The error of the API, where it is one.
    pub fn api(&self) -> Option<&E> {
        match self {
            Failure::Api(error) => Some(error),
            Failure::Transport(_) => None,
        }
    }

    /// The error of the client, where it is one.
    pub fn transport(&self) -> Option<&T> {
        match self {
            Failure::Api(_) => None,
            Failure::Transport(error) => Some(error),
        }
    }
}

impl<E: fmt::Display, T: fmt::Display> fmt::Display for Failure<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Api(error) => error.fmt(f),
            Failure::Transport(error) => error.fmt(f),
        }
    }
}

/// It says what the one within says, and has the same source.
impl<E: std::error::Error, T: std::error::Error> std::error::Error for Failure<E, T> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failure::Api(error) => error.source(),
            Failure::Transport(error) => error.source(),
        }
    }
}

/// What may be an error of an API: every [`ApiError`] is, a [`Failure`] perhaps. What repeats calls asks this.
///
/// Implement it for an error type of your own that holds one of an API.
pub trait MaybeApiError {
    /// The error of the API, where it is one.
    fn api_error(&self) -> Option<&dyn ApiError>;
}

impl<E: ApiError> MaybeApiError for E {
    fn api_error(&self) -> Option<&dyn ApiError> {
        Some(self)
    }
}

impl<E: ApiError, T> MaybeApiError for Failure<E, T> {
    fn api_error(&self) -> Option<&dyn ApiError> {
        self.api().map(|error| error as &dyn ApiError)
    }
}

macro_rules! transport {
    ($($feature:literal: $error:ty,)*) => {
        $(#[cfg(feature = $feature)]
        impl<E> From<$error> for Failure<E, $error> {
            fn from(error: $error) -> Self {
                Failure::Transport(error)
            }
        })*
    };
}

transport! {
    "reqwest": reqwest::Error,
    "reqwest-middleware": reqwest_middleware::Error,
    "ureq": ureq::Error,
}
