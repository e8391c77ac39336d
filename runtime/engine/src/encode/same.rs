//! Whether a value reads as it was told.

use super::target::{Base, Frame};
use super::wants::Wants;
use crate::json;
use crate::table::Field;
use crate::value::Value;

/// How much later than asked for an instant can be, for the sake of its form: less than a second.
const COARSEST_INSTANT_MS: i64 = 1_000;

/// Whether the value of a field was read as it was told: with the same digits, the same members. JSON can have got more of them where
/// something else was wanted in it.
pub(super) fn is_same<'a>(
    told: &Value<'_>,
    read: &Value<'_>,
    field: &Field<'a>,
    frame: &Frame<'a>,
    wants: &Wants<'a>,
) -> bool {
    let path = |place| match frame.target(place)?.base {
        Base::Json(path) => Some(path),
        _ => None,
    };
    let mut paths: Vec<_> = field.at.iter().copied().filter_map(path).collect();
    // What stands outside of the JSON is in one piece.
    if paths.is_empty() {
        paths.push(Vec::new());
    }
    paths
        .into_iter()
        .any(|path| Beside { wants, path: path.into_iter().map(str::to_owned).collect() }.value(told, read))
}

/// What else is wanted beside a value at a path.
struct Beside<'w, 'a> {
    wants: &'w Wants<'a>,
    path: Vec<String>,
}

impl Beside<'_, '_> {
    fn value(&mut self, told: &Value<'_>, read: &Value<'_>) -> bool {
        match (told, read) {
            (Value::Json(told), Value::Json(read)) => self.json(told, read),
            (Value::Timestamp(told), Value::Timestamp(read)) => {
                (0..COARSEST_INSTANT_MS).contains(&read.saturating_sub(*told))
            }
            (Value::Integer(told), Value::Number(read)) => told == read,
            (Value::List(told), Value::List(read)) => {
                let mut pairs = told.iter().zip(read).enumerate();
                told.len() == read.len()
                    && pairs.all(|(index, (told, read))| self.at(&index.to_string(), |beside| beside.value(told, read)))
            }
            (told, read) => told == read,
        }
    }

    /// What is told is sent as it is, but for what is opened up to hold more: so this goes no deeper than anything is wanted.
    fn json(&mut self, told: &str, read: &str) -> bool {
        let (told, read) = (told.trim(), read.trim());
        if told == read {
            return true;
        }
        if !self.is_reached() {
            return false;
        }
        let kind = told.bytes().next();
        if kind != read.bytes().next() || !matches!(kind, Some(b'{' | b'[')) {
            return false;
        }
        let (told, read) = (parts(told), parts(read));
        let kept = told.iter().all(|(key, _)| match (last(&told, key), last(&read, key)) {
            (Some(told), Some(read)) => self.at(key, |beside| beside.json(told, read)),
            _ => false,
        });
        // A list gets its items up to the one that was wanted.
        let fills = |part: &str| kind == Some(b'[') && part == "null";
        let mut new = read.iter().filter(|(key, _)| last(&told, key).is_none());
        kept && new.all(|(key, part)| fills(part) || self.at(key, |beside| beside.is_reached()))
    }

    fn at<T>(&mut self, key: &str, look: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(key.to_owned());
        let seen = look(self);
        self.path.pop();
        seen
    }

    fn is_reached(&self) -> bool {
        self.wants.reach(&self.path.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// Of several members of one name the last counts.
fn last<'p>(parts: &[(String, &'p str)], key: &str) -> Option<&'p str> {
    parts.iter().rev().find(|(other, _)| other == key).map(|(_, part)| *part)
}

/// The members of an object, or the items of a list by their indices.
fn parts(raw: &str) -> Vec<(String, &str)> {
    let part = |range: json::Raw| raw.get(range).unwrap_or_default();
    match raw.as_bytes().first() {
        Some(b'[') => {
            let items = json::items(raw.as_bytes()).into_iter().enumerate();
            items.map(|(index, range)| (index.to_string(), part(range))).collect()
        }
        Some(b'{') => json::members(raw.as_bytes()).into_iter().map(|(key, range)| (key, part(range))).collect(),
        _ => Vec::new(),
    }
}
