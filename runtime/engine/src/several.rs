//! Several errors in one response: lists, trees and chains.

use std::sync::Arc;

use crate::condition::{Found, hold_all};
use crate::decode::{Decoded, Known, read_shape};
use crate::document::{Document, is_of_whole, json_path};
use crate::identify::{has_conditions, identify};
use crate::json::bounded;
use crate::table::{Api, Place, Primary, Several};
use crate::view::rule;

/// Reads each of several errors, and tells whether these are all; what has neither a code nor a message is none. `None` where the body is no JSON.
pub(crate) fn read<'a>(
    several: &Several<'a>,
    document: &Document<'_>,
    found: &Found<'a, '_>,
    response: &Decoded<'a>,
) -> Option<(Vec<Decoded<'a>>, bool)> {
    // Most of what a deep step leads to is a text or a number: seen at a glance to be no error.
    let in_members = |place: &Place<'_>| json_path(*place).is_some_and(|path| !path.is_empty());
    let shape = &several.shape;
    let need_members = shape.code.iter().take(1).copied().flatten().chain(shape.message).all(in_members);
    document.several(several.at, |extent, path| {
        let within = document.within(extent);
        if need_members && !within.has_members() {
            return None;
        }
        let mut decoded = Decoded::NOTHING;
        read_shape(shape, &within, &mut decoded);
        if !decoded.has_code() && decoded.message.is_absent() {
            return None;
        }
        decoded.extent = Some(extent);
        decoded.path = bounded(path);
        decoded.shape = response.shape;
        decoded.status = decoded.status.or(response.status);
        hold_all(shape.gate, &Found::within(within, found), &decoded).then_some(decoded)
    })
}

/// Identifies each of `errors`, and puts the primary one of all before the others.
pub(crate) fn settle<'a>(
    api: &Api<'a>,
    several: &Several<'a>,
    response: Decoded<'a>,
    mut errors: Vec<Decoded<'a>>,
    document: &Document<'_>,
    found: &Found<'a, '_>,
) -> Decoded<'a> {
    for error in &mut errors {
        let Some(extent) = error.extent else { continue };
        let within = document.within(extent);
        identify(api, &within, &Found::within(within, found), false, error);
    }
    let too_many_errors = response.too_many_errors;
    let (message, remediation, request_id) = (response.message, response.remediation, response.request_id);
    // What the response says of itself is an error of its own where more than the status tells it.
    if errors.is_empty() || response.has_code() || response.row.is_some_and(|row| has_conditions(api, row)) {
        errors.insert(0, response);
    }
    let is_listed = |error: &Decoded<'_>| error.row.is_some();
    let index = match several.primary {
        Primary::First => errors.iter().position(is_listed).unwrap_or(0),
        Primary::Last | Primary::Innermost => errors.iter().rposition(is_listed).unwrap_or(errors.len() - 1),
    };
    let mut primary = errors.remove(index);
    primary.too_many_errors = too_many_errors;
    let of_response = [message, remediation, request_id];
    let own = [&mut primary.message, &mut primary.remediation, &mut primary.request_id];
    for (own, of_response) in own.into_iter().zip(of_response).filter(|(own, _)| own.is_absent()) {
        *own = of_response;
    }
    primary.others = errors;
    primary.whole = known(api, &primary, found);
    primary.utf8 = (!primary.others.is_empty()).then(|| document.is_utf8());
    for other in &mut primary.others {
        other.utf8 = primary.utf8;
        other.is_other = true;
        other.whole.clone_from(&primary.whole);
    }
    primary
}

/// What stands where delays and verdicts of any of the errors are told in the whole body: looked up once, however many errors there are.
fn known<'a>(api: &Api<'a>, primary: &Decoded<'a>, found: &Found<'a, '_>) -> Known<'a> {
    let mut places: Vec<Place<'a>> = Vec::new();
    let mut add = |place| {
        if is_of_whole(place) && !places.contains(&place) {
            places.push(place);
        }
    };
    api.overrides.iter().for_each(|own| add(own.at));
    for error in std::iter::once(primary).chain(&primary.others) {
        let sources = rule(api, error).map_or(&[][..], |rule| rule.after);
        sources.iter().for_each(|source| source.each_place(&mut add));
    }
    let text = |place| found.text(place, primary).map(|text| text.map(Arc::from));
    let texts: Vec<_> = places.into_iter().map(|place| (place, text(place))).collect();
    (!texts.is_empty()).then(|| texts.into())
}
