//! The API itself, its limits, statuses and groups.

use super::reader::{Reader, wrong_type};
use super::{Context, retry, scalar};
use crate::diagnostic::Diagnostic;
use crate::model::format::{self, ACTIONS};
use crate::model::{Amount, Api, Group, Limit, Source, StatusRule, Text, is_api_id};
use crate::source::{Node, Spanned};
use errbook::Action;

pub(super) fn api(node: &Node, cx: &mut Context<'_>) -> Option<Api> {
    let reader = Reader::open(node, &format::API, cx)?;
    let id = reader.get("id").and_then(|node| api_id(node, cx));
    let title = reader.get("title").and_then(|node| scalar::line(node, cx));
    let version = reader.get("version").and_then(|node| version(node, cx));
    let about = reader.text("about", cx);
    let sources = reader.map("sources", cx, source);
    let license = reader.get("license").and_then(|node| license(node, cx));
    let repository = reader.get("repository").and_then(|node| url(node, cx));
    if let Some(node) = reader.get("sources").filter(|node| node.entries().is_some_and(<[_]>::is_empty)) {
        cx.report(
            Diagnostic::error("empty", node.span, "an API has at least one source")
                .help("add the page that its facts come from"),
        );
    }
    Some(Api { id: id?, title: title?, version: version?, about, sources, license, repository })
}

/// Lower-case letters, digits and single hyphens, beginning with a letter: a crate, a package, a folder and a module can be named after it.
fn api_id(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = scalar::line(node, cx)?;
    let id = &text.value;
    if is_api_id(id) {
        return Some(text);
    }
    let diagnostic = Diagnostic::error("value", node.span, format!("`{id}` cannot name an API's packages"));
    cx.report(diagnostic.help("use lower-case letters, digits and single hyphens, a letter first, 50 at most"));
    None
}

/// What SPDX expressions are made of; whether the names are licences is for people to know.
fn license(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = scalar::line(node, cx)?;
    if text.value.bytes().all(|b| b.is_ascii_alphanumeric() || b" .-+():".contains(&b)) {
        return Some(text);
    }
    scalar::bad_value(node, "an SPDX expression such as `MIT OR Apache-2.0`", cx);
    None
}

fn version(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = scalar::line(node, cx)?;
    if is_semver(&text.value) {
        return Some(text);
    }
    scalar::bad_value(node, "a semantic version such as 0.1.0", cx);
    None
}

fn is_semver(text: &str) -> bool {
    let (rest, build) = text.split_once('+').map_or((text, None), |(rest, build)| (rest, Some(build)));
    let (core, pre) = rest.split_once('-').map_or((rest, None), |(core, pre)| (core, Some(pre)));
    let number = |part: &str| {
        !part.is_empty()
            && part.len() < 10
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let pre_word = |part: &str| word(part) && (number(part) || !part.bytes().all(|b| b.is_ascii_digit()));
    core.split('.').count() == 3
        && core.split('.').all(number)
        && pre.is_none_or(|pre| pre.split('.').all(pre_word))
        && build.is_none_or(|build| build.split('.').all(word))
}

fn source(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Source> {
    let reader = Reader::open(node, &format::SOURCE, cx)?;
    let name = scalar::line(key, cx);
    let title = reader.get("title").and_then(|node| scalar::line(node, cx));
    let url = reader.get("url").and_then(|node| match node.text() {
        Some("undocumented") => Some(None),
        _ => url(node, cx).map(Some),
    });
    let read = reader.get("read").and_then(|node| day(node, cx));
    Some(Source { name: name?, title, url: url?, read: read? })
}

/// An address with its scheme, and nothing in it that could end a link.
fn url(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = scalar::line(node, cx)?;
    let rest = text.value.strip_prefix("https://").or_else(|| text.value.strip_prefix("http://"));
    let plain = |rest: &str| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && !br#"<>"'`\^{|}()[]"#.contains(&b))
    };
    if rest.is_some_and(plain) {
        return Some(text);
    }
    scalar::bad_value(
        node,
        "an address such as https://example.com/docs (percent-encode what an address cannot hold)",
        cx,
    );
    None
}

fn day(node: &Node, cx: &mut Context<'_>) -> Option<Text> {
    let text = scalar::line(node, cx)?;
    let parts: Vec<&str> = text.value.split('-').collect();
    let number = |part: &str, len: usize| {
        (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u8>().unwrap_or(0))
    };
    let sound = match parts[..] {
        [year, month, day] => {
            number(year, 4).is_some()
                && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
                && number(day, 2).is_some_and(|d| (1..=31).contains(&d))
        }
        _ => false,
    };
    if sound {
        return Some(text);
    }
    scalar::bad_value(node, "a day such as 2026-11-20", cx);
    None
}

pub(super) fn limit(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Limit> {
    let reader = Reader::open(node, &format::LIMIT, cx)?;
    let name = scalar::line(key, cx);
    let title = reader.get("title").and_then(|node| scalar::line(node, cx));
    let amount = match reader.one_of(&["value", "by_plan"], true, cx) {
        Some("value") => reader.get("value").and_then(|node| amount(node, cx)).map(Amount::One),
        Some(_) if reader.get("by_plan").and_then(Node::entries).is_some_and(<[_]>::is_empty) => {
            cx.report(
                Diagnostic::error("empty", reader.span(), "`by_plan` names no plan").help("name a plan and its limit"),
            );
            None
        }
        Some(_) => Some(Amount::ByPlan(
            reader.map("by_plan", cx, |plan, node, cx| Some((scalar::line(plan, cx)?.value, amount(node, cx)?))),
        )),
        None => None,
    };
    let about = reader.text("about", cx);
    let sources = sources(&reader, cx);
    Some(Limit { name: name?, title: title?, amount: amount?, about, sources })
}

fn amount(node: &Node, cx: &mut Context<'_>) -> Option<Option<String>> {
    let text = scalar::line(node, cx)?;
    Some((text.value != "undocumented").then_some(text.value))
}

pub(super) fn status(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<StatusRule> {
    let range = scalar::status(key, cx).map(|range| Spanned::new(range, key.span));
    let reader = Reader::open(node, &format::STATUS_RULE, cx)?;
    let title = reader.get("title").and_then(|node| scalar::line(node, cx));
    let when = reader.get("when").and_then(|node| scalar::documented(node, cx)).flatten();
    let fix = reader.get("fix").and_then(|node| scalar::documented(node, cx)).flatten();
    let action = reader.get("action").and_then(|node| action(node, cx)).map(|action| action.value);
    let retry = reader.get("retry").and_then(|node| retry::rule(node, cx));
    let repeat = reader.get("repeat").and_then(|node| retry::repeat(node, cx));
    let sources = sources(&reader, cx);
    Some(StatusRule { range: range?, title: title?, when, fix, action, retry, repeat, sources })
}

pub(super) fn group(key: &Node, node: &Node, cx: &mut Context<'_>) -> Option<Group> {
    let name = scalar::line(key, cx);
    if node.text().is_none() {
        wrong_type(node, "a group is its title", cx);
        return None;
    }
    Some(Group { name: name?, title: scalar::line(node, cx)? })
}

pub(super) fn action(node: &Node, cx: &mut Context<'_>) -> Option<Spanned<Action>> {
    scalar::word(node, ACTIONS, Action::from_word, cx).map(|action| Spanned::new(action, node.span))
}

pub(super) fn sources(reader: &Reader<'_>, cx: &mut Context<'_>) -> Vec<Text> {
    reader.one_or_list("source", cx, scalar::line)
}

#[cfg(test)]
mod tests {
    use super::is_semver;

    #[test]
    fn versions() {
        for text in ["0.1.0", "1.2.3-alpha.1+build.5", "10.0.0-rc1"] {
            assert!(is_semver(text), "{text}");
        }
        for text in [
            "1", "1.0", "1.0.0.0", "v1.0.0", "1.0.0-", "1.0.0+", "01.0.0", "1.0.0-01", "1.0.x", "", "1.0.0\"",
            "1.0.0-é",
        ] {
            assert!(!is_semver(text), "{text}");
        }
    }
}
