//! What there is to ask for: JSON for programs, a page for browsers.

use axum_core::response::{IntoResponse, Response};
use errbook_codegen::model::{ErrorDef, StatusSet};
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

use super::answer::{KIND, json};
use super::book::{Api, Book};
use super::refusal::Refusal;

/// The APIs.
pub(super) fn apis(book: &Book, headers: &HeaderMap) -> Response {
    #[derive(Serialize)]
    struct List {
        apis: Vec<Line>,
        requests: &'static str,
        sequences: &'static str,
    }
    #[derive(Serialize)]
    struct Line {
        path: String,
        title: &'static str,
        errors: usize,
    }
    let line = |api: &Api| Line {
        path: format!("/{}", api.id()),
        title: &api.catalog.api.title.value,
        errors: api.catalog.errors.len(),
    };
    let apis = book.apis().iter().map(line).collect();
    let list = List { apis, requests: "/_errbook/requests", sequences: "/_errbook/sequences" };
    respond(headers, include_str!("templates/apis.html"), &list)
}

/// The errors of an API.
pub(super) fn errors(api: &Api, headers: &HeaderMap) -> Response {
    #[derive(Serialize)]
    struct List<'a> {
        title: &'a str,
        errors: Vec<Line<'a>>,
    }
    #[derive(Serialize)]
    struct Line<'a> {
        path: String,
        code: Option<&'a str>,
        name: String,
        statuses: Vec<String>,
        causes: Vec<&'a str>,
        examples: usize,
    }
    let line = |(row, error): (usize, &'static ErrorDef)| Line {
        path: api.path(row),
        code: error.code(),
        name: error.variant(),
        statuses: statuses(&error.status.value),
        causes: error.told_causes().into_iter().filter_map(|cause| Some(cause.name.as_ref()?.value.as_str())).collect(),
        examples: error.examples.len(),
    };
    let lines = api.catalog.errors.iter().enumerate().map(line).collect();
    let list = List { title: &api.catalog.api.title.value, errors: lines };
    respond(headers, include_str!("templates/errors.html"), &list)
}

/// As catalogs write them.
fn statuses(set: &StatusSet) -> Vec<String> {
    match set {
        StatusSet::Of(ranges) => ranges.iter().map(ToString::to_string).collect(),
        StatusSet::Never => vec!["none".to_owned()],
        StatusSet::Undocumented => vec!["undocumented".to_owned()],
    }
}

/// A list as the page that a browser wants, else as JSON.
fn respond(headers: &HeaderMap, template: &str, list: &impl Serialize) -> Response {
    let accepted = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    if !accepted.is_some_and(|accepted| accepted.contains("text/html")) {
        return json(StatusCode::OK, "list", list);
    }
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    match environment.render_str(template, Serde(list)) {
        Ok(page) => {
            let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (KIND, "list")];
            (StatusCode::OK, headers.map(|(name, value)| (name, HeaderValue::from_static(value))), page).into_response()
        }
        Err(error) => Refusal::because(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()).into_response(),
    }
}
