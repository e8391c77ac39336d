//! Whether a response reads as what it shall tell.

use super::Subject;
use super::refusal::ReplyError;
use super::same::is_same;
use super::target::{Frames, targets};
use super::unasked::refuse_unasked;
use super::wants::Wants;
use super::way::{Made, Way};
use crate::decode::decode;
use crate::view::View;
use crate::vocabulary::Outcome;

/// How much longer than asked for a wait can be, for the sake of its form: less than a minute.
const COARSEST_MS: u128 = 60_000;

/// Decodes a response and compares; gives how much it tells that was not asked for.
pub(super) fn verify<'a>(subject: &Subject<'_, 'a, '_>, way: &Way<'_, 'a>, made: &Made<'a>) -> Result<u32, ReplyError> {
    let (api, content, encoded) = (subject.api, subject.content, &made.encoded);
    let decoded = decode(api, encoded.status, &encoded.headers, &encoded.body);
    let view = View { api, headers: &encoded.headers, body: &encoded.body, decoded: &decoded };
    if decoded.outcome != Outcome::Known || decoded.row != Some(content.row) {
        let what = match view.entry() {
            Some(entry) => entry.name().to_owned(),
            None => decoded.outcome.to_string(),
        };
        return Err(differs(&what));
    }
    if content.cause.is_some() && decoded.cause != content.cause {
        return Err(differs(view.cause().map_or("no cause", |cause| cause.name)));
    }
    if decoded.status != way.status {
        return Err(differs("another status"));
    }
    if !decoded.others.is_empty() {
        return Err(differs("several errors"));
    }
    compare_texts(subject, way, &made.wants, &view)?;
    compare_values(subject, way, &made.wants, &view)?;
    if let Some((delay, now)) = content.delay {
        let told = view.told_delay(now).unwrap_or_default();
        let longer = told.as_millis().checked_sub(delay.as_millis()).filter(|_| told >= delay);
        if longer.is_none_or(|longer| longer > COARSEST_MS) {
            return Err(differs("another wait"));
        }
    }
    refuse_unasked(subject, way, &made.wants, &view)?;
    Ok(u32::from(content.cause.is_none() && decoded.cause.is_some()))
}

fn differs(what: &str) -> ReplyError {
    ReplyError::Differs(what.into())
}

fn compare_texts<'a>(
    subject: &Subject<'_, 'a, '_>,
    way: &Way<'_, 'a>,
    wants: &Wants<'a>,
    view: &View<'_, 'a>,
) -> Result<(), ReplyError> {
    if subject.code.is_some() && view.raw_code() != subject.code {
        return Err(differs("another code"));
    }
    let Frames { error, response } = way.frames();
    let (content, own, all) = (subject.content, way.places(), way.shape);
    let advice = view.document().text(view.decoded.remediation);
    let texts = [
        ("another message", &content.message, view.message(), [own.message, all.message]),
        ("other advice", &content.remediation, advice, [own.remediation, all.remediation]),
        ("another id of the request", &content.request_id, view.request_id(), [own.request_id, all.request_id]),
    ];
    for (what, told, read, places) in texts {
        let Some(told) = told else { continue };
        // A wait or a field can be told within the same text.
        let mut targets =
            places.into_iter().zip([&error, &response]).flat_map(|(places, frame)| targets(places, frame));
        let is_longer = targets.any(|target| wants.tell_part(&target));
        if !read.is_some_and(|read| read == *told || is_longer && read.contains(&**told)) {
            return Err(differs(what));
        }
    }
    Ok(())
}

fn compare_values<'a>(
    subject: &Subject<'_, 'a, '_>,
    way: &Way<'_, 'a>,
    wants: &Wants<'a>,
    view: &View<'_, 'a>,
) -> Result<(), ReplyError> {
    let Frames { error, response } = way.frames();
    let own = subject.entry.more().map_or(&[][..], |more| more.fields);
    let (of_error, of_all) = (way.places().fields, way.shape.fields);
    let lists = [
        (&subject.content.values, view.values(), &[(own, &error)][..]),
        (&subject.content.shape_values, view.shape_values(), &[(of_error, &error), (of_all, &response)][..]),
    ];
    for (told, read, fields) in lists {
        let read: Vec<_> = read.sent().collect();
        for (name, value) in told {
            let read = read.iter().rev().find(|(other, _)| other == name).map(|(_, read)| read);
            let field = fields
                .iter()
                .find_map(|(fields, frame)| Some((fields.iter().find(|field| field.name == *name)?, *frame)));
            if !read.zip(field).is_some_and(|(read, (field, frame))| is_same(value, read, field, frame, wants)) {
                return Err(differs(&format!("the field {name}")));
            }
        }
    }
    Ok(())
}
