//! All that a response has to hold, by where it stands.

use super::draft::Draft;
use super::refusal::ReplyError;
use super::said::{Said, is_exact};
use super::target::{Base, Frame, Target};
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
#[derive(Default)]
pub(super) struct Wants<'a>(Vec<Want<'a>>);

impl<'a> Wants<'a> {
    /// A value has to stand at a target.
    pub(super) fn say(&mut self, target: Target<'a>, said: Said) {
        self.lists(target).0.push(said);
    }

    /// Whether anything is asked for at a target.
    pub(super) fn has(&self, target: &Target<'a>) -> bool {
        self.0.iter().any(|want| want.base == target.base)
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
        let index = self.0.iter().position(|want| want.base == target.base).unwrap_or_else(|| {
            let (said, tests, parts) = (Vec::new(), Vec::new(), Vec::new());
            self.0.push(Want { base: target.base.clone(), said, tests, parts, of_shape: true });
            self.0.len() - 1
        });
        &mut self.0[index]
    }

    /// Puts into a response what is wanted: what is told outright first, then what has to be made up, as far as nothing meets it yet.
    pub(super) fn fulfil(&self, draft: &mut Draft<'a>) -> Result<(), ReplyError> {
        let (told, open): (Vec<_>, Vec<_>) = self.0.iter().partition(|want| want.is_told());
        for want in told {
            draft.put(&want.base, &want.value()?)?;
        }
        for want in open {
            if want.is_met_by(draft) {
                continue;
            }
            draft.invented += u32::from(want.of_shape);
            draft.put(&want.base, &want.value()?)?;
        }
        Ok(())
    }
}

impl Want<'_> {
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
            said = Said::text(with_part(&said.text, part.cut, &value.text));
        }
        let holds = |test: &Test<'_>| match test {
            Test::Present(wanted) => *wanted,
            Test::Not(_) if !said.is_scalar() => true,
            test => said.is_scalar() && holds_of(*test, &said.text),
        };
        if self.tests.iter().all(holds) { Ok(said) } else { Err(self.unmet(&self.tests)) }
    }

    fn unmet(&self, tests: &[Test<'_>]) -> ReplyError {
        let tests: Vec<_> = tests.iter().map(|test| format!("{test:?}")).collect();
        ReplyError::Unmet(format!("{} {}", self.base, tests.join(", ")).into())
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

/// A text of which a part is `value`.
fn with_part(text: &str, cut: &Cut<'_>, value: &str) -> String {
    if cut.of(text.into()).is_some_and(|part| part == value) {
        return text.to_owned();
    }
    let after = cut.after;
    match text {
        "" => format!("{after}{value}{}", if closes(cut) { cut.before } else { "" }),
        text if after.is_empty() => format!("{value}{} {text}", cut.before),
        text => format!("{text} {after}{value}{}", cut.before),
    }
}

/// Whether a text that ends with a part needs the mark behind it: a unit or a closing bracket is read by people too, a separator is not.
fn closes(cut: &Cut<'_>) -> bool {
    !cut.after.is_empty() && cut.before.chars().any(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '>' | '"'))
}
