//! From a response, as clients get it, to the error of an API.

use http::HeaderMap;

use crate::api_error::ApiError;
use crate::response::ErrorResponse;
use crate::retry::Repeat;
use crate::table::Api;
use crate::vocabulary::Outcome;

/// An API's error that can be made of a response. Every generated `Error` implements it, and nothing else does: name one where code is generic over APIs.
pub trait FromResponse: ApiError + Sized {
    /// The tables of the API.
    #[doc(hidden)]
    fn tables() -> &'static Api<'static>;

    /// The API's error that a decoded response is.
    fn from_response(response: ErrorResponse) -> Self;

    /// Decodes a response; `None` where it is a success. `truncated` says that the body broke off, or was longer than was read: then only the status
    /// tells whether it is one.
    fn find(status: u16, headers: HeaderMap, body: Vec<u8>, truncated: bool) -> Option<Self> {
        if truncated && !is_error(status) {
            return None;
        }
        let response = ErrorResponse::new(Self::tables(), Some(status), headers, body);
        let is_error = response.outcome() != Outcome::NotError;
        is_error.then(|| Self::from_response(if truncated { response.with_truncated_body() } else { response }))
    }

    /// Whether a response may be an error, as its status and headers tell. The bodies of all others are left alone, for whoever wants them: nobody waits
    /// for the end of a stream or of a download.
    ///
    /// A success may be one where a shape of the catalog covers its status, and its media type is JSON, XML or text.
    fn may_be(status: u16, headers: &HeaderMap) -> bool {
        let covered =
            || Self::tables().shapes.iter().flat_map(|shape| shape.statuses).any(|range| range.contains(status));
        is_error(status) || covered() && is_document(headers)
    }

    /// The header in which the API documents its idempotency keys.
    fn idempotency_header() -> Option<&'static str> {
        Self::tables().repeats().find_map(Repeat::header)
    }
}

/// Whether a status alone makes a response an error.
fn is_error(status: u16) -> bool {
    status >= 400
}

/// Whether a body comes as one text that could say that it is an error: JSON, XML and texts, or what does not say. Streams of events, of JSON texts, media and
/// files are none, and can be without an end.
fn is_document(headers: &HeaderMap) -> bool {
    let Some(sent) = headers.get(http::header::CONTENT_TYPE) else { return true };
    let sent = sent.to_str().unwrap_or_default().to_ascii_lowercase();
    let media_type = sent.split(';').next().unwrap_or_default().trim();
    match media_type.split_once('/') {
        Some(("text", subtype)) => subtype != "event-stream",
        Some((_, "json-seq")) | None => false,
        Some((_, subtype)) => subtype.split(['+', '-']).any(|part| matches!(part, "json" | "xml")),
    }
}
