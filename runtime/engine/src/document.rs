//! A response as something to look values up in.

use std::borrow::Cow;

use http::HeaderMap;

use crate::form;
use crate::json::{self, MAX_PATHS, Raw};
use crate::table::{Field, Form, Kind, Place};
use crate::value::Value;

/// Headers and body of a response.
#[derive(Clone, Copy)]
pub(crate) struct Document<'r> {
    headers: &'r HeaderMap,
    body: &'r [u8],
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
}

impl Slot<'_> {
    pub(crate) fn is_absent(self) -> bool {
        self == Slot::Absent
    }
}

/// How many alternatives a list of places can have.
pub(crate) const MAX_ALTERNATIVES: usize = 8;

/// The slots of a list of places, of which the first usable one counts.
pub(crate) struct Candidates<'a> {
    slots: [Slot<'a>; MAX_ALTERNATIVES],
    count: usize,
}

impl<'a> Candidates<'a> {
    fn first(&self, usable: impl Fn(Slot<'a>) -> bool) -> Slot<'a> {
        self.slots[..self.count].iter().copied().find(|slot| usable(*slot)).unwrap_or(Slot::Absent)
    }

    /// The first that is text.
    pub(crate) fn text(&self, document: &Document<'_>) -> Slot<'a> {
        self.first(|slot| document.kind(slot) == Some(b'"'))
    }

    /// The first that is text or a whole number.
    pub(crate) fn text_or_integer(&self, document: &Document<'_>) -> Slot<'a> {
        self.first(|slot| match document.kind(slot) {
            Some(b'"') => true,
            Some(b'0') => document.raw(slot).is_some_and(is_integer),
            _ => false,
        })
    }

    /// Whether anything but null stands at any of them.
    pub(crate) fn any_value(&self, document: &Document<'_>) -> bool {
        self.slots[..self.count].iter().any(|slot| document.is_present(*slot))
    }
}

impl<'r> Document<'r> {
    pub(crate) fn new(headers: &'r HeaderMap, body: &'r [u8]) -> Self {
        Self { headers, body }
    }

    pub(crate) fn is_blank(&self) -> bool {
        json::is_blank(self.body)
    }

    /// Finds four lists of places in one pass over the body; and tells whether the body should have been JSON and is not.
    pub(crate) fn read<'a>(&self, groups: [&'a [Place<'a>]; 4]) -> ([Candidates<'a>; 4], bool) {
        let mut paths: [json::Path<'a>; MAX_PATHS] = [&[]; MAX_PATHS];
        let mut found: [Option<Raw>; MAX_PATHS] = [const { None }; MAX_PATHS];
        let mut count = 0;
        for place in groups.iter().flat_map(|places| places.iter().take(MAX_ALTERNATIVES)) {
            if let Place::Json(path) = place {
                paths[count] = path;
                count += 1;
            }
        }
        let malformed =
            count > 0 && !self.is_blank() && json::scan(self.body, &paths[..count], &mut found[..count]).is_err();
        let mut next = 0;
        let candidates = groups.map(|places| {
            let mut out =
                Candidates { slots: [Slot::Absent; MAX_ALTERNATIVES], count: places.len().min(MAX_ALTERNATIVES) };
            for (slot, place) in out.slots.iter_mut().zip(places) {
                *slot = match place {
                    Place::Json(_) => {
                        let raw = found[next].take();
                        next += 1;
                        raw.filter(|_| !malformed).map_or(Slot::Absent, |raw| Slot::Json(raw.start, raw.end))
                    }
                    other => self.slot(*other),
                };
            }
            out
        });
        (candidates, malformed)
    }

    /// Where the value of one place stands; the body is read for it.
    pub(crate) fn slot<'a>(&self, place: Place<'a>) -> Slot<'a> {
        match place {
            Place::Json(path) => {
                let mut found = [None];
                match json::scan(self.body, &[path], &mut found) {
                    Ok(()) => found[0].take().map_or(Slot::Absent, |raw| Slot::Json(raw.start, raw.end)),
                    Err(_) => Slot::Absent,
                }
            }
            Place::Header(name) if self.headers.contains_key(name) => Slot::Header(name),
            Place::Body if !self.is_blank() => Slot::Body,
            Place::Header(_) | Place::Body | Place::Message => Slot::Absent,
        }
    }

    fn raw(&self, slot: Slot<'_>) -> Option<&'r [u8]> {
        match slot {
            Slot::Json(start, end) => self.body.get(start..end),
            _ => None,
        }
    }

    /// The first byte of what kind of value stands there: a quote for text, `0` for any number.
    fn kind(&self, slot: Slot<'_>) -> Option<u8> {
        match slot {
            Slot::Absent => None,
            Slot::Header(_) | Slot::Body => Some(b'"'),
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
        }
    }

    /// The value of each field, where it was sent and is of its type: the first of its places that holds one. The body is read once for as
    /// many places as a pass can look for.
    pub(crate) fn values<'a>(&self, fields: &'a [Field<'a>]) -> Vec<(&'a str, Option<Value<'r>>)> {
        let paths: Vec<json::Path<'a>> = fields.iter().flat_map(|field| field.at).filter_map(json_path).collect();
        let mut found: Vec<Option<Raw>> = vec![None; paths.len()];
        for (paths, found) in paths.chunks(MAX_PATHS).zip(found.chunks_mut(MAX_PATHS)) {
            if json::scan(self.body, paths, found).is_err() {
                found.fill(None);
            }
        }
        let mut found = found.into_iter();
        let of = |field: &'a Field<'a>| {
            // All places of the field are taken from `found`, the unused ones too.
            let values: Vec<Option<Value<'r>>> = field
                .at
                .iter()
                .map(|place| match place {
                    Place::Json(_) => found.next().flatten().and_then(|raw| typed(self.body.get(raw)?, field.kind)),
                    other => self.text(self.slot(*other)).and_then(|text| typed_text(text, field.kind)),
                })
                .collect();
            (field.name, values.into_iter().flatten().next())
        };
        fields.iter().map(of).collect()
    }
}

fn json_path<'a>(place: &Place<'a>) -> Option<json::Path<'a>> {
    match place {
        Place::Json(path) => Some(path),
        _ => None,
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

fn is_integer(raw: &[u8]) -> bool {
    let digits = raw.strip_prefix(b"-").unwrap_or(raw);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// A JSON value, where it is of this kind.
fn typed<'r>(raw: &'r [u8], kind: Kind<'_>) -> Option<Value<'r>> {
    let first = *raw.first()?;
    let is_number = matches!(first, b'-' | b'0'..=b'9');
    let text = || String::from_utf8_lossy(raw);
    match kind {
        Kind::String if first == b'"' => Some(Value::String(json::string(raw))),
        Kind::Integer if is_integer(raw) => Some(Value::Integer(text())),
        Kind::Number if is_number => Some(Value::Number(text())),
        Kind::Boolean if matches!(first, b't' | b'f') => Some(Value::Boolean(first == b't')),
        Kind::Timestamp(form) if first == b'"' => instant(&json::string(raw), form),
        Kind::Timestamp(form) if is_number => instant(&text(), form),
        Kind::List(of) if first == b'[' => {
            let items = json::items(raw).into_iter().map(|item| {
                let item = &raw[item];
                match of {
                    Some(kind) => typed(item, *kind),
                    None => Some(Value::Json(String::from_utf8_lossy(item))),
                }
            });
            items.collect::<Option<Vec<_>>>().map(Value::List)
        }
        Kind::Object if first == b'{' => Some(Value::Json(text())),
        _ => None,
    }
}

/// The text of a header or of a whole body, where it is of this kind.
fn typed_text<'r>(text: Cow<'r, str>, kind: Kind<'_>) -> Option<Value<'r>> {
    match kind {
        Kind::String => Some(Value::String(text)),
        Kind::Integer if is_integer(text.as_bytes()) => Some(Value::Integer(text)),
        Kind::Number if json::number_len(text.as_bytes()) == Some(text.len()) => Some(Value::Number(text)),
        Kind::Boolean => match &*text {
            "true" => Some(Value::Boolean(true)),
            "false" => Some(Value::Boolean(false)),
            _ => None,
        },
        Kind::Timestamp(form) => instant(&text, form),
        _ => None,
    }
}

fn instant(text: &str, written: Form) -> Option<Value<'static>> {
    match form::read(written, text)? {
        form::Told::Instant(ms) if form::INSTANTS.contains(&ms) => Some(Value::Timestamp(ms)),
        _ => None,
    }
}
