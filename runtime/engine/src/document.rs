//! A response, or one of several errors in it, as something to look values up in.

use std::borrow::Cow;

use arrayvec::ArrayVec;
use http::HeaderMap;

use crate::json::{self, MAX_PATHS, Raw, Sought};
use crate::table::{Cut, Place, Step};

/// Headers and body of a response, and where in the body the error stands.
#[derive(Clone, Copy)]
pub(crate) struct Document<'r> {
    headers: &'r HeaderMap,
    body: &'r [u8],
    /// Whether the body is nothing but white space.
    blank: bool,
    extent: Extent,
}

/// Where in a body an error stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    start: usize,
    end: usize,
}

/// Where a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot<'a> {
    /// Nowhere.
    Absent,
    /// In these bytes of the body.
    Json(usize, usize),
    /// In this header.
    Header(&'a str),
    /// The whole body.
    Body,
    /// In a part of the text in these bytes of the body; of a header or the whole body, where there are none.
    Cut(&'a Cut<'a>, Option<(usize, usize)>),
}

impl Slot<'_> {
    pub(crate) fn is_absent(self) -> bool {
        self == Slot::Absent
    }
}

impl Cut<'_> {
    /// The part of `text`, or what stands in the JSON that it is.
    pub fn of<'t>(&self, text: Cow<'t, str>) -> Option<Cow<'t, str>> {
        let part = self.part(text)?;
        match self.json {
            Some(path) => json::scalar(&part, path).map(Cow::Owned),
            None => Some(part),
        }
    }

    fn part<'t>(&self, text: Cow<'t, str>) -> Option<Cow<'t, str>> {
        let start = text.find(self.after)? + self.after.len();
        let rest = &text[start..];
        let end = if self.before.is_empty() { rest.len() } else { rest.find(self.before).unwrap_or(rest.len()) };
        let part = rest[..end].trim_matches([' ', '\t', '\r', '\n']);
        if part.is_empty() {
            return None;
        }
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let range = start..start + part.len();
        Some(match text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
            Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
        })
    }
}

/// How many alternatives a list of places can have.
pub(crate) const MAX_ALTERNATIVES: usize = 8;

/// How many lists one reading can look for: what a pass over the body holds.
const MAX_LISTS: usize = MAX_PATHS / MAX_ALTERNATIVES;

/// What is looked for: the first of these places with a usable value.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Where it can stand.
    pub(crate) places: &'a [Place<'a>],
    /// Whether a whole number is usable too, not only text.
    pub(crate) integers: bool,
}

/// What was found of one thing that was wanted.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The first usable value.
    pub(crate) slot: Slot<'a>,
    /// Whether there is none, but something else than null.
    pub(crate) unusable: bool,
}

impl Reading<'_> {
    const NOTHING: Reading<'static> = Reading { slot: Slot::Absent, unusable: false };
}

impl<'r> Document<'r> {
    pub(crate) fn new(headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Self::known(headers, body, json::is_blank(body))
    }

    /// A response of which it is known whether its body is blank.
    pub(crate) fn known(headers: &'r HeaderMap, body: &'r [u8], blank: bool) -> Self {
        Self { headers, body, blank, extent: Extent { start: 0, end: body.len() } }
    }

    /// The part of the response in which one of several errors stands.
    pub(crate) fn within(self, extent: Extent) -> Self {
        Self { extent, ..self }
    }

    /// Whether there is an object or a list.
    pub(crate) fn has_members(&self) -> bool {
        matches!(self.json().first(), Some(b'{' | b'['))
    }

    /// The bytes of the error.
    pub(crate) fn json(&self) -> &'r [u8] {
        self.body.get(self.extent.start..self.extent.end).unwrap_or_default()
    }

    fn extent_of(&self, raw: Raw) -> Extent {
        Extent { start: self.extent.start + raw.start, end: self.extent.start + raw.end }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.blank
    }

    pub(crate) fn is_utf8(&self) -> bool {
        std::str::from_utf8(self.body).is_ok()
    }

    /// What `keep` makes of each of the values where several errors can stand, given its place and the JSON Pointer to it, and whether these are
    /// all that it kept; `None` where the body is no JSON.
    pub(crate) fn several<T>(
        &self,
        at: &[Step<'_>],
        mut keep: impl FnMut(Extent, &str) -> Option<T>,
    ) -> Option<(Vec<T>, bool)> {
        json::collect(self.json(), at, |raw, path| keep(self.extent_of(raw), path)).ok()
    }

    /// Finds several things in one pass over the body; and tells whether the body should have been JSON and is not.
    pub(crate) fn read<'a, const N: usize>(&self, wanted: [Wanted<'a>; N]) -> ([Reading<'a>; N], bool) {
        const { assert!(N <= MAX_LISTS) };
        let mut sought: ArrayVec<Sought<'a>, MAX_PATHS> = ArrayVec::new();
        for wanted in &wanted {
            let paths = wanted.places.iter().take(MAX_ALTERNATIVES).filter_map(|place| json_path(*place));
            paths.for_each(|path| sought.push(Sought::at(path)));
        }
        let malformed = !sought.is_empty() && !self.is_blank() && json::scan(self.json(), &mut sought).is_err();
        let mut found = sought.iter().map(|one| one.found.clone());
        let mut readings = [Reading::NOTHING; N];
        for (reading, wanted) in readings.iter_mut().zip(&wanted) {
            for place in wanted.places.iter().take(MAX_ALTERNATIVES) {
                let raw = json_path(*place).and_then(|_| found.next().flatten());
                if reading.slot.is_absent() {
                    self.try_place(*place, raw, wanted.integers, reading);
                }
            }
            reading.unusable &= reading.slot.is_absent();
        }
        (readings, malformed)
    }

    /// What stands at one place becomes the reading, if it is usable; `raw` is what was found in the JSON.
    fn try_place<'a>(&self, place: Place<'a>, raw: Option<Raw>, integers: bool, reading: &mut Reading<'a>) {
        let json = raw.clone().map(|raw| self.extent_of(raw));
        let slot = self.slot_of(place, raw);
        if self.is_usable(slot, integers) {
            reading.slot = slot;
            return;
        }
        // Of a part of a text, the text that is none.
        let whole = match (place, json) {
            (Place::Cut(_), Some(at)) => Slot::Json(at.start, at.end),
            _ => slot,
        };
        reading.unusable |= self.is_present(whole) && !self.is_usable(whole, true);
    }

    fn is_usable(&self, slot: Slot<'_>, integers: bool) -> bool {
        match self.kind(slot) {
            Some(b'"') => true,
            Some(b'0') if integers => self.raw(slot).is_some_and(is_integer),
            _ => false,
        }
    }

    /// Where the value of one place stands; the body is read for it. Message and code are for whoever knows where they stand.
    pub(crate) fn slot<'a>(&self, place: Place<'a>) -> Slot<'a> {
        let whole = Self { extent: Extent { start: 0, end: self.body.len() }, ..*self };
        let (document, path) = match whole_path(place) {
            Some(path) => (&whole, Some(path)),
            None => (self, json_path(place)),
        };
        let raw = path.and_then(|path| {
            let mut sought = [Sought::at(path)];
            json::scan(document.json(), &mut sought).ok()?;
            let [Sought { found, .. }] = sought;
            found
        });
        document.slot_of(place, raw)
    }

    /// The slot of a place; `raw` is what was found in the JSON, if anything was.
    pub(crate) fn slot_of<'a>(&self, place: Place<'a>, raw: Option<Raw>) -> Slot<'a> {
        let json = raw.map(|raw| self.extent_of(raw));
        match place {
            Place::Json(_) | Place::Whole(_) => json.map_or(Slot::Absent, |at| Slot::Json(at.start, at.end)),
            Place::Header(name) if self.headers.contains_key(name) => Slot::Header(name),
            Place::Body if !self.is_blank() => Slot::Body,
            Place::Cut(cut) => {
                let slot = Slot::Cut(cut, json.map(|at| (at.start, at.end)));
                if self.text(slot).is_some() { slot } else { Slot::Absent }
            }
            Place::Header(_) | Place::Body | Place::Message | Place::Code | Place::Path => Slot::Absent,
        }
    }

    pub(crate) fn raw(&self, slot: Slot<'_>) -> Option<&'r [u8]> {
        match slot {
            Slot::Json(start, end) => self.body.get(start..end),
            _ => None,
        }
    }

    /// The first byte of what kind of value stands there: a quote for text, `0` for any number.
    fn kind(&self, slot: Slot<'_>) -> Option<u8> {
        match slot {
            Slot::Absent => None,
            Slot::Header(_) | Slot::Body | Slot::Cut(..) => Some(b'"'),
            Slot::Json(..) => self.raw(slot)?.first().map(|b| if matches!(b, b'-' | b'0'..=b'9') { b'0' } else { *b }),
        }
    }

    /// Whether there is a value that is not null.
    pub(crate) fn is_present(&self, slot: Slot<'_>) -> bool {
        self.kind(slot).is_some_and(|kind| kind != b'n')
    }

    /// The text of a string, or the text that a number or boolean is written as.
    pub(crate) fn scalar(&self, slot: Slot<'_>) -> Option<Cow<'r, str>> {
        if matches!(self.kind(slot)?, b'{' | b'[' | b'n') { None } else { self.text(slot) }
    }

    /// The text at a slot: of a string what it says, of other JSON what is written.
    pub(crate) fn text(&self, slot: Slot<'_>) -> Option<Cow<'r, str>> {
        match slot {
            Slot::Absent => None,
            Slot::Json(..) => {
                let raw = self.raw(slot)?;
                Some(if raw.first() == Some(&b'"') { json::string(raw) } else { String::from_utf8_lossy(raw) })
            }
            Slot::Header(name) => header(self.headers, name),
            Slot::Body => {
                let text = String::from_utf8_lossy(self.body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(self.body));
                let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
                Some(match text {
                    Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(blank)),
                    Cow::Owned(text) => Cow::Owned(text.trim_matches(blank).to_owned()),
                })
            }
            Slot::Cut(cut, json) => {
                let of = match (cut.of, json) {
                    (_, Some((start, end))) => Slot::Json(start, end),
                    (Place::Header(name), None) => Slot::Header(name),
                    (Place::Body, None) => Slot::Body,
                    _ => Slot::Absent,
                };
                cut.of(self.scalar(of)?)
            }
        }
    }

    /// The values at these paths, found in as few passes over the body as can look for them.
    pub(crate) fn find(&self, paths: &[json::Path<'_>]) -> Vec<Option<&'r [u8]>> {
        let mut sought: Vec<Sought<'_>> = paths.iter().map(|path| Sought::at(path)).collect();
        for some in sought.chunks_mut(MAX_PATHS) {
            // Where it is no JSON, nothing is found.
            let _ = json::scan(self.json(), some);
        }
        sought.into_iter().map(|one| self.json().get(one.found?)).collect()
    }
}

/// The path that a place needs the JSON of the error to be read for.
pub(crate) fn json_path(place: Place<'_>) -> Option<json::Path<'_>> {
    match place {
        Place::Json(path) => Some(path),
        Place::Cut(Cut { of: Place::Json(path), .. }) => Some(path),
        _ => None,
    }
}

/// The path that a place needs the JSON of the whole body to be read for.
pub(crate) fn whole_path(place: Place<'_>) -> Option<json::Path<'_>> {
    match place {
        Place::Whole(path) => Some(path),
        Place::Cut(Cut { of: Place::Whole(path), .. }) => Some(path),
        _ => None,
    }
}

/// Whether what stands at a place is told by the body as a whole, so that it is the same for each of several errors in it.
pub(crate) fn is_of_whole(place: Place<'_>) -> bool {
    match place {
        Place::Whole(_) | Place::Body => true,
        Place::Cut(cut) => is_of_whole(cut.of),
        _ => false,
    }
}

/// The values of a header, joined as RFC 9110 joins them. Bytes beyond ASCII are read as Latin-1, as fetch does.
fn header<'r>(headers: &'r HeaderMap, name: &str) -> Option<Cow<'r, str>> {
    let mut values = headers.get_all(name).iter().map(|value| match value.to_str() {
        Ok(text) => Cow::Borrowed(text.trim_matches([' ', '\t'])),
        Err(_) => Cow::Owned(
            value.as_bytes().iter().map(|b| char::from(*b)).collect::<String>().trim_matches([' ', '\t']).to_owned(),
        ),
    });
    let first = values.next()?;
    Some(values.fold(first, |all, next| Cow::Owned(format!("{all}, {next}"))))
}

/// The values in the text of a header that was sent several times, as by a server and by the proxy before it.
pub(crate) fn each_value(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(|value| value.strip_prefix(' ').unwrap_or(value))
}

/// Whether a JSON number is a whole one.
pub(crate) fn is_integer(raw: &[u8]) -> bool {
    let digits = raw.strip_prefix(b"-").unwrap_or(raw);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}
