//! From a response to the error that it is.
//!
//! Decoding reads the body once a shape, builds nothing and cannot fail. What it finds are places in the response; texts are made when asked for.

use std::borrow::Cow;
use std::sync::Arc;

use http::HeaderMap;

use crate::condition::{Found, hold_all};
use crate::document::{Document, Extent, Slot, Wanted};
use crate::identify::identify;
use crate::several;
use crate::table::{Api, MOST_PARTS, Place, Shape};
use crate::vocabulary::Outcome;

/// What a response turned out to be, as places in it. [`crate::View`] reads it.
#[derive(Debug, Clone)]
pub struct Decoded<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) row: Option<usize>,
    pub(crate) cause: Option<usize>,
    /// The shape of the response, whichever of its errors this is.
    pub(crate) shape: Option<usize>,
    /// The error's own status, else the response's.
    pub(crate) status: Option<u16>,
    /// Whether that status is its own.
    pub(crate) own_status: bool,
    /// Where one of several errors stands; `None` for what is told by the whole body.
    pub(crate) extent: Option<Extent>,
    /// The JSON Pointer to there.
    pub(crate) path: Option<Box<str>>,
    pub(crate) code: [Slot<'a>; MOST_PARTS],
    pub(crate) message: Slot<'a>,
    pub(crate) remediation: Slot<'a>,
    pub(crate) request_id: Slot<'a>,
    pub(crate) empty_body: bool,
    pub(crate) unreadable_code: bool,
    /// Whether the code's first parts are listed, and the whole of it is not.
    pub(crate) unlisted_part: bool,
    /// Whether the body is UTF-8, where several errors ask for it.
    pub(crate) utf8: Option<bool>,
    /// Whether the body is not all that was sent.
    pub(crate) truncated: bool,
    /// Whether the response has more errors than are looked at.
    pub(crate) too_many_errors: bool,
    /// The other errors of the response.
    pub(crate) others: Vec<Decoded<'a>>,
    /// Whether this is one of those others.
    pub(crate) is_other: bool,
    /// Of several errors: what stands in the whole body that all of them may ask for.
    pub(crate) whole: Known<'a>,
}

/// What stands at places, as far as it is known: nothing, something that is no text, or a text.
pub(crate) type Known<'a> = Option<Arc<[(Place<'a>, Option<Option<Arc<str>>>)]>>;

impl<'a> Decoded<'a> {
    pub(crate) const NOTHING: Decoded<'static> = Decoded {
        outcome: Outcome::NoCode,
        row: None,
        cause: None,
        shape: None,
        status: None,
        own_status: false,
        extent: None,
        path: None,
        code: [Slot::Absent; MOST_PARTS],
        message: Slot::Absent,
        remediation: Slot::Absent,
        request_id: Slot::Absent,
        empty_body: false,
        unreadable_code: false,
        unlisted_part: false,
        utf8: None,
        truncated: false,
        too_many_errors: false,
        others: Vec::new(),
        is_other: false,
        whole: None,
    };

    /// The same error, as if it were the only one of its response.
    #[must_use]
    pub fn alone(&self) -> Self {
        Self { others: Vec::new(), ..self.clone() }
    }

    pub(crate) fn has_code(&self) -> bool {
        !self.code[0].is_absent()
    }

    /// The parts of the code that were sent, the coarsest first.
    pub(crate) fn code_parts<'r>(&self, document: &Document<'r>) -> impl Iterator<Item = Cow<'r, str>> {
        self.code.into_iter().map_while(|slot| document.text(slot))
    }

    /// The code as sent, its parts joined by `/`.
    pub(crate) fn code_text<'r>(&self, document: &Document<'r>) -> Option<Cow<'r, str>> {
        let mut parts = self.code_parts(document);
        let first = parts.next()?;
        Some(parts.fold(first, |all, part| Cow::Owned(format!("{all}/{part}"))))
    }

    /// The text at a place: message and code are where the shape has them.
    pub(crate) fn text_at<'r>(&self, document: &Document<'r>, place: Place<'_>) -> Option<Cow<'r, str>> {
        match place {
            Place::Message => document.text(self.message),
            Place::Code => self.code_text(document),
            Place::Path => self.path.as_deref().map(|path| Cow::Owned(path.to_owned())),
            Place::Cut(cut) if matches!(cut.of, Place::Message | Place::Code | Place::Path) => {
                cut.of(self.text_at(document, cut.of)?)
            }
            place => document.scalar(document.slot(place)),
        }
    }
}

/// Decodes a response: its status (`None` where there was none), headers and body.
pub fn decode<'a>(api: &Api<'a>, status: Option<u16>, headers: &HeaderMap, body: &[u8]) -> Decoded<'a> {
    let document = Document::new(headers, body);
    let found = Found::new(document);
    let response = Response { api, status, document, found: &found };
    let mut choice = response.choose_shape();
    if choice.decoded.shape.is_none() && response.must_be_claimed() {
        return Decoded { outcome: Outcome::NotError, status, ..Decoded::NOTHING };
    }
    identify(api, &document, &found, choice.malformed, &mut choice.decoded);
    if let Some(several) = choice.decoded.shape.and_then(|index| api.shapes[index].errors) {
        choice.decoded = several::settle(api, several, choice.decoded, choice.errors, &document, &found);
    }
    choice.decoded.empty_body = document.is_blank();
    choice.decoded
}

struct Response<'a, 'r> {
    api: &'r Api<'a>,
    status: Option<u16>,
    document: Document<'r>,
    found: &'r Found<'a, 'r>,
}

/// What one shape makes of a response.
struct Choice<'a> {
    decoded: Decoded<'a>,
    /// The several errors in it, which are not identified yet.
    errors: Vec<Decoded<'a>>,
    /// Whether the body should have been JSON and is not.
    malformed: bool,
}

impl<'a> Response<'a, '_> {
    /// Whether a response is an error only where a shape says so: one below 400; and what is no response, where the catalog says what
    /// errors look like there.
    fn must_be_claimed(&self) -> bool {
        match self.status {
            Some(status) => status < 400,
            None => self.has_events(),
        }
    }

    fn has_events(&self) -> bool {
        self.api.shapes.iter().any(Shape::is_of_events)
    }

    fn carries(&self, shape: &Shape<'_>) -> bool {
        match self.status {
            Some(status) => shape.statuses.iter().any(|range| range.contains(status)),
            None => shape.is_of_events() || !self.has_events(),
        }
    }

    /// The first shape that yields a code, else the first that yields a message, else the first that fits the status.
    fn choose_shape(&self) -> Choice<'a> {
        let mut best: Option<Choice<'a>> = None;
        let (mut best_has_message, mut any_malformed) = (false, false);
        for (index, shape) in self.api.shapes.iter().enumerate().filter(|(_, shape)| self.carries(shape)) {
            let choice = self.read(index, shape);
            any_malformed |= choice.malformed;
            let any = |has: &dyn Fn(&Decoded<'a>) -> bool| has(&choice.decoded) || choice.errors.iter().any(has);
            let (code, message) = (any(&|one| one.has_code()), any(&|one| !one.message.is_absent()));
            // A success that can carry errors is one where it carries none.
            let gated = !shape.gate.is_empty() && !choice.malformed && shape.errors.is_none();
            let claimed = code || gated || !choice.errors.is_empty();
            if !hold_all(shape.gate, self.found, &choice.decoded) || self.must_be_claimed() && !claimed {
                continue;
            }
            if code {
                return choice;
            }
            if best.is_none() || message && !best_has_message {
                best = Some(choice);
                best_has_message = message;
            }
        }
        best.unwrap_or_else(|| Choice {
            decoded: Decoded { status: self.status, ..Decoded::NOTHING },
            errors: Vec::new(),
            malformed: any_malformed,
        })
    }

    fn read(&self, index: usize, shape: &Shape<'a>) -> Choice<'a> {
        let mut choice = Choice { decoded: Decoded::NOTHING, errors: Vec::new(), malformed: false };
        let decoded = &mut choice.decoded;
        choice.malformed = read_shape(shape, &self.document, decoded);
        decoded.shape = Some(index);
        decoded.status = decoded.status.or(self.status);
        let Some(several) = shape.errors else { return choice };
        match several::read(several, &self.document, self.found, decoded) {
            Some((errors, all)) => {
                decoded.too_many_errors = !all;
                choice.errors = errors;
            }
            None => choice.malformed |= !self.document.is_blank(),
        }
        choice
    }
}

/// Sets where the values of a shape stand; tells whether the body should have been JSON and is not.
pub(crate) fn read_shape<'a>(shape: &Shape<'a>, document: &Document<'_>, decoded: &mut Decoded<'a>) -> bool {
    let part = |index: usize| shape.code.get(index).copied().unwrap_or_default();
    let text = |places| Wanted { places, integers: false };
    let text_or_integer = |places| Wanted { places, integers: true };
    let (readings, malformed) = document.read([
        text_or_integer(part(0)),
        text_or_integer(part(1)),
        text_or_integer(part(2)),
        text_or_integer(part(3)),
        text(shape.message),
        text(shape.remediation),
        text_or_integer(shape.request_id),
        text_or_integer(shape.own_status),
    ]);
    let [code @ .., message, remediation, request_id, own_status] = &readings;
    for (slot, part) in decoded.code.iter_mut().zip(code) {
        *slot = part.slot;
    }
    decoded.unreadable_code = code[0].unusable;
    decoded.message = message.slot;
    decoded.remediation = remediation.slot;
    decoded.request_id = request_id.slot;
    let status = document.text(own_status.slot).filter(|text| text.len() == 3).and_then(|text| text.parse().ok());
    decoded.status = status.filter(|status| (100..=999).contains(status));
    decoded.own_status = decoded.status.is_some();
    malformed
}
