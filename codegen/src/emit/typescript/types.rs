//! `index.js` and `index.d.ts`: the class of an API's errors, and what the compiler knows of each of them.

use errbook::Repeat;
use serde::Serialize;

use super::literal::{self, comment, key};
use crate::emit::{self, prose, words};
use crate::model::{Deprecation, Field, FieldKind, ItemKind};
use crate::plan::{ApiPlan, ErrorPlan};

const VALUES: [&str; 5] = ["ApiError", "Decimal", "RawJson", "isApiError", "withRetry"];

const TYPES: [&str; 22] = [
    "Action",
    "AnyApiError",
    "Attempt",
    "Backoff",
    "Category",
    "ClonableResponse",
    "Clock",
    "FetchResponse",
    "HeadersInput",
    "JsonValue",
    "NoDetails",
    "Outcome",
    "PlainResponse",
    "ReadOptions",
    "Repeat",
    "ResponseParts",
    "RetryEvent",
    "RetryOptions",
    "RetryPolicy",
    "Value",
    "Values",
    "Verdict",
];

/// What the template of `index.js` prints.
#[derive(Serialize)]
pub(super) struct Class {
    marker: String,
    class: String,
    /// What of the engine the package exports too.
    values: Vec<&'static str>,
    idempotency_header: String,
}

pub(super) fn class(api: &ApiPlan<'_>) -> Class {
    Class {
        marker: emit::marker(&api.source()),
        class: api.class.clone(),
        values: free(api, &VALUES),
        idempotency_header: idempotency_header(api),
    }
}

/// The header for idempotency keys, as a literal that is a type too.
fn idempotency_header(api: &ApiPlan<'_>) -> String {
    key_header(api).map_or_else(|| "undefined".to_owned(), literal::string)
}

/// The header for idempotency keys that is documented: the API's own, else the first that is said of a status or an error.
pub(super) fn key_header<'a>(api: &'a ApiPlan<'_>) -> Option<&'a str> {
    api.tables.repeats().find_map(Repeat::header)
}

/// The class of an API `api` is `ApiError`, the details of a code `NO` are `NoDetails`: the API's own name comes first.
fn free(api: &ApiPlan<'_>, names: &[&'static str]) -> Vec<&'static str> {
    let is_details = |variant: &str| with_fields(api).any(|error| error.variant == variant);
    let own = |name: &str| name == api.class || name.strip_suffix("Details").is_some_and(is_details);
    names.iter().filter(|name| !own(name)).copied().collect()
}

fn with_fields<'p, 'c>(api: &'p ApiPlan<'c>) -> impl Iterator<Item = &'p ErrorPlan<'c>> {
    api.errors.iter().filter(|error| !error.error.fields.is_empty())
}

/// What the template of `index.d.ts` prints.
#[derive(Serialize)]
pub(super) struct Index {
    marker: String,
    title: String,
    /// `Vivix`, which the names of the API's types begin with.
    prefix: String,
    class: String,
    /// What of the engine the package exports too.
    values: Vec<&'static str>,
    idempotency_header: String,
    types: Vec<&'static str>,
    errors: Vec<Member>,
    details: Vec<Structure>,
    causes: Vec<Member>,
    fields: Option<Structure>,
}

#[derive(Serialize)]
struct Member {
    comment: String,
    key: String,
    kind: String,
}

#[derive(Serialize)]
struct Structure {
    comment: String,
    name: String,
    members: Vec<Member>,
}

pub(super) fn index(api: &ApiPlan<'_>) -> Index {
    let prefix = api.class.strip_suffix("Error").unwrap_or(&api.class);
    Index {
        marker: emit::marker(&api.source()),
        title: comment_text(&prose::text(&api.catalog.api.title.value)),
        prefix: prefix.to_owned(),
        class: api.class.clone(),
        values: free(api, &VALUES),
        idempotency_header: idempotency_header(api),
        types: free(api, &TYPES),
        errors: api.errors.iter().map(|plan| error(api, plan)).collect(),
        causes: api.errors.iter().filter_map(causes).collect(),
        fields: fields(api, prefix),
        details: with_fields(api).map(details).collect(),
    }
}

/// Text for a comment that the template opens and closes.
fn comment_text(text: &str) -> String {
    let comment = comment(text, &[], "");
    comment.trim_start_matches("/** ").trim_end_matches(" */").to_owned()
}

fn details_name(plan: &ErrorPlan<'_>) -> String {
    format!("{}Details", plan.variant)
}

fn error(api: &ApiPlan<'_>, plan: &ErrorPlan<'_>) -> Member {
    let tags: Vec<String> = plan.error.deprecated.iter().map(deprecated).collect();
    Member {
        comment: comment(&words::documentation(api.catalog, plan.error), &tags, "  "),
        key: key(plan.error.id()),
        kind: if plan.error.fields.is_empty() { "None".to_owned() } else { details_name(plan) },
    }
}

fn deprecated(deprecation: &Deprecation) -> String {
    let mut tag = "deprecated by the API".to_owned();
    if let Some(since) = &deprecation.since {
        tag.push_str(&format!(" since {}", prose::text(&since.value)));
    }
    if let Some(other) = &deprecation.replaced_by {
        tag.push_str(&format!("; {} takes its place", prose::code_span(&other.value)));
    }
    tag.push('.');
    if let Some(note) = &deprecation.note {
        tag.push_str(&format!(" {}", prose::inline(&note.value)));
    }
    tag
}

fn details(plan: &ErrorPlan<'_>) -> Structure {
    Structure {
        comment: comment(&format!("What comes with {}.", prose::code_span(plan.error.id())), &[], ""),
        name: details_name(plan),
        members: plan.error.fields.iter().map(|field| member(field, &[field.kind])).collect(),
    }
}

/// The causes of an error that a response tells apart.
fn causes(plan: &ErrorPlan<'_>) -> Option<Member> {
    let told = plan.error.told_causes();
    let named: Vec<(&str, String)> = told
        .iter()
        .filter_map(|cause| Some((cause.name.as_ref()?.value.as_str(), words::sentence(cause.when.as_ref()))))
        .collect();
    let listed: Vec<String> =
        named.iter().map(|(name, when)| format!("- {}: {when}", prose::code_span(name))).collect();
    let names: Vec<String> = named.iter().map(|(name, _)| literal::string(name)).collect();
    (!names.is_empty()).then(|| Member {
        comment: comment(&listed.join("\n"), &[], "  "),
        key: key(plan.error.id()),
        kind: names.join(" | "),
    })
}

/// The fields of all shapes. Which shape a response has is not known to the compiler: a field of several has the types of all.
fn fields(api: &ApiPlan<'_>, prefix: &str) -> Option<Structure> {
    let mut fields: Vec<(&Field, Vec<FieldKind>)> = Vec::new();
    for field in api.catalog.shape_fields() {
        match fields.iter_mut().find(|(other, _)| other.name.value == field.name.value) {
            Some((_, kinds)) => kinds.push(field.kind),
            None => fields.push((field, vec![field.kind])),
        }
    }
    (!fields.is_empty()).then(|| Structure {
        comment: comment("What can come with any error.", &[], ""),
        name: format!("{prefix}Fields"),
        members: fields.iter().map(|(field, kinds)| member(field, kinds)).collect(),
    })
}

fn member(field: &Field, kinds: &[FieldKind]) -> Member {
    let about = field
        .about
        .as_ref()
        .map_or_else(|| "Its meaning is undocumented.".to_owned(), |about| prose::markdown(&about.value));
    let places: Vec<_> = field.at.iter().map(|at| prose::code_span(&at.value.to_string())).collect();
    let mut names: Vec<String> = Vec::new();
    for kind in kinds {
        let name = type_of(*kind);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Member {
        comment: comment(&format!("{about} Sent at {}.", places.join(" or ")), &[], "  "),
        key: key(&field.name.value),
        kind: names.join(" | "),
    }
}

fn type_of(kind: FieldKind) -> String {
    match kind {
        FieldKind::One(item) => item_type(item).to_owned(),
        FieldKind::List(None) => "readonly JsonValue[]".to_owned(),
        FieldKind::List(Some(item)) => match item_type(item) {
            union if union.contains('|') => format!("readonly ({union})[]"),
            plain => format!("readonly {plain}[]"),
        },
    }
}

fn item_type(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::String => "string",
        // A bigint where no number holds it.
        ItemKind::Integer => "number | bigint",
        ItemKind::Number => "number | Decimal",
        ItemKind::Boolean => "boolean",
        ItemKind::Timestamp(_) => "Date",
        ItemKind::Object => "{ readonly [key: string]: JsonValue }",
        ItemKind::Any => "JsonValue",
    }
}
