//! Typed values of an error response.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::form;
use crate::json;

/// A value as a response holds it, checked against the type of its field.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'r> {
    /// Text.
    String(Cow<'r, str>),
    /// Digits of a whole number, as sent: `-12`, of any length.
    Integer(Cow<'r, str>),
    /// A number, as sent: `1.50`, `1e3`.
    Number(Cow<'r, str>),
    /// True or false.
    Boolean(bool),
    /// An instant in milliseconds after 1970-01-01T00:00:00Z.
    Timestamp(i64),
    /// A list.
    List(Vec<Value<'r>>),
    /// JSON, as sent.
    Json(Cow<'r, str>),
}

impl Value<'_> {
    /// An instant as RFC 3339 text in UTC with milliseconds, for [`Value::Timestamp`].
    pub fn instant_text(ms: i64) -> Option<String> {
        form::format_instant(ms)
    }
}

/// A number of any size and precision, kept as the server wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

impl Number {
    /// A number as JSON writes it; `None` where the text is none.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        (json::number_len(text.as_bytes()) == Some(text.len())).then_some(Self(text))
    }

    /// A number with all the digits that tell it from any other; `None` of what JSON has no number for.
    pub fn from_f64(number: f64) -> Option<Self> {
        number.is_finite().then(|| Self(number.to_string()))
    }

    /// The number as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest `f64`.
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The number as a whole one, where it is written as one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

/// Implements `From` of whole numbers.
macro_rules! whole_numbers {
    ($($type:ty)*) => {$(
        impl From<$type> for Number {
            fn from(number: $type) -> Self {
                Self(number.to_string())
            }
        }
    )*};
}

whole_numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A JSON value, kept as the server wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Json(String);

impl Json {
    /// One JSON value; `None` where the text is none.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        json::is_strict(&text).then_some(Self(text))
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a field of a generated struct can be. Generated code calls it.
pub trait FromValue: Sized {
    /// The value as this type, where it is one.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

/// The values of some fields, by name.
#[derive(Debug)]
pub struct Values<'r, 'a>(Vec<(&'a str, Option<Value<'r>>)>);

impl<'r, 'a> Values<'r, 'a> {
    pub(crate) fn new(values: Vec<(&'a str, Option<Value<'r>>)>) -> Self {
        Self(values)
    }

    /// Whether a field was sent and is of its type.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, value)| *field == name && value.is_some())
    }

    /// Takes the value of a field, as the type that generated code has for it. Of several of one name the last that was sent counts: it is the
    /// error's own.
    ///
    /// Generated code calls it for each field of each error: one copy a type, or the compiler is busy with thousands.
    #[inline(never)]
    pub fn take<T: FromValue>(&mut self, name: &str) -> Option<T> {
        T::from_value(self.take_value(name)?)
    }

    fn take_value(&mut self, name: &str) -> Option<Value<'r>> {
        self.0.iter_mut().rev().find(|(field, value)| *field == name && value.is_some())?.1.take()
    }

    /// Those that were sent.
    pub fn sent(self) -> impl Iterator<Item = (&'a str, Value<'r>)> {
        self.0.into_iter().filter_map(|(name, value)| Some((name, value?)))
    }
}

/// Implements [`FromValue`] by one pattern.
macro_rules! from_value {
    ($($type:ty: $pattern:pat => $result:expr,)*) => {$(
        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Option<Self> {
                match value {
                    $pattern => $result,
                    _ => None,
                }
            }
        }
    )*};
}

from_value! {
    String: Value::String(text) => Some(text.into_owned()),
    i128: Value::Integer(digits) => digits.parse().ok(),
    Number: Value::Number(text) => Some(Number(text.into_owned())),
    bool: Value::Boolean(value) => Some(value),
    SystemTime: Value::Timestamp(ms) => system_time(ms),
    Json: Value::Json(text) => Some(Json(text.into_owned())),
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::List(items) => items.into_iter().map(T::from_value).collect(),
            _ => None,
        }
    }
}

/// What a field of a generated struct can be, the other way round. Generated code calls it.
pub trait IntoValue {
    /// The value to send.
    fn into_value(self) -> Value<'static>;
}

/// Implements [`IntoValue`] by one expression.
macro_rules! into_value {
    ($($type:ty: $value:pat => $result:expr,)*) => {$(
        impl IntoValue for $type {
            fn into_value(self) -> Value<'static> {
                let $value = self;
                $result
            }
        }
    )*};
}

into_value! {
    String: text => Value::String(text.into()),
    i128: number => Value::Integer(number.to_string().into()),
    Number: Number(text) => Value::Number(text.into()),
    bool: value => Value::Boolean(value),
    SystemTime: time => Value::Timestamp(epoch_ms(time)),
    Json: Json(text) => Value::Json(text.into()),
}

impl<T: IntoValue> IntoValue for Vec<T> {
    fn into_value(self) -> Value<'static> {
        Value::List(self.into_iter().map(T::into_value).collect())
    }
}

/// Values to send, by the names of their fields.
#[derive(Debug, Default)]
pub struct Told(Vec<(&'static str, Value<'static>)>);

impl Told {
    /// Adds the value of a field, if there is one. One copy a type, as [`Values::take`].
    #[inline(never)]
    pub fn add<T: IntoValue + Clone>(&mut self, name: &'static str, value: Option<&T>) {
        self.0.extend(value.map(|value| (name, value.clone().into_value())));
    }

    /// All of them.
    pub fn into_values(self) -> Vec<(&'static str, Value<'static>)> {
        self.0
    }
}

fn system_time(ms: i64) -> Option<SystemTime> {
    let distance = Duration::from_millis(ms.unsigned_abs());
    if ms < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
}

/// The instant that RFC 3339 text tells.
pub fn instant(text: &str) -> Option<SystemTime> {
    match form::read(crate::table::Form::Iso8601, text)? {
        form::Told::Instant(ms) => system_time(ms),
        form::Told::Delay(_) => None,
    }
}

/// Milliseconds after the epoch, rounded down; what lies out of range counts as its end.
pub(crate) fn epoch_ms(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => {
            let ms = i64::try_from(before.duration().as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX);
            -ms
        }
    }
}
