//! Errors, their causes and examples.

use errbook::__private::MOST_PARTS;

use super::condition::{class, conditions};
use super::field::field;
use super::reader::{Reader, wrong_type};
use super::{Context, facts, retry, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format;
use crate::model::{
    Cause, Code, Deprecation, ErrorDef, Example, Identity, Retirement, StatusSet, Test, Text, is_number,
};
use crate::source::{Node, Spanned};

pub(super) fn error(node: &Node, cx: &mut Context<'_>) -> Option<ErrorDef> {
    let reader = Reader::open(node, &format::ERROR, cx)?;
    let identity = identity(&reader, cx);
    let has_code = matches!(identity, Some(Identity::Code(_)));
    let name = reader.get("name").filter(|_| has_code).and_then(|node| scalar::line(node, cx));
    let status = reader.get("status").and_then(|node| status_set(&reader, node, cx));
    let when = reader.get("when").and_then(|node| scalar::documented(node, cx));
    let fix = reader.get("fix").and_then(|node| scalar::documented(node, cx));
    let error = ErrorDef {
        span: reader.span(),
        name,
        aliases: reader.list("aliases", cx, alias),
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
        "code" => match code(reader.get("code")?, cx)? {
            Coded::Code(code) => Some(Identity::Code(code)),
            Coded::Class { parts, finest } => {
                // Whatever stands before it, the finest part says what the error is.
                let finest = finest.filter(|_| reader.get("name").is_none());
                let name = finest.or_else(|| own_name(reader, "a class of codes", "CONNECTION_EXCEPTION", cx))?;
                Some(Identity::Class { name, parts })
            }
        },
        _ => {
            let conditions = conditions(reader.get("match")?, cx);
            Some(Identity::Match {
                name: own_name(reader, "an error without a code", "ACCOUNT_FROZEN", cx)?,
                conditions,
            })
        }
    }
}

/// The name of what has no code of its own.
fn own_name(reader: &Reader<'_>, what: &str, such_as: &str, cx: &mut Context<'_>) -> Option<Text> {
    let Some(node) = reader.get("name") else {
        let diagnostic = Diagnostic::error("missing-key", reader.span(), format!("{what} needs the key `name`"))
            .label("in this error");
        cx.report(diagnostic.help(format!("add `name:`, what the error is called: {such_as}")));
        return None;
    };
    scalar::line(node, cx)
}

/// A code, or a class of them.
enum Coded {
    Code(Code),
    Class {
        parts: Spanned<Vec<Test>>,
        /// The finest part, where it is a text.
        finest: Option<Text>,
    },
}

/// A code, a class of codes, or a list of the parts of either.
fn code(node: &Node, cx: &mut Context<'_>) -> Option<Coded> {
    let nodes = node.items().unwrap_or(std::slice::from_ref(node));
    if nodes.is_empty() || nodes.len() > MOST_PARTS {
        let message = format!("a code has one part at least, and {MOST_PARTS} at most");
        cx.report(Diagnostic::error("value", node.span, message).help("list its parts, the coarsest first"));
        return None;
    }
    let mut tests = Vec::new();
    let mut is_class = false;
    for part in nodes {
        let test = if part.entries().is_some() {
            is_class = true;
            class(part, cx)
        } else {
            scalar::code(part, cx).map(|text| Spanned::new(Test::Equals(text.value), text.span))
        };
        tests.push(test);
    }
    let tests: Vec<Spanned<Test>> = tests.into_iter().collect::<Option<_>>()?;
    let span = tests.first()?.span;
    if is_class {
        let last = tests.last()?;
        let finest = last.value.clone().into_text().map(|text| Spanned::new(text, last.span));
        let parts = Spanned::new(tests.into_iter().map(|test| test.value).collect(), span);
        return Some(Coded::Class { parts, finest });
    }
    let texts: Vec<String> = tests.into_iter().filter_map(|test| test.value.into_text()).collect();
    let text_parts = (0u8..).zip(nodes).filter(|(_, part)| part.is_quoted() && part.text().is_some_and(is_number));
    let text_parts = text_parts.map(|(index, _)| index).collect();
    Some(Coded::Code(Code { text: Spanned::new(texts.join("/"), span), parts: texts, text_parts }))
}

fn alias(node: &Node, cx: &mut Context<'_>) -> Option<Code> {
    match code(node, cx)? {
        Coded::Code(code) => Some(code),
        Coded::Class { .. } => {
            let diagnostic = Diagnostic::error("value", node.span, "an alias is a code, not a class of them");
            cx.report(diagnostic.help("list the class as an error of its own"));
            None
        }
    }
}

fn status_set(reader: &Reader<'_>, node: &Node, cx: &mut Context<'_>) -> Option<Spanned<StatusSet>> {
    let set = match node.text() {
        Some("none") => StatusSet::Never,
        Some("undocumented") => StatusSet::Undocumented,
        _ => {
            let ranges = scalar::statuses(reader, scalar::status, cx);
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
    let statuses = scalar::statuses(&reader, scalar::status, cx);
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
        repeat: reader.get("repeat").and_then(|node| retry::repeat(node, cx)),
        when: when?,
    })
}

fn deprecation(node: &Node, cx: &mut Context<'_>) -> Option<Deprecation> {
    let reader = Reader::open(node, &format::DEPRECATED, cx)?;
    Some(Deprecation {
        since: reader.get("since").and_then(|node| scalar::line(node, cx)),
        replaced_by: reader.get("use").and_then(|node| replacement(node, cx)),
        note: reader.text("note", cx),
    })
}

/// The code or the name of the error that replaces another.
fn replacement(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    if node.items().is_some() { alias(node, cx).map(|code| code.text) } else { scalar::code(node, cx) }
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
