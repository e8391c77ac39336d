//! An error response that owns what it holds.

use std::fmt;

use http::HeaderMap;

use crate::decode::{Decoded, decode};
use crate::table::Api;
use crate::view::View;

/// An error response of an API: status, headers and body as they came, and what they were decoded to.
///
/// Generated `Error` types wrap one; [`ApiError::response`](crate::ApiError::response) gives it out.
pub struct ErrorResponse {
    api: &'static Api<'static>,
    status: Option<u16>,
    headers: HeaderMap,
    body: Vec<u8>,
    decoded: Decoded<'static>,
}

impl ErrorResponse {
    /// Decodes a response. `status` is `None` for what is no HTTP response: a task's status, a webhook, an event of a stream.
    pub fn new(api: &'static Api<'static>, status: Option<u16>, headers: HeaderMap, body: Vec<u8>) -> Self {
        let decoded = decode(api, status, &headers, &body);
        Self { api, status, headers, body, decoded }
    }

    /// Decodes an HTTP response whose body is there.
    pub fn from_http<B: AsRef<[u8]>>(api: &'static Api<'static>, response: http::Response<B>) -> Self {
        let (parts, body) = response.into_parts();
        Self::new(api, Some(parts.status.as_u16()), parts.headers, body.as_ref().to_vec())
    }

    /// What it says, as generated code reads it.
    #[doc(hidden)]
    pub fn view(&self) -> View<'_, 'static> {
        View { api: self.api, status: self.status, headers: &self.headers, body: &self.body, decoded: &self.decoded }
    }

    /// The status, where there was one.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The headers as they came.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
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
        if let Some(status) = self.status {
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
            .field("status", &self.status)
            .field("message", &view.message())
            .field("request_id", &view.request_id())
            .field("retry", &view.retry())
            .field("fields", &view.fields().collect::<Vec<_>>())
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
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
                // Bidirectional overrides make a log show another text than it holds.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
                    write!(f, "{}", c.escape_unicode())?
                }
                c if c.is_control() => write!(f, "{}", c.escape_default())?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}
