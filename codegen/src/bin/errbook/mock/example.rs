//! An error as the provider's documents show it.

use errbook::{View, decode};
use errbook_codegen::model::{ErrorDef, Example, StatusRange, StatusSet};
use http::header::CONTENT_ENCODING;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::answer::Answer;
use super::book::{Api, Meant};
use super::options::{FRAMING, Options, final_status};

/// The first example in which a client sees what was asked for, of those with the wanted status if there are any.
pub(super) fn answer(api: &Api, meant: &Meant, cause: Option<usize>, options: &Options) -> Option<Answer> {
    let wanted = options.status.map(|status| status.as_u16());
    let error = api.error(meant.row);
    let (exact, others): (Vec<_>, Vec<_>) =
        error.examples.iter().partition(|example| wanted.is_none() || example.status == wanted);
    exact.into_iter().chain(others).find_map(|example| {
        let statuses = statuses(api, error, example, options);
        let mut answers = statuses.into_iter().filter_map(|status| of_example(example, status));
        answers.find(|answer| is_meant(api, answer, meant, cause))
    })
}

/// The statuses that an example can be sent with, the likeliest first; none for what is no response.
fn statuses(api: &Api, error: &ErrorDef, example: &Example, options: &Options) -> Vec<Option<StatusCode>> {
    let first =
        |ranges: &[StatusRange]| ranges.iter().filter_map(|range| final_status(range.first)).map(Some).collect();
    match (&error.status.value, example.status) {
        (StatusSet::Never, _) => vec![None],
        _ if options.status.is_some() => vec![options.status],
        (_, Some(status)) => final_status(status).map(Some).into_iter().collect(),
        (StatusSet::Of(ranges), None) => first(ranges),
        (StatusSet::Undocumented, None) => api.carried().into_iter().map(Some).collect(),
    }
}

/// An example as a response; what is none travels in the body of one that succeeds.
fn of_example(example: &Example, status: Option<StatusCode>) -> Option<Answer> {
    let (kind, status) = status.map_or(("event", StatusCode::OK), |status| ("example", status));
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
