//! An error as its API sends it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use errbook::{View, decode};
use errbook_codegen::diagnostic::did_you_mean;
use errbook_codegen::model::Example;

use super::answer::Answer;
use super::book::{Api, Meant};
use super::options::Options;
use super::refusal::Refusal;

/// An error of an API: an example of the catalog that is what was asked for, else what the catalog's envelope makes of it.
pub(super) fn answer(api: &Api, meant: &Meant, options: &Options) -> Result<Answer, Refusal> {
    let error = api.error(meant.row);
    if let Some(cause) = &options.cause {
        let names: Vec<&str> =
            error.told_causes().into_iter().filter_map(|cause| Some(cause.name.as_ref()?.value.as_str())).collect();
        if !names.contains(&cause.as_str()) {
            let hint = did_you_mean(cause, names.iter().copied()).map(|meant| format!("did you mean `{meant}`?"));
            let hint = hint.unwrap_or_else(|| format!("there are {}", names.join(", ")));
            return Err(Refusal::wrong(format!("`{}` has no cause `{cause}` that is told apart: {hint}", error.id())));
        }
    }
    let example = error.examples.iter().find_map(|example| {
        let answer = of_example(example)?;
        is_meant(api, example, &answer, meant, options).then_some(answer)
    });
    example.map_or_else(|| Err(Refusal::unbuilt(format!("no example of `{}` is what was asked for", error.id()))), Ok)
}

/// An example as a response; what is no response travels in the body of one that succeeds.
fn of_example(example: &Example) -> Option<Answer> {
    let headers = example.headers.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.value.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(&value.value).ok()?))
    });
    let mut map = HeaderMap::new();
    for (name, value) in headers.flatten() {
        map.append(name, value);
    }
    let (kind, status) = match example.status {
        Some(status) => ("example", StatusCode::from_u16(status).ok().filter(|status| !status.is_informational())?),
        None => ("event", StatusCode::OK),
    };
    Some(Answer { kind, status, headers: map, body: example.body.value.clone().into_bytes() })
}

/// Whether a client sees in it what was asked for: of several errors in one response, it is known by the first.
fn is_meant(api: &Api, example: &Example, answer: &Answer, meant: &Meant, options: &Options) -> bool {
    let decoded = decode(&api.tables, example.status, &answer.headers, &answer.body);
    let view = View { api: &api.tables, headers: &answer.headers, body: &answer.body, decoded: &decoded };
    let is_row = view.entry().is_some_and(|entry| entry.index() == meant.row);
    let is_code = meant.code.is_none() || view.raw_code().as_deref() == meant.code.as_deref();
    let is_cause = options.cause.is_none() || view.cause().map(|cause| cause.name) == options.cause.as_deref();
    let is_status = options.status.is_none_or(|status| example.status == Some(status.as_u16()));
    is_row && is_code && is_cause && is_status
}
