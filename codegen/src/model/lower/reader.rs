//! A mapping with known keys.

use super::{Context, scalar};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::Text;
use crate::model::format::Record;
use crate::source::{Node, Span};

/// A mapping whose keys were checked against a record of the format.
pub(super) struct Reader<'n> {
    entries: &'n [(Node, Node)],
    span: Span,
    /// Whether a key is not of the format: it may well be the one that is missing.
    has_unknown: bool,
}

impl<'n> Reader<'n> {
    /// Reports unknown and missing keys; `None` where `node` is no mapping.
    pub(super) fn open(node: &'n Node, record: &'static Record, cx: &mut Context<'_>) -> Option<Self> {
        let Some(entries) = node.entries() else {
            wrong_type(node, &format!("{} is a mapping", record.noun), cx);
            return None;
        };
        let unknown: Vec<_> = entries.iter().filter_map(|(key, _)| unknown_key(key, record, cx)).collect();
        let span = entries.first().map_or(node.span, |(key, _)| key.span);
        for key in record.keys.iter().filter(|key| key.needed) {
            let there = entries.iter().any(|(present, _)| present.text() == Some(key.name))
                || unknown.contains(&Some(key.name));
            if !there {
                let message = format!("{} needs the key `{}`", record.noun, key.name);
                let diagnostic = Diagnostic::error("missing-key", span, message).label("in this mapping");
                cx.report(diagnostic.help(format!("add `{}:`. {}", key.name, key.about)));
            }
        }
        Some(Self { entries, span, has_unknown: !unknown.is_empty() })
    }

    /// The first key of the mapping: the place of what concerns all of it.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// The key itself and its value.
    pub(super) fn entry(&self, key: &str) -> Option<&'n (Node, Node)> {
        self.entries.iter().find(|(name, _)| name.text() == Some(key))
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str, cx: &mut Context<'_>) -> Option<Text> {
        scalar::text(self.get(key)?, cx)
    }

    /// The sound items of a list; nothing where the key is not there.
    pub(super) fn list<T>(
        &self,
        key: &str,
        cx: &mut Context<'_>,
        item: impl Fn(&Node, &mut Context<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.get(key) else { return Vec::new() };
        match node.items() {
            Some([]) => {
                cx.report(
                    Diagnostic::error("empty", node.span, format!("`{key}` lists nothing"))
                        .help("add an item, or leave the key out"),
                );
                Vec::new()
            }
            Some(items) => items.iter().filter_map(|node| item(node, cx)).collect(),
            None => {
                wrong_type(node, &format!("`{key}` is a list"), cx);
                Vec::new()
            }
        }
    }

    /// The sound items of one value or a list of them.
    pub(super) fn one_or_list<T>(
        &self,
        key: &str,
        cx: &mut Context<'_>,
        item: impl Fn(&Node, &mut Context<'_>) -> Option<T>,
    ) -> Vec<T> {
        match self.get(key) {
            Some(node) if node.items().is_none() => item(node, cx).into_iter().collect(),
            _ => self.list(key, cx, item),
        }
    }

    /// The sound entries of a mapping with keys of its own; nothing where the key is not there.
    pub(super) fn map<T>(
        &self,
        key: &str,
        cx: &mut Context<'_>,
        entry: impl Fn(&Node, &Node, &mut Context<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.get(key) else { return Vec::new() };
        match node.entries() {
            Some(entries) => entries.iter().filter_map(|(key, value)| entry(key, value, cx)).collect(),
            None => {
                wrong_type(node, &format!("`{key}` is a mapping"), cx);
                Vec::new()
            }
        }
    }

    /// Of keys that exclude each other, the one that is there. More than one is reported; none is, where `needed`.
    pub(super) fn one_of(&self, keys: &[&'static str], needed: bool, cx: &mut Context<'_>) -> Option<&'static str> {
        let mut present = keys.iter().filter(|key| self.get(key).is_some());
        let first = present.next();
        if let (Some(first), Some((other, _))) = (first, present.next().and_then(|other| self.entry(other))) {
            let second = other.text().unwrap_or_default();
            let message = format!("`{first}` and `{second}` exclude each other");
            cx.report(
                Diagnostic::error("one-of", other.span, message).label("second one here").help("leave one of them out"),
            );
        }
        if first.is_none() && needed && !self.has_unknown {
            let names: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            let message = format!("one of {} must be there", names.join(", "));
            cx.report(Diagnostic::error("one-of", self.span, message).label("in this mapping").help("add one of them"));
        }
        first.copied()
    }
}

/// Reports a key that is not of the format; gives the key that it was meant to be, if one is near.
fn unknown_key(key: &Node, record: &'static Record, cx: &mut Context<'_>) -> Option<Option<&'static str>> {
    let name = key.text().unwrap_or_default();
    if record.keys.iter().any(|known| known.name == name) {
        return None;
    }
    let known = record.keys.iter().map(|key| key.name);
    let meant = did_you_mean(name, known.clone());
    let diagnostic = Diagnostic::error("unknown-key", key.span, format!("unknown key `{name}`"))
        .label(format!("not a key of {}", record.noun));
    cx.report(match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).replace(key.span, meant),
        None => diagnostic.help(format!("the keys are {}", known.collect::<Vec<_>>().join(", "))),
    });
    Some(meant)
}

/// Reports a value of another kind than what is wanted there.
pub(super) fn wrong_type(node: &Node, wanted: &str, cx: &mut Context<'_>) {
    let found = node.noun();
    cx.report(
        Diagnostic::error("wrong-type", node.span, format!("{wanted}, this is {found}"))
            .label(format!("{found} stands here")),
    );
}
