//! What the clients that smithy generates do: a token stream for code and message, metadata that owns them, a `match`.
//!
//! The function that they call, `parse_error_metadata`, is written into each client and published nowhere; this one makes the same calls of the
//! same library, one object deeper, where the sample's code stands.

use std::borrow::Cow;
use std::hint::black_box;
use std::iter::Peekable;

use aws_smithy_json::deserialize::error::DeserializeError;
use aws_smithy_json::deserialize::token::skip_value;
use aws_smithy_json::deserialize::{Token, json_token_iter};
use aws_smithy_types::error::ErrorMetadata;
use errbook::Verdict;

use super::Codes;
use crate::{Case, Sample};

/// Code and message, owned.
pub fn smithy<C: Codes>(sample: &Sample, case: &Case) -> Option<Verdict> {
    let Found { code, message } = read(&case.body).ok()?;
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code {
        metadata = metadata.code(sanitized(&code));
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    let metadata = black_box(metadata.build());
    sample.verdicts.get(usize::from(C::matched(metadata.code()?)?)).copied()
}

#[derive(Default)]
struct Found<'b> {
    code: Option<Cow<'b, str>>,
    message: Option<Cow<'b, str>>,
}

fn read(body: &[u8]) -> Result<Found<'_>, DeserializeError> {
    let mut tokens = json_token_iter(body).peekable();
    let mut found = Found::default();
    expect(matches!(tokens.next().transpose()?, Some(Token::StartObject { .. })))?;
    while let Some(key) = key(&mut tokens)? {
        if key == "error" {
            expect(matches!(tokens.next().transpose()?, Some(Token::StartObject { .. })))?;
            found = read_error(&mut tokens)?;
        } else {
            skip_value(&mut tokens)?;
        }
    }
    expect(tokens.next().is_none())?;
    Ok(found)
}

fn read_error<'b, I>(tokens: &mut Peekable<I>) -> Result<Found<'b>, DeserializeError>
where
    I: Iterator<Item = Result<Token<'b>, DeserializeError>>,
{
    let mut found = Found::default();
    while let Some(key) = key(tokens)? {
        if let Some(Ok(Token::ValueString { value, .. })) = tokens.peek() {
            match key {
                "code" | "__type" => found.code = Some(value.to_unescaped()?),
                "message" | "Message" | "errorMessage" => found.message = Some(value.to_unescaped()?),
                _ => {}
            }
        }
        skip_value(tokens)?;
    }
    Ok(found)
}

/// The key of the next member of an object, as it is written; `None` at its end.
fn key<'b>(
    tokens: &mut impl Iterator<Item = Result<Token<'b>, DeserializeError>>,
) -> Result<Option<&'b str>, DeserializeError> {
    match tokens.next().transpose()? {
        Some(Token::EndObject { .. }) => Ok(None),
        Some(Token::ObjectKey { key, .. }) => Ok(Some(key.as_escaped_str())),
        _ => Err(DeserializeError::custom("expected object key or end object")),
    }
}

fn expect(held: bool) -> Result<(), DeserializeError> {
    if held { Ok(()) } else { Err(DeserializeError::custom("expected one object with an object in it")) }
}

/// The code without its namespace and the address behind it.
fn sanitized(code: &str) -> &str {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.split_once('#').map_or(code, |(_, code)| code)
}
