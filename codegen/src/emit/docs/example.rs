//! Documented responses as blocks of code, and what stands where in them.

use std::borrow::Cow;

use errbook::__private::{Cut, Place};
use serde_json::Value;

use crate::emit::prose;
use crate::model::{Example, Location, StatusRule};
use crate::source::Spanned;

/// The longest value that is shown beside an example, in characters.
const MOST_SHOWN: usize = 60;

/// A response as it goes over the wire; only the body of what is no response. `rule` is that of its status.
pub(super) fn block(example: &Example, rule: Option<&StatusRule>) -> String {
    let body = &example.body.value;
    let Some(status) = example.status else {
        let lang = if body.trim_start().starts_with(['{', '[']) { "json" } else { "text" };
        return prose::code_block(lang, body);
    };
    let own = rule.filter(|rule| rule.range.value.first == rule.range.value.last).map(|rule| rule.title.value.as_str());
    let standard = || http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let mut text = format!("HTTP/1.1 {status} {}", own.or_else(standard).unwrap_or_default()).trim_end().to_owned();
    for (name, value) in &example.headers {
        text.push_str(&format!("\n{}: {}", name.value, value.value));
    }
    if !body.is_empty() {
        text.push_str("\n\n");
        text.push_str(body);
    }
    prose::code_block("http", &text)
}

/// A response that values are looked up in.
pub(super) struct Parsed<'e> {
    example: &'e Example,
    body: Option<Value>,
}

impl<'e> Parsed<'e> {
    pub(super) fn new(example: &'e Example) -> Self {
        Self { example, body: serde_json::from_str(&example.body.value).ok() }
    }

    /// What stands at the first place that has something.
    pub(super) fn value(&self, places: &[Spanned<Location>]) -> Option<String> {
        places.iter().find_map(|place| self.at(&place.value)).map(|value| shortened(&value))
    }

    fn at(&self, location: &Location) -> Option<String> {
        match location {
            Location::Pointer(keys) | Location::Whole(keys) => {
                let pointer = Location::Pointer(keys.clone()).to_string();
                match self.body.as_ref()?.pointer(&pointer)? {
                    Value::Null => None,
                    Value::String(text) => Some(text.clone()),
                    value => Some(value.to_string()),
                }
            }
            Location::Header(name) => {
                let header = self.example.headers.iter().find(|(header, _)| header.value.eq_ignore_ascii_case(name));
                header.map(|(_, value)| value.value.clone())
            }
            Location::Body => Some(self.example.body.value.clone()),
            Location::Part(part) => {
                let json: Option<Vec<&str>> = part.json.as_ref().map(|keys| keys.iter().map(String::as_str).collect());
                let json = json.as_deref();
                let cut = Cut { of: Place::Body, after: &part.following, before: &part.until, json };
                cut.of(self.at(&part.of)?.into()).map(Cow::into_owned)
            }
            Location::Message | Location::Code | Location::Path => None,
        }
    }
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", value[..end].trim_end()),
        None => value.to_owned(),
    }
}
