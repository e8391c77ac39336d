//! A program outside errbook's repository. It tells the errors of several APIs apart by their own types, and treats them alike through the trait
//! that they share.

use vivix_errors::errbook::{ApiError, Verdict, http};
use vivix_errors::{Details, ErrorCode};

fn main() {
    let error = vivix_errors::Error::from(response(403, r#"{"error": "MODEL_NOT_ALLOWED", "model": "m1"}"#));
    assert_eq!(error.code(), Some(ErrorCode::ModelNotAllowed));
    let Details::ModelNotAllowed(details) = error.details() else { panic!("{error:?}") };
    assert_eq!(details.model.as_deref(), Some("m1"));
    assert_eq!(serde_json::to_string(&error.code()).unwrap(), r#""MODEL_NOT_ALLOWED""#);

    let errors: [Box<dyn ApiError>; 5] = [
        Box::new(error),
        Box::new(vibepeak_errors::Error::from(response(500, r#"{"error": {"code": "AVATAR_URL_ERROR"}}"#))),
        Box::new(vicsee_errors::Error::from(response(429, r#"{"success": false, "error": {"code": "RATE_LIMITED"}}"#))),
        Box::new(vivreal_errors::Error::from(response(500, "<html>"))),
        Box::new(wubble_errors::Error::from(response(400, ""))),
    ];
    for error in errors {
        let again = error.retry() == Verdict::Retry;
        println!("{}{}", error.api(), if again { " again" } else { "" });
    }
}

fn response(status: u16, body: &str) -> http::Response<&str> {
    http::Response::builder().status(status).body(body).unwrap()
}
