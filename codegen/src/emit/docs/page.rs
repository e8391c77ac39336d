//! The page of an error.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::{TEMPLATES, example, marker, sample, table};
use crate::emit::{prose, words};
use crate::model::{Catalog, Cause, ErrorDef, Repeat, RetryVerdict, StatusRange};
use crate::output::Draft;
use crate::plan::{ApiPlan, ErrorPlan};

/// The pages of all errors.
pub(super) fn emit<'p>(api: &'p ApiPlan<'_>) -> impl Iterator<Item = Draft<'p>> {
    let shared = Arc::new(Shared {
        api,
        marker: marker(&api.source()),
        groups: api
            .catalog
            .groups
            .iter()
            .map(|group| (group.name.value.as_str(), prose::text(&group.title.value)))
            .collect(),
        slugs: api.errors.iter().map(|error| (error.error.id(), error.slug.as_str())).collect(),
        sources: sources(api.catalog),
    });
    api.errors.iter().map(move |error| {
        let (path, shared) = (format!("docs/src/{}/{}.md", api.catalog.api.id.value, error.slug), Arc::clone(&shared));
        Draft::new(path, move || TEMPLATES.render("error", &shared.page(error)))
    })
}

/// What the pages of an API have in common. The maps are for looking up only.
struct Shared<'p, 'c> {
    api: &'p ApiPlan<'c>,
    marker: String,
    groups: HashMap<&'c str, String>,
    slugs: HashMap<&'c str, &'p str>,
    /// Each source as a link.
    sources: Vec<(&'c str, String)>,
}

fn sources(catalog: &Catalog) -> Vec<(&str, String)> {
    let link = |source: &crate::model::Source| {
        format!("{}, read on {}", crate::emit::source_link(source), prose::text(&source.read.value))
    };
    catalog.api.sources.iter().map(|source| (source.name.value.as_str(), link(source))).collect()
}

/// Values of `error.md`.
#[derive(Serialize)]
struct Page<'s> {
    marker: &'s str,
    heading: String,
    badges: String,
    notices: Vec<Notice>,
    when: String,
    told: Option<String>,
    aliases: Option<String>,
    fix: String,
    action: Option<String>,
    causes: Vec<CauseView>,
    untold: Vec<String>,
    retry: String,
    fields: Option<String>,
    message: Option<String>,
    examples: Vec<ExampleView>,
    rust: String,
    typescript: String,
    note: Option<String>,
    source: String,
}

#[derive(Serialize)]
struct Notice {
    kind: &'static str,
    text: String,
}

#[derive(Serialize)]
struct CauseView {
    name: String,
    when: String,
    facts: Vec<String>,
}

#[derive(Serialize)]
struct ExampleView {
    about: Option<String>,
    block: String,
}

impl<'s> Shared<'s, '_> {
    fn page(&'s self, plan: &ErrorPlan<'_>) -> Page<'s> {
        let (catalog, error) = (self.api.catalog, plan.error);
        let text = |text: &Option<crate::model::Prose>| {
            text.as_ref().map_or(words::NOT_DOCUMENTED.to_owned(), |text| prose::markdown(&text.value))
        };
        let (told, untold): (Vec<&Cause>, Vec<&Cause>) = error.causes.iter().partition(|cause| cause.is_told());
        Page {
            marker: &self.marker,
            heading: prose::code_span(error.id()),
            badges: self.badges(error),
            notices: self.notices(error),
            when: text(&error.when),
            told: words::told_error(error).map(|told| match error.class() {
                Some(_) => {
                    format!("It is this error if {told}. An error that is listed with that very code goes before.")
                }
                None => format!("The response has no code for it: it is this error if {told}."),
            }),
            aliases: aliases(error),
            fix: text(&error.fix),
            action: catalog.action_of(error).map(|action| format!("What a program can do: {}.", words::action(action))),
            causes: told.into_iter().map(|cause| self.cause(cause)).collect(),
            untold: untold.into_iter().map(|cause| self.untold(cause)).collect(),
            retry: retry(catalog, error),
            fields: table::fields(&error.fields),
            message: error.message.as_ref().map(|message| prose::code_block("text", &message.value)),
            examples: error.examples.iter().map(|example| self.example(example)).collect(),
            rust: sample::rust(self.api, plan),
            typescript: sample::typescript(self.api, plan),
            note: error.note.as_ref().map(|note| prose::markdown(&note.value)),
            source: self.source(error),
        }
    }

    /// What is worth knowing at a glance, on one line.
    fn badges(&self, error: &ErrorDef) -> String {
        let catalog = self.api.catalog;
        let group = error.group.as_ref().and_then(|group| self.groups.get(group.value.as_str()));
        let badges = [
            ("Status", Some(words::status_list(&error.status.value))),
            ("Repeat", Some(words::retry_short(catalog.retry_of(error)))),
            ("Action", catalog.action_of(error).map(|action| prose::code_span(action.as_str()))),
            ("Group", group.cloned()),
            ("Since", error.since.as_ref().map(|since| prose::text(&since.value))),
        ];
        let shown = badges.into_iter().filter_map(|(name, value)| Some(format!("**{name}** {}", value?)));
        shown.collect::<Vec<_>>().join(" · ")
    }

    fn notices(&self, error: &ErrorDef) -> Vec<Notice> {
        let since = |since: &Option<crate::model::Text>| {
            since.as_ref().map_or_else(String::new, |since| format!(" since {}", prose::text(&since.value)))
        };
        let note = |note: &Option<crate::model::Prose>| {
            note.as_ref().map_or_else(String::new, |note| format!(" {}", prose::inline(&note.value)))
        };
        let deprecated = error.deprecated.as_ref().map(|life| {
            let instead = life
                .replaced_by
                .as_ref()
                .map_or_else(String::new, |other| format!(" {} replaces it.", self.link(&other.value)));
            Notice { kind: "WARNING", text: format!("Deprecated{}.{instead}{}", since(&life.since), note(&life.note)) }
        });
        let retired = error.retired.as_ref().map(|life| Notice {
            kind: "NOTE",
            text: format!(
                "Retired{}: it is no longer sent, and stays listed so that its code is not used again.{}",
                since(&life.since),
                note(&life.note)
            ),
        });
        deprecated.into_iter().chain(retired).collect()
    }

    /// Another error of this API, linked where it is listed.
    fn link(&self, id: &str) -> String {
        let code = prose::code_span(id);
        self.slugs.get(id).map_or_else(|| code.clone(), |slug| format!("[{code}]({slug}.md)"))
    }

    /// A cause that a response tells.
    fn cause(&self, cause: &Cause) -> CauseView {
        let mut facts = vec![format!("Told by: {}.", words::told_by(&cause.statuses, &cause.conditions))];
        facts.extend(self.cause_facts(cause));
        CauseView {
            name: cause.name.as_ref().map_or_else(String::new, |name| prose::code_span(&name.value)),
            when: words::sentence(cause.when.as_ref()),
            facts,
        }
    }

    /// What a cause says that differs from its error.
    fn cause_facts(&self, cause: &Cause) -> Vec<String> {
        let stated = cause.retry.as_ref().filter(|rule| !matches!(rule.verdict, RetryVerdict::Undocumented));
        let facts = [
            cause.fix.as_ref().map(|fix| format!("What to do: {}", prose::inline(&fix.value))),
            cause.action.map(|action| format!("What a program can do: {}.", words::action(action))),
            stated.map(|rule| {
                format!("May it be repeated? {}", words::retry_sentence(Some(rule), self.api.catalog.retry.backoff))
            }),
            cause.repeat.as_ref().filter(|repeat| **repeat != Repeat::Undocumented).map(words::repeat_sentence),
            cause.message.as_ref().map(|message| format!("Message: {}", prose::code_span(&message.value))),
        ];
        facts.into_iter().flatten().collect()
    }

    /// A cause that no response tells, on one line.
    fn untold(&self, cause: &Cause) -> String {
        let name = cause.name.as_ref().map(|name| format!("{}:", prose::code_span(&name.value)));
        let parts = name.into_iter().chain([words::sentence(cause.when.as_ref())]).chain(self.cause_facts(cause));
        parts.collect::<Vec<_>>().join(" ")
    }

    fn example(&self, example: &crate::model::Example) -> ExampleView {
        let rule = example.status.and_then(|status| self.api.catalog.status_rule(StatusRange::one(status)));
        let about = example.cause.as_ref().map(|cause| format!("With the cause {}:", prose::code_span(&cause.value)));
        ExampleView { about, block: example::block(example, rule) }
    }

    fn source(&self, error: &ErrorDef) -> String {
        let named =
            error.sources.iter().filter_map(|name| self.sources.iter().find(|(source, _)| *source == name.value));
        let mut links: Vec<&str> = named.map(|(_, link)| link.as_str()).collect();
        if links.is_empty() {
            links.extend(self.sources.first().map(|(_, link)| link.as_str()));
        }
        format!("Source: {}.", links.join("; "))
    }
}

fn aliases(error: &ErrorDef) -> Option<String> {
    let codes: Vec<String> = error.aliases.iter().map(|alias| prose::code_span(&alias.text.value)).collect();
    (!codes.is_empty()).then(|| format!("It is also sent with the code {}.", codes.join(" or ")))
}

/// Whether it may be repeated, where that comes from, and what a repeat does.
fn retry(catalog: &Catalog, error: &ErrorDef) -> String {
    let rule = catalog.retry_of(error);
    let mut sentences = vec![words::retry_sentence(rule, catalog.retry.backoff)];
    sentences.extend(words::inherited_from(catalog, error));
    let may = rule.is_some_and(|rule| matches!(rule.verdict, RetryVerdict::Retry | RetryVerdict::Conditional(_)));
    let of_api = catalog.retry.repeat.as_ref().filter(|_| may);
    sentences.extend(catalog.repeat_of(error).or(of_api).map(words::repeat_sentence));
    sentences.join("\n\n")
}
