//! Whether conditions hold.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use crate::decode::{Decoded, Known};
use crate::document::{Document, Slot, is_of_whole, whole_path};
use crate::table::{Condition, Cut, Place, Test};

/// What stands at the places that were asked for: many conditions ask for the same one, and the body is read for each only once.
pub(crate) struct Found<'a, 'r> {
    document: Document<'r>,
    seen: RefCell<Vec<(Place<'a>, Slot<'a>)>>,
    /// What is known of the whole body already.
    known: &'r [(Place<'a>, Option<Option<Arc<str>>>)],
    /// What stands in the whole body, for all of its errors; and which conditions hold there.
    whole: Option<&'r Found<'a, 'r>>,
    answers: RefCell<Vec<(Condition<'a>, bool)>>,
}

impl<'a, 'r> Found<'a, 'r> {
    pub(crate) fn new(document: Document<'r>) -> Self {
        Self { document, seen: RefCell::default(), known: &[], whole: None, answers: RefCell::default() }
    }

    /// For one of several errors of the same response.
    pub(crate) fn within(document: Document<'r>, whole: &'r Found<'a, 'r>) -> Self {
        Self { whole: Some(whole), ..Self::new(document) }
    }

    /// For an error of which some places are known already.
    pub(crate) fn knowing(document: Document<'r>, known: &'r Known<'a>) -> Self {
        Self { known: known.as_deref().unwrap_or_default(), ..Self::new(document) }
    }

    /// The text at a place: `None` where nothing but null stands there, `Some(None)` where it is a list or an object.
    #[expect(clippy::option_option, reason = "nothing, something unusable, and a text are three things")]
    pub(crate) fn text(&self, place: Place<'a>, decoded: &Decoded<'a>) -> Option<Option<Cow<'r, str>>> {
        if let Some((_, text)) = self.known.iter().find(|(other, _)| *other == place) {
            return text.as_ref().map(|text| text.as_deref().map(Cow::Borrowed));
        }
        match place {
            Place::Message | Place::Code | Place::Path => decoded.text_at(&self.document, place).map(Some),
            Place::Cut(Cut { of: Place::Message | Place::Code | Place::Path, .. }) => {
                decoded.text_at(&self.document, place).map(Some)
            }
            place => {
                let slot = self.slot(place);
                self.document.is_present(slot).then(|| self.document.scalar(slot))
            }
        }
    }

    /// Whether a condition on the whole body holds: asked once, however many errors ask.
    fn answer(&self, condition: Condition<'a>, decoded: &Decoded<'a>) -> bool {
        if let Some((_, answer)) = self.answers.borrow().iter().find(|(other, _)| *other == condition) {
            return *answer;
        }
        let answer = holds(condition, self, decoded);
        self.answers.borrow_mut().push((condition, answer));
        answer
    }

    fn slot(&self, place: Place<'a>) -> Slot<'a> {
        if let (Some(_), Some(whole)) = (whole_path(place), self.whole) {
            return whole.slot(place);
        }
        if let Some((_, slot)) = self.seen.borrow().iter().find(|(other, _)| *other == place) {
            return *slot;
        }
        let slot = self.document.slot(place);
        self.seen.borrow_mut().push((place, slot));
        slot
    }
}

/// Whether all conditions hold of an error.
pub(crate) fn hold_all<'a>(conditions: &[Condition<'a>], found: &Found<'a, '_>, decoded: &Decoded<'a>) -> bool {
    conditions.iter().all(|condition| match found.whole.filter(|_| is_of_whole(condition.at)) {
        Some(whole) => whole.answer(*condition, decoded),
        None => holds(*condition, found, decoded),
    })
}

fn holds<'a>(condition: Condition<'a>, found: &Found<'a, '_>, decoded: &Decoded<'a>) -> bool {
    match (condition.test, found.text(condition.at, decoded)) {
        (Test::Present(wanted), there) => there.is_some() == wanted,
        (test, Some(Some(text))) => holds_of(test, &text),
        // A list or an object is there, and is no text.
        (test, Some(None)) => matches!(test, Test::Not(_)),
        (_, None) => false,
    }
}

/// Whether a test holds of a text that is there.
pub(crate) fn holds_of(test: Test<'_>, text: &str) -> bool {
    match test {
        Test::Equals(want) | Test::Text(want) => text == want,
        Test::Not(other) => text != other,
        Test::Contains(part) => contains(text, part),
        Test::Prefix(start) => {
            text.as_bytes().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
        }
        Test::Pattern(pattern) => matches(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase()),
        Test::Range(first, last) => integer(text).is_some_and(|number| (first..=last).contains(&number)),
        Test::Present(wanted) => wanted,
    }
}

/// Whether a test holds of a part of a code, in which case counts.
pub(crate) fn holds_of_code(test: Test<'_>, code: &str) -> bool {
    match test {
        Test::Prefix(start) => code.starts_with(start),
        Test::Contains(part) => code.contains(part),
        Test::Pattern(pattern) => matches(pattern, code),
        test => holds_of(test, code),
    }
}

/// A whole number in plain digits.
fn integer(text: &str) -> Option<i64> {
    if text.starts_with('+') { None } else { text.parse().ok() }
}

fn contains(text: &str, part: &str) -> bool {
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether `text` is `pattern` with anything for each `*`. The parts between stars are found from the left, each as early as
/// it can be, so the time is that of a search for each.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text, want) in [
            ("Limit of * reached", "limit OF 500 reached", true),
            ("Limit of * reached", "Limit of reached", false),
            ("*frozen*", "account frozen.", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c", false),
            ("a*a", "a", false),
            ("*", "", true),
            ("**", "x", true),
            ("a", "ab", false),
            ("", "", true),
        ] {
            assert_eq!(holds_of(Test::Pattern(pattern), text), want, "{pattern} {text}");
        }
        assert!(holds_of_code(Test::Pattern("upstream_*"), "upstream_502"));
        assert!(!holds_of_code(Test::Pattern("upstream_*"), "UPSTREAM_502"));
    }

    #[test]
    fn contains_in_any_case() {
        assert!(contains("Account FROZEN", "frozen"));
        assert!(!contains("fro", "frozen"));
        assert!(contains("x", ""));
    }

    #[test]
    fn ranges_are_of_whole_numbers() {
        for (text, want) in [
            ("200", true),
            ("299", true),
            ("0250", true),
            ("199", false),
            ("-250", false),
            ("+250", false),
            ("250.0", false),
            ("2e2", false),
            ("", false),
            ("99999999999999999999", false),
        ] {
            assert_eq!(holds_of(Test::Range(200, 299), text), want, "{text}");
        }
        assert!(holds_of(Test::Range(-32099, -32000), "-32005"));
    }
}
