//! How an answer differs from what the catalog has.

use std::time::Duration;

use errbook_codegen::diagnostic::did_you_mean;
use errbook_codegen::model::lower::parse_duration;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::answer::KIND;
use super::refusal::Refusal;

/// The longest that an answer can be held back.
const MOST_DELAY: Duration = Duration::from_secs(60);

/// Every option, for those who mistype one.
const NAMES: [&str; 12] = [
    "cause",
    "client",
    "cut",
    "delay",
    "field.",
    "header.",
    "message",
    "proxy",
    "request_id",
    "status",
    "truncate",
    "wait",
];

/// What HTTP decides, not the API.
pub(super) const FRAMING: [HeaderName; 7] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    KIND,
];

/// How an answer differs from what the catalog has.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    /// Who asks: each has sequences of its own.
    pub(super) client: Option<String>,
    /// The cause of an error.
    pub(super) cause: Option<String>,
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    /// The message for people.
    pub(super) message: Option<String>,
    /// The id that support asks for.
    pub(super) request_id: Option<String>,
    /// How long the client is told to wait.
    pub(super) wait: Option<Duration>,
    /// Values of fields by name.
    pub(super) fields: Vec<(String, String)>,
    /// How long the answer is held back.
    pub(super) delay: Option<Duration>,
    /// The page of a proxy with this status is sent instead.
    pub(super) proxy: Option<StatusCode>,
    /// After so many bytes of the body the connection breaks.
    pub(super) cut: Option<usize>,
    /// The whole body is so many bytes.
    pub(super) truncate: Option<usize>,
}

impl Options {
    /// The options of a query.
    pub(super) fn of_query(query: &str) -> Result<Self, Refusal> {
        let mut options = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            options.set(&name, &value)?;
        }
        Ok(options)
    }

    pub(super) fn set(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        let wrong = |wanted: &str| Refusal::wrong(format!("`{name}={value}`: {wanted}"));
        match name {
            "client" => self.client = Some(value.to_owned()),
            "cause" => self.cause = Some(value.to_owned()),
            "status" => self.status = Some(status(value).ok_or_else(|| wrong("a status is a number from 200 to 999"))?),
            "proxy" => self.proxy = Some(status(value).ok_or_else(|| wrong("a status is a number from 200 to 999"))?),
            "delay" => {
                self.delay = Some(
                    duration(value)
                        .filter(|delay| *delay <= MOST_DELAY)
                        .ok_or_else(|| wrong("a delay is `250ms` or `2s`, at most `60s`"))?,
                )
            }
            "cut" => self.cut = Some(value.parse().map_err(|_| wrong("it is a number of bytes"))?),
            "truncate" => self.truncate = Some(value.parse().map_err(|_| wrong("it is a number of bytes"))?),
            "message" => self.message = Some(value.to_owned()),
            "request_id" => self.request_id = Some(value.to_owned()),
            "wait" => self.wait = Some(duration(value).ok_or_else(|| wrong("a wait is `500ms`, `30s` or `5m`"))?),
            _ => match (name.strip_prefix("header."), name.strip_prefix("field.")) {
                (Some(header), _) => self.header(header, value)?,
                (_, Some(field)) => self.fields.push((field.to_owned(), value.to_owned())),
                _ => {
                    let hint = did_you_mean(name, NAMES).map(|meant| format!("did you mean `{meant}`?"));
                    let hint = hint.unwrap_or_else(|| format!("there are {}", NAMES.join(", ")));
                    return Err(Refusal::wrong(format!("there is no option `{name}`: {hint}")));
                }
            },
        }
        Ok(())
    }

    fn header(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        let wrong = |why: &str| Refusal::wrong(format!("`header.{name}={value}`: {why}"));
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong("no header can have this name"))?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| wrong("no header can have this value"))?;
        if FRAMING.contains(&name) {
            return Err(wrong("this header is the server's"));
        }
        self.headers.append(name, value);
        Ok(())
    }

    /// Whether they say what is in the response, so that no example will do.
    pub(super) fn says_what_is_in_it(&self) -> bool {
        self.message.is_some() || self.request_id.is_some() || self.wait.is_some() || !self.fields.is_empty()
    }

    /// These, and those of `all` that are not among them.
    pub(super) fn or(mut self, all: &Options) -> Self {
        let mut headers = all.headers.clone();
        headers.extend(std::mem::take(&mut self.headers));
        let is_new = |field: &&(String, String)| !self.fields.iter().any(|(name, _)| *name == field.0);
        let fields: Vec<_> = all.fields.iter().filter(is_new).cloned().collect();
        Self {
            client: self.client.or_else(|| all.client.clone()),
            cause: self.cause.or_else(|| all.cause.clone()),
            status: self.status.or(all.status),
            headers,
            message: self.message.or_else(|| all.message.clone()),
            request_id: self.request_id.or_else(|| all.request_id.clone()),
            wait: self.wait.or(all.wait),
            fields: [self.fields, fields].concat(),
            delay: self.delay.or(all.delay),
            proxy: self.proxy.or(all.proxy),
            cut: self.cut.or(all.cut),
            truncate: self.truncate.or(all.truncate),
        }
    }
}

/// A status as it is written in a path.
pub(super) fn status(text: &str) -> Option<StatusCode> {
    text.parse().ok().filter(|_| text.len() == 3).and_then(final_status)
}

/// A status that ends an exchange: no 1xx does.
pub(super) fn final_status(status: u16) -> Option<StatusCode> {
    StatusCode::from_u16(status).ok().filter(|status| !status.is_informational())
}

fn duration(text: &str) -> Option<Duration> {
    parse_duration(text).map(Duration::from_millis)
}
