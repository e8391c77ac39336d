//! What becomes of a reply that a handler returns.

use axum::response::{IntoResponse, Response};
use errbook::ReplyError;
use generated::vibepeak::{ErrorCode, Reply};

#[test]
fn a_reply_is_a_response() {
    let handler = || -> Result<(), Reply> { Err(ErrorCode::TaskNotFound)? };
    let response: Response = handler().into_response();
    assert_eq!(response.status(), 404);
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.extensions().get::<ReplyError>().is_none());
}

#[test]
fn what_cannot_be_built_is_a_bare_500_that_tells_why() {
    // No source says with which status it comes.
    let response = ErrorCode::PlanRequired.reply().into_response();
    assert_eq!(response.status(), 500);
    assert!(response.headers().get("content-type").is_none());
    assert_eq!(response.extensions().get::<ReplyError>(), Some(&ReplyError::NoStatus));
}
