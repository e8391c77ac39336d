//! Vectors: responses and what they must become. Rust, TypeScript and the command all run them.

use std::path::PathBuf;
use std::time::SystemTime;

use errbook::http::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One response and what it must become.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// What it shows.
    pub name: String,
    /// The status, where there is one.
    pub status: Option<u16>,
    /// The headers.
    #[serde(default)]
    pub headers: Map<String, Value>,
    /// The body as text.
    pub body: Option<String>,
    /// The body in base64, where it is no text.
    pub body_base64: Option<String>,
    /// The time it is.
    pub now: String,
    /// What `errbook decode` prints, without what is null or empty.
    pub expect: Map<String, Value>,
}

impl Vector {
    /// The vectors of an API.
    ///
    /// # Panics
    ///
    /// Where they cannot be read.
    pub fn all(api: &str) -> Vec<Vector> {
        let path = Self::path(api);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The file of the vectors of an API: of one of the workspace's, or of a case.
    pub fn path(api: &str) -> PathBuf {
        let of = |folder: &str| crate::workspace().join(folder).join(format!("{api}.json"));
        let own = of("tests/vectors");
        if own.exists() { own } else { of("tests/cases/decode/vectors") }
    }

    /// The headers as HTTP has them; a list gives a header several times.
    ///
    /// # Panics
    ///
    /// Where they are no headers.
    pub fn header_map(&self) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("the name of a header");
            let values = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
            for value in values {
                let text = value.as_str().expect("a header is a text");
                map.append(
                    name.clone(),
                    HeaderValue::from_bytes(text.trim().as_bytes()).expect("the value of a header"),
                );
            }
        }
        map
    }

    /// The bytes of the body.
    ///
    /// # Panics
    ///
    /// Where the base64 is none.
    pub fn bytes(&self) -> Vec<u8> {
        match (&self.body, &self.body_base64) {
            (Some(text), _) => text.clone().into_bytes(),
            (None, Some(text)) => base64(text).expect("base64"),
            (None, None) => Vec::new(),
        }
    }

    /// The time it is.
    ///
    /// # Panics
    ///
    /// Where it is no instant.
    pub fn instant(&self) -> SystemTime {
        errbook::__private::instant(&self.now).expect("an instant")
    }
}

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in base64, with padding.
pub fn to_base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, i| bits << 8 | u32::from(chunk.get(i).copied().unwrap_or_default()));
        for i in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// Decodes base64 with padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        let value = ALPHABET.iter().position(|b| *b == byte)?;
        bits = bits << 6 | u32::try_from(value).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}
