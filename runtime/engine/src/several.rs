//! Several errors in one response: lists, trees and chains.

use std::sync::Arc;

use crate::condition::{Found, hold_all};
use crate::decode::{Decoded, Known, read_shape};
use crate::document::{Document, is_of_whole};
use crate::identify::{has_conditions, identify};
use crate::table::{Api, Place, Primary, Several};
use crate::view::rule;

/// Reads each of several errors, and tells whether these are all; what has neither a code nor a message is none. `None` where the body is no JSON.
pub(crate) fn read<'a>(
    several: &Several<'a>,
    document: &Document<'_>,
    found: &Found<'a, '_>,
    response: &Decoded<'a>,
) -> Option<(Vec<Decoded<'a>>, bool)> {
    let one = |(extent, path)| {
        let within = document.within(extent);
        let mut decoded = Decoded::NOTHING;
        read_shape(&several.shape, &within, &mut decoded);
        decoded.extent = Some(extent);
        decoded.path = path;
        decoded.shape = response.shape;
        decoded.status = decoded.status.or(response.status);
        let is_error = decoded.has_code() || !decoded.message.is_absent();
        let found = Found::within(within, found);
        (is_error && hold_all(several.shape.gate, &found, &decoded)).then_some(decoded)
    };
    let (found, all) = document.several(several.at)?;
    Some((found.into_iter().filter_map(one).collect(), all))
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
