//! What is sent.

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::book::Api;
use super::cut::Cut;
use super::element::{Element, What};
use super::error;
use super::options::Options;
use super::refusal::Refusal;

/// The header that tells what an answer is: nobody takes what the mock says of itself for the API.
pub(super) const KIND: HeaderName = HeaderName::from_static("errbook-mock");

/// A response before it is cut.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) kind: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// What is sent in place of an error once a sequence of them is over.
    pub(super) fn ok(body: Vec<u8>) -> Self {
        Self { kind: "ok", status: StatusCode::OK, headers: HeaderMap::new(), body }
    }

    /// A status and nothing else.
    fn status(status: StatusCode) -> Self {
        Self { kind: "status", status, headers: HeaderMap::new(), body: Vec::new() }
    }

    /// The page of a proxy that stands before an API.
    fn proxy(status: StatusCode) -> Self {
        let title = format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default());
        let title = title.trim_end();
        let body = format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
             <hr><center>gateway</center>\r\n</body>\r\n</html>\r\n"
        );
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static("text/html"))]);
        Self { kind: "proxy", status, headers, body: body.into_bytes() }
    }

    /// The answer to an element of a path. `ok` is what is sent where it asks for no error.
    pub(super) fn to(api: &Api, element: &Element<'_>, ok: &Answer) -> Result<Self, Refusal> {
        let options = &element.options;
        let of_status = |answer: Self| Self { status: options.status.unwrap_or(answer.status), ..answer };
        let mut answer = match (&element.what, options.proxy) {
            (_, Some(status)) => Self::proxy(status),
            (What::Ok, None) => of_status(ok.clone()),
            (What::Status(status), None) => of_status(Self::status(*status)),
            (What::Error(meant), None) => error::answer(api, meant, options)?,
        };
        answer.headers.extend(options.headers.clone());
        Ok(answer)
    }

    /// The response, cut as was asked for.
    pub(super) fn into_response(mut self, options: &Options) -> Result<Response, Refusal> {
        let length = self.body.len();
        let within = |count: usize| match count < length {
            true => Ok(count),
            false => Err(Refusal::wrong(format!("nothing to cut off after {count} bytes: the body has {length}"))),
        };
        if let Some(media_type) = self.media_type() {
            self.headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static(media_type));
        }
        if let Some(count) = options.truncate {
            self.body.truncate(within(count)?);
        }
        let body = match options.cut {
            Some(count) => {
                self.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
                self.body.truncate(within(count)?);
                Body::new(Cut::new(self.body))
            }
            None => Body::from(self.body),
        };
        self.headers.insert(KIND, HeaderValue::from_static(self.kind));
        Ok((self.status, self.headers, body).into_response())
    }

    /// What a server calls such a body, where no example says it.
    fn media_type(&self) -> Option<&'static str> {
        let json = || serde_json::from_slice::<serde::de::IgnoredAny>(&self.body).is_ok();
        match self.body.as_slice() {
            [] => None,
            _ if json() => Some("application/json"),
            _ => Some("text/plain; charset=utf-8"),
        }
    }
}

/// What the mock says of itself, as JSON with a line break behind it, as terminals have it.
pub(super) fn json(status: StatusCode, kind: &'static str, value: &impl Serialize) -> Response {
    let mut body = serde_json::to_vec_pretty(value).unwrap_or_default();
    body.push(b'\n');
    let kind = (KIND, HeaderValue::from_static(kind));
    (status, [kind, (CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}
