//! The overview of an API.

use serde::Serialize;

use super::example::{self, Parsed};
use super::{Group, TEMPLATES, groups, marker, sample, table};
use crate::emit::{prose, words};
use crate::model::{
    Amount, Catalog, Example, Limit, Location, Primary, Repeat, RetryRule, RetryVerdict, Several, Shape, StatusRange,
    StatusRule,
};
use crate::output::Draft;
use crate::plan::{ApiPlan, ErrorPlan};
use crate::source::Spanned;
use errbook::Backoff;

pub(super) fn emit<'p>(api: &'p ApiPlan<'_>) -> Draft<'p> {
    Draft::new(format!("docs/src/{}/index.md", api.catalog.api.id.value), || {
        TEMPLATES.render("overview", &overview(api))
    })
}

fn overview<'p>(api: &'p ApiPlan<'_>) -> Overview<'p> {
    let catalog = api.catalog;
    let example = first_example(api);
    let parsed = example.map(|(_, example)| Parsed::new(example));
    let plans = catalog.plans();
    Overview {
        marker: marker(&api.source()),
        title: prose::text(&catalog.api.title.value),
        about: catalog.api.about.as_ref().map(|about| prose::markdown(&about.value)),
        facts: facts(api),
        shapes: shapes(catalog, parsed.as_ref()),
        example: example.map(|(error, example)| shown(api, error, example)),
        groups: groups(api).iter().map(|group| index(api, group)).collect(),
        uncoded: uncoded(api),
        statuses: catalog.statuses.iter().map(|rule| status(rule, catalog.retry.backoff)).collect(),
        retrying: retrying(catalog),
        limits: catalog.limits.iter().map(|limit| limit_row(limit, &plans)).collect(),
        limits_about: catalog.limits.iter().filter_map(limit_about).collect(),
        plans: if plans.is_empty() {
            vec!["Amount".to_owned()]
        } else {
            plans.iter().map(|plan| prose::text(plan)).collect()
        },
        install: sample::install(api),
        rust: sample::rust_start(api),
        typescript: sample::typescript_start(api),
    }
}

/// Values of `overview.md`.
#[derive(Serialize)]
struct Overview<'p> {
    marker: String,
    title: String,
    about: Option<String>,
    facts: String,
    shapes: Vec<ShapeView>,
    example: Option<ExampleView>,
    groups: Vec<GroupView<'p>>,
    uncoded: Vec<Uncoded<'p>>,
    statuses: Vec<StatusView>,
    retrying: Vec<String>,
    limits: Vec<LimitView>,
    limits_about: Vec<String>,
    plans: Vec<String>,
    install: String,
    rust: String,
    typescript: String,
}

/// Where the facts come from, and how many they are.
fn facts(api: &ApiPlan<'_>) -> String {
    let count = match api.errors.len() {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    };
    let sources = api.catalog.api.sources.iter().map(|source| {
        let link = crate::emit::source_link(source);
        format!("{link} (read on {})", prose::text(&source.read.value))
    });
    format!("{count}, as the provider documents them: {}.", sources.collect::<Vec<_>>().join(", "))
}

#[derive(Serialize)]
struct ShapeView {
    heading: Option<String>,
    sent: String,
    parts: Vec<PartView>,
    fields: Option<String>,
}

#[derive(Serialize)]
struct PartView {
    what: &'static str,
    at: String,
    value: String,
}

fn shapes(catalog: &Catalog, example: Option<&Parsed<'_>>) -> Vec<ShapeView> {
    let several = catalog.shapes.len() > 1;
    let mut views = Vec::new();
    for (number, shape) in catalog.shapes.iter().enumerate() {
        let heading = several.then(|| format!("Form {}", number + 1));
        views.push(ShapeView { heading, sent: sent(shape), ..shape_view(shape, example) });
        if let Some(errors) = &shape.errors {
            let heading = match several {
                true => format!("Each of several errors in form {}", number + 1),
                false => "Each of several errors".to_owned(),
            };
            views.push(ShapeView { heading: Some(heading), sent: each(errors), ..shape_view(&errors.shape, None) });
        }
    }
    views
}

/// Where the values of a shape stand; the caller knows what it is called.
fn shape_view(shape: &Shape, example: Option<&Parsed<'_>>) -> ShapeView {
    let code = shape.code.iter().enumerate().map(|(part, places)| match part {
        0 => ("Code", places),
        _ => ("Code, finer", places),
    });
    let parts = code.chain([
        ("Status of its own", &shape.own_status),
        ("Message for people", &shape.message),
        ("The server's own advice", &shape.remediation),
        ("Id of the request, for support", &shape.request_id),
    ]);
    let part = |(what, places): (&'static str, &Vec<Spanned<Location>>)| PartView {
        what,
        at: prose::cell(&words::locations(places)),
        value: example
            .and_then(|example| example.value(places))
            .map_or_else(String::new, |value| prose::code_cell(&value)),
    };
    ShapeView {
        heading: None,
        sent: String::new(),
        parts: parts.filter(|(_, places)| !places.is_empty()).map(part).collect(),
        fields: table::fields(&shape.fields),
    }
}

/// Where several errors stand, and which of them counts.
fn each(several: &Several) -> String {
    let way = several.at.value.iter().map(ToString::to_string).collect::<String>();
    let primary = match several.primary {
        Primary::First => "The response is known by the first that is listed, its own code before all",
        Primary::Last => "The response is known by the last that is listed",
        Primary::Innermost => {
            "They are one chain: each tells the one before it more precisely, and the last that is listed decides"
        }
    };
    let gate = match words::told_by(&[], &several.shape.gate).as_str() {
        "" => String::new(),
        gate => format!(" Of those in which {gate}."),
    };
    format!(
        "Further errors stand at {} (`*` is any key or index, `**` any depth), and places are looked for in each of them.{gate} {primary}.",
        prose::code_span(&way)
    )
}

/// Which responses have a shape.
fn sent(shape: &Shape) -> String {
    let statuses = shape.carried();
    let gate = words::told_by(&[], &shape.gate);
    if statuses == [StatusRange::NONE] {
        let gate = if gate.is_empty() { String::new() } else { format!(" in which {gate}") };
        return format!("An error is what is no HTTP response (an event, a task's status, a webhook){gate}.");
    }
    let status = words::status_ranges(statuses);
    let codes = if shape.code.is_empty() {
        " There is no code: errors are told apart by the status and by what else they hold."
    } else {
        ""
    };
    match gate.as_str() {
        "" => format!("An error is a response with the status {status}.{codes}"),
        gate => format!("An error is a response with the status {status} in which {gate}.{codes}"),
    }
}

#[derive(Serialize)]
struct ExampleView {
    about: String,
    block: String,
}

fn first_example<'p, 'c>(api: &'p ApiPlan<'c>) -> Option<(&'p ErrorPlan<'c>, &'c Example)> {
    let examples =
        || api.errors.iter().flat_map(|error| error.error.examples.iter().map(move |example| (error, example)));
    examples().find(|(_, example)| example.status.is_some()).or_else(|| examples().next())
}

fn shown(api: &ApiPlan<'_>, error: &ErrorPlan<'_>, example: &Example) -> ExampleView {
    ExampleView {
        about: format!("The example, from [{}]({}.md):", prose::code_span(error.error.id()), error.slug),
        block: example::block(
            example,
            example.status.and_then(|status| api.catalog.status_rule(StatusRange::one(status))),
        ),
    }
}

#[derive(Serialize)]
struct GroupView<'p> {
    title: Option<String>,
    what: &'static str,
    rows: Vec<Row<'p>>,
}

#[derive(Serialize)]
struct Row<'p> {
    code: String,
    slug: &'p str,
    status: String,
    when: String,
    retry: String,
}

fn index<'p>(api: &ApiPlan<'_>, group: &Group<'p, '_>) -> GroupView<'p> {
    let row = |error: &&'p ErrorPlan<'_>| Row {
        code: prose::code_cell(error.error.id()),
        slug: &error.slug,
        status: words::status_list(&error.error.status.value),
        when: error.error.when.as_ref().map_or(words::NOT_DOCUMENTED.to_owned(), |when| prose::cell(&when.value)),
        retry: words::retry_short(api.catalog.retry_of(error.error)),
    };
    let coded = group.errors.iter().any(|error| error.error.code().is_some());
    GroupView {
        title: group.title.map(prose::text),
        what: if coded { "Code" } else { "Error" },
        rows: group.errors.iter().map(row).collect(),
    }
}

#[derive(Serialize)]
struct Uncoded<'p> {
    name: String,
    slug: &'p str,
    told: String,
}

/// The errors without a code, and what tells them.
fn uncoded<'p>(api: &'p ApiPlan<'_>) -> Vec<Uncoded<'p>> {
    let told = |error: &'p ErrorPlan<'_>| {
        let told = prose::cell(&words::told_error(error.error)?);
        Some(Uncoded { name: prose::code_cell(error.error.id()), slug: &error.slug, told })
    };
    api.errors.iter().filter_map(told).collect()
}

#[derive(Serialize)]
struct StatusView {
    range: String,
    title: String,
    about: String,
    retry: String,
}

fn status(rule: &StatusRule, api: Option<Backoff>) -> StatusView {
    let texts = [&rule.when, &rule.fix].into_iter().flatten().map(|text| prose::cell(&text.value));
    let action = rule.action.filter(|_| rule.fix.is_none()).map(|action| capitalized(&words::action(action)));
    let about = texts.chain(action).collect::<Vec<_>>().join(" ");
    StatusView {
        range: words::status_range(rule.range.value),
        title: prose::text(&rule.title.value),
        about: if about.is_empty() { words::NOT_DOCUMENTED.to_owned() } else { about },
        retry: status_retry(rule, api),
    }
}

/// A status has no page of its own, so its cell says all that a word cannot.
fn status_retry(rule: &StatusRule, api: Option<Backoff>) -> String {
    let retry = rule.retry.as_ref();
    let is_short = |rule: &RetryRule| match rule.verdict {
        RetryVerdict::Never | RetryVerdict::Undocumented => true,
        RetryVerdict::Retry => rule.after.is_empty(),
        RetryVerdict::Conditional(_) => false,
    };
    let repeat = rule.repeat.as_ref().filter(|repeat| **repeat != Repeat::Undocumented).map(words::repeat_sentence);
    match (retry.is_none_or(is_short), repeat) {
        (true, None) => words::retry_short(retry),
        (_, repeat) => {
            let sentences = std::iter::once(words::retry_sentence(retry, api)).chain(repeat);
            prose::cell(&sentences.collect::<Vec<_>>().join(" "))
        }
    }
}

fn capitalized(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_ascii_uppercase(), chars.as_str()))
}

/// What holds for retrying, one sentence each.
fn retrying(catalog: &Catalog) -> Vec<String> {
    let backoff = match &catalog.retry.backoff {
        Some(backoff) => format!("The documented backoff is {}.", words::backoff(backoff)),
        None => {
            format!("No figures of a backoff are documented; the packages use {}.", words::backoff(&Backoff::DEFAULT))
        }
    };
    let mut lines = vec![
        backoff,
        "Waits are drawn at random from zero to the backoff, so that clients do not come back together.".to_owned(),
    ];
    let mut told = Vec::new();
    let rules =
        catalog.statuses.iter().map(|status| &status.retry).chain(catalog.errors.iter().map(|error| &error.retry));
    for source in rules.flatten().flat_map(|rule: &RetryRule| &rule.after) {
        for value in words::told_values(source) {
            let value = words::told(value);
            if !told.contains(&value) {
                told.push(value);
            }
        }
    }
    if !told.is_empty() {
        lines.push(format!(
            "How long to wait may be told by {}. A told delay goes before the backoff.",
            told.join(", or by ")
        ));
    }
    lines.push(
        catalog
            .retry
            .repeat
            .as_ref()
            .map_or_else(|| "What a repeat does is not documented.".to_owned(), words::repeat_sentence),
    );
    if !catalog.retry.overrides.is_empty() {
        let told: Vec<_> = catalog.retry.overrides.iter().map(words::server_verdict).collect();
        lines.push(format!("The server can decide by itself, whatever these pages say: {}.", told.join(", else ")));
    }
    lines
}

#[derive(Serialize)]
struct LimitView {
    title: String,
    amounts: Vec<String>,
}

fn limit_row(limit: &Limit, plans: &[&str]) -> LimitView {
    let shown = |amount: Option<&str>| amount.map_or("*not documented*".to_owned(), prose::text);
    let amounts = match &limit.amount {
        Amount::One(amount) if plans.is_empty() => vec![shown(amount.as_deref())],
        _ => plans.iter().map(|plan| limit.for_plan(plan).map_or_else(String::new, shown)).collect(),
    };
    LimitView { title: prose::text(&limit.title.value), amounts }
}

fn limit_about(limit: &Limit) -> Option<String> {
    let about = prose::inline(&limit.about.as_ref()?.value);
    Some(format!("{}: {about}", prose::text(&limit.title.value)))
}
