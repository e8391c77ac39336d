//! errbook itself.

use std::hint::black_box;

use errbook::__private::{View, decode};
use errbook::{ApiError, ErrorResponse, Verdict};

use crate::{Case, Sample};

/// From borrowed bytes: what the engine does before anybody asks for something to keep.
pub fn borrowed(sample: &Sample, case: &Case) -> Verdict {
    let decoded = decode(sample.api, Some(case.status), &case.headers, &case.body);
    let view = View { api: sample.api, headers: &case.headers, body: &case.body, decoded: &decoded };
    black_box(view.entry().map(|entry| entry.index()));
    black_box(view.message());
    view.retry()
}

/// As the generated `Error` has it: the response is taken and kept, code and all.
pub fn owned(sample: &Sample, case: &Case) -> Verdict {
    let error = Box::new(ErrorResponse::new(sample.api, Some(case.status), case.headers.clone(), case.body.clone()));
    black_box(error.view().entry().map(|entry| entry.index()));
    black_box(error.message());
    error.retry()
}
