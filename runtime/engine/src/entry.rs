//! What the catalog says of one error, whatever the response.

use crate::retry::Verdict;
use crate::table::{Api, Cause, More, Retry, Row, Status, StatusRange, Statuses};
use crate::text::Column;
use crate::vocabulary::Action;

/// One listed error of an API.
#[derive(Clone, Copy)]
pub struct Entry<'r, 'a> {
    api: &'r Api<'a>,
    index: usize,
}

impl<'r, 'a: 'r> Entry<'r, 'a> {
    /// The error of row `index`, which must be one of `api.rows`.
    pub fn new(api: &'r Api<'a>, index: usize) -> Self {
        Self { api, index }
    }

    /// The index of its row.
    pub fn index(self) -> usize {
        self.index
    }

    /// Its row.
    pub fn row(self) -> &'r Row<'a> {
        &self.api.rows[self.index]
    }

    /// What only some rows have, where it has any of it.
    pub fn more(self) -> Option<&'r More<'a>> {
        self.api.more.get(usize::from(self.row().more))
    }

    /// The causes that a response tells apart.
    pub fn causes(self) -> &'r [Cause<'a>] {
        self.more().map_or(&[], |more| more.causes)
    }

    /// The code on the wire, or the name of an error that has none.
    pub fn code(self) -> &'a str {
        self.row().code
    }

    /// Whether it has no code on the wire.
    pub fn is_uncoded(self) -> bool {
        self.more().is_some_and(|more| more.conditions.is_some())
    }

    /// The name of its variant: `KeyRevoked`.
    pub fn name(self) -> &'a str {
        self.api.texts.get(self.index, Column::Name).unwrap_or_default()
    }

    /// When it happens, in Markdown; `None` where no source says.
    pub fn description(self) -> Option<&'a str> {
        self.api.texts.get(self.index, Column::When)
    }

    /// What a person does about it, in Markdown; `None` where no source says.
    pub fn remediation(self) -> Option<&'a str> {
        self.api.texts.get(self.index, Column::Fix)
    }

    /// The statuses that it is documented with; none where it is never an HTTP response or no source says.
    pub fn statuses(self) -> &'a [StatusRange] {
        match self.api.statuses_of(self.row()) {
            Statuses::Of(ranges) => ranges,
            Statuses::Never | Statuses::Undocumented => &[],
        }
    }

    /// What the catalog says of its first status alone.
    pub(crate) fn status_rule(self) -> Option<&'r Status<'a>> {
        self.api.status(*self.statuses().first()?)
    }

    /// What the catalog says of retrying it: its own rule, else that of its first status.
    fn rule(self) -> Option<&'r Retry<'a>> {
        let own = self.api.retries.get(usize::from(self.row().retry));
        own.or_else(|| self.api.retries.get(usize::from(self.status_rule()?.retry)))
    }

    /// Whether a request that met it may be repeated.
    pub fn retry(self) -> Verdict {
        self.rule().map_or(Verdict::Unknown, |rule| rule.verdict)
    }

    /// What a program does about it.
    pub fn action(self) -> Option<Action> {
        self.row().action.or_else(|| self.status_rule()?.action)
    }

    /// The name of its group.
    pub fn group(self) -> Option<&'a str> {
        self.api.groups.get(usize::from(self.row().group)).map(|(name, _)| *name)
    }

    /// The provider's page that states it.
    pub fn docs_url(self) -> Option<&'a str> {
        let source = self.more().map_or(0, |more| usize::from(more.source));
        self.api.sources.get(source).copied().filter(|url| !url.is_empty())
    }
}
