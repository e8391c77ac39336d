//! What a response has to hold for an error to be told in one way.

use super::Subject;
use super::refusal::ReplyError;
use super::said::{Said, is_canonical};
use super::sources::tellings;
use super::target::{Frame, Frames};
use super::typical::Typical;
use super::wants::{Side, Wants};
use super::way::Way;
use crate::decode::Decoded;
use crate::table::{Cut, Delay, Field, Place, Test};
use crate::value::{Value, epoch_ms};
use crate::view::rule;
use crate::vocabulary::Outcome;

/// What a way asks for.
pub(super) struct Collector<'w, 'r, 'a, 's> {
    pub(super) subject: &'w Subject<'r, 'a, 's>,
    pub(super) way: &'w Way<'r, 'a>,
}

impl<'a> Collector<'_, '_, 'a, '_> {
    pub(super) fn wants(&self) -> Result<Wants<'a>, ReplyError> {
        let (subject, way) = (self.subject, self.way);
        let Frames { error, response } = way.frames();
        let mut wants = Wants::new(Typical::of(self, &error, &response));
        if let (Some(several), true) = (way.shape.errors, way.as_one) {
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
        let parts = match self.subject.class {
            Some(tests) => code.splitn(tests.len(), '/').collect(),
            None => self.subject.api.parts_of(code),
        };
        if parts.len().max(self.subject.class.map_or(0, <[_]>::len)) > lists.len() {
            return Err(ReplyError::NoPlace("the code".into()));
        }
        for (index, (part, list)) in parts.into_iter().zip(lists).enumerate() {
            let target = self.way.pick(list).and_then(|place| error.target(*place));
            let target = target.ok_or_else(|| ReplyError::NoPlace("the code".into()))?;
            wants.say(target, if self.is_number(index, part) { Said::bare(part) } else { Said::text(part) });
        }
        Ok(())
    }

    /// Whether a part of the code is a number in JSON.
    fn is_number(&self, index: usize, part: &str) -> bool {
        let is_this =
            |(row, part): &(u16, u8)| (usize::from(*row), usize::from(*part)) == (self.subject.content.row, index);
        let quoted = self.subject.api.text_codes.iter().any(is_this);
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
        lists: &[(&'a [Field<'a>], &Frame<'a>)],
        wants: &mut Wants<'a>,
    ) -> Result<(), ReplyError> {
        let named = |fields: &'a [Field<'a>]| fields.iter().find(|field| field.name == name);
        let found = lists.iter().find_map(|(fields, frame)| Some((named(fields)?, *frame)));
        let no_place = || ReplyError::NoPlace(format!("the field {name}").into());
        let (field, frame) = found.ok_or_else(no_place)?;
        let said =
            Said::value(value, field.kind).ok_or_else(|| ReplyError::Unfit(format!("the field {name}").into()))?;
        // What is read from the code is told by it.
        if field.at.iter().all(|place| matches!(place, Place::Cut(Cut { of: Place::Code, .. }))) {
            return Ok(());
        }
        let fits = |place: &Place<'_>| said.is_scalar() || matches!(place, Place::Json(_));
        let places: Vec<Place<'a>> = field.at.iter().copied().filter(fits).collect();
        let target = self.way.pick(&places).and_then(|place| frame.target(*place));
        wants.say(target.ok_or_else(no_place)?, said);
        Ok(())
    }

    /// Where the rule that will hold looks for a wait.
    pub(super) fn delay_sources(&self) -> &'a [Delay<'a>] {
        let told = Decoded {
            outcome: Outcome::Known,
            row: Some(self.subject.content.row),
            cause: self.subject.content.cause,
            status: self.way.status,
            ..Decoded::NOTHING
        };
        rule(self.subject.api, &told).map_or(&[], |rule| rule.after)
    }

    /// The wait, where the rule that will hold looks for one.
    fn delay(&self, error: &Frame<'a>, wants: &mut Wants<'a>) -> Result<(), ReplyError> {
        let content = self.subject.content;
        let Some((delay, now)) = content.delay else { return Ok(()) };
        let sources = self.delay_sources();
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
