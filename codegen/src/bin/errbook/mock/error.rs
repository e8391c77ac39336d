//! An error as its API sends it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use errbook::{View, decode};
use errbook_codegen::diagnostic::did_you_mean;
use errbook_codegen::model::Example;

use super::answer::Answer;
use super::book::{Api, Meant};
use super::options::{Options, final_status};
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
    let wanted = options.status.map(|status| status.as_u16());
    let (exact, others): (Vec<_>, Vec<_>) =
        error.examples.iter().partition(|example| wanted.is_none() || example.status == wanted);
    let example = exact.into_iter().chain(others).find_map(|example| {
        let answer = of_example(example, options)?;
        is_meant(api, &answer, meant, options).then_some(answer)
    });
    example.map_or_else(|| Err(Refusal::unbuilt(format!("no example of `{}` is what was asked for", error.id()))), Ok)
}

/// An example as a response, with the status that is asked for; what is no response travels in the body of one that succeeds.
fn of_example(example: &Example, options: &Options) -> Option<Answer> {
    let headers = example.headers.iter().map(|(name, value)| {
        let name = HeaderName::from_bytes(name.value.as_bytes()).ok()?;
        Some((name, HeaderValue::from_str(&value.value).ok()?))
    });
    let mut map = HeaderMap::new();
    for (name, value) in headers.flatten() {
        map.append(name, value);
    }
    let (kind, status) = match example.status {
        Some(status) => ("example", options.status.or_else(|| final_status(status))?),
        None => ("event", StatusCode::OK),
    };
    Some(Answer { kind, status, headers: map, body: example.body.value.clone().into_bytes() })
}

/// Whether a client sees in it what was asked for: of several errors in one response, it is known by the first.
fn is_meant(api: &Api, answer: &Answer, meant: &Meant, options: &Options) -> bool {
    let status = (answer.kind != "event").then_some(answer.status.as_u16());
    let decoded = decode(&api.tables, status, &answer.headers, &answer.body);
    let view = View { api: &api.tables, headers: &answer.headers, body: &answer.body, decoded: &decoded };
    let is_row = view.entry().is_some_and(|entry| entry.index() == meant.row);
    let is_code = meant.code.is_none() || view.raw_code().as_deref() == meant.code.as_deref();
    let is_cause = options.cause.is_none() || view.cause().map(|cause| cause.name) == options.cause.as_deref();
    is_row && is_code && is_cause
}
