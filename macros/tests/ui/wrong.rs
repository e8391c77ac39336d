//! The catalog's mistakes are the only errors, though code uses what the catalog would give.

pub mod wrong {
    errbook::catalog!("ui/wrong.yaml");
}

use wrong::{Error, ErrorCode};

fn main() {
    let response = errbook::http::Response::new("{}");
    assert_eq!(Error::from(response).code(), Some(ErrorCode::NoSuchRocket));
}
