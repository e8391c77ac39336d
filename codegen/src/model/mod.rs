//! The typed catalog: what an API documents, with the place of every fact. No YAML and no language names.
//!
//! Invariant: a [`Catalog`] is well typed, but may contradict itself; [`crate::check`] finds that out.

mod error;
pub mod format;
mod locations;
pub mod lower;
mod names;
mod query;
mod response;
mod retry;

pub use error::*;
pub use locations::*;
pub use names::is_device;
pub use query::{ClassSpecificity, Specificity, class_specificity, classes_overlap, is_api_id, is_number};
pub use response::*;
pub use retry::*;

use errbook::Action;

use crate::source::{Span, Spanned};

/// Text that is shown as it is.
pub type Text = Spanned<String>;
/// Text with the Markdown of a sentence.
pub type Prose = Spanned<String>;

/// One API.
#[derive(Debug)]
pub struct Catalog {
    /// Where the catalog begins.
    pub span: Span,
    /// The API itself.
    pub api: Api,
    /// The shapes of an error response.
    pub shapes: Vec<Shape>,
    /// What holds for the whole API.
    pub retry: ApiRetry,
    /// Limits and quotas.
    pub limits: Vec<Limit>,
    /// What a status means by itself.
    pub statuses: Vec<StatusRule>,
    /// Headings: name and title.
    pub groups: Vec<Group>,
    /// The errors.
    pub errors: Vec<ErrorDef>,
    /// Which parts lack something because of mistakes that are already reported.
    pub incomplete: Incomplete,
}

/// The parts of a catalog in which mistakes were found when it was read. Rules that would miss what was left out pass them by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Incomplete {
    /// The API and its sources.
    pub api: bool,
    /// The response shapes.
    pub shapes: bool,
    /// The statuses.
    pub statuses: bool,
    /// The groups.
    pub groups: bool,
    /// The errors.
    pub errors: bool,
    /// Anything else.
    pub other: bool,
}

impl Incomplete {
    /// Whether any part lacks something.
    pub fn any(self) -> bool {
        self.api || self.shapes || self.statuses || self.groups || self.errors || self.other
    }
}

/// Name, version and sources of an API.
#[derive(Debug)]
pub struct Api {
    /// Lower-case name.
    pub id: Text,
    /// Name as people write it.
    pub title: Text,
    /// Version of the generated packages.
    pub version: Text,
    /// What the API does.
    pub about: Option<Prose>,
    /// The pages that the facts come from; at least one.
    pub sources: Vec<Source>,
    /// SPDX expression for the generated packages.
    pub license: Option<Text>,
    /// URL of the repository that the packages come from.
    pub repository: Option<Text>,
}

/// A page that facts come from.
#[derive(Debug)]
pub struct Source {
    /// Name in the catalog.
    pub name: Text,
    /// What it is called, where the name does not say.
    pub title: Option<Text>,
    /// Its address; `None` where it is not known.
    pub url: Option<Text>,
    /// The day on which it was read, `YYYY-MM-DD`.
    pub read: Text,
}

/// A limit or quota.
#[derive(Debug)]
pub struct Limit {
    /// Name in the catalog.
    pub name: Text,
    /// What is counted.
    pub title: Text,
    /// How much.
    pub amount: Amount,
    /// How it is counted.
    pub about: Option<Prose>,
    /// What states it.
    pub sources: Vec<Text>,
}

/// How much a limit allows. `None` is undocumented.
#[derive(Debug)]
pub enum Amount {
    /// The same for all.
    One(Option<String>),
    /// By plan, in catalog order.
    ByPlan(Vec<(String, Option<String>)>),
}

/// What a status means by itself.
#[derive(Debug)]
pub struct StatusRule {
    /// The status, or a class of them.
    pub range: Spanned<StatusRange>,
    /// The provider's name for it.
    pub title: Text,
    /// When it is sent.
    pub when: Option<Prose>,
    /// What to do about it.
    pub fix: Option<Prose>,
    /// What a program does about it.
    pub action: Option<Action>,
    /// Whether it may be repeated.
    pub retry: Option<RetryRule>,
    /// What a repeat does after it.
    pub repeat: Option<Repeat>,
    /// What states it.
    pub sources: Vec<Text>,
}

/// A heading.
#[derive(Debug)]
pub struct Group {
    /// Name in the catalog.
    pub name: Text,
    /// Title that is shown.
    pub title: Text,
}
