//! What people write: structs of owned strings and an enum with serde's derive.

use std::hint::black_box;

use errbook::Verdict;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Codes;
use crate::{Case, Sample};

#[derive(Deserialize)]
#[serde(bound = "C: DeserializeOwned")]
struct Body<C> {
    error: Inner<C>,
}

#[derive(Deserialize)]
#[serde(bound = "C: DeserializeOwned")]
struct Inner<C> {
    code: C,
    message: String,
    request_id: Option<String>,
    documentation: Option<String>,
}

/// Everything that the API documents, owned.
pub fn serde<C: Codes>(sample: &Sample, case: &Case) -> Option<Verdict> {
    let Body { error: Inner { code, message, request_id, documentation } } =
        serde_json::from_slice::<Body<C::Code>>(&case.body).ok()?;
    black_box((message, request_id, documentation));
    sample.verdicts.get(C::number(code)).copied()
}
