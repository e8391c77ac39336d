//! Why a call brought no result.

use std::fmt;

use crate::ApiError;

/// Why a call brought no result: the API refused it, or the client could not make or read it.
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
    /// What the client says: that there was no response (no connection, no TLS, a timeout), or that it could not read one.
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

    /// The same, with another error of the client: one of the caller's own, or its text.
    pub fn map_transport<U>(self, map: impl FnOnce(T) -> U) -> Failure<E, U> {
        match self {
            Failure::Api(error) => Failure::Api(error),
            Failure::Transport(error) => Failure::Transport(map(error)),
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

/// What may be an error of an API, or the lack of a response: every [`ApiError`] is, a [`Failure`] perhaps. What repeats calls asks this.
///
/// Implement it for an error type of your own that holds one of an API.
pub trait MaybeApiError {
    /// The error of the API, where it is one.
    fn api_error(&self) -> Option<&dyn ApiError>;

    /// Whether a request was sent, or may have been, and there was no response. Only such a call is repeated without an error of the API, and only where the
    /// [policy](errbook_engine::RetryPolicy::unanswered) allows it. A call that failed before or behind that is neither.
    fn is_unanswered(&self) -> bool;
}

impl<E: ApiError> MaybeApiError for E {
    fn api_error(&self) -> Option<&dyn ApiError> {
        Some(self)
    }

    fn is_unanswered(&self) -> bool {
        false
    }
}

impl<E: ApiError, T: TransportError> MaybeApiError for Failure<E, T> {
    fn api_error(&self) -> Option<&dyn ApiError> {
        self.api().map(|error| error as &dyn ApiError)
    }

    fn is_unanswered(&self) -> bool {
        self.transport().is_some_and(TransportError::is_unanswered)
    }
}

/// What a client says of a call that failed. Implement it for the error of a client of your own, so that what repeats calls understands it.
pub trait TransportError {
    /// Whether a request was sent, or may have been, and there was no response: a connection that failed or broke, a timeout. Not so where the request could
    /// not be made, or where a response came and could not be read as what was wanted.
    fn is_unanswered(&self) -> bool;
}

impl TransportError for std::io::Error {
    fn is_unanswered(&self) -> bool {
        true
    }
}

/// What layers of `tower` make of all kinds of error.
impl TransportError for Box<dyn std::error::Error + Send + Sync> {
    fn is_unanswered(&self) -> bool {
        true
    }
}

#[cfg(any(feature = "reqwest", feature = "reqwest-blocking"))]
impl TransportError for reqwest::Error {
    fn is_unanswered(&self) -> bool {
        self.is_request()
    }
}

#[cfg(feature = "reqwest-middleware")]
impl TransportError for reqwest_middleware::Error {
    fn is_unanswered(&self) -> bool {
        matches!(self, reqwest_middleware::Error::Reqwest(error) if error.is_unanswered())
    }
}

/// A status that the agent takes for an error is a response, whose code and headers ureq has thrown away.
#[cfg(feature = "ureq")]
impl TransportError for ureq::Error {
    fn is_unanswered(&self) -> bool {
        use ureq::Error::{ConnectionFailed, HostNotFound, Io, Protocol, Timeout};
        matches!(self, ConnectionFailed | HostNotFound | Io(_) | Protocol(_) | Timeout(_))
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

/// What reads the body of a response that came by the middleware fails with the client's own error.
#[cfg(feature = "reqwest-middleware")]
impl<E> From<reqwest::Error> for Failure<E, reqwest_middleware::Error> {
    fn from(error: reqwest::Error) -> Self {
        Failure::Transport(error.into())
    }
}
