//! The page of an error, and the list of errors, for a terminal.

use crate::emit::{prose, words};
use crate::model::{Catalog, ErrorDef};

/// How wide texts are.
const WIDTH: usize = 100;

/// All that a catalog says of one error.
pub fn page(catalog: &Catalog, error: &ErrorDef) -> String {
    let mut out = format!("{} {}\n", catalog.api.title.value, error.id());
    let facts = [
        ("status", Some(prose::plain(&words::status_list(&error.status.value)))),
        ("group", error.group.as_ref().map(|group| group.value.clone())),
        ("action", catalog.action_of(error).map(|action| action.to_string())),
        ("variant", Some(error.variant())),
        (
            "aliases",
            (!error.aliases.is_empty())
                .then(|| error.aliases.iter().map(|a| a.text.value.as_str()).collect::<Vec<_>>().join(", ")),
        ),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            out.push_str(&format!("  {name:<8} {value}\n"));
        }
    }
    let undocumented = || "Not documented.".to_owned();
    let plain =
        |text: &Option<crate::model::Prose>| text.as_ref().map_or_else(undocumented, |text| prose::plain(&text.value));
    section(&mut out, "When", &plain(&error.when));
    section(&mut out, "What to do", &plain(&error.fix));
    for cause in &error.causes {
        let name = cause.name.as_ref().map_or("Cause".to_owned(), |name| format!("Cause {}", name.value));
        let backoff = catalog.retry.backoff;
        let facts = [
            cause.fix.as_ref().map(|fix| format!("What to do: {}", prose::plain(&fix.value))),
            cause
                .is_told()
                .then(|| format!("Told by: {}.", prose::plain(&words::told_by(&cause.statuses, &cause.conditions)))),
            cause
                .retry
                .as_ref()
                .map(|rule| format!("Retry: {}", prose::plain(&words::retry_sentence(Some(rule), backoff)))),
            cause.repeat.as_ref().map(|repeat| prose::plain(&words::repeat_sentence(repeat))),
        ];
        let paragraphs: Vec<_> = std::iter::once(plain(&cause.when)).chain(facts.into_iter().flatten()).collect();
        section(&mut out, &name, &paragraphs.join("\n\n"));
    }
    section(&mut out, "Retry", &prose::plain(&words::retry_sentence(catalog.retry_of(error), catalog.retry.backoff)));
    if let Some(repeat) = catalog.repeat_of(error) {
        section(&mut out, "What a repeat does", &prose::plain(&words::repeat_sentence(repeat)));
    }
    if let Some(told) = words::told_error(error) {
        section(&mut out, "Told by", &prose::plain(&told));
    }
    if let Some(note) = &error.note {
        section(&mut out, "Note", &prose::plain(&note.value));
    }
    for field in &error.fields {
        let about = field.about.as_ref().map(|about| prose::plain(&about.value)).unwrap_or_default();
        section(
            &mut out,
            &format!("Field {}", field.name.value),
            &format!("{}. {about}", words::field_kind(field.kind)),
        );
    }
    if let Some(source) = catalog.api.sources.get(catalog.source_index(&error.sources)) {
        section(
            &mut out,
            "Source",
            &format!("{} (read {})", source.url.as_ref().map_or(source.label(), |url| &url.value), source.read.value),
        );
    }
    out
}

fn section(out: &mut String, title: &str, text: &str) {
    out.push_str(&format!("\n{title}\n"));
    let options = textwrap::Options::new(WIDTH).initial_indent("  ").subsequent_indent("  ");
    for paragraph in text.trim_end().split('\n') {
        out.push_str(textwrap::fill(paragraph, &options).trim_end());
        out.push('\n');
    }
}

/// The errors of an API, one a line.
pub fn list(catalog: &Catalog) -> String {
    let mut out = format!("{}: {} errors\n", catalog.api.title.value, catalog.errors.len());
    let width = catalog.errors.iter().map(|error| error.id().chars().count()).max().unwrap_or(0);
    for error in &catalog.errors {
        let (status, retry) = (
            prose::plain(&words::status_list(&error.status.value)),
            prose::plain(&words::retry_short(catalog.retry_of(error))),
        );
        out.push_str(&format!("  {:<width$}  {status:<14} {retry}\n", error.id()));
    }
    out
}
