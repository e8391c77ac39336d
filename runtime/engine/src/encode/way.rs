//! The ways in which an error can be told: a shape, a status, and which of several places.

use super::collect::Collector;
use super::draft::{Draft, may_have_body};
use super::refusal::ReplyError;
use super::target::{Frame, Frames};
use super::verify::verify;
use super::wants::Wants;
use super::{Encoded, Subject};
use crate::document::MAX_ALTERNATIVES;
use crate::table::{Cut, Field, Place, Shape, StatusRange, Statuses, Step};

/// One way to tell an error.
pub(super) struct Way<'r, 'a> {
    pub(super) shape: &'r Shape<'a>,
    /// Whether it is told as one of several errors.
    pub(super) as_one: bool,
    /// The status of the response.
    http: Option<u16>,
    /// The error's status.
    pub(super) status: Option<u16>,
    /// Which of several places is taken, as far as there are so many.
    pub(super) alternative: usize,
}

/// All ways, in the order in which they are tried.
pub(super) fn ways<'r, 'a>(subject: &Subject<'r, 'a, '_>) -> Result<Vec<Way<'r, 'a>>, ReplyError> {
    let statuses = statuses(subject)?;
    let has_events = subject.api.shapes.iter().any(Shape::is_of_events);
    let mut out = Vec::new();
    // As one of several errors only where the response itself cannot tell it.
    let alone = subject.api.shapes.iter().map(|shape| (shape, shape, false));
    let as_one = subject.api.shapes.iter().filter_map(|shape| Some((shape, &shape.errors?.shape, true)));
    for (shape, places, as_one) in alone.chain(as_one) {
        if subject.code.is_some() && places.code.is_empty() {
            continue;
        }
        let has_own = !shape.own_status.is_empty() || !places.own_status.is_empty();
        let pairs = if subject.content.event {
            let carries = shape.is_of_events() || !has_events;
            let own = statuses.first().filter(|_| has_own).map(|range| range.first);
            if carries { vec![(None, own)] } else { Vec::new() }
        } else {
            carried(shape, &statuses, has_own)
        };
        for (http, status) in pairs {
            let way = |alternative| Way { shape, as_one, http, status, alternative };
            out.extend((0..alternatives(subject, shape, places)).map(way));
        }
    }
    Ok(out)
}

/// How many places any value has at most.
fn alternatives(subject: &Subject<'_, '_, '_>, shape: &Shape<'_>, places: &Shape<'_>) -> usize {
    let of_fields = |fields: &[Field<'_>]| fields.iter().map(|field| field.at.len()).max().unwrap_or(0);
    let of_shape = |shape: &Shape<'_>| {
        let lists = [shape.own_status, shape.message, shape.remediation, shape.request_id];
        let all = lists.into_iter().chain(shape.code.iter().copied()).map(<[_]>::len);
        all.chain([of_fields(shape.fields)]).max().unwrap_or(0)
    };
    let own = subject.entry.more().map_or(0, |more| of_fields(more.fields));
    let most = [of_shape(shape), of_shape(places), own].into_iter().max().unwrap_or(0);
    most.clamp(1, MAX_ALTERNATIVES)
}

/// The statuses that the error can have.
fn statuses(subject: &Subject<'_, '_, '_>) -> Result<Vec<StatusRange>, ReplyError> {
    let of_cause = subject.cause.map_or(&[][..], |cause| cause.statuses);
    let documented = match subject.api.statuses_of(subject.entry.row()) {
        _ if !of_cause.is_empty() => of_cause,
        Statuses::Of(ranges) => ranges,
        Statuses::Never if !subject.content.event => return Err(ReplyError::NeverHttp),
        Statuses::Never | Statuses::Undocumented => &[],
    };
    match subject.content.status {
        Some(status) if documented.is_empty() || documented.iter().any(|range| range.contains(status)) => {
            Ok(vec![StatusRange::one(status)])
        }
        Some(status) => Err(ReplyError::Status(status)),
        None if documented.is_empty() && !subject.content.event => Err(ReplyError::NoStatus),
        None => Ok(documented.to_vec()),
    }
}

/// The statuses of the response and of the error with which a shape can carry it.
fn carried(shape: &Shape<'_>, statuses: &[StatusRange], has_own: bool) -> Vec<(Option<u16>, Option<u16>)> {
    let mut out = Vec::new();
    let of_shape = || shape.statuses.iter().filter(|range| **range != StatusRange::NONE);
    for range in statuses {
        for carried in of_shape() {
            let first = range.first.max(carried.first);
            if first <= range.last.min(carried.last) {
                out.push((Some(first), Some(first)));
            }
        }
    }
    if has_own {
        let others =
            statuses.iter().flat_map(|range| of_shape().map(|carried| (Some(carried.first), Some(range.first))));
        out.extend(others);
    }
    out
}

/// The response that a way leads to, and how much of it is made up.
pub(super) fn follow<'a>(subject: &Subject<'_, 'a, '_>, way: &Way<'_, 'a>) -> Result<(u32, Encoded), ReplyError> {
    let made = make(subject, way)?;
    Ok((made.invented + verify(subject, way, &made)?, made.encoded))
}

/// A response that nobody has read yet.
pub(super) struct Made<'a> {
    pub(super) wants: Wants<'a>,
    pub(super) encoded: Encoded,
    invented: u32,
}

pub(super) fn make<'a>(subject: &Subject<'_, 'a, '_>, way: &Way<'_, 'a>) -> Result<Made<'a>, ReplyError> {
    let mut draft = Draft::default();
    let wants = Collector { subject, way }.wants()?;
    wants.fulfil(&mut draft)?;
    if may_have_body(way.http) && way.has_json() {
        draft.open();
    }
    let invented = draft.invented;
    Ok(Made { wants, encoded: draft.finish(way.http, way.shape.content_type)?, invented })
}

impl<'a> Way<'_, 'a> {
    /// The shape that the error itself has: that of each of several, or of the response.
    pub(super) fn places(&self) -> &Shape<'a> {
        match self.shape.errors {
            Some(several) if self.as_one => &several.shape,
            _ => self.shape,
        }
    }

    /// Where the error and the response have their values.
    pub(super) fn frames(&self) -> Frames<'a> {
        let frame = |shape: &Shape<'a>| Frame { path: Vec::new(), message: self.pick(shape.message).copied() };
        let (mut error, response) = (frame(self.places()), frame(self.shape));
        if let (Some(several), true) = (self.shape.errors, self.as_one) {
            error.path = several.at.iter().filter_map(first_of).collect();
        }
        Frames { error, response }
    }

    /// The place that this way takes, of those where a value can stand.
    pub(super) fn pick<'p>(&self, places: &'p [Place<'a>]) -> Option<&'p Place<'a>> {
        // What stands behind a mark is the rarer form of a text: last of all.
        let is_marked = |place: &&Place<'_>| matches!(place, Place::Cut(Cut { after, .. }) if !after.is_empty());
        let plain = places.iter().filter(|place| !is_marked(place));
        let marked = places.iter().filter(is_marked);
        plain.chain(marked).nth(self.alternative.min(places.len().saturating_sub(1)))
    }

    fn has_json(&self) -> bool {
        let shape = self.shape;
        let lists = [shape.own_status, shape.message, shape.remediation, shape.request_id];
        let mut all = lists.into_iter().chain(shape.code.iter().copied()).flatten();
        shape.errors.is_some() || all.any(|place| matches!(place, Place::Json(_) | Place::Whole(_)))
    }
}

/// The first key that a step leads to.
pub(super) fn first_of<'a>(step: &Step<'a>) -> Option<&'a str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Each => Some("0"),
        Step::Deep => None,
    }
}
