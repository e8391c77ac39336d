//! What a decoded response says, read on demand.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use crate::decode::Decoded;
use crate::document::Document;
use crate::entry::Entry;
use crate::form;
use crate::retry::{Backoff, Repeat, Verdict};
use crate::table::{Api, Cause, Delay, Field, NONE, Retry, Status, StatusRange, Statuses};
use crate::value::{Value, Values, epoch_ms};
use crate::vocabulary::{Action, Category, Outcome};

/// A response and what it was decoded to, borrowed.
#[derive(Clone, Copy)]
pub struct View<'r, 'a> {
    /// The tables of the API.
    pub api: &'r Api<'a>,
    /// The status, where there was one.
    pub status: Option<u16>,
    /// The headers.
    pub headers: &'r HeaderMap,
    /// The body.
    pub body: &'r [u8],
    /// What [`crate::decode`] made of them.
    pub decoded: &'r Decoded<'a>,
}

impl<'r, 'a: 'r> View<'r, 'a> {
    fn document(&self) -> Document<'r> {
        Document::new(self.headers, self.body)
    }

    /// How much of the response was understood.
    pub fn outcome(&self) -> Outcome {
        self.decoded.outcome
    }

    /// The listed error that it is.
    pub fn entry(&self) -> Option<Entry<'r, 'a>> {
        self.decoded.row.map(|row| Entry::new(self.api, row))
    }

    /// The cause that it tells, where its error has several.
    pub fn cause(&self) -> Option<&'r Cause<'a>> {
        self.entry()?.more()?.causes.get(self.decoded.cause?)
    }

    /// What the catalog says of its status alone: the entry of the status, else of its class. Where there was no status, the first that the
    /// error is documented with counts.
    fn status_entry(&self) -> Option<&'r Status<'a>> {
        if self.outcome() == Outcome::NotError {
            return None;
        }
        match self.status {
            Some(status) => self.api.status(StatusRange::one(status)),
            None => self.entry()?.status_rule(),
        }
    }

    /// The code as sent.
    pub fn raw_code(&self) -> Option<Cow<'r, str>> {
        self.document().text(self.decoded.code)
    }

    /// The message for people.
    pub fn message(&self) -> Option<Cow<'r, str>> {
        self.document().text(self.decoded.message)
    }

    /// The id that support asks for.
    pub fn request_id(&self) -> Option<Cow<'r, str>> {
        self.document().text(self.decoded.request_id)
    }

    /// What a person does about it: the server's own advice, else that of the cause, the error or the status.
    pub fn remediation(&self) -> Option<Cow<'r, str>> {
        let of_catalog = || {
            let entry = self.entry().and_then(|entry| entry.remediation());
            self.cause().and_then(|cause| cause.fix).or(entry).or_else(|| self.status_entry()?.fix)
        };
        self.document().text(self.decoded.remediation).or_else(|| of_catalog().map(Cow::Borrowed))
    }

    /// What a program does about it: what the cause, the error or the status says.
    pub fn action(&self) -> Option<Action> {
        let entry = self.entry().and_then(|entry| entry.row().action);
        self.cause().and_then(|cause| cause.action).or(entry).or_else(|| self.status_entry()?.action)
    }

    /// The coarse kind of error.
    pub fn category(&self) -> Category {
        let documented = || Some(self.entry()?.statuses().first()?.first);
        Category::of(self.action(), self.status.or_else(documented))
    }

    /// Whether the request may be repeated: the server's own verdict, else what the cause, the error or the status says.
    pub fn retry(&self) -> Verdict {
        self.server_verdict().or(self.rule().map(|rule| rule.verdict)).unwrap_or(Verdict::Unknown)
    }

    fn server_verdict(&self) -> Option<Verdict> {
        let document = self.document();
        if self.outcome() == Outcome::NotError {
            return None;
        }
        self.api.verdict_at.iter().find_map(|place| match &*document.scalar(document.slot(*place))? {
            "true" => Some(Verdict::Retry),
            "false" => Some(Verdict::Never),
            _ => None,
        })
    }

    /// The retry rule of the cause, the error or the status.
    fn rule(&self) -> Option<&'r Retry<'a>> {
        let of = |index: u16| self.api.retries.get(usize::from(index));
        let cause = self.cause().and_then(|cause| of(cause.retry));
        let entry = || self.entry().and_then(|entry| of(entry.row().retry));
        cause.or_else(entry).or_else(|| of(self.status_entry()?.retry))
    }

    /// What must have happened before the same request can succeed, for [`Verdict::Conditional`].
    pub fn condition(&self) -> Option<&'a str> {
        if self.retry() == Verdict::Conditional { self.rule()?.when } else { None }
    }

    /// How long the response (or the catalog) tells to wait before a repeat; not clamped. `None` where nothing is told, where what is told is
    /// malformed or past, and where a repeat cannot help.
    pub fn told_delay(&self, now: SystemTime) -> Option<Duration> {
        if !matches!(self.retry(), Verdict::Retry | Verdict::Conditional) {
            return None;
        }
        self.told(epoch_ms(now)).0.map(Duration::from_millis)
    }

    /// The told delay in milliseconds, and whether a source was there but not well formed.
    fn told(&self, now: i64) -> (Option<u64>, bool) {
        let document = self.document();
        let mut unreadable = false;
        for source in self.rule().map_or(&[][..], |rule| rule.after) {
            let (at, form) = match source {
                Delay::Fixed(ms) => return (Some(*ms), unreadable),
                Delay::Told { at, form } => (*at, *form),
            };
            let slot = document.slot(at);
            if !document.is_present(slot) {
                continue;
            }
            match document.scalar(slot).and_then(|text| form::read(form, &text)) {
                Some(told) => return (told.wait(now), unreadable),
                None => unreadable = true,
            }
        }
        (None, unreadable)
    }

    /// The backoff that the API documents for this error, whether or not a delay is told.
    pub fn backoff(&self) -> Option<Backoff> {
        if self.retry() != Verdict::Retry {
            return None;
        }
        self.rule().and_then(|rule| rule.backoff).or(self.api.backoff)
    }

    /// How long to wait before repeat number `attempt` (from 0): the told delay, else a backoff with full jitter. `None` where
    /// no repeat is in order.
    pub fn delay(&self, attempt: u32, now: SystemTime) -> Option<Duration> {
        let backoff = || match self.retry() {
            Verdict::Retry => Some(self.backoff().unwrap_or(Backoff::DEFAULT).jittered(attempt)),
            _ => None,
        };
        self.told_delay(now).or_else(backoff)
    }

    /// What sending the same request again does; `None` where no source says.
    pub fn repeat(&self) -> Option<Repeat<'a>> {
        if self.outcome() == Outcome::NotError {
            return None;
        }
        let stated = self.entry().and_then(|entry| entry.more()?.repeat).or(self.api.repeat);
        stated.filter(|repeat| *repeat != Repeat::Undocumented)
    }

    /// Whether anything but null stands where a field of the error does, of its type or not.
    pub fn holds_something_at(&self, name: &str) -> bool {
        let document = self.document();
        let field = self.entry().and_then(|entry| entry.more()?.fields.iter().find(|field| field.name == name));
        field.is_some_and(|field| field.at.iter().any(|place| document.is_present(document.slot(*place))))
    }

    /// The values of the error's own fields.
    pub fn values(&self) -> Values<'r, 'a> {
        let own: &'a [Field<'a>] = self.entry().and_then(|entry| entry.more()).map_or(&[], |more| more.fields);
        Values::new(self.document().values(own))
    }

    /// The values of the fields that every error of this shape can have.
    pub fn shape_values(&self) -> Values<'r, 'a> {
        let shape: &'a [Field<'a>] =
            self.decoded.shape.and_then(|index| self.api.shapes.get(index)).map_or(&[], |shape| shape.fields);
        Values::new(self.document().values(shape))
    }

    /// All values that were sent and are of their type, by name: the shape's, then the error's.
    pub fn fields(&self) -> impl Iterator<Item = (&'a str, Value<'r>)> {
        self.shape_values().sent().chain(self.values().sent())
    }

    /// Odd things seen, as short words in a fixed order.
    pub fn notes(&self) -> Vec<&'static str> {
        if self.outcome() == Outcome::NotError {
            return Vec::new();
        }
        let statuses = self.entry().map(|entry| self.api.statuses_of(entry.row()));
        let unexpected = match (self.status, statuses) {
            (Some(status), Some(Statuses::Of(ranges))) => !ranges.iter().any(|range| range.contains(status)),
            (Some(_), Some(Statuses::Never)) => true,
            _ => false,
        };
        let notes = [
            ("missing-status", self.status.is_none() && statuses != Some(Statuses::Never)),
            ("unexpected-status", unexpected),
            ("empty-body", self.decoded.empty_body),
            ("not-utf8", std::str::from_utf8(self.body).is_err()),
            ("unreadable-code", self.decoded.unreadable_code),
            ("unreadable-delay", matches!(self.retry(), Verdict::Retry | Verdict::Conditional) && self.told(0).1),
        ];
        notes.into_iter().filter(|(_, seen)| *seen).map(|(note, _)| note).collect()
    }
}

impl<'a> Api<'a> {
    /// What the catalog says of a status, or of a class of them, alone: the narrowest entry that covers it.
    pub fn status(&self, wanted: StatusRange) -> Option<&Status<'a>> {
        let width = |range: StatusRange| range.last - range.first;
        self.statuses.iter().filter(|entry| entry.range.covers(wanted)).min_by_key(|entry| width(entry.range))
    }

    pub(crate) fn statuses_of(&self, row: &crate::table::Row<'a>) -> Statuses<'a> {
        if row.statuses == NONE {
            Statuses::Undocumented
        } else {
            self.status_sets.get(usize::from(row.statuses)).copied().unwrap_or(Statuses::Undocumented)
        }
    }
}
