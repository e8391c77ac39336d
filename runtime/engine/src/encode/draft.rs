//! A response as it is put together.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::Encoded;
use super::node::Node;
use super::refusal::ReplyError;
use super::said::Said;
use super::target::Base;

/// What a response holds so far.
#[derive(Default)]
pub(super) struct Draft<'a> {
    json: Option<Node>,
    headers: Vec<(&'a str, String)>,
    text: Option<String>,
    /// How many values were made up for the conditions of a shape to hold.
    pub(super) invented: u32,
}

impl<'a> Draft<'a> {
    /// Puts a value somewhere.
    pub(super) fn put(&mut self, base: &Base<'a>, said: &Said) -> Result<(), ReplyError> {
        let conflict = || ReplyError::Conflict(base.to_string().into());
        match base {
            Base::Json(path) => Node::put(&mut self.json, path, said.node()).map_err(|_| conflict()),
            _ if !said.is_scalar() => Err(ReplyError::Unfit(base.to_string().into())),
            Base::Header(name) => {
                self.headers.push((name, said.text.clone()));
                Ok(())
            }
            Base::Body => {
                self.text = Some(said.text.clone());
                Ok(())
            }
        }
    }

    /// A body that is an empty object, where there is none.
    pub(super) fn open(&mut self) {
        if self.text.is_none() {
            self.json.get_or_insert(Node::Object(Vec::new()));
        }
    }

    /// Whether anything but null stands there.
    pub(super) fn is_there(&self, base: &Base<'_>) -> bool {
        match base {
            Base::Json(path) => self.node(path).is_some_and(|node| !node.is_null()),
            base => self.scalar(base).is_some(),
        }
    }

    /// The text that stands there; `None` for a list or an object.
    pub(super) fn scalar(&self, base: &Base<'_>) -> Option<String> {
        match base {
            Base::Json(path) => self.node(path)?.scalar(),
            Base::Header(name) => self.headers.iter().find(|(other, _)| other == name).map(|(_, text)| text.clone()),
            Base::Body => self.text.clone(),
        }
    }

    fn node(&self, path: &[&str]) -> Option<Node> {
        self.json.as_ref()?.get(path)
    }

    /// The response.
    pub(super) fn finish(self, status: Option<u16>, content_type: Option<&str>) -> Result<Encoded, ReplyError> {
        let (body, kind) = match (self.json, self.text) {
            (Some(_), Some(_)) => return Err(ReplyError::Conflict("body".into())),
            (Some(json), None) => {
                let mut body = String::new();
                json.write(&mut body);
                (body, "application/json")
            }
            (None, Some(text)) => (text, "text/plain; charset=utf-8"),
            (None, None) => (String::new(), ""),
        };
        // RFC 9110, section 6.4.1.
        if !body.is_empty() && matches!(status, Some(100..=199 | 204 | 304)) {
            return Err(ReplyError::NoPlace("a body".into()));
        }
        let mut headers = HeaderMap::new();
        for (name, text) in &self.headers {
            let unfit = || ReplyError::Unfit(format!("header:{name}").into());
            let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
            headers.insert(key, header_value(text).ok_or_else(unfit)?);
        }
        if !body.is_empty() && !headers.contains_key(header::CONTENT_TYPE) {
            let unfit = |_| ReplyError::Unfit("header:content-type".into());
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(content_type.unwrap_or(kind)).map_err(unfit)?);
        }
        Ok(Encoded { status, headers, body: body.into_bytes() })
    }
}

/// The value of a header, in Latin-1 as it is read.
fn header_value(text: &str) -> Option<HeaderValue> {
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect::<Option<_>>()?;
    HeaderValue::from_bytes(&bytes).ok()
}
