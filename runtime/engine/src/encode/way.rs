//! The ways in which an error can be told: a shape, a status, and which of several places.

use super::draft::Draft;
use super::refusal::ReplyError;
use super::said::{Said, is_canonical};
use super::sources::tellings;
use super::target::Frame;
use super::verify::verify;
use super::wants::{Side, Wants};
use super::{Encoded, Subject};
use crate::decode::Decoded;
use crate::document::MAX_ALTERNATIVES;
use crate::table::{Cut, Field, Place, Shape, StatusRange, Statuses, Step, Test};
use crate::value::{Value, epoch_ms};
use crate::view::rule;
use crate::vocabulary::Outcome;

/// One way to tell an error.
pub(super) struct Way<'r, 'a> {
    shape: &'r Shape<'a>,
    /// Whether it is told as one of several errors.
    as_one: bool,
    /// The status of the response.
    http: Option<u16>,
    /// The error's status.
    pub(super) status: Option<u16>,
    /// Which of several places is taken, as far as there are so many.
    alternative: usize,
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
    let mut draft = Draft::default();
    let step = Leg { subject, way };
    step.wants()?.fulfil(&mut draft)?;
    if way.may_have_body() && way.has_json() {
        draft.open();
    }
    let cost = draft.invented;
    let encoded = draft.finish(way.http, way.shape.content_type)?;
    Ok((cost + verify(subject, way, &encoded)?, encoded))
}

impl<'a> Way<'_, 'a> {
    /// The shape that the error itself has.
    fn places(&self) -> &Shape<'a> {
        match self.shape.errors {
            Some(several) if self.as_one => &several.shape,
            _ => self.shape,
        }
    }

    fn pick<'p>(&self, places: &'p [Place<'a>]) -> Option<&'p Place<'a>> {
        // What stands behind a mark is the rarer form of a text: last of all.
        let is_marked = |place: &&Place<'_>| matches!(place, Place::Cut(Cut { after, .. }) if !after.is_empty());
        let plain = places.iter().filter(|place| !is_marked(place));
        let marked = places.iter().filter(is_marked);
        plain.chain(marked).nth(self.alternative.min(places.len().saturating_sub(1)))
    }

    fn may_have_body(&self) -> bool {
        !matches!(self.http, Some(100..=199 | 204 | 304))
    }

    fn has_json(&self) -> bool {
        let shape = self.shape;
        let lists = [shape.own_status, shape.message, shape.remediation, shape.request_id];
        let mut all = lists.into_iter().chain(shape.code.iter().copied()).flatten();
        shape.errors.is_some() || all.any(|place| matches!(place, Place::Json(_) | Place::Whole(_)))
    }
}

/// What a way asks for.
struct Leg<'w, 'r, 'a, 's> {
    subject: &'w Subject<'r, 'a, 's>,
    way: &'w Way<'r, 'a>,
}

impl<'a> Leg<'_, '_, 'a, '_> {
    fn wants(&self) -> Result<Wants<'a>, ReplyError> {
        let (subject, way, places) = (self.subject, self.way, self.way.places());
        let mut wants = Wants::default();
        let response = Frame { path: Vec::new(), message: way.pick(way.shape.message).copied() };
        let mut error = Frame { path: Vec::new(), message: way.pick(places.message).copied() };
        if let (Some(several), true) = (way.shape.errors, way.as_one) {
            error.path = several.at.iter().filter_map(first_of).collect();
            wants.hold(several.shape.gate, &error, Side::Shape)?;
        }
        wants.hold(way.shape.gate, &response, Side::Shape)?;
        self.code(&error, &mut wants)?;
        let more = subject.entry.more();
        wants.hold(more.and_then(|more| more.conditions).unwrap_or_default(), &error, Side::Error)?;
        wants.hold(subject.cause.map_or(&[], |cause| cause.conditions), &error, Side::Error)?;
        self.texts(&error, &response, &mut wants)?;
        self.name(&error, &mut wants);
        self.status(&error, &response, &mut wants);
        self.fields(&error, &response, &mut wants)?;
        self.delay(&error, &mut wants)?;
        Ok(wants)
    }

    fn code(&self, error: &Frame<'a>, wants: &mut Wants<'a>) -> Result<(), ReplyError> {
        let Some(code) = &self.subject.code else { return Ok(()) };
        let lists = self.way.places().code;
        let most = self.subject.class.map_or(lists.len(), <[_]>::len);
        if most > lists.len() {
            return Err(ReplyError::NoPlace("the code".into()));
        }
        for (index, (part, list)) in code.splitn(most, '/').zip(lists).enumerate() {
            let target = self.way.pick(list).and_then(|place| error.target(*place));
            let target = target.ok_or_else(|| ReplyError::NoPlace("the code".into()))?;
            wants.say(target, if self.is_number(index, part) { Said::bare(part) } else { Said::text(part) });
        }
        Ok(())
    }

    /// Whether a part of the code is a number in JSON.
    fn is_number(&self, index: usize, part: &str) -> bool {
        let quoted = self.subject.api.text_codes.iter().any(|row| usize::from(*row) == self.subject.content.row);
        let test = self.subject.class.and_then(|tests| tests.get(index));
        is_canonical(part) && !quoted && matches!(test, None | Some(Test::Range(..) | Test::Equals(_)))
    }

    /// Message, advice and id: within the error, else where the whole response has them.
    fn texts(&self, error: &Frame<'a>, response: &Frame<'a>, wants: &mut Wants<'a>) -> Result<(), ReplyError> {
        let (content, own, all) = (self.subject.content, self.way.places(), self.way.shape);
        let texts = [
            ("a message", &content.message, own.message, all.message),
            ("advice", &content.remediation, own.remediation, all.remediation),
            ("the id of a request", &content.request_id, own.request_id, all.request_id),
        ];
        for (name, text, own, all) in texts {
            let Some(text) = text else { continue };
            let own = self.way.pick(own).and_then(|place| error.target(*place));
            let target = own.or_else(|| self.way.pick(all).and_then(|place| response.target(*place)));
            wants.say(target.ok_or_else(|| ReplyError::NoPlace(name.into()))?, Said::text(&**text));
        }
        Ok(())
    }

    /// One of several errors has a code or a message: its name, where nothing else is told.
    fn name(&self, error: &Frame<'a>, wants: &mut Wants<'a>) {
        let target = error.message.and_then(|place| error.target(place));
        if let (Some(target), None, true) = (target, &self.subject.code, self.way.as_one)
            && !wants.has(&target)
        {
            wants.say(target, Said::text(self.subject.entry.code()));
        }
    }

    /// The error's own status, wherever one is looked for.
    fn status(&self, error: &Frame<'a>, response: &Frame<'a>, wants: &mut Wants<'a>) {
        let Some(status) = self.way.status else { return };
        let own = self.way.pick(self.way.places().own_status).and_then(|place| error.target(*place));
        let all = self.way.pick(self.way.shape.own_status).and_then(|place| response.target(*place));
        for target in own.into_iter().chain(all) {
            wants.say(target, Said::bare(status.to_string()));
        }
    }

    fn fields(&self, error: &Frame<'a>, response: &Frame<'a>, wants: &mut Wants<'a>) -> Result<(), ReplyError> {
        let own = self.subject.entry.more().map_or(&[][..], |more| more.fields);
        for (name, value) in &self.subject.content.values {
            self.field(name, value, &[(own, error)], wants)?;
        }
        let (of_error, of_all) = (self.way.places().fields, self.way.shape.fields);
        for (name, value) in &self.subject.content.shape_values {
            self.field(name, value, &[(of_error, error), (of_all, response)], wants)?;
        }
        Ok(())
    }

    fn field(
        &self,
        name: &str,
        value: &Value<'_>,
        lists: &[(&[Field<'a>], &Frame<'a>)],
        wants: &mut Wants<'a>,
    ) -> Result<(), ReplyError> {
        let of =
            |(fields, frame): &(&[Field<'a>], _)| Some((fields.iter().position(|field| field.name == name)?, *frame));
        let found =
            lists.iter().find_map(|list| of(list).map(|(index, frame): (_, &Frame<'a>)| (&list.0[index], frame)));
        let no_place = || ReplyError::NoPlace(format!("the field {name}").into());
        let (field, frame) = found.ok_or_else(no_place)?;
        let said =
            Said::value(value, field.kind).ok_or_else(|| ReplyError::Unfit(format!("the field {name}").into()))?;
        let fits = |place: &Place<'_>| said.is_scalar() || matches!(place, Place::Json(_));
        let places: Vec<Place<'a>> = field.at.iter().copied().filter(fits).collect();
        let target = self.way.pick(&places).and_then(|place| frame.target(*place));
        wants.say(target.ok_or_else(no_place)?, said);
        Ok(())
    }

    /// The wait, where the rule that will hold looks for it.
    fn delay(&self, error: &Frame<'a>, wants: &mut Wants<'a>) -> Result<(), ReplyError> {
        let content = self.subject.content;
        let Some((delay, now)) = content.delay else { return Ok(()) };
        let told = Decoded {
            outcome: Outcome::Known,
            row: Some(content.row),
            cause: content.cause,
            status: self.way.status,
            ..Decoded::NOTHING
        };
        let sources = rule(self.subject.api, &told).map_or(&[][..], |rule| rule.after);
        let ms = i64::try_from(delay.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX);
        let tellings = tellings(sources, ms, epoch_ms(now));
        let most = tellings.len().saturating_sub(1);
        let no_place = || ReplyError::NoPlace("the wait".into());
        for (place, said) in tellings.into_iter().nth(self.way.alternative.min(most)).ok_or_else(no_place)? {
            wants.say(error.target(place).ok_or_else(no_place)?, said);
        }
        Ok(())
    }
}

/// The first key that a step leads to.
fn first_of<'a>(step: &Step<'a>) -> Option<&'a str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Each => Some("0"),
        Step::Deep => None,
    }
}
