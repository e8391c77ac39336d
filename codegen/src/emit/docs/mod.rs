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

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::plan::Plan;
use crate::write::{MARKER, Output};

/// The files of the site, below `docs/`: `book.toml`, `src/SUMMARY.md`, `src/index.md`, and for each API `src/<id>/index.md` and a page an error.
pub fn emit(plan: &Plan<'_>) -> Vec<Output> {
    let templates = Templates::new();
    let mut outputs = site::emit(plan, &templates);
    for api in &plan.apis {
        outputs.push(overview::emit(api, &templates));
        page::emit(api, &templates, &mut outputs);
    }
    outputs
}

/// The first line of a Markdown file that comes from `source`.
fn marker(source: &str) -> String {
    format!("<!-- {MARKER} from {source}; edit that instead. -->")
}

/// The compiled templates.
struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    fn new() -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(whole_lines());
        environment.set_keep_trailing_newline(true);
        for (name, source) in [
            ("summary.md", include_str!("templates/summary.md")),
            ("index.md", include_str!("templates/index.md")),
            ("overview.md", include_str!("templates/overview.md")),
            ("error.md", include_str!("templates/error.md")),
        ] {
            environment.add_template(name, source).expect("every template is sound, as any test of this module shows");
        }
        Self { environment }
    }

    fn get(&self, name: &str) -> Template<'_> {
        Template(self.environment.get_template(name).expect("the names of templates are those above"))
    }
}

/// Tags on lines of their own leave no line behind.
fn whole_lines() -> SyntaxConfig {
    let mut config = SyntaxConfig::builder();
    config.trim_blocks(true).lstrip_blocks(true);
    config.build().expect("the delimiters are the usual ones")
}

struct Template<'e>(minijinja::Template<'e, 'e>);

impl Template<'_> {
    fn render(&self, values: &impl Serialize) -> String {
        self.0.render(Serde(values)).expect("a template names only what its values have, as any test of this module shows")
    }
}
