//! `reqwest::blocking`.

use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use errbook_engine::FromResponse;
use http_body::Frame;
use reqwest::Body;
use reqwest::blocking::Response;

use super::ErrorFor;
use super::source::Source;

impl ErrorFor for Response {
    type Checked<E: FromResponse> = Result<Response, E>;

    fn error_for_within<E: FromResponse>(mut self, limit: usize) -> Self::Checked<E> {
        let status = self.status().as_u16();
        if !E::may_be(status, self.headers()) {
            return Ok(self);
        }
        let source = Source::read(&mut self, limit);
        match source.find(status, self.headers().clone(), limit) {
            Some(error) => Err(error),
            None => Ok(put_back(source, self)),
        }
    }
}

/// The response, its body from the beginning.
fn put_back(source: Source, mut response: Response) -> Response {
    let mut head = crate::http::Response::new(());
    *head.status_mut() = response.status();
    *head.version_mut() = response.version();
    *head.headers_mut() = std::mem::take(response.headers_mut());
    *head.extensions_mut() = std::mem::take(response.extensions_mut());
    let (parts, ()) = head.into_parts();
    let url = response.url().clone();
    let body = match source.again(response) {
        Ok(whole) => Body::from(whole),
        Err(rest) => Body::wrap(Blocking(rest)),
    };
    super::reqwest::build(url, parts, body)
}

/// What is read, blocking, as a body. Nobody but a blocking response reads it, which waits for each part of it anyway.
struct Blocking<R>(R);

impl<R: Read + Unpin> http_body::Body for Blocking<R> {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut buffer = vec![0; 16 * 1024];
        Poll::Ready(match self.0.read(&mut buffer) {
            Ok(0) => None,
            Ok(length) => {
                buffer.truncate(length);
                Some(Ok(Frame::data(buffer.into())))
            }
            Err(error) => Some(Err(error)),
        })
    }
}
