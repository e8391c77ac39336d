//! What Rust needs: identifiers, literals, documentation lines.

use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

/// An identifier. A keyword becomes a raw one, or gets an underscore where there is no raw one.
pub(super) fn ident(name: &str) -> Ident {
    match syn::parse_str::<Ident>(name) {
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

/// A string literal. Quotes, backslashes, controls and what changes the direction of text are escaped; line breaks are too, unless `lines`.
fn quoted(text: &str, lines: bool) -> Literal {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' if lines => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\0' => out.push_str("\\0"),
            c if is_unsafe(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
    out.parse().unwrap_or_else(|_| Literal::string(text))
}

/// A string literal on one line.
pub(super) fn string(text: &str) -> Literal {
    quoted(text, false)
}

/// A string literal that shows its line breaks.
pub(super) fn block(text: &str) -> Literal {
    quoted(text, true)
}

/// Controls, bidirectional formatting, and what some tools take for a line break.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// `#[doc]` attributes, one a line: rustdoc and formatters show them as `///`.
pub(super) fn docs(markdown: &str) -> TokenStream {
    let lines = markdown.trim_end().lines().map(|line| {
        let line: String = line.chars().filter(|c| !is_unsafe(*c) || *c == '\t').collect();
        let line = line.trim_end();
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// `Some(tokens)` or `None`.
pub(super) fn option<T: ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// The name of a constant, which differs from those in `taken`; `fallback` where none can be made.
pub(super) fn constant(name: &str, fallback: &str, taken: &[Ident]) -> Ident {
    let shouty = name.to_shouty_snake_case();
    let sound = shouty.starts_with(|c: char| c.is_ascii_uppercase())
        && shouty.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let mut name = if sound { shouty } else { fallback.to_owned() };
    if taken.iter().any(|other| *other == name) {
        fallback.clone_into(&mut name);
    }
    // No name that is made ends in an underscore.
    while taken.iter().any(|other| *other == name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers() {
        for (name, want) in
            [("model", "model"), ("type", "r#type"), ("Self", "Self_"), ("crate", "crate_"), ("async", "r#async")]
        {
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
            for literal in [string(text), block(text)] {
                let parsed: syn::LitStr = syn::parse2(literal.clone().into_token_stream()).unwrap();
                assert_eq!(parsed.value(), text, "{literal}");
                assert!(!literal.to_string().chars().any(|c| is_unsafe(c) && c != '\n'), "{literal}");
            }
        }
        assert!(!string("a\nb").to_string().contains('\n'));
    }

    #[test]
    fn documentation_is_one_attribute_a_line() {
        assert_eq!(docs("a\n\nb \u{202e}\n").to_string(), quote!(#[doc = " a"] #[doc = ""] #[doc = " b"]).to_string());
    }
}
