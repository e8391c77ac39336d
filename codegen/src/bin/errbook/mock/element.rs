//! One answer that a path asks for: `CODE`, a status or `ok`, with options of its own behind `;`.

use std::borrow::Cow;

use http::StatusCode;
use percent_encoding::percent_decode_str;

use super::book::{Api, Meant};
use super::options::{Options, status};
use super::refusal::Refusal;

/// One answer that a path asks for.
pub(super) struct Element<'u> {
    /// What it is called in the path.
    pub(super) word: Cow<'u, str>,
    pub(super) what: What,
    pub(super) options: Options,
}

pub(super) enum What {
    Error(Meant),
    Status(StatusCode),
    Ok,
}

impl<'u> Element<'u> {
    /// Reads an element as it stands in a path. `all` are the options of all faults.
    pub(super) fn parse(api: &Api, text: &'u str, all: &Options) -> Result<Self, Refusal> {
        let mut parts = text.split(';');
        let word = decoded(parts.next().unwrap_or_default())?;
        let what = What::of(api, &word)?;
        let mut options = Options::default();
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            options.set(&decoded(name)?, &decoded(value)?)?;
        }
        if !matches!(what, What::Ok) {
            options = options.or(all);
        }
        if matches!(what, What::Status(_)) && (options.says_what_is_in_it() || options.cause.is_some()) {
            let hint = "name a code, or write headers as in `header.retry-after=30`";
            return Err(Refusal::wrong(format!("`{word}` is a status with nothing in it: {hint}")));
        }
        Ok(Self { word, what, options })
    }

    /// What comes after the last.
    pub(super) fn ok() -> Self {
        Self { word: Cow::Borrowed("ok"), what: What::Ok, options: Options::default() }
    }
}

impl What {
    /// What the API lists comes first, be it called as it likes.
    fn of(api: &Api, word: &str) -> Result<Self, Refusal> {
        match (api.find(word), status(word)) {
            (Ok(error), _) => Ok(What::Error(error)),
            (Err(_), _) if word == "ok" => Ok(What::Ok),
            (Err(_), Some(status)) => Ok(What::Status(status)),
            (Err(refusal), None) => Err(refusal),
        }
    }
}

/// Text of a path without its percent signs.
pub(super) fn decoded(text: &str) -> Result<Cow<'_, str>, Refusal> {
    percent_decode_str(text).decode_utf8().map_err(|_| Refusal::wrong(format!("`{text}` is no UTF-8")))
}
