//! Async bodies of which the beginning was read.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use errbook_engine::FromResponse;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;

use crate::http::HeaderMap;

/// A body of which the beginning may have been read, and is given out again first.
#[cfg_attr(not(feature = "tower"), expect(unreachable_pub, reason = "services of tower show it"))]
pub struct Reread<B: Body> {
    first: Bytes,
    rest: Rest<B>,
}

/// What comes behind the beginning.
enum Rest<B: Body> {
    /// The rest of the body.
    More(B),
    /// A failure, once.
    Failed(Option<B::Error>),
    /// The trailers, where there are any.
    Trailers(Option<HeaderMap>),
}

impl<B: Body + Unpin> Reread<B> {
    /// A body as it came.
    #[cfg(feature = "tower")]
    pub(crate) fn untouched(body: B) -> Self {
        Self { first: Bytes::new(), rest: Rest::More(body) }
    }

    /// Reads the beginning: until it is longer than the limit, or the body ends, or breaks off.
    pub(crate) async fn read(mut body: B, limit: usize) -> Self {
        let mut first = Vec::new();
        let mut trailers = None;
        let rest = loop {
            match body.frame().await {
                None => break Rest::Trailers(trailers),
                Some(Err(error)) => break Rest::Failed(Some(error)),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(mut data) => first.extend_from_slice(&data.copy_to_bytes(data.remaining())),
                    Err(frame) => trailers = frame.into_trailers().ok(),
                },
            }
            if first.len() > limit {
                break Rest::More(body);
            }
        };
        Self { first: first.into(), rest }
    }

    /// The error that a response with this beginning is.
    pub(crate) fn find<E: FromResponse>(&self, status: u16, headers: HeaderMap, limit: usize) -> Option<E> {
        let whole = matches!(self.rest, Rest::Trailers(_));
        let kept = &self.first[..self.first.len().min(limit)];
        E::find(status, headers, kept.to_vec(), !whole || kept.len() < self.first.len())
    }
}

impl<B> Body for Reread<B>
where
    B: Body + Unpin,
    B::Error: Unpin,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.get_mut();
        if !this.first.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut this.first)))));
        }
        let next = match &mut this.rest {
            Rest::More(body) => ready!(Pin::new(body).poll_frame(cx))
                .map(|frame| frame.map(|frame| frame.map_data(|mut data| data.copy_to_bytes(data.remaining())))),
            Rest::Failed(error) => error.take().map(Err),
            Rest::Trailers(trailers) => trailers.take().map(|trailers| Ok(Frame::trailers(trailers))),
        };
        Poll::Ready(next)
    }

    fn is_end_stream(&self) -> bool {
        let ended = match &self.rest {
            Rest::More(body) => body.is_end_stream(),
            Rest::Failed(error) => error.is_none(),
            Rest::Trailers(trailers) => trailers.is_none(),
        };
        self.first.is_empty() && ended
    }

    fn size_hint(&self) -> SizeHint {
        let first = self.first.len() as u64;
        match &self.rest {
            Rest::More(body) => {
                let rest = body.size_hint();
                let mut hint = SizeHint::new();
                hint.set_lower(rest.lower().saturating_add(first));
                if let Some(upper) = rest.upper() {
                    hint.set_upper(upper.saturating_add(first));
                }
                hint
            }
            // It was to be longer: nobody knows by how much.
            Rest::Failed(Some(_)) => SizeHint::new(),
            Rest::Failed(None) | Rest::Trailers(_) => SizeHint::with_exact(first),
        }
    }
}
