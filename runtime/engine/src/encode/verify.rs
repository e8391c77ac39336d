//! Whether a response reads as what it shall tell.

use super::refusal::ReplyError;
use super::way::Way;
use super::{Encoded, Subject};
use crate::decode::decode;
use crate::value::{Value, Values};
use crate::view::View;
use crate::vocabulary::Outcome;

/// How much longer than asked for a wait can be, for the sake of its form: less than a minute.
const COARSEST_MS: u128 = 60_000;

/// Decodes a response and compares; gives how much it tells that was not asked for.
pub(super) fn verify<'a>(
    subject: &Subject<'_, 'a, '_>,
    way: &Way<'_, 'a>,
    encoded: &Encoded,
) -> Result<u32, ReplyError> {
    let (api, content) = (subject.api, subject.content);
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
    let document = view.document();
    let own_advice = document.text(decoded.remediation);
    let texts = [
        ("another code", subject.code.as_deref(), view.raw_code(), true),
        // A wait can be told behind it.
        ("another message", content.message.as_deref(), view.message(), content.delay.is_none()),
        ("other advice", content.remediation.as_deref(), own_advice, true),
        ("another id of the request", content.request_id.as_deref(), view.request_id(), true),
    ];
    for (what, told, read, whole) in texts {
        let Some(told) = told else { continue };
        let same = read.is_some_and(|read| if whole { read == told } else { read.contains(told) });
        if !same {
            return Err(differs(what));
        }
    }
    compare(&content.values, view.values())?;
    compare(&content.shape_values, view.shape_values())?;
    if let Some((delay, now)) = content.delay {
        let told = view.told_delay(now).unwrap_or_default();
        let longer = told.as_millis().checked_sub(delay.as_millis()).filter(|_| told >= delay);
        if longer.is_none_or(|longer| longer > COARSEST_MS) {
            return Err(differs("another wait"));
        }
    }
    Ok(u32::from(content.cause.is_none() && decoded.cause.is_some()))
}

fn differs(what: &str) -> ReplyError {
    ReplyError::Differs(what.into())
}

fn compare(told: &[(&str, Value<'_>)], read: Values<'_, '_>) -> Result<(), ReplyError> {
    let read: Vec<_> = read.sent().collect();
    for (name, value) in told {
        let found = read.iter().rev().find(|(other, _)| other == name);
        if !found.is_some_and(|(_, read)| is_same(value, read)) {
            return Err(differs(&format!("the field {name}")));
        }
    }
    Ok(())
}

/// Whether a value was read as it was told. What was told as JSON can have got more members; an instant can be later for the sake of its form.
fn is_same(told: &Value<'_>, read: &Value<'_>) -> bool {
    match (told, read) {
        (Value::Json(_), Value::Json(_)) => true,
        (Value::Timestamp(told), Value::Timestamp(read)) => (0..1_000).contains(&read.saturating_sub(*told)),
        (Value::Integer(told), Value::Number(read)) => told == read,
        (Value::List(told), Value::List(read)) => {
            told.len() == read.len() && told.iter().zip(read).all(|(told, read)| is_same(told, read))
        }
        (told, read) => told == read,
    }
}
