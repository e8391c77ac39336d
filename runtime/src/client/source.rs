//! Blocking bodies of which the beginning was read.

use std::io::{self, Cursor, Read};

use errbook_engine::FromResponse;

use crate::http::HeaderMap;

/// The beginning of a body, and how it went on.
pub(super) struct Source {
    first: Vec<u8>,
    whole: bool,
    failed: Option<io::Error>,
}

impl Source {
    /// Reads the beginning: one byte more than the limit, if there are so many.
    pub(super) fn read(body: &mut impl Read, limit: usize) -> Self {
        let mut first = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        // What came before a failure is in `first`.
        let failed = body.take(most).read_to_end(&mut first).err();
        let whole = failed.is_none() && first.len() <= limit;
        Self { first, whole, failed }
    }

    /// The error that a response with this beginning is.
    pub(super) fn find<E: FromResponse>(&self, status: u16, headers: HeaderMap, limit: usize) -> Option<E> {
        let kept = &self.first[..self.first.len().min(limit)];
        E::find(status, headers, kept.to_vec(), !self.whole)
    }

    /// The beginning, where it is all, else the body from its beginning.
    pub(super) fn again<B: Read>(self, rest: B) -> Result<Vec<u8>, impl Read> {
        if self.whole {
            return Ok(self.first);
        }
        let failed = Failed(self.failed);
        Err(Cursor::new(self.first).chain(failed).chain(rest))
    }
}

/// A failure, once.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
