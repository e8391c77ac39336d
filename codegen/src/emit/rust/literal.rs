//! What Rust needs: identifiers, literals, documentation lines.

use std::collections::HashSet;

use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::is_escaped;

/// An identifier. A keyword becomes a raw one, or gets an underscore where there is no raw one.
pub(crate) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
        // Reserved since the edition 2024, which syn leaves to the compiler.
        Ok(_) if name == "gen" => Ident::new_raw(name, Span::call_site()),
        Ok(ident) => ident,
        Err(_) if matches!(name, "self" | "Self" | "super" | "crate" | "_") => {
            Ident::new(&format!("{name}_"), Span::call_site())
        }
        Err(_) => Ident::new_raw(name, Span::call_site()),
    }
}

/// The name of a struct's field.
pub(super) fn field_ident(name: &str) -> Ident {
    ident(&name.to_snake_case())
}

/// The text of a string literal. Quotes, backslashes, controls and what changes the direction of text are escaped; line breaks are too, unless `lines`.
fn quoted(text: &str, lines: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' if lines => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\0' => out.push_str("\\0"),
            c if is_escaped(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string literal on one line.
pub(super) fn string(text: &str) -> Literal {
    quoted(text, false).parse().unwrap_or_else(|_| Literal::string(text))
}

/// The text of a string literal on one line.
pub(super) fn string_text(text: &str) -> String {
    quoted(text, false)
}

/// The text of a string literal that shows its line breaks.
pub(super) fn block_text(text: &str) -> String {
    quoted(text, true)
}

/// `#[doc]` attributes, one a line: rustdoc and formatters show them as `///`.
pub(super) fn docs(markdown: &str) -> TokenStream {
    let lines = doc_lines(markdown);
    quote!(#(#[doc = #lines])*)
}

/// The lines of documentation, each with a space before it unless it is empty.
pub(super) fn doc_lines(markdown: &str) -> impl Iterator<Item = String> {
    markdown.trim_end().lines().map(|line| {
        let mut line: String =
            std::iter::once(' ').chain(line.chars().filter(|c| !is_escaped(*c) || *c == '\t')).collect();
        line.truncate(line.trim_end().len());
        line
    })
}

/// `Some(tokens)` or `None`.
pub(super) fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// The name of a constant, which differs from those in `taken`; `fallback` where none can be made.
pub(super) fn constant(name: &str, fallback: &str, taken: &HashSet<String>) -> String {
    let shouty = name.to_shouty_snake_case();
    let sound = shouty.starts_with(|c: char| c.is_ascii_uppercase())
        && shouty.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let mut name = if sound && !taken.contains(&shouty) { shouty } else { fallback.to_owned() };
    // No name that is made ends in an underscore.
    while taken.contains(&name) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        for (name, want) in [
            ("model", "model"),
            ("type", "r#type"),
            ("Self", "Self_"),
            ("crate", "crate_"),
            ("async", "r#async"),
            ("gen", "r#gen"),
        ] {
            assert_eq!(ident(name).to_string(), want);
        }
    }

    #[test]
    fn literals_read_back() {
        for text in [
            "",
            "plain",
            "\"; panic!(); \"",
            "a\\",
            "tab\tnul\0",
            "\u{202e}rtl\u{2028}",
            "emoji 😀",
            "cr\r\nlf",
            "\u{1b}[31m",
        ] {
            for literal in [string(text).to_string(), string_text(text), block_text(text)] {
                let parsed: syn::LitStr = syn::parse_str(&literal).unwrap();
                assert_eq!(parsed.value(), text, "{literal}");
                assert!(!literal.chars().any(|c| is_escaped(c) && c != '\n'), "{literal}");
            }
        }
        assert!(!string("a\nb").to_string().contains('\n'));
    }

    #[test]
    fn documentation_is_one_attribute_a_line() {
        assert_eq!(docs("a\n\nb \u{202e}\n").to_string(), quote!(#[doc = " a"] #[doc = ""] #[doc = " b"]).to_string());
    }
}
