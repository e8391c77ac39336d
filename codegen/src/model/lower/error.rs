//! Errors, their causes and examples.

use super::reader::{Reader, wrong_type};
use super::response::{conditions, field};
use super::{Context, facts, retry, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format;
use crate::model::{Cause, Deprecation, ErrorDef, Example, Identity, Retirement, StatusSet, Text};
use crate::source::{Node, Spanned};

pub(super) fn error(node: &Node, cx: &mut Context<'_>) -> Option<ErrorDef> {
    let reader = Reader::open(node, &format::ERROR, cx)?;
    let identity = identity(&reader, cx);
    let name = reader.get("name").filter(|_| reader.get("code").is_some()).and_then(|node| variant_name(node, cx));
    let status = reader.get("status").and_then(|node| status_set(&reader, node, cx));
    let when = reader.get("when").and_then(|node| scalar::documented(node, cx));
    let fix = reader.get("fix").and_then(|node| scalar::documented(node, cx));
    let error = ErrorDef {
        span: reader.span(),
        name,
        aliases: reader.list("aliases", cx, scalar::code),
        group: reader.get("group").and_then(|node| scalar::line(node, cx)),
        message: reader.get("message").and_then(|node| scalar::line(node, cx)),
        action: reader.get("action").and_then(|node| facts::action(node, cx)),
        retry: reader.get("retry").and_then(|node| retry::rule(node, cx)),
        repeat: reader.get("repeat").and_then(|node| retry::repeat(node, cx)),
        fields: reader.map("fields", cx, field),
        causes: reader.list("causes", cx, cause),
        note: reader.text("note", cx),
        sources: facts::sources(&reader, cx),
        since: reader.get("since").and_then(|node| scalar::line(node, cx)),
        deprecated: reader.get("deprecated").and_then(|node| deprecation(node, cx)),
        retired: reader.get("retired").and_then(|node| retirement(node, cx)),
        examples: reader.list("examples", cx, example),
        identity: identity?,
        // What is wrong with these is reported; the error itself is kept, so that others can speak of it.
        status: status.unwrap_or_else(|| Spanned::new(StatusSet::Undocumented, reader.span())),
        when: when.flatten(),
        fix: fix.flatten(),
    };
    Some(error)
}

fn identity(reader: &Reader<'_>, cx: &mut Context<'_>) -> Option<Identity> {
    match reader.one_of(&["code", "match"], true, cx)? {
        "code" => scalar::code(reader.get("code")?, cx).map(Identity::Code),
        _ => {
            let conditions = conditions(reader.get("match")?, cx);
            let Some(node) = reader.get("name") else {
                let diagnostic =
                    Diagnostic::error("missing-key", reader.span(), "an error without a code needs the key `name`")
                        .label("in this error");
                cx.report(diagnostic.help("add `name:`, what the error is called: ACCOUNT_FROZEN"));
                return None;
            };
            Some(Identity::Match { name: scalar::line(node, cx)?, conditions })
        }
    }
}

/// The name of a variant as a catalog gives it: an identifier in upper camel case.
fn variant_name(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let name = scalar::line(node, cx)?;
    if name.value.starts_with(|c: char| c.is_ascii_uppercase()) && name.value.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return Some(name);
    }
    scalar::bad_value(node, "a name such as KeyRevoked: letters and digits, a capital first", cx);
    None
}

fn status_set(reader: &Reader<'_>, node: &Node, cx: &mut Context<'_>) -> Option<Spanned<StatusSet>> {
    let set = match node.text() {
        Some("none") => StatusSet::Never,
        Some("undocumented") => StatusSet::Undocumented,
        _ => {
            let mut ranges = reader.one_or_list("status", cx, scalar::status);
            ranges.sort();
            ranges.dedup();
            if ranges.is_empty() {
                return None;
            }
            StatusSet::Of(ranges)
        }
    };
    Some(Spanned::new(set, node.span))
}

fn cause(node: &Node, cx: &mut Context<'_>) -> Option<Cause> {
    let reader = Reader::open(node, &format::CAUSE, cx)?;
    let name = reader.get("name").and_then(|node| scalar::line(node, cx));
    if reader.get("name").is_none() && (reader.get("match").is_some() || reader.get("status").is_some()) {
        let diagnostic =
            Diagnostic::error("missing-key", reader.span(), "a cause that can be told needs the key `name`")
                .label("in this cause");
        cx.report(diagnostic.help("add `name:`, what decoding reports: not_owner"));
        return None;
    }
    let mut statuses = reader.one_or_list("status", cx, scalar::status);
    statuses.sort();
    let when = reader.get("when").and_then(|node| scalar::documented(node, cx));
    Some(Cause {
        span: reader.span(),
        name,
        conditions: reader.get("match").map(|node| conditions(node, cx)).unwrap_or_default(),
        statuses,
        fix: reader.get("fix").and_then(|node| scalar::documented(node, cx)).flatten(),
        message: reader.get("message").and_then(|node| scalar::line(node, cx)),
        action: reader.get("action").and_then(|node| facts::action(node, cx)).map(|action| action.value),
        retry: reader.get("retry").and_then(|node| retry::rule(node, cx)),
        when: when?,
    })
}

fn deprecation(node: &Node, cx: &mut Context<'_>) -> Option<Deprecation> {
    let reader = Reader::open(node, &format::DEPRECATED, cx)?;
    Some(Deprecation {
        since: reader.get("since").and_then(|node| scalar::line(node, cx)),
        replaced_by: reader.get("use").and_then(|node| scalar::code(node, cx)),
        note: reader.text("note", cx),
    })
}

fn retirement(node: &Node, cx: &mut Context<'_>) -> Option<Retirement> {
    let reader = Reader::open(node, &format::RETIRED, cx)?;
    Some(Retirement {
        since: reader.get("since").and_then(|node| scalar::line(node, cx)),
        note: reader.text("note", cx),
    })
}

fn example(node: &Node, cx: &mut Context<'_>) -> Option<Example> {
    let reader = Reader::open(node, &format::EXAMPLE, cx)?;
    let status = reader.get("status").and_then(|node| {
        let status = scalar::status(node, cx)?;
        if status.first != status.last {
            scalar::bad_value(node, "one status", cx);
        }
        Some(status.first)
    });
    let headers = reader.map("headers", cx, |key, value, cx| Some((header_name(key, cx)?, header_value(value, cx)?)));
    let body = reader.get("body")?;
    let Some(text) = body.text() else {
        wrong_type(body, "a body is a text", cx);
        return None;
    };
    let cause = reader.get("cause").and_then(|node| scalar::line(node, cx));
    Some(Example { span: reader.span(), status, headers, body: Spanned::new(text.to_owned(), body.span), cause })
}

fn header_name(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = scalar::line(node, cx)?;
    if http::HeaderName::from_bytes(text.value.as_bytes()).is_err() {
        scalar::bad_value(node, "the name of a header", cx);
        return None;
    }
    Some(text)
}

fn header_value(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = Spanned::new(node.text().unwrap_or_default().to_owned(), node.span);
    if node.text().is_none() || http::HeaderValue::from_str(&text.value).is_err() {
        scalar::bad_value(node, "the value of a header", cx);
        return None;
    }
    Some(text)
}
