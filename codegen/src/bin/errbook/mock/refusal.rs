//! What the mock answers on its own behalf where it cannot answer as an API.

use std::fmt;

use axum_core::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Serialize;

use super::answer::json;

/// Why a request gets no answer of an API.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    kind: &'static str,
    message: String,
    /// The path that is likely meant.
    meant: Option<String>,
}

impl Refusal {
    /// What was asked for is not there.
    pub(super) fn unknown(message: String, meant: Option<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, kind: "unknown", message, meant }
    }

    /// The request is wrong.
    pub(super) fn wrong(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, kind: "refused", message: message.into(), meant: None }
    }

    /// The request is wrong in a way that has a status of its own.
    pub(super) fn because(status: StatusCode, message: &str) -> Self {
        Self { status, ..Self::wrong(message) }
    }

    /// The catalog does not say enough to build the answer.
    pub(super) fn unbuilt(message: String) -> Self {
        Self { status: StatusCode::NOT_IMPLEMENTED, kind: "unbuilt", message, meant: None }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.meant {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => Ok(()),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        #[derive(Serialize)]
        struct Said<'a> {
            errbook_mock: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            did_you_mean: Option<&'a str>,
        }
        let said = Said { errbook_mock: self.to_string(), did_you_mean: self.meant.as_deref() };
        json(self.status, self.kind, &said)
    }
}
