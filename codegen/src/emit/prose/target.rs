//! Where links may lead.

use pulldown_cmark::LinkType;

/// Whether a link may lead there: to the web, or to an address of mail with a dot in it (without one, rustdoc takes it for a path of code).
pub(super) fn is_allowed(target: &str) -> bool {
    let scheme = |scheme: &str| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    scheme("http://") || scheme("https://") || scheme("mailto:") && target.contains('.')
}

/// Whether a link of the source may stay one.
pub(super) fn is_link(link_type: LinkType, target: &str) -> bool {
    match link_type {
        LinkType::Email => target.contains('.'),
        _ => is_allowed(target),
    }
}

/// A target as Markdown has it. What a URL cannot hold is percent-encoded, what Markdown would read is escaped.
pub(super) fn written(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for b in target.bytes() {
        match b {
            b'(' | b')' | b'[' | b']' | b'*' | b'&' | b'!' | b'~' => out.extend(['\\', char::from(b)]),
            b if b.is_ascii_alphanumeric() || b"-._:/?#@$'+,;=%".contains(&b) => out.push(char::from(b)),
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}
