//! All that a response has to hold, by where it stands.

use super::draft::Draft;
use super::node::quote;
use super::refusal::ReplyError;
use super::said::{Said, is_exact};
use super::target::{Base, Frame, Target};
use super::typical::Typical;
use crate::condition::holds_of;
use crate::table::{Condition, Cut, Place, Test};

/// What one place has to hold.
struct Want<'a> {
    base: Base<'a>,
    /// Values of the place as a whole.
    said: Vec<Said>,
    tests: Vec<Test<'a>>,
    parts: Vec<Part<'a>>,
    /// Whether only a shape asks for it.
    of_shape: bool,
}

/// What a part of a text has to hold.
struct Part<'a> {
    cut: &'a Cut<'a>,
    said: Vec<Said>,
    tests: Vec<Test<'a>>,
}

/// What asks for a condition to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A shape, of which there may be others.
    Shape,
    /// The error or its cause.
    Error,
}

/// What places have to hold, in the order in which they were asked for.
pub(super) struct Wants<'a> {
    list: Vec<Want<'a>>,
    /// What made-up values look like.
    typical: Typical<'a>,
}

impl<'a> Wants<'a> {
    pub(super) fn new(typical: Typical<'a>) -> Self {
        Self { list: Vec::new(), typical }
    }

    /// A value has to stand at a target.
    pub(super) fn say(&mut self, target: Target<'a>, said: Said) {
        self.lists(target).0.push(said);
    }

    /// Whether anything is asked for at a target.
    pub(super) fn has(&self, target: &Target<'a>) -> bool {
        self.list.iter().any(|want| want.base == target.base)
    }

    /// Whether a value was given for a target: for all of it, for its parts, or for what stands in it.
    pub(super) fn tell(&self, target: &Target<'a>) -> bool {
        self.list.iter().any(|want| match target.cut {
            None => want.base.is_within(&target.base) && want.has_said(),
            Some(cut) => {
                let is_this = |part: &Part<'_>| *part.cut == *cut && !part.said.is_empty();
                want.base == target.base && want.parts.iter().any(is_this)
            }
        })
    }

    /// Whether a part was given of the text at a target.
    pub(super) fn tell_part(&self, target: &Target<'a>) -> bool {
        self.list.iter().any(|want| want.base == target.base && want.parts.iter().any(|part| !part.said.is_empty()))
    }

    /// Whether anything is wanted at a path in the body, or deeper.
    pub(super) fn reach(&self, path: &[&str]) -> bool {
        self.list.iter().any(|want| want.base.is_at(path))
    }

    /// A test has to hold of a target.
    fn meet(&mut self, target: Target<'a>, test: Test<'a>, side: Side) {
        let want = self.want(&target);
        want.of_shape &= side == Side::Shape;
        self.lists(target).1.push(test);
    }

    /// Conditions have to hold.
    pub(super) fn hold(
        &mut self,
        conditions: &[Condition<'a>],
        frame: &Frame<'a>,
        side: Side,
    ) -> Result<(), ReplyError> {
        for Condition { at, test } in conditions {
            match (frame.target(*at), test) {
                (Some(target), test) => self.meet(target, *test, side),
                // What is not there is as it should be; what code and path are is seen when the response is decoded.
                (None, Test::Present(false)) => {}
                (None, _) if matches!(at, Place::Code | Place::Path) => {}
                (None, _) => return Err(ReplyError::NoPlace("what tells the error".into())),
            }
        }
        Ok(())
    }

    fn lists(&mut self, target: Target<'a>) -> (&mut Vec<Said>, &mut Vec<Test<'a>>) {
        let want = self.want(&target);
        let Some(cut) = target.cut else { return (&mut want.said, &mut want.tests) };
        let index = want.parts.iter().position(|part| *part.cut == *cut).unwrap_or_else(|| {
            want.parts.push(Part { cut, said: Vec::new(), tests: Vec::new() });
            want.parts.len() - 1
        });
        let part = &mut want.parts[index];
        (&mut part.said, &mut part.tests)
    }

    fn want(&mut self, target: &Target<'a>) -> &mut Want<'a> {
        let index = self.list.iter().position(|want| want.base == target.base).unwrap_or_else(|| {
            let (said, tests, parts) = (Vec::new(), Vec::new(), Vec::new());
            self.list.push(Want { base: target.base.clone(), said, tests, parts, of_shape: true });
            self.list.len() - 1
        });
        &mut self.list[index]
    }

    /// Puts into a response what is wanted: what is told outright first, then what has to be made up, as far as nothing meets it yet.
    pub(super) fn fulfil(&self, draft: &mut Draft<'a>) -> Result<(), ReplyError> {
        let (told, open): (Vec<_>, Vec<_>) = self.list.iter().partition(|want| want.is_told());
        for want in told {
            draft.put(&want.base, &want.value()?)?;
        }
        for want in open {
            if want.is_met_by(draft) {
                continue;
            }
            let typical = self.typical.at(&want.base).filter(|said| want.is_met_by_value(said));
            draft.invented += u32::from(want.of_shape || typical.is_none() && want.is_met_by_anything());
            let said = typical.map_or_else(|| want.value(), Ok)?;
            draft.put(&want.base, &said)?;
        }
        Ok(())
    }
}

impl Want<'_> {
    fn has_said(&self) -> bool {
        !self.said.is_empty() || self.parts.iter().any(|part| !part.said.is_empty())
    }

    fn is_told(&self) -> bool {
        let told = |said: &[Said], tests: &[Test<'_>]| !said.is_empty() || tests.iter().any(is_exact);
        told(&self.said, &self.tests) || self.parts.iter().any(|part| told(&part.said, &part.tests))
    }

    /// Whether what stands there already will do, or nothing has to.
    fn is_met_by(&self, draft: &Draft<'_>) -> bool {
        let all = || self.tests.iter().chain(self.parts.iter().flat_map(|part| &part.tests));
        if all().all(|test| *test == Test::Present(false)) {
            return true;
        }
        self.parts.is_empty()
            && draft.is_there(&self.base)
            && self.tests.iter().all(|test| match draft.scalar(&self.base) {
                Some(text) => holds_of(*test, &text),
                None => matches!(test, Test::Not(_) | Test::Present(true)),
            })
    }

    /// Whether a value is all that has to stand there.
    fn is_met_by_value(&self, said: &Said) -> bool {
        self.parts.is_empty() && self.tests.iter().all(|test| said.meets(*test))
    }

    /// Whether next to any value would do, so that nothing tells what it could be.
    fn is_met_by_anything(&self) -> bool {
        self.tests.iter().all(|test| matches!(test, Test::Present(_) | Test::Not(_)))
    }

    /// The one value that all of it comes to.
    fn value(&self) -> Result<Said, ReplyError> {
        let mut said = match one(&self.said, &self.base)? {
            Some(said) => said,
            None if self.tests.is_empty() => Said::text(""),
            None => Said::meeting(&self.tests).ok_or_else(|| self.unmet(&self.tests))?,
        };
        for part in &self.parts {
            if part.tests.iter().all(|test| *test == Test::Present(false)) && part.said.is_empty() {
                continue;
            }
            let value = match one(&part.said, &self.base)? {
                Some(value) => value,
                None => Said::meeting(&part.tests).ok_or_else(|| self.unmet(&part.tests))?,
            };
            if !said.is_scalar() || !value.is_scalar() || !part.tests.iter().all(|test| holds_of(*test, &value.text)) {
                return Err(self.unmet(&part.tests));
            }
            said = Said::text(with_part(&said.text, part.cut, &value.text).ok_or_else(|| self.unmet(&part.tests))?);
        }
        if self.tests.iter().all(|test| said.meets(*test)) { Ok(said) } else { Err(self.unmet(&self.tests)) }
    }

    fn unmet(&self, tests: &[Test<'_>]) -> ReplyError {
        let tests: Vec<_> = tests.iter().map(|test| in_words(*test)).collect();
        let tests = if tests.is_empty() { "has such a part".to_owned() } else { tests.join(" and ") };
        ReplyError::Unmet(format!("{} {tests}", self.base).into())
    }
}

/// What must hold, in the words of a message.
fn in_words(test: Test<'_>) -> String {
    match test {
        Test::Equals(text) | Test::Text(text) => format!("is {text:?}"),
        Test::Not(text) => format!("is there and not {text:?}"),
        Test::Contains(text) => format!("contains {text:?}"),
        Test::Prefix(text) => format!("begins with {text:?}"),
        Test::Pattern(text) => format!("is like {text:?}"),
        Test::Range(first, last) => format!("is from {first} to {last}"),
        Test::Present(true) => "is there".to_owned(),
        Test::Present(false) => "is not there".to_owned(),
    }
}

/// The value that all of `said` agree on.
fn one(said: &[Said], base: &Base<'_>) -> Result<Option<Said>, ReplyError> {
    match said {
        [] => Ok(None),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Ok(Some(first.clone())),
        _ => Err(ReplyError::Conflict(base.to_string().into())),
    }
}

/// A text that holds `text`, and of which a part is `value`: the mark can stand in it already.
fn with_part(text: &str, cut: &Cut<'_>, value: &str) -> Option<String> {
    let Cut { after, before, .. } = cut;
    let json;
    let value_there = value;
    let value = match cut.json {
        Some(path) => {
            json = json_with(path, value);
            &json
        }
        None => value,
    };
    let texts = match text {
        "" => vec![format!("{after}{value}{}", if closes(cut) { before } else { "" })],
        text if after.is_empty() => vec![text.to_owned(), format!("{value}{before} {text}")],
        text => vec![
            text.to_owned(),
            format!("{text}{value}{before}"),
            format!("{text} {value}{before}"),
            format!("{text} {after}{value}{before}"),
        ],
    };
    texts.into_iter().find(|text| cut.of(text.into()).is_some_and(|part| part == value_there))
}

/// JSON in which a text stands at a path, any key of which is as good as another.
fn json_with(path: &[&str], value: &str) -> String {
    let quoted = |text: &str| {
        let mut out = String::new();
        quote(text, &mut out);
        out
    };
    path.iter()
        .rev()
        .fold(quoted(value), |inner, key| format!("{{{}:{inner}}}", quoted(if *key == "*" { "0" } else { key })))
}

/// Whether a text that ends with a part needs the mark behind it: a unit or a closing bracket is read by people too, a separator is not.
fn closes(cut: &Cut<'_>) -> bool {
    !cut.after.is_empty() && cut.before.chars().any(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '>' | '"'))
}
