//! Values of the types that fields have.

use std::borrow::Cow;

use crate::decode::Decoded;
use crate::document::{Document, is_integer, json_path};
use crate::form;
use crate::json;
use crate::table::{Field, Form, Kind, Place};
use crate::value::Value;

/// How long an integer can be, its sign included: the time that it takes to make a number of one grows faster than its length.
const MOST_DIGITS: usize = 1_000;

/// The value of each field, where it was sent and is of its type: the first of its places that holds one. The body is read once for as
/// many places as a pass can look for.
pub(crate) fn values<'r, 'a>(
    document: &Document<'r>,
    decoded: &Decoded<'a>,
    fields: &'a [Field<'a>],
) -> Vec<(&'a str, Option<Value<'r>>)> {
    let paths: Vec<_> = fields
        .iter()
        .flat_map(|field| field.at)
        .filter(|place| is_json(place))
        .copied()
        .filter_map(json_path)
        .collect();
    let mut found = document.find(&paths).into_iter();
    let of = |field: &'a Field<'a>| {
        // All places of the field are taken from `found`, the unused ones too.
        let values: Vec<Option<Value<'r>>> = field
            .at
            .iter()
            .map(|place| match place {
                Place::Json(_) => found.next().flatten().and_then(|raw| typed(raw, field.kind)),
                other => decoded.text_at(document, *other).and_then(|text| typed_text(text, field.kind)),
            })
            .collect();
        (field.name, values.into_iter().flatten().next())
    };
    fields.iter().map(of).collect()
}

fn is_json(place: &Place<'_>) -> bool {
    matches!(place, Place::Json(_))
}

/// A JSON value, where it is of this kind.
fn typed<'r>(raw: &'r [u8], kind: Kind<'_>) -> Option<Value<'r>> {
    let first = *raw.first()?;
    let is_number = matches!(first, b'-' | b'0'..=b'9');
    let text = || String::from_utf8_lossy(raw);
    match kind {
        Kind::String if first == b'"' => Some(Value::String(json::string(raw))),
        Kind::Integer if is_integer(raw) && raw.len() <= MOST_DIGITS => Some(Value::Integer(text())),
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
        Kind::Any if first != b'n' => Some(Value::Json(text())),
        _ => None,
    }
}

/// Text that stands by itself (in a header, as a whole body, as a part of another), where it is of this kind.
fn typed_text<'r>(text: Cow<'r, str>, kind: Kind<'_>) -> Option<Value<'r>> {
    match kind {
        Kind::String => Some(Value::String(text)),
        Kind::Integer if is_integer(text.as_bytes()) && text.len() <= MOST_DIGITS => Some(Value::Integer(text)),
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
