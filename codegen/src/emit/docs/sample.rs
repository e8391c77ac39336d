//! Short samples of code that handles an error. Whatever a catalog holds, they are valid code.

use errbook::Verdict;
use heck::ToSnakeCase;

use crate::emit::prose;
use crate::emit::rust::literal::ident;
use crate::model::{Catalog, ErrorDef, RetryVerdict};
use crate::plan::{ApiPlan, ErrorPlan};
use crate::source::characters::is_forbidden;

/// How many fields a sample shows.
const MOST_FIELDS: usize = 3;

/// How the packages of an API are added to a project.
pub(super) fn install(api: &ApiPlan<'_>) -> String {
    prose::code_block(
        "sh",
        &format!("cargo add --path generated/rust/{0}\nnpm install ./generated/typescript/{0}", api.package),
    )
}

/// The first steps in Rust.
pub(super) fn rust_start(api: &ApiPlan<'_>) -> String {
    let code = format!(
        "use {0}::errbook::Verdict;\n\n\
         let err = {0}::Error::from(response); // an http::Response with its body\n\
         match err.retry() {{\n    \
             Verdict::Retry => thread::sleep(err.delay(attempt, SystemTime::now()).unwrap_or_default()),\n    \
             _ => eprintln!(\"{{err}}: {{}}\", err.remediation().unwrap_or_default()),\n\
         }}",
        api.crate_name
    );
    prose::code_block("rust,ignore", &code)
}

/// The first steps in TypeScript.
pub(super) fn typescript_start(api: &ApiPlan<'_>) -> String {
    let (class, package) = (&api.class, &api.package);
    let code = format!(
        "import {{ {class}, withRetry }} from \"{package}\";\n\n\
         // Repeats what may be repeated; what is left is thrown.\n\
         const res = await withRetry(async ({{ signal }}) => {class}.check(await fetch(url, {{ ...init, signal }})));"
    );
    prose::code_block("ts", &code)
}

/// What decides how an error is handled.
fn verdict(catalog: &Catalog, error: &ErrorDef) -> Verdict {
    match catalog.retry_of(error).map(|rule| &rule.verdict) {
        Some(RetryVerdict::Never) => Verdict::Never,
        Some(RetryVerdict::Retry) => Verdict::Retry,
        Some(RetryVerdict::Conditional(_)) => Verdict::Conditional,
        Some(RetryVerdict::Undocumented) | None => Verdict::Unknown,
    }
}

/// An error handled in Rust.
pub(super) fn rust(api: &ApiPlan<'_>, error: &ErrorPlan<'_>) -> String {
    let variant = ident(&error.variant);
    let causes = error.error.told_causes();
    let fields = &error.error.fields;
    let mut imports = vec!["ErrorCode"];
    let mut lines = Vec::new();
    if !fields.is_empty() {
        imports.insert(0, "Details");
        let values =
            fields.iter().take(MOST_FIELDS).map(|field| format!("d.{}", ident(&field.name.value.to_snake_case())));
        let values: Vec<String> = values.collect();
        lines.push(format!("if let Details::{variant}(d) = err.details() {{"));
        lines.push(format!("    println!(\"{}\", {});", ["{:?}"].repeat(values.len()).join(" "), values.join(", ")));
        lines.push("}".to_owned());
    }
    if !causes.is_empty() {
        imports.insert(0, "Cause");
        lines.push("match err.known_cause() {".to_owned());
        let arms = causes
            .iter()
            .map(|cause| format!("    Some(Cause::{}) => {{ /* … */ }}", ident(&cause.variant(&error.variant))));
        lines.extend(arms);
        lines.push("    _ => {}".to_owned());
        lines.push("}".to_owned());
    }
    match verdict(api.catalog, error.error) {
        Verdict::Retry => {
            lines.push("let wait = err.delay(attempt, SystemTime::now()); // then send it again".to_owned())
        }
        _ if lines.is_empty() => lines.push("eprintln!(\"{}\", err.remediation().unwrap_or_default());".to_owned()),
        _ => {}
    }
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    let body: String = lines.iter().map(|line| format!("        {line}\n")).collect();
    let code = format!(
        "use {}::{imports};\n\nmatch err.code() {{\n    Some(ErrorCode::{variant}) => {{\n{body}    }}\n    _ => {{}}\n}}",
        api.crate_name
    );
    prose::code_block("rust,ignore", &code)
}

/// An error handled in TypeScript.
pub(super) fn typescript(api: &ApiPlan<'_>, error: &ErrorPlan<'_>) -> String {
    let class = &api.class;
    let mut body = String::new();
    let fields = &error.error.fields;
    if !fields.is_empty() {
        let values = fields.iter().take(MOST_FIELDS).map(|field| format!("e.details{}", property(&field.name.value)));
        body.push_str(&format!("  console.log({});\n", values.collect::<Vec<_>>().join(", ")));
    }
    for cause in error.error.told_causes() {
        let name = cause.name.as_ref().map_or("", |name| &name.value);
        body.push_str(&format!("  if (e.knownCause === {}) {{ /* … */ }}\n", string(name)));
    }
    match verdict(api.catalog, error.error) {
        Verdict::Retry => body.push_str("  await sleep(e.delay(attempt) ?? 0); // then send it again\n"),
        _ if body.is_empty() => body.push_str("  console.error(e.remediation ?? e.message);\n"),
        _ => {}
    }
    let code = format!(
        "import {{ {class} }} from \"{}\";\n\nif (e instanceof {class} && e.is({})) {{\n{body}}}",
        api.package,
        string(error.error.id())
    );
    prose::code_block("ts", &code)
}

/// Access to a property in TypeScript: `.model`, `["a b"]`.
fn property(name: &str) -> String {
    let start = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'_' | b'$');
    let plain = name.as_bytes().first().is_some_and(start) && name.bytes().all(|b| start(&b) || b.is_ascii_digit());
    if plain { format!(".{name}") } else { format!("[{}]", string(name)) }
}

/// A string literal of TypeScript. Nothing in it is a control character, or a directive of mdBook.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut before = '"';
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '{' if before == '{' => out.push_str("\\u007b"),
            '\t' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c if is_forbidden(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
        before = c;
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_typescript() {
        for (text, want) in [
            ("A", "\"A\""),
            ("", "\"\""),
            ("a\"b\\c`d${e}", "\"a\\\"b\\\\c`d${e}\""),
            ("a\nb\u{7f}\u{202e}", "\"a\\nb\\u007f\\u202e\""),
            ("{{#include x}}", "\"{\\u007b#include x}}\""),
        ] {
            assert_eq!(string(text), want);
        }
        // What JSON reads, TypeScript reads the same.
        let text = "\"; alert(1); \"\u{0}\u{1b}{{{\u{2028}";
        assert_eq!(serde_json::from_str::<String>(&string(text)).unwrap(), text);
    }

    #[test]
    fn names() {
        assert_eq!(property("a_b"), ".a_b");
        assert_eq!(property("a b"), "[\"a b\"]");
    }
}
