//! The macro gives what the generated crate gives.

pub mod acme {
    errbook::catalog!("ui/acme.yaml");
}

use acme::{Details, Error, ErrorCode};

fn main() {
    let response = errbook::http::Response::builder().status(404).body(r#"{"code": "NO_SUCH_ROCKET", "rocket": "V"}"#).unwrap();
    let error = Error::from(response);
    assert_eq!(error.code(), Some(ErrorCode::NoSuchRocket));
    assert_eq!(error.retry(), errbook::Verdict::Never);
    match error.details() {
        Details::NoSuchRocket(details) => assert_eq!(details.rocket.as_deref(), Some("V")),
        _ => unreachable!(),
    }
}
