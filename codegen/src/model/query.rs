//! Questions that later stages ask of the model, answered in one place.

use super::{
    Amount, Catalog, Cause, Code, Condition, ErrorDef, Field, Identity, Limit, Location, RetryVerdict, Shape, Source,
    StatusRange, StatusRule, StatusSet, Test,
};
use crate::model::{Repeat, RetryRule};
use crate::source::Span;
use errbook::Action;

impl Catalog {
    /// The rule of a status, or of a class of them: the narrowest that covers it.
    pub fn status_rule(&self, status: StatusRange) -> Option<&StatusRule> {
        let fitting = self.statuses.iter().filter(|rule| rule.range.value.covers(status));
        fitting.min_by_key(|rule| rule.range.value.last - rule.range.value.first)
    }

    /// Every shape: those of responses, and those of several errors in one.
    pub fn all_shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes
            .iter()
            .flat_map(|shape| std::iter::once(shape).chain(shape.errors.iter().map(|several| &several.shape)))
    }

    /// The fields that any error can carry.
    pub fn shape_fields(&self) -> impl Iterator<Item = &Field> {
        self.all_shapes().flat_map(|shape| &shape.fields)
    }

    /// The plans that limits speak of, in the order in which they appear.
    pub fn plans(&self) -> Vec<&str> {
        let mut plans = Vec::new();
        for limit in &self.limits {
            if let Amount::ByPlan(amounts) = &limit.amount {
                for (plan, _) in amounts {
                    if !plans.contains(&plan.as_str()) {
                        plans.push(plan);
                    }
                }
            }
        }
        plans
    }

    /// The retry rule that holds for an error: its own, else that of its first status.
    pub fn retry_of<'c>(&'c self, error: &'c ErrorDef) -> Option<&'c RetryRule> {
        let stated = |rule: &&RetryRule| !matches!(rule.verdict, RetryVerdict::Undocumented);
        error.retry.as_ref().filter(stated).or_else(|| self.first_status_rule(error)?.retry.as_ref().filter(stated))
    }

    /// What a repeat does after an error, where that is more than what the API says of all: its own, else that of its first status.
    pub fn repeat_of<'c>(&'c self, error: &'c ErrorDef) -> Option<&'c Repeat> {
        let stated = |repeat: &&Repeat| **repeat != Repeat::Undocumented;
        error.repeat.as_ref().filter(stated).or_else(|| self.first_status_rule(error)?.repeat.as_ref().filter(stated))
    }

    /// The action for an error: its own, else that of its first status.
    pub fn action_of(&self, error: &ErrorDef) -> Option<Action> {
        error.action.as_ref().map(|action| action.value).or_else(|| self.first_status_rule(error)?.action)
    }

    fn first_status_rule(&self, error: &ErrorDef) -> Option<&StatusRule> {
        match &error.status.value {
            StatusSet::Of(ranges) => self.status_rule(*ranges.first()?),
            StatusSet::Never | StatusSet::Undocumented => None,
        }
    }

    /// The index of the source that states something, which is the first where it names none.
    pub fn source_index(&self, names: &[super::Text]) -> usize {
        let first = names.first().map(|name| name.value.as_str());
        self.api.sources.iter().position(|source| Some(source.name.value.as_str()) == first).unwrap_or(0)
    }
}

/// Whether a text can name an API's packages, folder and module: lower-case letters, digits and single hyphens, a letter first, 50 at most.
pub fn is_api_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--")
        && text.len() <= 50
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether a text is a whole number as JSON writes it: such a text is sent as a number, unless the catalog has it in quotes.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = digits == "0" && text == "0" || digits.starts_with(|c: char| matches!(c, '1'..='9'));
    canonical && digits.bytes().all(|b| b.is_ascii_digit())
}

impl Source {
    /// What people are shown: the title, else the name.
    pub fn label(&self) -> &str {
        self.title.as_ref().map_or(&self.name.value, |title| &title.value)
    }
}

impl ErrorDef {
    /// The code, or the name of an error that has none.
    pub fn id(&self) -> &str {
        match &self.identity {
            Identity::Code(code) => &code.text.value,
            Identity::Class { name, .. } | Identity::Match { name, .. } => &name.value,
        }
    }

    /// Where [`id`](Self::id) stands.
    pub fn id_span(&self) -> Span {
        match &self.identity {
            Identity::Code(code) => code.text.span,
            Identity::Class { name, .. } | Identity::Match { name, .. } => name.span,
        }
    }

    /// The code on the wire.
    pub fn code(&self) -> Option<&str> {
        self.own_code().map(|code| code.text.value.as_str())
    }

    /// Its own code, with its parts.
    pub fn own_code(&self) -> Option<&Code> {
        match &self.identity {
            Identity::Code(code) => Some(code),
            Identity::Class { .. } | Identity::Match { .. } => None,
        }
    }

    /// The parts of its code that are texts on the wire, though they look like numbers.
    pub fn text_parts(&self) -> &[u8] {
        self.own_code().map_or(&[], |code| &code.text_parts)
    }

    /// The conditions that tell an error without a code.
    pub fn conditions(&self) -> Option<&[Condition]> {
        match &self.identity {
            Identity::Code(_) | Identity::Class { .. } => None,
            Identity::Match { conditions, .. } => Some(conditions),
        }
    }

    /// What must hold of the parts of a code, for a class of codes.
    pub fn class(&self) -> Option<&[Test]> {
        match &self.identity {
            Identity::Class { parts, .. } => Some(&parts.value),
            Identity::Code(_) | Identity::Match { .. } => None,
        }
    }

    /// How many parts the code has that tells it; none where no code does.
    pub fn code_parts(&self) -> usize {
        match &self.identity {
            Identity::Code(code) => self.aliases.iter().chain([code]).map(|code| code.parts.len()).max().unwrap_or(0),
            Identity::Class { parts, .. } => parts.value.len(),
            Identity::Match { .. } => 0,
        }
    }

    /// The causes that a response can tell apart, the most specific first.
    pub fn told_causes(&self) -> Vec<&Cause> {
        let mut causes: Vec<_> = self.causes.iter().filter(|cause| cause.is_told()).collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.specificity()));
        causes
    }

    /// How specific the identity of an error without a code is.
    pub fn specificity(&self) -> Specificity {
        let statuses = match &self.status.value {
            StatusSet::Of(ranges) => ranges.as_slice(),
            StatusSet::Never | StatusSet::Undocumented => &[],
        };
        Specificity::of(self.conditions().unwrap_or_default(), statuses)
    }
}

impl Cause {
    /// Whether a response tells it.
    pub fn is_told(&self) -> bool {
        !self.conditions.is_empty() || !self.statuses.is_empty()
    }

    /// How specific it is.
    pub fn specificity(&self) -> Specificity {
        Specificity::of(&self.conditions, &self.statuses)
    }
}

/// How specific conditions and statuses are; the greater wins. More conditions before fewer, then the strongest test, then one
/// status before a class before none, then the one with more letters: what is within another has at least as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity {
    conditions: usize,
    strength: u8,
    status: u8,
    letters: usize,
}

impl Specificity {
    fn of(conditions: &[Condition], statuses: &[StatusRange]) -> Self {
        let strength = |test: &Test| match test {
            Test::Equals(_) => 4,
            Test::Prefix(_) | Test::Range(..) => 3,
            Test::Contains(_) | Test::Pattern(_) => 2,
            Test::Not(_) | Test::Present(_) => 1,
        };
        let status = match statuses {
            [] => 0,
            ranges if ranges.iter().all(|range| range.first == range.last) => 2,
            _ => 1,
        };
        let strength = conditions.iter().map(|condition| strength(&condition.test)).max().unwrap_or(0);
        let letters = conditions.iter().map(|condition| condition.test.letters()).sum();
        Self { conditions: conditions.len(), strength, status, letters }
    }

    /// The same whatever the letters: these tell only those apart of which one is within the other.
    pub fn kind(self) -> Self {
        Self { letters: 0, ..self }
    }
}

/// How specific a class of codes is; the greater wins. Part by part from the coarsest: the code itself before a range, before a prefix or
/// a pattern, before any code; then the narrower range, and the one with more letters.
pub type ClassSpecificity = Vec<(u8, u64)>;

impl Test {
    /// The text of a test for equality.
    pub fn into_text(self) -> Option<String> {
        match self {
            Test::Equals(text) => Some(text),
            _ => None,
        }
    }

    fn specificity(&self) -> (u8, u64) {
        match self {
            Test::Equals(_) => (4, 0),
            Test::Range(first, last) => (3, u64::MAX - last.abs_diff(*first)),
            // What is in all that another stands for, and in more, has more letters.
            Test::Prefix(_) | Test::Pattern(_) | Test::Contains(_) => (2, self.letters() as u64),
            Test::Not(_) | Test::Present(_) => (1, 0),
        }
    }

    /// How many letters a text that meets it has at least, as far as it says which.
    fn letters(&self) -> usize {
        match self {
            Test::Equals(text) | Test::Prefix(text) | Test::Contains(text) => text.len(),
            Test::Pattern(text) => text.bytes().filter(|b| *b != b'*').count(),
            Test::Not(_) | Test::Range(..) | Test::Present(_) => 0,
        }
    }

    /// Whether every text that meets it meets `other` too. Case does not count, but for equality.
    fn implies(&self, other: &Test) -> bool {
        let folded = |text: &str| text.to_ascii_lowercase();
        match (self, other) {
            (_, Test::Present(wanted)) => (*self == Test::Present(false)) != *wanted,
            (Test::Equals(a), Test::Not(b)) => a != b,
            (Test::Range(a, b), Test::Range(c, d)) => c <= a && b <= d,
            (Test::Equals(text) | Test::Prefix(text), Test::Prefix(start)) => folded(text).starts_with(&folded(start)),
            (Test::Pattern(text), Test::Prefix(start)) => folded(ends(self, text).0).starts_with(&folded(start)),
            (Test::Equals(text) | Test::Prefix(text) | Test::Contains(text), Test::Contains(part)) => {
                folded(text).contains(&folded(part))
            }
            (Test::Pattern(text), Test::Contains(part)) => {
                text.split('*').any(|piece| folded(piece).contains(&folded(part)))
            }
            _ => self == other,
        }
    }

    /// Whether no part of a code can be in both classes.
    fn excludes(&self, other: &Test) -> bool {
        match (self, other) {
            (Test::Equals(a), Test::Equals(b)) => a != b,
            (Test::Equals(a), Test::Prefix(b)) | (Test::Prefix(b), Test::Equals(a)) => !a.starts_with(b),
            (Test::Prefix(a) | Test::Pattern(a), Test::Prefix(b) | Test::Pattern(b)) => {
                let (a, b) = (ends(self, a), ends(other, b));
                !a.0.starts_with(b.0) && !b.0.starts_with(a.0) || !a.1.ends_with(b.1) && !b.1.ends_with(a.1)
            }
            (Test::Range(a, b), Test::Range(c, d)) => b < c || d < a,
            (Test::Range(first, last), Test::Equals(text)) | (Test::Equals(text), Test::Range(first, last)) => {
                !text.parse().is_ok_and(|number: i64| (*first..=*last).contains(&number))
            }
            _ => false,
        }
    }
}

/// What all that a prefix or a pattern stands for begins and ends with.
fn ends<'t>(test: &Test, text: &'t str) -> (&'t str, &'t str) {
    match (test, text.split_once('*')) {
        (Test::Pattern(_), Some((first, rest))) => (first, rest.rsplit_once('*').map_or(rest, |(_, last)| last)),
        (Test::Pattern(_), None) => (text, text),
        _ => (text, ""),
    }
}

/// How specific a class is.
pub fn class_specificity(parts: &[Test]) -> ClassSpecificity {
    parts.iter().map(Test::specificity).collect()
}

/// Whether a code can be in both classes.
pub fn classes_overlap(one: &[Test], other: &[Test]) -> bool {
    one.len() == other.len() && !one.iter().zip(other).any(|(a, b)| a.excludes(b))
}

impl Condition {
    /// Whether every response that meets it meets `other` too.
    pub fn implies(&self, other: &Condition) -> bool {
        self.at.value == other.at.value && self.test.implies(&other.test)
    }

    /// Whether no response can meet both.
    pub fn excludes(&self, other: &Condition) -> bool {
        if self.at.value != other.at.value {
            return false;
        }
        let folded = |text: &str| text.to_ascii_lowercase();
        match (&self.test, &other.test) {
            (Test::Equals(a), Test::Equals(b)) => a != b,
            (Test::Equals(a), Test::Not(b)) | (Test::Not(b), Test::Equals(a)) => a == b,
            (Test::Prefix(a), Test::Prefix(b)) => {
                let (a, b) = (folded(a), folded(b));
                !a.starts_with(&b) && !b.starts_with(&a)
            }
            (Test::Equals(a), Test::Prefix(b)) | (Test::Prefix(b), Test::Equals(a)) => {
                !folded(a).starts_with(&folded(b))
            }
            (Test::Equals(a), Test::Contains(b)) | (Test::Contains(b), Test::Equals(a)) => {
                !folded(a).contains(&folded(b))
            }
            (Test::Range(..), _) | (_, Test::Range(..)) if self.test.excludes(&other.test) => true,
            (Test::Present(a), Test::Present(b)) => a != b,
            (Test::Present(false), _) | (_, Test::Present(false)) => true,
            _ => false,
        }
    }
}

impl Limit {
    /// What the limit is for one plan: `None` where the limit does not speak of it, `Some(None)` where it is undocumented.
    pub fn for_plan(&self, plan: &str) -> Option<Option<&str>> {
        match &self.amount {
            Amount::One(amount) => Some(amount.as_deref()),
            Amount::ByPlan(amounts) => {
                amounts.iter().find(|(name, _)| name == plan).map(|(_, amount)| amount.as_deref())
            }
        }
    }
}

impl Shape {
    /// The statuses that carry it: 4xx and 5xx where it does not say.
    pub fn carried(&self) -> &[StatusRange] {
        const ERRORS: &[StatusRange] = &[StatusRange::class(4), StatusRange::class(5)];
        self.statuses.as_deref().unwrap_or(ERRORS)
    }
}

impl Location {
    /// Whether it is read from the JSON of the body.
    pub fn is_pointer(&self) -> bool {
        matches!(self.text_of(), Location::Pointer(_) | Location::Whole(_))
    }

    /// The location of the whole text, where this is one of a part of it.
    pub fn text_of(&self) -> &Location {
        match self {
            Location::Part(part) => &part.of,
            location => location,
        }
    }
}
