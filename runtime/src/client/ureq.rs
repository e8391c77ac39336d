//! ureq.

use errbook_engine::FromResponse;
use ureq::Body;

use super::ErrorFor;
use super::source::Source;
use crate::http::Response;

impl ErrorFor for Response<Body> {
    type Checked<E: FromResponse> = Result<Response<Body>, E>;

    fn error_for_within<E: FromResponse>(self, limit: usize) -> Self::Checked<E> {
        let status = self.status().as_u16();
        if !E::may_be(status, self.headers()) {
            return Ok(self);
        }
        let (parts, body) = self.into_parts();
        let mut builder = Body::builder();
        if let Some(mime_type) = body.mime_type() {
            builder = builder.mime_type(mime_type);
        }
        if let Some(charset) = body.charset() {
            builder = builder.charset(charset);
        }
        let mut rest = body.into_reader();
        let source = Source::read(&mut rest, limit);
        if let Some(error) = source.find(status, parts.headers.clone(), limit) {
            return Err(error);
        }
        let body = match source.again(rest) {
            Ok(whole) => builder.data(whole),
            Err(rest) => builder.reader(rest),
        };
        Ok(Response::from_parts(parts, body))
    }
}
