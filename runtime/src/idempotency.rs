//! Idempotency keys.

#[cfg(any(feature = "reqwest-middleware", feature = "tower"))]
use crate::Sent;
use crate::http::HeaderValue;
#[cfg(any(feature = "reqwest-middleware", feature = "tower"))]
use crate::http::{HeaderMap, HeaderName};

/// A fresh idempotency key: a random UUID.
///
/// Every repeat of a request sends the key of the first attempt, so make it before. A request that was mended is a new one, and needs a new key.
pub fn idempotency_key() -> HeaderValue {
    let mut buffer = uuid::Uuid::encode_buffer();
    let key = uuid::Uuid::new_v4().hyphenated().encode_lower(&mut buffer);
    HeaderValue::from_str(key).unwrap_or(HeaderValue::from_static(""))
}

/// Adds a key to a request that may change something, where it has none.
#[cfg(any(feature = "reqwest-middleware", feature = "tower"))]
pub(crate) fn add(sent: Sent, headers: &mut HeaderMap, header: Option<&'static str>) {
    if let Some(header) = header.filter(|_| !sent.is_safe() && !sent.is_keyed()) {
        insert(headers, header);
    }
}

/// Gives a request the fresh key that a repeat needs. False where it has its key in another place: there it cannot be renewed, and a second key beside it would
/// not make it another request.
#[cfg(any(feature = "reqwest-middleware", feature = "tower"))]
pub(crate) fn renew(sent: Sent, headers: &mut HeaderMap, header: &'static str) -> bool {
    let is_elsewhere = sent.is_keyed() && !headers.contains_key(header);
    if !is_elsewhere {
        insert(headers, header);
    }
    !is_elsewhere
}

#[cfg(any(feature = "reqwest-middleware", feature = "tower"))]
fn insert(headers: &mut HeaderMap, header: &'static str) {
    if let Ok(header) = HeaderName::from_bytes(header.as_bytes()) {
        headers.insert(header, idempotency_key());
    }
}
