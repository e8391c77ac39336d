//! The documentation site: a book for mdBook with an overview of each API and a page for each error.
//!
//! A module makes the values of a page, its template puts them together. Values are Markdown that [`prose`](super::prose) made safe; templates
//! hold nothing but layout.

mod example;
mod overview;
mod page;
mod sample;
mod site;
mod table;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use super::template::Templates;
use crate::output::Draft;
use crate::plan::{ApiPlan, ErrorPlan, Plan};

/// The files of the site, below `docs/`: `book.toml`, `src/SUMMARY.md`, `src/index.md`, and for each API `src/<id>/index.md` and a page an error.
pub fn emit<'p>(plan: &'p Plan<'_>) -> Vec<Draft<'p>> {
    let mut drafts = site::emit(plan);
    for api in &plan.apis {
        drafts.push(overview::emit(api));
        drafts.extend(page::emit(api));
    }
    drafts
}

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(&[
        ("summary", include_str!("templates/summary.md")),
        ("index", include_str!("templates/index.md")),
        ("overview", include_str!("templates/overview.md")),
        ("error", include_str!("templates/error.md")),
    ])
});

/// The first line of a Markdown file that comes from `source`.
fn marker(source: &str) -> String {
    format!("<!-- {} -->", super::marker(source))
}

/// Errors under a heading.
struct Group<'p, 'c> {
    /// The title as the catalog has it; `None` where an API has no groups.
    title: Option<&'c str>,
    errors: Vec<&'p ErrorPlan<'c>>,
}

/// The errors of an API by group, those of none last.
fn groups<'p, 'c>(api: &'p ApiPlan<'c>) -> Vec<Group<'p, 'c>> {
    let mut groups: Vec<Group<'p, 'c>> =
        api.catalog.groups.iter().map(|group| Group { title: Some(&group.title.value), errors: Vec::new() }).collect();
    let mut rest = Group { title: (!groups.is_empty()).then_some("Other errors"), errors: Vec::new() };
    for error in &api.errors {
        let name = error.error.group.as_ref().map(|name| &name.value);
        let index = name.and_then(|name| api.catalog.groups.iter().position(|group| group.name.value == *name));
        index.map_or(&mut rest, |index| &mut groups[index]).errors.push(error);
    }
    groups.push(rest);
    groups.retain(|group| !group.errors.is_empty());
    groups
}
