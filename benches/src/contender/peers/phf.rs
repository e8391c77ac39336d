//! What a careful person writes: borrowed strings and a perfect hash map.

use std::borrow::Cow;
use std::hint::black_box;

use errbook::Verdict;
use serde::Deserialize;

use super::Codes;
use crate::{Case, Sample};

#[derive(Deserialize)]
struct Body<'b> {
    #[serde(borrow)]
    error: Inner<'b>,
}

#[derive(Deserialize)]
struct Inner<'b> {
    #[serde(borrow)]
    code: Cow<'b, str>,
    #[serde(borrow)]
    message: Cow<'b, str>,
    #[serde(borrow, default)]
    request_id: Cow<'b, str>,
}

/// Borrowed, as far as the body has no escapes.
pub fn phf<C: Codes>(sample: &Sample, case: &Case) -> Option<Verdict> {
    let Body { error: Inner { code, message, request_id } } = serde_json::from_slice(&case.body).ok()?;
    black_box((message, request_id));
    sample.verdicts.get(usize::from(*C::map().get(&*code)?)).copied()
}
