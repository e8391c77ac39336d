//! What the APIs have in common: the book's settings, its table of contents, its title page.

use serde::Serialize;

use super::{Templates, groups, marker};
use crate::emit::{prose, words};
use crate::output::Output;
use crate::plan::{ApiPlan, Plan};

/// Settings of mdBook 0.5. No preprocessor runs, so nothing in a page is a directive; and one page of ten thousand errors for the printer is no use.
const BOOK: &str = r#"[book]
title = "API errors"
language = "en"

[build]
create-missing = false
use-default-preprocessors = false

[output.html]
no-section-label = true
smart-punctuation = false

[output.html.fold]
enable = true

[output.html.print]
enable = false

[output.html.playground]
runnable = false

[output.html.search]
use-boolean-and = true
boost-title = 4
heading-split-level = 1
"#;

pub(super) fn emit(plan: &Plan<'_>, templates: &Templates) -> Vec<Output> {
    // Where what comes from no single catalog comes from.
    let all = format!("the files in {}/", plan.catalogs);
    let parts = plan.apis.iter().map(part).collect();
    let summary = Summary { marker: marker(&all), parts };
    let index = Index { marker: marker(&all), apis: plan.apis.iter().map(entry).collect() };
    vec![
        Output { path: "docs/book.toml".to_owned(), text: format!("# {}\n\n{BOOK}", super::super::marker(&all)) },
        Output { path: "docs/src/SUMMARY.md".to_owned(), text: templates.render("summary", &summary) },
        Output { path: "docs/src/index.md".to_owned(), text: templates.render("index", &index) },
    ]
}

/// Values of `summary.md`.
#[derive(Serialize)]
struct Summary<'p> {
    marker: String,
    parts: Vec<Part<'p>>,
}

#[derive(Serialize)]
struct Part<'p> {
    title: String,
    id: &'p str,
    groups: Vec<Heading<'p>>,
}

#[derive(Serialize)]
struct Heading<'p> {
    title: Option<String>,
    indent: &'static str,
    pages: Vec<Page<'p>>,
}

#[derive(Serialize)]
struct Page<'p> {
    name: String,
    slug: &'p str,
}

fn part<'p>(api: &'p ApiPlan<'_>) -> Part<'p> {
    let heading = |group: super::Group<'p, '_>| Heading {
        title: group.title.map(prose::text),
        indent: if group.title.is_some() { "  " } else { "" },
        pages: group.errors.iter().map(|error| Page { name: name(error.error.id()), slug: &error.slug }).collect(),
    };
    Part {
        title: prose::text(&api.catalog.api.title.value),
        id: &api.catalog.api.id.value,
        groups: groups(api).into_iter().map(heading).collect(),
    }
}

/// A code in the table of contents, which knows no code spans.
fn name(code: &str) -> String {
    if code.trim().is_empty() { "(empty)".to_owned() } else { prose::text(code) }
}

/// Values of `index.md`.
#[derive(Serialize)]
struct Index<'p> {
    marker: String,
    apis: Vec<Entry<'p>>,
}

#[derive(Serialize)]
struct Entry<'p> {
    title: String,
    id: &'p str,
    about: String,
    errors: usize,
    package: &'p str,
}

fn entry<'p>(api: &'p ApiPlan<'_>) -> Entry<'p> {
    Entry {
        title: prose::text(&api.catalog.api.title.value),
        id: &api.catalog.api.id.value,
        about: api
            .catalog
            .api
            .about
            .as_ref()
            .map_or(words::NOT_DOCUMENTED.to_owned(), |about| prose::cell(&about.value)),
        errors: api.errors.len(),
        package: &api.package,
    }
}
