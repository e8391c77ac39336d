//! From an error to a response that tells it: the way back of [`crate::decode`].
//!
//! Most errors can be told in several ways: by one shape or another, with one status or another, at one place or another. They are tried in the
//! order of the catalog. What a way gives is decoded again, so that no response leaves that reads as anything else than was asked for.

mod collect;
mod draft;
mod form;
mod node;
mod refusal;
mod said;
mod same;
mod sources;
mod target;
mod typical;
mod unasked;
mod verify;
mod wants;
mod way;

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use crate::entry::Entry;
use crate::table::{Api, Cause};
use crate::value::Value;

pub use self::refusal::ReplyError;

/// What a response shall tell.
#[derive(Debug, Clone, Default)]
pub struct Content<'s> {
    /// The index of the error's row.
    pub row: usize,
    /// The index of its cause, where it has several that a response tells apart.
    pub cause: Option<usize>,
    /// The code, its parts joined by `/`: needed for a class of codes, else the row's own unless it is an alias.
    pub code: Option<Cow<'s, str>>,
    /// The error's status; the first of those that the catalog states where there is none.
    pub status: Option<u16>,
    /// Whether it is told by what is no HTTP response: an event of a stream, a task's status, a webhook.
    pub event: bool,
    /// The message for people.
    pub message: Option<Cow<'s, str>>,
    /// The server's own advice.
    pub remediation: Option<Cow<'s, str>>,
    /// The id that support asks for.
    pub request_id: Option<Cow<'s, str>>,
    /// Values of the error's own fields, by name.
    pub values: Vec<(&'s str, Value<'s>)>,
    /// Values of the fields that every error of a shape can have, by name.
    pub shape_values: Vec<(&'s str, Value<'s>)>,
    /// How long to wait, and the time it is, for what tells an instant.
    pub delay: Option<(Duration, SystemTime)>,
}

/// A response that tells an error.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The status; `None` for what is no HTTP response.
    pub status: Option<u16>,
    /// The headers, the content type of a body among them.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// Makes a response that tells what it shall, and decodes to it.
///
/// Of several ways, the first counts in which no value has to be made up for a condition of the catalog to hold; else the one with the fewest.
pub fn encode<'a>(api: &Api<'a>, content: &Content<'_>) -> Result<Encoded, ReplyError> {
    let subject = Subject::of(api, content)?;
    let mut best: Option<(u32, Encoded)> = None;
    let mut refusal: Option<ReplyError> = None;
    for way in way::ways(&subject)? {
        match way::follow(&subject, &way) {
            Ok((0, encoded)) => return Ok(encoded),
            Ok((cost, encoded)) if best.as_ref().is_none_or(|(other, _)| cost < *other) => {
                best = Some((cost, encoded));
            }
            Ok(_) => {}
            Err(error) if refusal.as_ref().is_none_or(|other| error.rank() > other.rank()) => refusal = Some(error),
            Err(_) => {}
        }
    }
    match best {
        Some((_, encoded)) => Ok(encoded),
        None => Err(refusal.unwrap_or_else(|| subject.without_way())),
    }
}

/// What is told, with what the tables say of it.
struct Subject<'r, 'a, 's> {
    api: &'r Api<'a>,
    content: &'r Content<'s>,
    entry: Entry<'r, 'a>,
    cause: Option<&'r Cause<'a>>,
    /// The code to send, where the error has one.
    code: Option<Cow<'r, str>>,
    /// The class that the code is in.
    class: Option<&'r [crate::table::Test<'a>]>,
}

impl<'r, 'a: 'r, 's> Subject<'r, 'a, 's> {
    fn of(api: &'r Api<'a>, content: &'r Content<'s>) -> Result<Self, ReplyError> {
        if content.row >= api.rows.len() {
            return Err(ReplyError::Unlisted);
        }
        let entry = Entry::new(api, content.row);
        let causes = entry.causes();
        let cause = match content.cause {
            Some(index) => Some(causes.get(index).ok_or(ReplyError::Cause)?),
            None => None,
        };
        let class = api.classes.iter().find(|class| usize::from(class.row) == content.row).map(|class| class.parts);
        let code = match &content.code {
            Some(stated) if is_code_of(api, stated, content.row) => Some(Cow::Borrowed(&**stated)),
            Some(stated) => return Err(ReplyError::Code(stated.as_ref().into())),
            None if class.is_some() => return Err(ReplyError::NoCode),
            None if entry.is_uncoded() => None,
            None => Some(Cow::Borrowed(entry.code())),
        };
        Ok(Self { api, content, entry, cause, code, class })
    }

    /// What has to be told for it to be this error at all.
    fn bare(&self) -> Content<'_> {
        let Content { row, cause, status, event, .. } = *self.content;
        Content { row, cause, status, event, ..Content::default() }
    }

    /// The same error with other content.
    fn with<'b>(&'b self, content: &'b Content<'b>) -> Subject<'b, 'a, 'b> {
        let code = self.code.as_deref().map(Cow::Borrowed);
        Subject { api: self.api, content, entry: self.entry, cause: self.cause, code, class: self.class }
    }

    /// Why there is no way at all.
    fn without_way(&self) -> ReplyError {
        match self.content.status {
            Some(status) => ReplyError::Status(status),
            None => ReplyError::NoPlace("the error".into()),
        }
    }
}

/// Whether a code on the wire, an alias or one of a class, means a row.
fn is_code_of(api: &Api<'_>, code: &str, row: usize) -> bool {
    let is_name = Entry::new(api, row).is_uncoded() && api.rows[row].code == code;
    !is_name && api.find(code) == Some(row)
}
