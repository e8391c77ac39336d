//! What stands at a place in the responses of an API, for values that have to be made up.

use super::collect::Collector;
use super::node::is_any_index;
use super::said::Said;
use super::sources::tellings;
use super::target::{Base, Frame, Target};
use super::way::first_of;
use crate::document::json_path;
use crate::table::{Field, Kind, Place, Shape};

/// Values that are of the type that the catalog has at their place, and tell nothing.
#[derive(Default)]
pub(super) struct Typical<'a> {
    values: Vec<(Base<'a>, Said)>,
    /// Where further values stand.
    paths: Vec<Vec<&'a str>>,
}

impl<'a> Typical<'a> {
    /// What stands in a response that tells an error in one way.
    pub(super) fn of(collector: &Collector<'_, '_, 'a, '_>, error: &Frame<'a>, response: &Frame<'a>) -> Self {
        let (way, subject) = (collector.way, collector.subject);
        let own = subject.entry.more().map_or(&[][..], |more| more.fields);
        let mut typical = Self::default();
        typical.add_fields(own, error);
        typical.add_fields(way.places().fields, error);
        typical.add_fields(way.shape.fields, response);
        for (place, said) in tellings(collector.delay_sources(), 0, 0).into_iter().flatten() {
            typical.add(place, said, error);
        }
        typical.paths.extend(paths(way.shape));
        typical.paths.extend(paths(way.places()).map(|path| [error.path.as_slice(), &path].concat()));
        typical
    }

    fn add_fields(&mut self, fields: &[Field<'a>], frame: &Frame<'a>) {
        for field in fields {
            let Some(said) = plain(field.kind) else { continue };
            field.at.iter().for_each(|place| self.add(*place, said.clone(), frame));
        }
    }

    fn add(&mut self, place: Place<'a>, said: Said, frame: &Frame<'a>) {
        if let Some(Target { base, cut: None }) = frame.target(place) {
            self.values.push((base, said));
        }
    }

    /// What stands at a place: a value, or the list or object in which others stand.
    pub(super) fn at(&self, base: &Base<'a>) -> Option<Said> {
        let value = self.values.iter().find(|(other, _)| other == base).map(|(_, said)| said.clone());
        let within = || {
            let Base::Json(path) = base else { return None };
            let next = self.paths.iter().find_map(|other| other.strip_prefix(path.as_slice())?.first())?;
            Some(Said::bare(if is_any_index(next) { "[]" } else { "{}" }))
        };
        value.or_else(within)
    }
}

/// The paths at which a response of a shape has values.
fn paths<'a>(shape: &Shape<'a>) -> impl Iterator<Item = Vec<&'a str>> {
    let lists = [shape.own_status, shape.message, shape.remediation, shape.request_id];
    let fields = shape.fields.iter().map(|field| field.at);
    let places = lists.into_iter().chain(shape.code.iter().copied()).chain(fields).flatten();
    let paths = places.copied().filter_map(json_path).map(<[_]>::to_vec);
    paths.chain(shape.errors.map(|several| several.at.iter().filter_map(first_of).collect()))
}

/// The plainest value of a type; none for what can be anything, or has to be an instant.
fn plain(kind: Kind<'_>) -> Option<Said> {
    match kind {
        Kind::Integer | Kind::Number => Some(Said::bare("0")),
        Kind::Boolean => Some(Said::bare("true")),
        Kind::String => Some(Said::text("")),
        Kind::List(_) => Some(Said::bare("[]")),
        Kind::Object => Some(Said::bare("{}")),
        Kind::Timestamp(_) | Kind::Any => None,
    }
}
