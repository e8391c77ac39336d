//! JSON as it is put together.

use crate::json;

/// The key that stands for any key or index.
pub(super) const ANY: &str = "*";

/// How long a list can get for the sake of an index in it.
const MOST_ITEMS: usize = 32;

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// As it is written.
    Raw(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Whether a key is more likely an index than the key of an object.
pub(super) fn is_any_index(key: &str) -> bool {
    matches!(key, ANY | "0")
}

/// Something else stands there.
#[derive(Debug)]
pub(super) struct Taken;

impl Node {
    /// A JSON string.
    pub(super) fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len() + 2);
        quote(text, &mut out);
        Self::Raw(out)
    }

    /// Puts `value` at a path, of which `*` is any key or index.
    pub(super) fn put(slot: &mut Option<Node>, path: &[&str], value: Node) -> Result<(), Taken> {
        let Some((key, rest)) = path.split_first() else { return Self::fill(slot, value) };
        if let Some(node) = slot {
            node.open();
        }
        match slot.get_or_insert(if is_any_index(key) { Self::List(Vec::new()) } else { Self::Object(Vec::new()) }) {
            Self::List(items) => Self::put_item(items, key, rest, value),
            Self::Object(members) => Self::put_member(members, key, rest, value),
            Self::Raw(_) => Err(Taken),
        }
    }

    fn fill(slot: &mut Option<Node>, value: Node) -> Result<(), Taken> {
        match slot {
            None => *slot = Some(value),
            Some(there) if *there == value => {}
            Some(Self::Object(there)) => {
                let mut value = value;
                value.open();
                let Self::Object(members) = value else { return Err(Taken) };
                members.into_iter().try_for_each(|(key, node)| Self::put_member(there, &key, &[], node))?;
            }
            Some(_) => return Err(Taken),
        }
        Ok(())
    }

    fn put_item(items: &mut Vec<Node>, key: &str, rest: &[&str], value: Node) -> Result<(), Taken> {
        if key == ANY {
            if items.iter_mut().any(|item| Self::try_put(item, rest, &value)) {
                return Ok(());
            }
            items.push(Self::under(rest, value)?);
            return Ok(());
        }
        let index = key.parse::<usize>().ok().filter(|index| *index < MOST_ITEMS).ok_or(Taken)?;
        if let Some(item) = items.get_mut(index) {
            return if Self::try_put(item, rest, &value) { Ok(()) } else { Err(Taken) };
        }
        items.resize(index, Self::Raw("null".to_owned()));
        items.push(Self::under(rest, value)?);
        Ok(())
    }

    fn put_member(members: &mut Vec<(String, Node)>, key: &str, rest: &[&str], value: Node) -> Result<(), Taken> {
        if key == ANY {
            if members.iter_mut().any(|(_, member)| Self::try_put(member, rest, &value)) {
                return Ok(());
            }
        } else if let Some((_, member)) = members.iter_mut().find(|(other, _)| other == key) {
            return if Self::try_put(member, rest, &value) { Ok(()) } else { Err(Taken) };
        }
        let name = if key == ANY { "0" } else { key };
        if key == ANY && members.iter().any(|(other, _)| other == name) {
            return Err(Taken);
        }
        members.push((name.to_owned(), Self::under(rest, value)?));
        Ok(())
    }

    /// A new node with a value in it.
    fn under(rest: &[&str], value: Node) -> Result<Node, Taken> {
        let mut slot = None;
        Self::put(&mut slot, rest, value)?;
        slot.ok_or(Taken)
    }

    /// Puts a value into a node that is there, which stays as it is where that is not possible.
    fn try_put(node: &mut Node, rest: &[&str], value: &Node) -> bool {
        let mut slot = Some(node.clone());
        let put = Self::put(&mut slot, rest, value.clone()).is_ok();
        if let (true, Some(new)) = (put, slot) {
            *node = new;
        }
        put
    }

    /// Makes an object or a list of one that is written.
    fn open(&mut self) {
        let Self::Raw(raw) = self else { return };
        let part = |range: json::Raw| Self::Raw(raw.get(range).unwrap_or_default().to_owned());
        *self = match raw.as_bytes().first() {
            Some(b'[') => Self::List(json::items(raw.as_bytes()).into_iter().map(part).collect()),
            Some(b'{') => {
                let members = json::members(raw.as_bytes()).into_iter();
                Self::Object(members.map(|(key, value)| (key, part(value))).collect())
            }
            _ => return,
        };
    }

    /// What stands at a path, of which `*` is any key or index.
    pub(super) fn get(&self, path: &[&str]) -> Option<Node> {
        let Some((key, rest)) = path.split_first() else { return Some(self.clone()) };
        let mut node = self.clone();
        node.open();
        match node {
            Self::List(items) if *key == ANY => items.iter().find_map(|item| item.get(rest)),
            Self::List(items) => items.get(key.parse::<usize>().ok()?)?.get(rest),
            Self::Object(members) => {
                members.iter().filter(|(other, _)| *key == ANY || other == key).find_map(|(_, node)| node.get(rest))
            }
            Self::Raw(_) => None,
        }
    }

    /// The text of a scalar; `None` of a list or an object.
    pub(super) fn scalar(&self) -> Option<String> {
        match self {
            Self::Raw(raw) if raw.starts_with('"') => Some(json::string(raw.as_bytes()).into_owned()),
            Self::Raw(raw) if !raw.starts_with(['[', '{']) => Some(raw.clone()),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Raw(raw) if raw == "null")
    }

    pub(super) fn write(&self, out: &mut String) {
        match self {
            Self::Raw(raw) => out.push_str(raw),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// A JSON string: RFC 8259, section 7. What a page or a script could take for its own is escaped too.
pub(super) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' || matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(puts: &[(&[&str], &str)], want: Option<&str>) {
        let mut slot = None;
        let put = puts.iter().try_for_each(|(path, raw)| Node::put(&mut slot, path, Node::Raw((*raw).to_owned())));
        let got = put.ok().map(|()| {
            let mut out = String::new();
            slot.unwrap().write(&mut out);
            out
        });
        assert_eq!(got.as_deref(), want, "{puts:?}");
    }

    #[test]
    fn values_are_put_where_they_belong() {
        check(
            &[(&["error", "code"], "1"), (&["error", "message"], "\"m\"")],
            Some(r#"{"error":{"code":1,"message":"m"}}"#),
        );
        check(&[(&["a", "0", "b"], "1"), (&["a", "0", "c"], "2")], Some(r#"{"a":[{"b":1,"c":2}]}"#));
        check(
            &[(&["a", "*", "b"], "1"), (&["a", "*", "c"], "2"), (&["a", "*", "b"], "3")],
            Some(r#"{"a":[{"b":1,"c":2},{"b":3}]}"#),
        );
        check(&[(&["a"], "[0]"), (&["a", "2"], "1")], Some(r#"{"a":[0,null,1]}"#));
        check(&[(&["code"], "1"), (&["*", "message"], "2")], Some(r#"{"code":1,"0":{"message":2}}"#));
        check(&[(&[], "[]")], Some("[]"));
        check(&[(&["a\"\u{1}/"], "1")], Some(r#"{"a\"\u0001/":1}"#));
    }

    #[test]
    fn objects_that_are_written_are_added_to() {
        check(&[(&["d"], r#"{"x": [1, {}]}"#), (&["d", "y"], "2")], Some(r#"{"d":{"x":[1, {}],"y":2}}"#));
        check(&[(&["d", "y"], "2"), (&["d"], r#"{"x": 1, "y": 2}"#)], Some(r#"{"d":{"y":2,"x":1}}"#));
        check(&[(&["d", "y"], "2"), (&["d"], r#"{"y": 3}"#)], None);
    }

    #[test]
    fn one_place_has_one_value() {
        check(&[(&["a"], "1"), (&["a"], "1")], Some(r#"{"a":1}"#));
        check(&[(&["a"], "1"), (&["a"], "2")], None);
        check(&[(&["a"], "1"), (&["a", "b"], "2")], None);
        check(&[(&["a", "b"], "1"), (&["a"], "2")], None);
        check(&[(&["a"], "[0]"), (&["a", "b"], "1")], None);
        check(&[(&["a"], "[0]"), (&["a", "99999999999"], "1")], None);
    }

    #[test]
    fn any_text_is_a_string() {
        for text in ["", "\"\\/", "\r\n\t\u{0}\u{1f}\u{7f}", "\u{2028}\u{1f600}é", "</script>"] {
            let Node::Raw(raw) = Node::text(text) else { panic!() };
            assert!(json::is_strict(&raw), "{raw}");
            assert_eq!(json::string(raw.as_bytes()), text);
        }
    }
}
