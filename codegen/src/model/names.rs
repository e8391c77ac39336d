//! The names that a catalog's codes become. They are the same in every target; what a language makes of them is its own affair.

use heck::ToUpperCamelCase;

use super::{Cause, ErrorDef};

impl ErrorDef {
    /// The name of its variant: the catalog's, else one made from its code (`KEY_REVOKED` gives `KeyRevoked`). Empty where nothing can be made.
    pub fn variant(&self) -> String {
        match &self.name {
            // As a catalog writes it where that is a name in Rust's way already: KeyRevoked, HTTPFailure.
            Some(name) if is_camel(&name.value) => name.value.clone(),
            Some(name) => variant(&name.value),
            None => variant(self.id()),
        }
    }
}

impl Cause {
    /// The name of its variant, after that of its error: `ForbiddenNotOwner`.
    pub fn variant(&self, error: &str) -> String {
        let own = self.name.as_ref().map(|name| camel(&name.value)).unwrap_or_default();
        format!("{error}{own}")
    }
}

/// Whether a file of this name, in lower case and whatever its extension, is a device to Windows.
pub fn is_device(name: &str) -> bool {
    let number = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    number.is_some_and(|number| number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()))
        || matches!(name, "con" | "prn" | "aux" | "nul")
}

fn is_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
        && name.bytes().any(|b| b.is_ascii_lowercase())
}

/// An identifier in upper camel case. Codes that begin with a digit, are negative or empty get a word that says so.
fn variant(code: &str) -> String {
    if code.is_empty() {
        return "Empty".to_owned();
    }
    let negative = code.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let name = camel(code);
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => {
            format!("{}{name}", if negative.is_some() { "CodeMinus" } else { "Code" })
        }
        _ => name,
    }
}

/// Upper camel case of what ASCII letters and digits there are: no two spellings of one letter, nothing that looks like another.
fn camel(text: &str) -> String {
    let mut name: String = text.to_upper_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    // What began the word may have been no such letter.
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::variant;

    #[test]
    fn variants() {
        for (code, want) in [
            ("KEY_REVOKED", "KeyRevoked"),
            ("invalid_request", "InvalidRequest"),
            ("rateLimit", "RateLimit"),
            ("-32601", "CodeMinus32601"),
            ("0", "Code0"),
            ("404_X", "Code404X"),
            ("SELF", "Self"),
            ("", "Empty"),
            ("a.b/c", "ABC"),
            ("日本", ""),
            ("Ünit", "Nit"),
            ("\\n", "N"),
            ("\"}; panic!(", "Panic"),
        ] {
            assert_eq!(variant(code), want, "{code}");
        }
    }
}
