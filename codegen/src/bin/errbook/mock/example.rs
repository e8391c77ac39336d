//! An error as the provider's documents show it.

use axum::http::header::CONTENT_ENCODING;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use errbook::{View, decode};
use errbook_codegen::model::Example;

use super::answer::Answer;
use super::book::{Api, Meant};
use super::options::{FRAMING, Options, final_status};

/// The first example in which a client sees what was asked for, of those with the wanted status if there are any.
pub(super) fn answer(api: &Api, meant: &Meant, cause: Option<usize>, options: &Options) -> Option<Answer> {
    let wanted = options.status.map(|status| status.as_u16());
    let (exact, others): (Vec<_>, Vec<_>) =
        api.error(meant.row).examples.iter().partition(|example| wanted.is_none() || example.status == wanted);
    let answers = exact.into_iter().chain(others).filter_map(|example| of_example(example, options));
    answers.into_iter().find(|answer| is_meant(api, answer, meant, cause))
}

/// An example as a response, with the status that is asked for; what is no response travels in the body of one that succeeds.
fn of_example(example: &Example, options: &Options) -> Option<Answer> {
    let (kind, status) = match example.status {
        Some(status) => ("example", options.status.or_else(|| final_status(status))?),
        None => ("event", StatusCode::OK),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in &example.headers {
        // How the body travelled, which is not how the documents show it.
        if FRAMING.iter().chain([&CONTENT_ENCODING]).any(|own| name.value.eq_ignore_ascii_case(own.as_str())) {
            continue;
        }
        headers.append(HeaderName::from_bytes(name.value.as_bytes()).ok()?, HeaderValue::from_str(&value.value).ok()?);
    }
    Some(Answer { kind, status, headers, body: example.body.value.clone().into_bytes() })
}

/// Whether a client sees in it what was asked for: of several errors in one response, it is known by the first.
fn is_meant(api: &Api, answer: &Answer, meant: &Meant, cause: Option<usize>) -> bool {
    let status = (answer.kind != "event").then_some(answer.status.as_u16());
    let decoded = decode(&api.tables, status, &answer.headers, &answer.body);
    let view = View { api: &api.tables, headers: &answer.headers, body: &answer.body, decoded: &decoded };
    let wanted = cause.and_then(|index| api.error(meant.row).told_causes().get(index)?.name.as_ref());
    view.entry().is_some_and(|entry| entry.index() == meant.row)
        && (meant.code.is_none() || view.raw_code().as_deref() == meant.code.as_deref())
        && wanted.is_none_or(|name| view.cause().is_some_and(|cause| cause.name == name.value))
}
