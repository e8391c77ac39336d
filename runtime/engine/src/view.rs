//! What a decoded response says, read on demand.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use crate::condition::Found;
use crate::decode::Decoded;
use crate::delay::{self, Heard};
use crate::document::{Document, each_value};
use crate::entry::Entry;
use crate::retry::{Backoff, Repeat, Verdict};
use crate::table::{Api, Cause, Field, NONE, Place, Primary, Retry, Shape, Status, StatusRange, Statuses};
use crate::typed;
use crate::value::{Value, Values, epoch_ms};
use crate::vocabulary::{Action, Category, Outcome};

/// A response and what it was decoded to, borrowed.
#[derive(Clone, Copy)]
pub struct View<'r, 'a> {
    /// The tables of the API.
    pub api: &'r Api<'a>,
    /// The headers.
    pub headers: &'r HeaderMap,
    /// The body.
    pub body: &'r [u8],
    /// What [`crate::decode`] made of them.
    pub decoded: &'r Decoded<'a>,
}

impl<'r, 'a: 'r> View<'r, 'a> {
    fn response(&self) -> Document<'r> {
        Document::known(self.headers, self.body, self.decoded.empty_body)
    }

    /// The error's part of the response.
    pub(crate) fn document(&self) -> Document<'r> {
        let document = self.response();
        self.decoded.extent.map_or(document, |extent| document.within(extent))
    }

    /// The other errors of the same response.
    pub fn others(&self) -> impl Iterator<Item = View<'r, 'a>> {
        let view = *self;
        self.decoded.others.iter().map(move |decoded| View { decoded, ..view })
    }

    /// How much of the response was understood.
    pub fn outcome(&self) -> Outcome {
        self.decoded.outcome
    }

    /// The error's own status, else the response's, where there was one.
    pub fn status(&self) -> Option<u16> {
        self.decoded.status
    }

    /// The listed error that it is.
    pub fn entry(&self) -> Option<Entry<'r, 'a>> {
        self.decoded.row.map(|row| Entry::new(self.api, row))
    }

    /// The cause that it tells, where its error has several.
    pub fn cause(&self) -> Option<&'r Cause<'a>> {
        cause(self.api, self.decoded)
    }

    fn status_entry(&self) -> Option<&'r Status<'a>> {
        status_entry(self.api, self.decoded)
    }

    /// The code as sent, its parts joined by `/`.
    pub fn raw_code(&self) -> Option<Cow<'r, str>> {
        self.decoded.code_text(&self.document())
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

    /// What a program does about it: what the cause, the error or the status says. Of several errors it is that of the one that decides about
    /// retrying, where that one has any.
    pub fn action(&self) -> Option<Action> {
        self.deciding().own_action().or_else(|| self.own_action())
    }

    /// What it alone says, whatever the other errors say.
    fn own_action(&self) -> Option<Action> {
        let entry = self.entry().and_then(|entry| entry.row().action);
        self.cause().and_then(|cause| cause.action).or(entry).or_else(|| self.status_entry()?.action)
    }

    /// The coarse kind of error.
    pub fn category(&self) -> Category {
        let documented = || Some(self.entry()?.statuses().first()?.first);
        Category::of(self.own_action(), self.status().or_else(documented))
    }

    /// Whether the request may be repeated: the server's own verdict, else what the cause, the error or the status says. Of several errors the
    /// one that allows least decides: they all have to be gone before a repeat can succeed.
    pub fn retry(&self) -> Verdict {
        self.server_verdict().unwrap_or_else(|| self.deciding().own_verdict())
    }

    /// What it alone says of repeating, whatever the other errors and the server say.
    fn own_verdict(&self) -> Verdict {
        self.rule().map_or(Verdict::Unknown, |rule| rule.verdict)
    }

    /// All errors that count for a repeat: this one first.
    fn counting(&self) -> impl Iterator<Item = View<'r, 'a>> {
        let shape = self.decoded.shape.and_then(|index| self.api.shapes.get(index));
        let chain = shape.and_then(|shape| shape.errors).is_some_and(|several| several.primary == Primary::Innermost);
        // A response that says nothing of repeating leaves it to the errors in it.
        let says_nothing = |view: &View<'_, '_>| !view.is_one_of_several() && view.rule().is_none();
        let all = std::iter::once(*self).chain(self.others().filter(move |_| !chain));
        let alone = self.decoded.others.is_empty();
        all.filter(move |view| alone || chain || !says_nothing(view))
    }

    /// The first of the errors that allow least.
    fn deciding(&self) -> View<'r, 'a> {
        let strictness = |view: &View<'_, '_>| match view.own_verdict() {
            Verdict::Never => 0,
            Verdict::Conditional => 1,
            Verdict::Unknown => 2,
            Verdict::Retry => 3,
        };
        if self.decoded.others.is_empty() {
            return *self;
        }
        self.counting().min_by_key(strictness).unwrap_or(*self)
    }

    fn server_verdict(&self) -> Option<Verdict> {
        if self.outcome() == Outcome::NotError {
            return None;
        }
        let found = self.found();
        self.api.overrides.iter().find_map(|own| {
            let text = found.text(own.at, self.decoded)??;
            let verdict = |text: &str| {
                let is_one_of = |values: &[&str]| values.iter().any(|value| value.eq_ignore_ascii_case(text));
                if is_one_of(own.retry) { Some(Verdict::Retry) } else { is_one_of(own.never).then_some(Verdict::Never) }
            };
            let strictest = || {
                let all: Option<Vec<_>> = each_value(&text).map(verdict).collect();
                all?.into_iter().min_by_key(|verdict| *verdict == Verdict::Retry)
            };
            verdict(&text).or_else(|| matches!(own.at, Place::Header(_)).then(strictest)?)
        })
    }

    fn found(&self) -> Found<'a, 'r> {
        Found::knowing(self.document(), &self.decoded.whole)
    }

    fn rule(&self) -> Option<&'r Retry<'a>> {
        rule(self.api, self.decoded)
    }

    /// What must have happened before the same request can succeed, for [`Verdict::Conditional`].
    pub fn condition(&self) -> Option<&'a str> {
        if self.retry() == Verdict::Conditional { self.deciding().rule()?.when } else { None }
    }

    /// How long the response (or the catalog) tells to wait before a repeat; not clamped. Of several errors the longest wait counts. `None` where
    /// nothing is told, where what is told is malformed or past, and where a repeat cannot help.
    pub fn told_delay(&self, now: SystemTime) -> Option<Duration> {
        self.told(epoch_ms(now)).wait.map(Duration::from_millis)
    }

    fn told(&self, now: i64) -> Heard {
        if !matches!(self.retry(), Verdict::Retry | Verdict::Conditional) {
            return Heard::default();
        }
        let mut all = Heard::default();
        for view in self.counting() {
            let sources = view.rule().map_or(&[][..], |rule| rule.after);
            let heard = delay::hear(sources, delay::Error { found: &view.found(), decoded: view.decoded }, now);
            all = Heard { wait: all.wait.max(heard.wait), unreadable: all.unreadable | heard.unreadable };
        }
        all
    }

    /// The backoff that the API documents for this error, whether or not a delay is told. Of several errors the one that begins with the
    /// longest wait counts.
    pub fn backoff(&self) -> Option<Backoff> {
        if self.retry() != Verdict::Retry {
            return None;
        }
        let documented = |view: View<'_, '_>| view.rule().and_then(|rule| rule.backoff).or(self.api.backoff);
        self.counting().filter_map(documented).reduce(|one, other| if other.is_longer_than(&one) { other } else { one })
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

    /// What sending the same request again does; `None` where no source says. Of several errors the one that makes a repeat most dangerous
    /// decides.
    pub fn repeat(&self) -> Option<Repeat<'a>> {
        if self.outcome() == Outcome::NotError {
            return None;
        }
        let danger = |repeat: &Option<Repeat<'_>>| match repeat {
            Some(Repeat::Duplicates(_)) => 0,
            Some(Repeat::NewKey(_)) => 1,
            Some(Repeat::IdempotencyKey(_)) => 2,
            // What nobody says does not lift what somebody says.
            None => 3,
            Some(Repeat::Safe) => 4,
        };
        let all = self.counting().map(|view| view.own_repeat());
        all.min_by_key(danger).unwrap_or_else(|| self.own_repeat())
    }

    /// What it alone says of what a repeat does, whatever the other errors say.
    fn own_repeat(&self) -> Option<Repeat<'a>> {
        let of_error = || self.entry()?.more()?.repeat;
        let of_cause = self.cause().and_then(|cause| cause.repeat);
        of_cause.or_else(of_error).or_else(|| self.status_entry()?.repeat).or(self.api.repeat)
    }

    /// The index of the shape of the response, where one fits.
    pub fn shape(&self) -> Option<usize> {
        self.decoded.shape
    }

    /// The JSON of the error, as it came; that of the whole body unless it is one of several.
    pub fn json(&self) -> &'r [u8] {
        self.document().json()
    }

    /// Whether this is one of several errors of the response.
    pub fn is_one_of_several(&self) -> bool {
        self.decoded.extent.is_some()
    }

    /// Whether anything but null stands at any of these places.
    pub fn has_any(&self, places: &[Place<'a>]) -> bool {
        let found = self.found();
        places.iter().any(|place| found.text(*place, self.decoded).is_some())
    }

    /// Whether anything but null stands where a field of the error does, of its type or not.
    pub fn holds_something_at(&self, name: &str) -> bool {
        let field = self.entry().and_then(|entry| entry.more()?.fields.iter().find(|field| field.name == name));
        field.is_some_and(|field| self.has_any(field.at))
    }

    /// The values of the error's own fields.
    pub fn values(&self) -> Values<'r, 'a> {
        let own: &'a [Field<'a>] = self.entry().and_then(|entry| entry.more()).map_or(&[], |more| more.fields);
        Values::new(typed::values(&self.document(), self.decoded, own))
    }

    /// The values of the fields that every error of this shape can have. Those of the response are the primary error's.
    pub fn shape_values(&self) -> Values<'r, 'a> {
        let shape = self.decoded.shape.and_then(|index| self.api.shapes.get(index));
        let of_response: &'a [Field<'a>] = shape.map_or(&[], |shape| shape.fields);
        let mut values = Vec::new();
        // Told once, not again for each of many errors.
        if !self.decoded.is_other {
            values.extend(typed::values(&self.response(), self.decoded, of_response));
        }
        if let (Some(several), Some(_)) = (shape.and_then(|shape| shape.errors), self.decoded.extent) {
            values.extend(typed::values(&self.document(), self.decoded, several.shape.fields));
        }
        Values::new(values)
    }

    /// All values that were sent and are of their type, by name: the shape's, then the error's. Of one name the error's own counts.
    pub fn fields(&self) -> Vec<(&'a str, Value<'r>)> {
        let mut all: Vec<(&'a str, Value<'r>)> = Vec::new();
        for (name, value) in self.shape_values().sent().chain(self.values().sent()) {
            match all.iter_mut().find(|(other, _)| *other == name) {
                Some((_, other)) => *other = value,
                None => all.push((name, value)),
            }
        }
        all
    }

    /// Whether there was no status, though the shape is one of responses.
    fn is_missing_status(&self) -> bool {
        let shape = self.decoded.shape.and_then(|index| self.api.shapes.get(index));
        self.status().is_none() && !shape.is_some_and(Shape::is_of_events)
    }

    /// Odd things seen, as short words in a fixed order.
    pub fn notes(&self) -> Vec<&'static str> {
        if self.outcome() == Outcome::NotError {
            return Vec::new();
        }
        let statuses = self.entry().map(|entry| self.api.statuses_of(entry.row()));
        let unexpected = match (self.status(), statuses) {
            // What one of several errors has from the response is not its own.
            _ if self.is_one_of_several() && !self.decoded.own_status => false,
            (Some(status), Some(Statuses::Of(ranges))) => !ranges.iter().any(|range| range.contains(status)),
            (Some(_), Some(Statuses::Never)) => true,
            _ => false,
        };
        let notes = [
            ("missing-status", self.is_missing_status() && statuses != Some(Statuses::Never)),
            ("unexpected-status", unexpected),
            ("empty-body", self.decoded.empty_body),
            ("not-utf8", !self.decoded.utf8.unwrap_or_else(|| self.response().is_utf8())),
            ("truncated-body", self.decoded.truncated),
            ("unreadable-code", self.decoded.unreadable_code),
            ("unlisted-part", self.decoded.unlisted_part),
            ("too-many-errors", self.decoded.too_many_errors),
            ("unreadable-delay", self.told(0).unreadable),
        ];
        notes.into_iter().filter(|(_, seen)| *seen).map(|(note, _)| note).collect()
    }
}

fn cause<'r, 'a: 'r>(api: &'r Api<'a>, decoded: &Decoded<'a>) -> Option<&'r Cause<'a>> {
    Entry::new(api, decoded.row?).more()?.causes.get(decoded.cause?)
}

/// What the catalog says of its status alone: the entry of the status, else of its class. Where there was no status, the first that the
/// error is documented with counts.
fn status_entry<'r, 'a: 'r>(api: &'r Api<'a>, decoded: &Decoded<'a>) -> Option<&'r Status<'a>> {
    if decoded.outcome == Outcome::NotError {
        return None;
    }
    // A success that carries errors tells nothing of them by its status.
    let of_success = decoded.extent.is_some() && !decoded.own_status;
    match decoded.status.filter(|status| !of_success || *status >= 400) {
        Some(status) => api.status(StatusRange::one(status)),
        None => Entry::new(api, decoded.row?).status_rule(),
    }
}

/// The retry rule of the cause, the error or the status.
pub(crate) fn rule<'r, 'a: 'r>(api: &'r Api<'a>, decoded: &Decoded<'a>) -> Option<&'r Retry<'a>> {
    let of = |index: u16| api.retries.get(usize::from(index));
    let of_row = || of(api.rows[decoded.row?].retry);
    cause(api, decoded)
        .and_then(|cause| of(cause.retry))
        .or_else(of_row)
        .or_else(|| of(status_entry(api, decoded)?.retry))
}

impl<'a> Api<'a> {
    /// What repeats do: what the API says of all, then what is said of statuses, errors and causes.
    pub fn repeats(&self) -> impl Iterator<Item = Repeat<'a>> {
        let of_statuses = self.statuses.iter().map(|status| status.repeat);
        let of_errors = self.more.iter().map(|more| more.repeat);
        let of_causes = self.more.iter().flat_map(|more| more.causes).map(|cause| cause.repeat);
        std::iter::once(self.repeat).chain(of_statuses).chain(of_errors).chain(of_causes).flatten()
    }

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
