//! From a response to the error that it is.
//!
//! Decoding reads the body once a shape, builds nothing and cannot fail. What it finds are places in the response; texts are made when asked for.

use http::HeaderMap;

use crate::document::{Document, Slot};
use crate::table::{Api, Cause, Condition, Place, Row, Shape, Statuses, Test};
use crate::vocabulary::Outcome;

/// What a response turned out to be, as places in it. [`crate::View`] reads it.
#[derive(Debug, Clone, Copy)]
pub struct Decoded<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) row: Option<usize>,
    pub(crate) cause: Option<usize>,
    pub(crate) shape: Option<usize>,
    pub(crate) code: Slot<'a>,
    pub(crate) message: Slot<'a>,
    pub(crate) remediation: Slot<'a>,
    pub(crate) request_id: Slot<'a>,
    pub(crate) empty_body: bool,
    pub(crate) unreadable_code: bool,
}

impl Decoded<'_> {
    const NOTHING: Decoded<'static> = Decoded {
        outcome: Outcome::NoCode,
        row: None,
        cause: None,
        shape: None,
        code: Slot::Absent,
        message: Slot::Absent,
        remediation: Slot::Absent,
        request_id: Slot::Absent,
        empty_body: false,
        unreadable_code: false,
    };
}

/// Decodes a response: its status (`None` where there was none), headers and body.
pub fn decode<'a>(api: &Api<'a>, status: Option<u16>, headers: &HeaderMap, body: &[u8]) -> Decoded<'a> {
    let document = Document::new(headers, body);
    let (mut decoded, malformed) = choose_shape(api, status, &document);
    decoded.empty_body = document.is_blank();
    if decoded.shape.is_none() && status.is_some_and(|s| s < 400) {
        return Decoded { outcome: Outcome::NotError, ..Decoded::NOTHING };
    }
    identify(api, status, &document, malformed, &mut decoded);
    if let Some(row) = decoded.row {
        decoded.cause = find_cause(api, row, status, &document, &decoded);
    }
    decoded
}

/// The first shape that yields a code, else the first that yields a message, else the first that fits the status; and whether
/// the body should have been JSON and is not.
fn choose_shape<'a>(api: &Api<'a>, status: Option<u16>, document: &Document<'_>) -> (Decoded<'a>, bool) {
    let mut best: Option<(u8, bool, Decoded<'a>)> = None;
    let mut any_malformed = false;
    let mut found = Found::new(document);
    for (index, shape) in api.shapes.iter().enumerate() {
        if status.is_some_and(|s| !shape.statuses.iter().any(|range| range.contains(s))) {
            continue;
        }
        let (decoded, bad) = read_shape(index, shape, document);
        any_malformed |= bad;
        let claimed = !shape.gate.is_empty() && !bad;
        if !holds_all(shape.gate, &mut found, decoded.message)
            || status.is_some_and(|s| s < 400) && !claimed && decoded.code.is_absent()
        {
            continue;
        }
        let rank = if !decoded.code.is_absent() {
            3
        } else if !decoded.message.is_absent() {
            2
        } else {
            1
        };
        if best.as_ref().is_none_or(|(other, ..)| rank > *other) {
            best = Some((rank, bad, decoded));
        }
        if rank == 3 {
            break;
        }
    }
    best.map_or((Decoded::NOTHING, any_malformed), |(_, malformed, decoded)| (decoded, malformed))
}

fn read_shape<'a>(index: usize, shape: &Shape<'a>, document: &Document<'_>) -> (Decoded<'a>, bool) {
    let groups = [shape.code, shape.message, shape.remediation, shape.request_id];
    let ([code, message, remediation, request_id], malformed) = document.read(groups);
    let code_slot = code.text_or_integer(document);
    let decoded = Decoded {
        shape: Some(index),
        code: code_slot,
        message: message.text(document),
        remediation: remediation.text(document),
        request_id: request_id.text_or_integer(document),
        unreadable_code: code_slot.is_absent() && code.any_value(document),
        ..Decoded::NOTHING
    };
    (decoded, malformed)
}

fn identify<'a>(
    api: &Api<'a>,
    status: Option<u16>,
    document: &Document<'_>,
    malformed: bool,
    decoded: &mut Decoded<'a>,
) {
    if let Some(code) = document.text(decoded.code) {
        decoded.row = api.find(&code).filter(|row| conditions_of(api, &api.rows[*row]).is_none());
        decoded.outcome = match decoded.row {
            Some(_) => Outcome::Known,
            None if code.is_empty() => Outcome::NoCode,
            None => Outcome::UnknownCode,
        };
        if decoded.outcome == Outcome::NoCode {
            decoded.code = Slot::Absent;
        }
    }
    if decoded.code.is_absent() {
        decoded.row = find_uncoded(api, status, document, malformed, decoded);
        decoded.outcome = match decoded.row {
            Some(_) => Outcome::Known,
            None if malformed => Outcome::Malformed,
            None => Outcome::NoCode,
        };
    }
}

/// The conditions of a row without a code.
fn conditions_of<'a>(api: &Api<'a>, row: &Row<'a>) -> Option<&'a [Condition<'a>]> {
    api.more.get(usize::from(row.more))?.conditions
}

fn find_uncoded(
    api: &Api<'_>,
    status: Option<u16>,
    document: &Document<'_>,
    malformed: bool,
    decoded: &Decoded<'_>,
) -> Option<usize> {
    let mut found = Found::new(document);
    api.uncoded.iter().map(|row| usize::from(*row)).find(|row| {
        let row = &api.rows[*row];
        let conditions = conditions_of(api, row).unwrap_or_default();
        // A status alone tells nothing of a body that is not the API's, nor where there is none.
        let status_fits = match (status, api.statuses_of(row)) {
            (Some(status), Statuses::Of(ranges)) => ranges.iter().any(|range| range.contains(status)),
            _ => !conditions.is_empty(),
        };
        status_fits && (!conditions.is_empty() || !malformed) && holds_all(conditions, &mut found, decoded.message)
    })
}

fn find_cause(
    api: &Api<'_>,
    row: usize,
    status: Option<u16>,
    document: &Document<'_>,
    decoded: &Decoded<'_>,
) -> Option<usize> {
    let more = api.more.get(usize::from(api.rows[row].more))?;
    let mut found = Found::new(document);
    more.causes.iter().position(|cause| fits(cause, status, &mut found, decoded))
}

fn fits<'a>(cause: &Cause<'a>, status: Option<u16>, found: &mut Found<'a, '_>, decoded: &Decoded<'_>) -> bool {
    let status_fits = match status {
        Some(status) => cause.statuses.is_empty() || cause.statuses.iter().any(|range| range.contains(status)),
        None => !cause.conditions.is_empty(),
    };
    status_fits && holds_all(cause.conditions, found, decoded.message)
}

fn holds_all<'a>(conditions: &[Condition<'a>], found: &mut Found<'a, '_>, message: Slot<'_>) -> bool {
    conditions.iter().all(|condition| match condition.at {
        Place::Message => holds(condition.test, found.document, message),
        place => {
            let slot = found.slot(place);
            holds(condition.test, found.document, slot)
        }
    })
}

/// What stands at the places that conditions ask for: many ask for the same one, and the body is read for each only once.
struct Found<'a, 'd> {
    document: &'d Document<'d>,
    seen: Vec<(Place<'a>, Slot<'a>)>,
}

impl<'a, 'd> Found<'a, 'd> {
    fn new(document: &'d Document<'d>) -> Self {
        Self { document, seen: Vec::new() }
    }

    fn slot(&mut self, place: Place<'a>) -> Slot<'a> {
        if let Some((_, slot)) = self.seen.iter().find(|(other, _)| *other == place) {
            return *slot;
        }
        let slot = self.document.slot(place);
        self.seen.push((place, slot));
        slot
    }
}

fn holds(test: Test<'_>, document: &Document<'_>, slot: Slot<'_>) -> bool {
    if let Test::Present(wanted) = test {
        return document.is_present(slot) == wanted;
    }
    let Some(text) = document.scalar(slot) else {
        // A list or an object is there, and is no text.
        return matches!(test, Test::Not(_)) && document.is_present(slot);
    };
    match test {
        Test::Equals(want) => text == want,
        Test::Not(other) => text != other,
        Test::Contains(part) => contains(&text, part),
        Test::Prefix(start) => {
            text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
        }
        Test::Pattern(pattern) => matches(pattern, &text),
        Test::Present(_) => false,
    }
}

fn contains(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether `text` is `pattern` with anything for each `*`. The parts between stars are found from the left, each as early as
/// it can be, so the time is that of a search for each.
fn matches(pattern: &str, text: &str) -> bool {
    let (text, pattern) = (text.to_ascii_lowercase(), pattern.to_ascii_lowercase());
    let Some((first, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text, want) in [
            ("Limit of * reached", "limit OF 500 reached", true),
            ("Limit of * reached", "Limit of reached", false),
            ("*frozen*", "account frozen.", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c", false),
            ("a*a", "a", false),
            ("*", "", true),
            ("**", "x", true),
            ("a", "ab", false),
            ("", "", true),
        ] {
            assert_eq!(matches(pattern, text), want, "{pattern} {text}");
        }
    }

    #[test]
    fn contains_in_any_case() {
        assert!(contains("Account FROZEN", "frozen"));
        assert!(!contains("fro", "frozen"));
        assert!(contains("x", ""));
    }
}
