//! Every location of a catalog, with what stands there.

use super::{Catalog, DelaySource, Field, Location, RetryRule, Shape, StatusRange, Test, Told};
use crate::source::Spanned;

/// Locations of a catalog that stand for one value: the first that is there counts.
#[derive(Debug)]
pub struct Located<'c> {
    /// In which responses they are looked at.
    pub within: Within,
    /// What they are for.
    pub purpose: Purpose,
    /// The locations.
    pub at: Vec<&'c Spanned<Location>>,
}

/// In which responses a location is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// All.
    Any,
    /// Those of the shape of this index.
    Shape(usize),
    /// Each of several errors in those of the shape of this index.
    Several(usize),
    /// Those that are the error of this index.
    Error(usize),
    /// Those of these statuses.
    Status(StatusRange),
}

/// What stands at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A code, a part of one, a message or an own status: what every response of the shape has.
    Essential,
    /// The server's advice, the id of a request, a field.
    Value,
    /// What a condition asks for.
    Condition,
    /// A delay, or what one is computed from.
    Delay,
    /// The server's own verdict.
    Verdict,
}

impl Catalog {
    /// Every location but those whose absence is asked for.
    pub fn locations(&self) -> Vec<Located<'_>> {
        let mut all = Vec::new();
        for (index, shape) in self.shapes.iter().enumerate() {
            of_shape(Within::Shape(index), shape, &mut all);
            if let Some(several) = &shape.errors {
                of_shape(Within::Several(index), &several.shape, &mut all);
            }
        }
        for own in &self.retry.overrides {
            all.push(Located { within: Within::Any, purpose: Purpose::Verdict, at: vec![&own.at] });
        }
        of_sources(Within::Any, &self.retry.after, &mut all);
        for status in &self.statuses {
            of_rule(Within::Status(status.range.value), status.retry.as_ref(), &mut all);
        }
        for (index, error) in self.errors.iter().enumerate() {
            let within = Within::Error(index);
            let told = error.causes.iter().flat_map(|cause| &cause.conditions);
            conditions(within, error.conditions().unwrap_or_default().iter().chain(told), &mut all);
            fields(within, &error.fields, &mut all);
            of_rule(within, error.retry.as_ref(), &mut all);
            error.causes.iter().for_each(|cause| of_rule(within, cause.retry.as_ref(), &mut all));
        }
        all
    }
}

fn of_shape<'c>(within: Within, shape: &'c Shape, all: &mut Vec<Located<'c>>) {
    let essential = shape.code.iter().chain([&shape.own_status, &shape.message]);
    let values = [&shape.remediation, &shape.request_id];
    for (purpose, at) in essential
        .map(|at| (Purpose::Essential, at))
        .chain(values.into_iter().map(|at| (Purpose::Value, at)))
        .filter(|(_, at)| !at.is_empty())
    {
        all.push(Located { within, purpose, at: at.iter().collect() });
    }
    conditions(within, &shape.gate, all);
    fields(within, &shape.fields, all);
}

fn fields<'c>(within: Within, fields: &'c [Field], all: &mut Vec<Located<'c>>) {
    all.extend(fields.iter().map(|field| Located { within, purpose: Purpose::Value, at: field.at.iter().collect() }));
}

fn conditions<'c>(
    within: Within,
    conditions: impl IntoIterator<Item = &'c super::Condition>,
    all: &mut Vec<Located<'c>>,
) {
    let asked = conditions.into_iter().filter(|condition| condition.test != Test::Present(false));
    all.extend(asked.map(|condition| Located { within, purpose: Purpose::Condition, at: vec![&condition.at] }));
}

/// Delays that are told as they are stand for one value. Each part of a computed one is needed.
fn of_rule<'c>(within: Within, rule: Option<&'c RetryRule>, all: &mut Vec<Located<'c>>) {
    of_sources(within, rule.filter(|rule| !rule.inherits).map_or(&[], |rule| &rule.after), all);
}

fn of_sources<'c>(within: Within, after: &'c [DelaySource], all: &mut Vec<Located<'c>>) {
    let mut add = |at: Vec<&'c Spanned<Location>>| all.push(Located { within, purpose: Purpose::Delay, at });
    let told: Vec<_> = after.iter().filter_map(DelaySource::told).map(|told| &told.at).collect();
    if !told.is_empty() {
        add(told);
    }
    after.iter().for_each(|source| of_source(source, &mut add));
}

fn of_source<'c>(source: &'c DelaySource, add: &mut impl FnMut(Vec<&'c Spanned<Location>>)) {
    match source {
        DelaySource::Fixed(_) | DelaySource::Told(_) => {}
        DelaySource::Computed(computed) => {
            let minus = computed.minus.as_ref().map(|minus| &minus.at);
            [Some(&computed.of.at), minus, computed.per.as_ref()].into_iter().flatten().for_each(|at| add(vec![at]));
        }
        DelaySource::Longest(sources) => {
            for source in sources {
                source.told().into_iter().for_each(|told| add(vec![&told.at]));
                of_source(source, add);
            }
        }
    }
}

impl DelaySource {
    /// The value, where it is told as it is.
    fn told(&self) -> Option<&Told> {
        match self {
            DelaySource::Told(told) => Some(told),
            DelaySource::Fixed(_) | DelaySource::Computed(_) | DelaySource::Longest(_) => None,
        }
    }
}
