//! What a response tells that nobody asked for.

use std::borrow::Cow;

use super::Subject;
use super::refusal::ReplyError;
use super::target::{Frame, Frames, Target, targets};
use super::wants::Wants;
use super::way::{Way, make};
use crate::decode::decode;
use crate::form;
use crate::table::{Computed, Delay, Field, Form, Place, Shape};
use crate::value::Value;
use crate::view::{View, rule};

/// Refuses what a response tells beyond what it shall. What the error tells by itself is not refused: its code, its status and the conditions
/// of the catalog need it. Nor is what stands where something was asked for.
pub(super) fn refuse_unasked<'a>(
    subject: &Subject<'_, 'a, '_>,
    way: &Way<'_, 'a>,
    wants: &Wants<'a>,
    view: &View<'_, 'a>,
) -> Result<(), ReplyError> {
    let mut unasked = Reader { subject, way, view }.all();
    unasked.retain(|read| !read.is_asked && !read.targets.iter().any(|target| wants.tell(target)));
    if unasked.is_empty() {
        return Ok(());
    }
    let bare = subject.bare();
    let bare = subject.with(&bare);
    if let Ok(made) = make(&bare, way) {
        let decoded = decode(bare.api, made.encoded.status, &made.encoded.headers, &made.encoded.body);
        let view = View { api: bare.api, headers: &made.encoded.headers, body: &made.encoded.body, decoded: &decoded };
        if decoded.row == Some(bare.content.row) {
            let told = Reader { subject: &bare, way, view: &view }.all();
            unasked.retain(|read| !told.iter().any(|told| told.what == read.what && told.value == read.value));
        }
    }
    unasked.into_iter().next().map_or(Ok(()), |read| Err(ReplyError::Unasked(read.what.into())))
}

/// One thing that a response tells.
struct Read<'r, 'a> {
    what: Cow<'static, str>,
    value: Value<'r>,
    /// Where it can stand.
    targets: Vec<Target<'a>>,
    is_asked: bool,
}

/// Reads a response that was made in one way.
struct Reader<'w, 'r, 'a, 's> {
    subject: &'w Subject<'w, 'a, 's>,
    way: &'w Way<'w, 'a>,
    view: &'w View<'r, 'a>,
}

impl<'r, 'a: 'r> Reader<'_, 'r, 'a, '_> {
    fn all(&self) -> Vec<Read<'r, 'a>> {
        let frames = self.way.frames();
        let mut out = Vec::new();
        self.texts(&frames, &mut out);
        self.fields(&frames, &mut out);
        self.waits(&frames.error, &mut out);
        out
    }

    fn texts(&self, frames: &Frames<'a>, out: &mut Vec<Read<'r, 'a>>) {
        let (content, decoded, document) = (self.subject.content, self.view.decoded, self.view.document());
        let (own, all) = (self.way.places(), self.way.shape);
        let places = |pick: fn(&Shape<'a>) -> &'a [Place<'a>]| {
            let of = |shape, frame: &Frame<'a>| targets(pick(shape), frame);
            [of(own, &frames.error), of(all, &frames.response)].concat()
        };
        let texts = [
            ("a code", self.view.raw_code(), self.subject.code.is_some(), Vec::new()),
            ("a message", self.view.message(), content.message.is_some(), places(|shape| shape.message)),
            (
                "advice",
                document.text(decoded.remediation),
                content.remediation.is_some(),
                places(|shape| shape.remediation),
            ),
            (
                "the id of a request",
                self.view.request_id(),
                content.request_id.is_some(),
                places(|shape| shape.request_id),
            ),
        ];
        for (what, text, is_asked, targets) in texts {
            out.extend(text.map(|text| Read { what: what.into(), value: Value::String(text), targets, is_asked }));
        }
    }

    fn fields(&self, frames: &Frames<'a>, out: &mut Vec<Read<'r, 'a>>) {
        let (content, own) = (self.subject.content, self.subject.entry.more().map_or(&[][..], |more| more.fields));
        let of_error = [(own, &frames.error)];
        let of_shape = [(self.way.places().fields, &frames.error), (self.way.shape.fields, &frames.response)];
        let values = self.view.values().sent().map(|told| (told, &content.values, &of_error[..]));
        let shape_values = self.view.shape_values().sent().map(|told| (told, &content.shape_values, &of_shape[..]));
        for ((name, value), asked, lists) in values.chain(shape_values) {
            let named = |(fields, frame): &(&'a [Field<'a>], &Frame<'a>)| {
                fields
                    .iter()
                    .filter(|field| field.name == name)
                    .flat_map(|field| targets(field.at, frame))
                    .collect::<Vec<_>>()
            };
            out.push(Read {
                what: format!("the field {name}").into(),
                value,
                targets: lists.iter().flat_map(named).collect(),
                is_asked: asked.iter().any(|(other, _)| *other == name),
            });
        }
    }

    /// Each text that tells a wait, alone or with others.
    fn waits(&self, frame: &Frame<'a>, out: &mut Vec<Read<'r, 'a>>) {
        let mut sources = Vec::new();
        rule(self.view.api, self.view.decoded)
            .map_or(&[][..], |rule| rule.after)
            .iter()
            .for_each(|source| leaves(source, &mut sources));
        for (place, form) in sources {
            let text = self.view.decoded.text_at(&self.view.document(), place);
            if let Some(text) = text.filter(|text| form::read(form, text).is_some()) {
                out.push(Read {
                    what: "a wait".into(),
                    value: Value::String(text),
                    targets: frame.target(place).into_iter().collect(),
                    is_asked: self.subject.content.delay.is_some(),
                });
            }
        }
    }
}

/// The texts that a source reads a wait from.
fn leaves<'a>(source: &Delay<'a>, out: &mut Vec<(Place<'a>, Form)>) {
    match source {
        Delay::Fixed(_) => {}
        Delay::Told { at, form } => out.push((*at, *form)),
        Delay::Computed(Computed { of, .. }) => out.push(*of),
        Delay::Longest(sources) => sources.iter().for_each(|source| leaves(source, out)),
    }
}
