//! The delay that a response tells.

use std::borrow::Cow;

use crate::condition::Found;
use crate::decode::Decoded;
use crate::form::{self, Told};
use crate::table::{Computed, Delay, Form, Place};

/// What sources of a delay told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Heard {
    /// The wait in milliseconds; none where nothing was told, or what was told is past.
    pub(crate) wait: Option<u64>,
    /// Whether a source was there and not well formed.
    pub(crate) unreadable: bool,
}

/// One source: absent, not well formed, or a wait, which is none where it is past.
enum Source {
    Absent,
    Unreadable,
    Wait(Option<u64>),
}

/// Asks sources in order; the first that is there and well formed counts.
pub(crate) fn hear<'a>(sources: &[Delay<'a>], error: Error<'a, '_>, now: i64) -> Heard {
    let mut unreadable = false;
    let mut misread: Vec<Place<'a>> = Vec::new();
    for source in sources {
        match (error.ask(source, now, &mut unreadable), source) {
            (Source::Absent, _) => {}
            (Source::Unreadable, Delay::Told { at, .. }) => misread.push(*at),
            (Source::Unreadable, _) => unreadable = true,
            (Source::Wait(wait), source) => {
                // What stands there was only written in another of the forms that are listed for it.
                misread.retain(|place| !matches!(source, Delay::Told { at, .. } if at == place));
                return Heard { wait, unreadable: unreadable || !misread.is_empty() };
            }
        }
    }
    Heard { wait: None, unreadable: unreadable || !misread.is_empty() }
}

/// The error whose response is asked.
#[derive(Clone, Copy)]
pub(crate) struct Error<'a, 'f> {
    pub(crate) found: &'f Found<'a, 'f>,
    pub(crate) decoded: &'f Decoded<'a>,
}

/// A value that is there: well formed or not.
type Value = Option<Told>;

/// Which of the values counts that a header tells that was sent several times: the one after which nobody comes back too early.
#[derive(Clone, Copy)]
enum Of {
    Longest,
    Shortest,
}

impl<'a, 'f> Error<'a, 'f> {
    fn ask(self, source: &Delay<'a>, now: i64, unreadable: &mut bool) -> Source {
        match source {
            Delay::Fixed(ms) => Source::Wait(Some(*ms)),
            Delay::Told { at, form } => match self.value(*at, *form, Of::Longest, now) {
                None => Source::Absent,
                Some(None) => Source::Unreadable,
                Some(Some(told)) => Source::Wait(told.wait(now)),
            },
            Delay::Computed(computed) => self.compute(computed, now),
            Delay::Longest(sources) => self.longest(sources, now, unreadable),
        }
    }

    fn longest(self, sources: &[Delay<'a>], now: i64, unreadable: &mut bool) -> Source {
        let mut longest = Source::Absent;
        for source in sources {
            match (self.ask(source, now, unreadable), &mut longest) {
                (Source::Absent, _) => {}
                (Source::Unreadable, _) => *unreadable = true,
                (Source::Wait(wait), Source::Wait(longest)) => *longest = wait.max(*longest),
                (wait, longest) => *longest = wait,
            }
        }
        longest
    }

    fn compute(self, computed: &Computed<'a>, now: i64) -> Source {
        let (at, form) = computed.of;
        let Some(of) = self.value(at, form, Of::Longest, now) else { return Source::Absent };
        let minus = match computed.minus.map(|(at, form)| self.value(at, form, Of::Shortest, now)) {
            Some(None) => return Source::Absent,
            Some(Some(minus)) => Some(minus),
            None => None,
        };
        let rate = match computed.per.map(|at| self.text(at)) {
            Some(None) => return Source::Absent,
            Some(Some(rate)) => Some(rate),
            None => None,
        };
        match computed_ms(of, minus, rate, now) {
            Some(ms) => Source::Wait(u64::try_from(ms).ok().filter(|ms| *ms > 0)),
            None => Source::Unreadable,
        }
    }

    fn value(self, at: Place<'a>, form: Form, of: Of, now: i64) -> Option<Value> {
        let read = |text: Cow<'_, str>| {
            let of_all = || one_of_all(all_told(form, &text)?, of, now);
            form::read(form, &text).or_else(|| matches!(at, Place::Header(_)).then(of_all)?)
        };
        Some(self.text(at)?.and_then(read))
    }

    /// The text at a place: `None` where nothing stands there, `Some(None)` where it is no text.
    #[expect(clippy::option_option, reason = "nothing, something unusable, and a text are three things")]
    fn text(self, at: Place<'a>) -> Option<Option<Cow<'f, str>>> {
        self.found.text(at, self.decoded)
    }
}

fn one_of_all(all: Vec<Told>, of: Of, now: i64) -> Value {
    match of {
        Of::Longest => all.into_iter().max_by_key(|told| told.ms(now)),
        Of::Shortest => all.into_iter().min_by_key(|told| told.ms(now)),
    }
}

/// All that a header tells that was sent several times, as by a server and by the proxy before it; `None` where one of them is not well formed.
fn all_told(form: Form, text: &str) -> Option<Vec<Told>> {
    let (mut all, mut rest) = (Vec::new(), Some(text));
    while let Some(text) = rest {
        // An HTTP-date has a comma within.
        let mut ends = text.match_indices(',').map(|(at, _)| at).chain([text.len()]).take(2);
        let (told, end) = ends.find_map(|end| Some((form::read(form, &text[..end])?, end)))?;
        all.push(told);
        rest = text.get(end + 1..).map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    }
    Some(all)
}

/// `None` where a value is not well formed, or the result is out of bounds.
fn computed_ms(of: Value, minus: Option<Value>, rate: Option<Option<Cow<'_, str>>>, now: i64) -> Option<i64> {
    let ms = match (of?, minus) {
        (Told::Delay(ms), None) => ms,
        (Told::Instant(at), None) => at.checked_sub(now)?,
        (Told::Delay(ms), Some(Some(Told::Delay(less)))) => ms.checked_sub(less)?,
        (Told::Instant(at), Some(Some(Told::Instant(from)))) => at.checked_sub(from)?,
        _ => return None,
    };
    match rate {
        Some(rate) if ms > 0 => form::divide(ms, &rate?),
        Some(rate) => form::divide(1, &rate?).map(|_| ms),
        None => Some(ms),
    }
}
