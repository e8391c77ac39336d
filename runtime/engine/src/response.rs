//! An error response that owns what it holds.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

use crate::api_error::ApiError;
use crate::decode::{Decoded, decode};
use crate::table::Api;
use crate::view::View;
use crate::vocabulary::Outcome;

/// An error response of an API: status, headers and body as they came, and what they were decoded to.
///
/// Generated `Error` types wrap one; [`ApiError::response`](crate::ApiError::response) gives it out.
pub struct ErrorResponse {
    api: &'static Api<'static>,
    came: Arc<Came>,
    decoded: Decoded<'static>,
}

/// What came, shared by all errors of one response.
struct Came {
    status: Option<u16>,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl ErrorResponse {
    /// Decodes a response. `status` is `None` for what is no HTTP response: a task's status, a webhook, an event of a stream.
    pub fn new(api: &'static Api<'static>, status: Option<u16>, headers: HeaderMap, body: Vec<u8>) -> Self {
        let decoded = decode(api, status, &headers, &body);
        Self { api, came: Arc::new(Came { status, headers, body }), decoded }
    }

    /// Decodes an HTTP response whose body is there.
    pub fn from_http<B: AsRef<[u8]>>(api: &'static Api<'static>, response: http::Response<B>) -> Self {
        let (parts, body) = response.into_parts();
        Self::new(api, Some(parts.status.as_u16()), parts.headers, body.as_ref().to_vec())
    }

    /// Decodes what is no HTTP response: one event of a stream, a task's status, a webhook with its headers. `None` where it tells no error.
    pub fn from_event(api: &'static Api<'static>, headers: HeaderMap, body: Vec<u8>) -> Option<Self> {
        let event = Self::new(api, None, headers, body);
        (event.decoded.outcome != Outcome::NotError).then_some(event)
    }

    /// Says that the body is not all that the server sent, or would have sent.
    #[must_use]
    pub fn with_truncated_body(mut self) -> Self {
        self.decoded.truncated = true;
        self.decoded.others.iter_mut().for_each(|other| other.truncated = true);
        self
    }

    /// The other errors of the same response, where it has several.
    pub fn other_errors(&self) -> Vec<ErrorResponse> {
        let others = self.decoded.others.iter();
        others.map(|decoded| Self { api: self.api, came: Arc::clone(&self.came), decoded: decoded.clone() }).collect()
    }

    /// This error by itself, as if it were the only one of its response: what it says of repeating is its own.
    #[must_use]
    pub fn alone(&self) -> ErrorResponse {
        Self { api: self.api, came: Arc::clone(&self.came), decoded: self.decoded.alone() }
    }

    /// What it says, as generated code reads it.
    #[doc(hidden)]
    pub fn view(&self) -> View<'_, 'static> {
        View { api: self.api, headers: &self.came.headers, body: &self.came.body, decoded: &self.decoded }
    }

    /// The error's own status where it tells one, else that of the response, where there was one.
    pub fn status(&self) -> Option<u16> {
        self.decoded.status
    }

    /// The status of the response, where there was one, whatever its errors say.
    pub fn http_status(&self) -> Option<u16> {
        self.came.status
    }

    /// The headers as they came.
    pub fn headers(&self) -> &HeaderMap {
        &self.came.headers
    }

    /// The body as it came, whole unless it is [`truncated`](Self::truncated).
    pub fn body(&self) -> &[u8] {
        &self.came.body
    }

    /// Whether the body broke off, or was longer than the client's limit: [`body`](Self::body) is its beginning.
    pub fn truncated(&self) -> bool {
        self.decoded.truncated
    }
}

/// One line for a log: `Vivix KEY_REVOKED (401): This key was revoked. [req_1]`. Control characters of the server are escaped, and a long message is cut.
impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = self.view();
        f.write_str(self.api.title)?;
        match (view.raw_code(), view.entry()) {
            (Some(code), _) => write!(f, " {}", OneLine(&code))?,
            (None, Some(entry)) => write!(f, " {}", entry.code())?,
            (None, None) => write!(f, " error")?,
        }
        if let Some(status) = self.status() {
            write!(f, " ({status})")?;
        }
        if let Some(message) = view.message() {
            write!(f, ": {}", OneLine(&message))?;
        }
        if let Some(id) = view.request_id() {
            write!(f, " [{}]", OneLine(&id))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = self.view();
        f.debug_struct("ErrorResponse")
            .field("api", &self.api.id)
            .field("outcome", &view.outcome())
            .field("code", &view.raw_code())
            .field("name", &view.entry().map(|entry| entry.name()))
            .field("status", &self.status())
            .field("message", &view.message())
            .field("request_id", &view.request_id())
            .field("retry", &view.retry())
            .field("fields", &view.fields())
            .field("others", &self.decoded.others.len())
            .field("body_len", &self.came.body.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ErrorResponse {}

impl ApiError for ErrorResponse {
    fn response(&self) -> &ErrorResponse {
        self
    }
}

/// Text of a server in one line of a log.
struct OneLine<'t>(&'t str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 300;
        for (count, c) in self.0.chars().enumerate() {
            if count == MOST {
                return f.write_str("…");
            }
            match c {
                // Bidirectional controls make a log show another text than it holds.
                '\u{61c}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '\u{2028}'
                | '\u{2029}' => write!(f, "{}", c.escape_unicode())?,
                c if c.is_control() => write!(f, "{}", c.escape_default())?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}
