//! Which listed error it is, and which of its causes.

use std::borrow::Cow;

use crate::condition::{Found, hold_all, holds_of_code};
use crate::decode::Decoded;
use crate::document::{Document, Slot};
use crate::table::{Api, Cause, Condition, MOST_PARTS, Row, Statuses};
use crate::vocabulary::Outcome;

/// Sets outcome, row and cause.
pub(crate) fn identify<'a>(
    api: &Api<'a>,
    document: &Document<'_>,
    found: &Found<'a, '_>,
    malformed: bool,
    decoded: &mut Decoded<'a>,
) {
    if decoded.has_code() {
        // What is told by more than its status can have a code that is not listed.
        decoded.row = find_coded(api, document, decoded).or_else(|| find_uncoded(api, found, true, decoded));
        decoded.outcome = if decoded.row.is_some() { Outcome::Known } else { Outcome::UnknownCode };
        // An empty text is a code only where it is listed as one.
        if decoded.row.is_none() && document.text(decoded.code[0]).is_some_and(|code| code.is_empty()) {
            decoded.code = [Slot::Absent; MOST_PARTS];
        }
    }
    if !decoded.has_code() {
        decoded.row = find_uncoded(api, found, malformed, decoded);
        decoded.outcome = match decoded.row {
            Some(_) => Outcome::Known,
            None if malformed => Outcome::Malformed,
            None => Outcome::NoCode,
        };
    }
    if let Some(row) = decoded.row {
        decoded.cause = find_cause(api, row, found, decoded);
    }
}

/// The row of the code, else of the class that it is in; else those of what remains of it without its finest part.
fn find_coded(api: &Api<'_>, document: &Document<'_>, decoded: &mut Decoded<'_>) -> Option<usize> {
    if decoded.code[1].is_absent() && api.classes.is_empty() {
        return api.find_listed(&[document.text(decoded.code[0])?]);
    }
    let parts: Vec<Cow<'_, str>> = decoded.code_parts(document).collect();
    let row = (1..=parts.len()).rev().find_map(|count| Some((count, api.find_parts(&parts[..count])?)));
    decoded.unlisted_part = row.is_some_and(|(count, _)| count < parts.len());
    row.map(|(_, row)| row)
}

impl<'a> Api<'a> {
    /// The row of a code, an alias or a name, or of the class that a code is in. The parts of a code are joined by `/`.
    pub fn find(&self, code: &str) -> Option<usize> {
        self.find_key(code).map(|(_, row)| row).or_else(|| self.find_class(&[code])).or_else(|| {
            let parts: Vec<&str> = code.split('/').collect();
            if parts.len() > 1 { self.find_class(&parts) } else { None }
        })
    }

    fn find_parts<T: AsRef<str>>(&self, parts: &[T]) -> Option<usize> {
        self.find_listed(parts).or_else(|| self.find_class(parts))
    }

    /// The row of a listed code or alias that has these parts.
    fn find_listed<T: AsRef<str>>(&self, parts: &[T]) -> Option<usize> {
        let (key, row) = match parts {
            [one] => self.find_key(one.as_ref()),
            parts => self.find_key(&parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("/")),
        }?;
        // The name of an error without a code is no code; its aliases are.
        let is_code = key >= self.rows.len() || conditions_of(self, &self.rows[row]).is_none();
        (is_code && self.has_parts(key, parts)).then_some(row)
    }

    fn find_class<T: AsRef<str>>(&self, parts: &[T]) -> Option<usize> {
        let fits = |tests: &[_]| {
            tests.len() == parts.len()
                && tests.iter().zip(parts).all(|(test, part)| holds_of_code(*test, part.as_ref()))
        };
        self.classes.iter().find(|class| fits(class.parts)).map(|class| usize::from(class.row))
    }
}

/// Whether a row without a code is told by anything but its status.
pub(crate) fn has_conditions(api: &Api<'_>, row: usize) -> bool {
    conditions_of(api, &api.rows[row]).is_some_and(|conditions| !conditions.is_empty())
}

/// The conditions of a row without a code.
fn conditions_of<'a>(api: &Api<'a>, row: &Row<'a>) -> Option<&'a [Condition<'a>]> {
    api.more.get(usize::from(row.more))?.conditions
}

fn find_uncoded<'a>(api: &Api<'a>, found: &Found<'a, '_>, malformed: bool, decoded: &Decoded<'a>) -> Option<usize> {
    api.uncoded.iter().map(|row| usize::from(*row)).find(|row| {
        let row = &api.rows[*row];
        let conditions = conditions_of(api, row).unwrap_or_default();
        // A status alone tells nothing of a body that is not the API's, nor where there is none.
        let status_fits = match (decoded.status, api.statuses_of(row)) {
            (Some(status), Statuses::Of(ranges)) => ranges.iter().any(|range| range.contains(status)),
            _ => !conditions.is_empty(),
        };
        status_fits && (!conditions.is_empty() || !malformed) && hold_all(conditions, found, decoded)
    })
}

fn find_cause<'a>(api: &Api<'a>, row: usize, found: &Found<'a, '_>, decoded: &Decoded<'a>) -> Option<usize> {
    let more = api.more.get(usize::from(api.rows[row].more))?;
    more.causes.iter().position(|cause| fits(cause, found, decoded))
}

fn fits<'a>(cause: &Cause<'a>, found: &Found<'a, '_>, decoded: &Decoded<'a>) -> bool {
    let status_fits = match decoded.status {
        Some(status) => cause.statuses.is_empty() || cause.statuses.iter().any(|range| range.contains(status)),
        None => !cause.conditions.is_empty(),
    };
    status_fits && hold_all(cause.conditions, found, decoded)
}
