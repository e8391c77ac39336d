//! An error as its API sends it.

use errbook_codegen::diagnostic::did_you_mean;

use super::answer::Answer;
use super::book::{Api, Meant};
use super::options::Options;
use super::refusal::Refusal;
use super::{build, example};

/// An error of an API: an example of the catalog that is what was asked for, else what the catalog's envelope makes of it.
pub(super) fn answer(api: &Api, meant: &Meant, options: &Options) -> Result<Answer, Refusal> {
    let cause = cause(api, meant, options)?;
    let as_it_is = if options.says_what_is_in_it() { None } else { example::answer(api, meant, cause, options) };
    as_it_is.map_or_else(|| build::answer(api, meant, cause, options), Ok)
}

/// The index of the cause that is asked for, among those that a response tells apart.
fn cause(api: &Api, meant: &Meant, options: &Options) -> Result<Option<usize>, Refusal> {
    let Some(wanted) = options.cause.as_deref() else { return Ok(None) };
    let causes = api.error(meant.row).told_causes();
    let names: Vec<&str> =
        causes.iter().map(|cause| cause.name.as_ref().map_or("", |name| name.value.as_str())).collect();
    names.iter().position(|name| *name == wanted).map(Some).ok_or_else(|| {
        let hint = match did_you_mean(wanted, names.iter().copied()) {
            Some(meant) => format!(": did you mean `{meant}`?"),
            None if names.is_empty() => String::new(),
            None => format!(": there are {}", names.join(", ")),
        };
        let id = api.error(meant.row).id();
        Refusal::wrong(format!("`{id}` has no cause `{wanted}` that a response tells{hint}"))
    })
}
