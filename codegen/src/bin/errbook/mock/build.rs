//! An error as the catalog's envelope makes it.

use std::borrow::Cow;
use std::time::SystemTime;

use errbook::__private::{Content, Encoded, Field, Kind, encode, instant};
use errbook::{ReplyError, Value};
use errbook_codegen::diagnostic::did_you_mean;
use http::StatusCode;
use serde_json::value::RawValue;

use super::answer::Answer;
use super::book::{Api, Meant};
use super::options::{FRAMING, Options, final_status};
use super::refusal::Refusal;

/// The error in the catalog's envelope, which decodes to it again.
pub(super) fn answer(api: &Api, meant: &Meant, cause: Option<usize>, options: &Options) -> Result<Answer, Refusal> {
    let mut content = Content {
        row: meant.row,
        cause,
        code: meant.code.as_deref().map(Cow::Borrowed),
        status: options.status.map(|status| status.as_u16()),
        message: options.message.as_deref().map(Cow::Borrowed),
        request_id: options.request_id.as_deref().map(Cow::Borrowed),
        delay: options.wait.map(|wait| (wait, SystemTime::now())),
        ..Content::default()
    };
    for (name, text) in &options.fields {
        let (own, field) = field(api, meant.row, name)?;
        let value = value(text, field.kind)
            .ok_or_else(|| Refusal::wrong(format!("`field.{name}={text}`: it is not of the type of this field")))?;
        if own { content.values.push((name, value)) } else { content.shape_values.push((name, value)) }
    }
    let built = with_documented_message(api, cause, &content);
    let Encoded { status, mut headers, body } = built
        .map_err(|error| Refusal::unbuilt(format!("`{}` cannot be sent so: {error}", api.error(meant.row).id())))?;
    FRAMING.iter().for_each(|name| drop(headers.remove(name)));
    let (kind, status) = match status {
        Some(status) => ("built", final_status(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)),
        None => ("event", StatusCode::OK),
    };
    Ok(Answer { kind, status, headers, body })
}

/// With the message that is documented, where no other is asked for and the envelope has a place for it.
fn with_documented_message(api: &Api, cause: Option<usize>, content: &Content<'_>) -> Result<Encoded, ReplyError> {
    let error = api.error(content.row);
    let of_cause = cause.and_then(|index| error.told_causes().get(index)?.message.as_ref());
    if let Some(message) = of_cause.or(error.message.as_ref()).filter(|_| content.message.is_none()) {
        let with_message = Content { message: Some(Cow::Borrowed(&message.value)), ..content.clone() };
        if let Ok(built) = with_some_status(api, &with_message) {
            return Ok(built);
        }
    }
    with_some_status(api, content)
}

/// What is never a response as an event, and what has no documented status with one that errors of the API can have.
fn with_some_status(api: &Api, content: &Content<'_>) -> Result<Encoded, ReplyError> {
    match encode(&api.tables, content) {
        Err(ReplyError::NeverHttp) => encode(&api.tables, &Content { event: true, ..content.clone() }),
        Err(ReplyError::NoStatus) => {
            let attempt = |status: StatusCode| {
                encode(&api.tables, &Content { status: Some(status.as_u16()), ..content.clone() }).ok()
            };
            api.carried().into_iter().find_map(attempt).ok_or(ReplyError::NoStatus)
        }
        built => built,
    }
}

/// A field of the error, or of all errors of a shape, and whether it is the error's own.
fn field(api: &Api, row: usize, name: &str) -> Result<(bool, &'static Field<'static>), Refusal> {
    let own = api.tables.more.get(usize::from(api.tables.rows[row].more)).map_or(&[][..], |more| more.fields);
    let shapes = api.tables.shapes.iter();
    let of_shapes = shapes
        .flat_map(|shape| shape.fields.iter().chain(shape.errors.map_or(&[][..], |several| several.shape.fields)));
    let all: Vec<(bool, &Field<'_>)> =
        own.iter().map(|field| (true, field)).chain(of_shapes.map(|field| (false, field))).collect();
    all.iter().find(|(_, field)| field.name == name).copied().ok_or_else(|| {
        let meant = did_you_mean(name, all.iter().map(|(_, field)| field.name));
        let hint = meant.map(|meant| format!(": did you mean `{meant}`?")).unwrap_or_default();
        Refusal::wrong(format!("`{}` has no field `{name}`{hint}", api.error(row).id()))
    })
}

/// A text as the value of a field: lists and objects are written as JSON.
fn value<'t>(text: &'t str, kind: Kind<'_>) -> Option<Value<'t>> {
    Some(match kind {
        Kind::String => Value::String(text.into()),
        Kind::Integer => Value::Integer(text.into()),
        Kind::Number => Value::Number(text.into()),
        Kind::Boolean => Value::Boolean(text.parse().ok()?),
        Kind::Timestamp(_) => {
            let since = instant(text)?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
            Value::Timestamp(since.as_millis().try_into().ok()?)
        }
        Kind::List(of) => Value::List(items(text, of.copied())?),
        Kind::Object | Kind::Any => Value::Json(text.into()),
    })
}

/// The items of a list of JSON, each as a value of its kind.
fn items<'t>(text: &'t str, kind: Option<Kind<'_>>) -> Option<Vec<Value<'t>>> {
    let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    let item = |item: &'t RawValue| match kind {
        Some(Kind::String) => serde_json::from_str(item.get()).ok().map(|text: String| Value::String(text.into())),
        Some(kind @ Kind::Timestamp(_)) => value(item.get().trim_matches('"'), kind),
        Some(kind) => value(item.get(), kind),
        None => Some(Value::Json(item.get().into())),
    };
    items.into_iter().map(item).collect()
}
