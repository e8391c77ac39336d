//! Names for the indices of tables: constants that rows use.

use std::collections::HashSet;

use errbook::__private::{Delay, Form, NONE, Place, StatusRange, Statuses};
use errbook::Verdict;
use heck::ToShoutySnakeCase;

use crate::plan::ApiPlan;

/// Sets of more statuses than this are not named after all of them.
const MOST_STATUSES: usize = 4;

/// The constants of each table, by index.
pub(super) struct Names {
    statuses: Vec<String>,
    groups: Vec<String>,
    retries: Vec<String>,
    more: Vec<String>,
}

impl Names {
    pub(super) fn new(plan: &ApiPlan<'_>) -> Self {
        let api = &plan.tables;
        let mut with_more: Vec<_> = api.rows.iter().zip(&plan.errors).filter(|(row, _)| row.more != NONE).collect();
        with_more.sort_by_key(|(row, _)| row.more);
        Self {
            statuses: constants("STATUS", api.status_sets.iter().map(|set| status_set(*set))),
            groups: constants("GROUP", api.groups.iter().map(|(name, _)| (*name).to_owned())),
            retries: constants("RETRY", (0..api.retries.len()).map(|index| retry(plan, index))),
            more: constants("MORE", with_more.iter().map(|(_, error)| error.variant.clone())),
        }
    }

    /// The constants with their values: a list a table, without empty ones.
    pub(super) fn declared(self) -> Vec<Vec<(String, usize)>> {
        let tables = [self.statuses, self.groups, self.retries, self.more];
        tables.into_iter().filter(|names| !names.is_empty()).map(|names| names.into_iter().zip(0..).collect()).collect()
    }

    pub(super) fn status(&self, index: u16) -> &str {
        at(&self.statuses, index)
    }

    pub(super) fn group(&self, index: u16) -> &str {
        at(&self.groups, index)
    }

    pub(super) fn retry(&self, index: u16) -> &str {
        at(&self.retries, index)
    }

    pub(super) fn more(&self, index: u16) -> &str {
        at(&self.more, index)
    }
}

fn at(names: &[String], index: u16) -> &str {
    names.get(usize::from(index)).map_or("NONE", String::as_str)
}

/// A constant for each name, all different. Behind an underscore stands what no name gives.
fn constants(prefix: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = HashSet::new();
    let constant = |(index, name): (usize, String)| {
        let shouty = name.to_shouty_snake_case();
        let sound = !shouty.is_empty() && shouty.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let made = format!("{prefix}_{shouty}");
        if sound && taken.insert(made.clone()) { made } else { format!("{prefix}_{index}_") }
    };
    names.enumerate().map(constant).collect()
}

fn status_set(set: Statuses<'_>) -> String {
    match set {
        Statuses::Of(ranges) if ranges.len() <= MOST_STATUSES => {
            ranges.iter().map(StatusRange::to_string).collect::<Vec<_>>().join("_")
        }
        Statuses::Of(ranges) => format!("{}_AND_{}_MORE", ranges[0], ranges.len() - 1),
        Statuses::Never => "NEVER_HTTP".to_owned(),
        Statuses::Undocumented => "UNDOCUMENTED".to_owned(),
    }
}

/// What a rule says, where that is short; else the error, status or cause that first has it.
fn retry(plan: &ApiPlan<'_>, index: usize) -> String {
    let api = &plan.tables;
    let rule = &api.retries[index];
    match (rule.verdict, rule.after, rule.backoff) {
        (Verdict::Never, ..) => return "NEVER".to_owned(),
        (Verdict::Retry, [], None) => return "BACKOFF".to_owned(),
        (Verdict::Retry, [Delay::Fixed(ms)], None) if ms % 1_000 == 0 => return format!("AFTER_{}S", ms / 1_000),
        (Verdict::Retry, [Delay::Told { at: Place::Header(name), form: Form::RetryAfter }], None) => {
            return format!("AFTER_{name}");
        }
        _ => {}
    }
    let is_it = |of: u16| usize::from(of) == index;
    let of_error =
        api.rows.iter().zip(&plan.errors).find(|(row, _)| is_it(row.retry)).map(|(_, error)| error.variant.clone());
    let of_status =
        || api.statuses.iter().find(|status| is_it(status.retry)).map(|status| format!("STATUS_{}", status.range));
    let of_cause = || {
        api.more
            .iter()
            .flat_map(|more| more.causes)
            .find(|cause| is_it(cause.retry))
            .map(|cause| cause.variant.to_owned())
    };
    of_error.or_else(of_status).or_else(of_cause).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_differ() {
        let names = ["429", "a b", "a-b", "日本", "", "1", "\"; x("].map(str::to_owned);
        assert_eq!(constants("P", names.into_iter()), ["P_429", "P_A_B", "P_2_", "P_3_", "P_4_", "P_1", "P_X"]);
    }
}
