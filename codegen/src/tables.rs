//! A catalog as the tables that the engine decodes with.
//!
//! The command and the check decode with them as they are; generated crates and packages hold the same tables as source.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use bumpalo::Bump;
use errbook::__private::{
    Api, Cause, Class, Computed, Condition, Cut, Delay, Field, Form, Kind, More, NONE, Override, Place, Retry, Row,
    Several, Shape, Status, Statuses, Step, Test, Texts, slots,
};
use errbook::{Backoff, Repeat, Verdict};

use crate::model::{
    self, Catalog, DelaySource, ErrorDef, FieldKind, InstantForm, ItemKind, Location, RetryRule, RetryVerdict,
    StatusSet, Told,
};

/// How many errors and aliases an API can have: what an index of 16 bits holds.
pub const MOST_CODES: usize = NONE as usize - 1;

/// Builds the tables of a catalog, of which at most [`MOST_CODES`] codes are taken. What they share is stored in `bump`.
pub fn build<'a>(bump: &'a Bump, catalog: &'a Catalog) -> Api<'a> {
    let errors = &catalog.errors[..catalog.errors.len().min(MOST_CODES)];
    let groups = groups(catalog, errors);
    let mut builder = Builder { bump, groups: &groups, retries: Interned::default(), statuses: Interned::default() };
    let aliases: Vec<(&str, u16)> = errors
        .iter()
        .zip(0u16..)
        .flat_map(|(error, row)| error.aliases.iter().map(move |alias| (alias.text.value.as_str(), row)))
        .collect();
    let aliases = &aliases[..aliases.len().min(MOST_CODES - errors.len())];

    let mut more = Vec::new();
    let rows: Vec<Row<'a>> = errors.iter().map(|error| builder.row(catalog, error, &mut more)).collect();
    let statuses: Vec<Status<'a>> = catalog.statuses.iter().map(|rule| builder.status(rule)).collect();
    let shapes: Vec<Shape<'a>> = catalog.shapes.iter().map(|shape| builder.shape(shape)).collect();
    let keys: Vec<&str> = rows.iter().map(|row| row.code).chain(aliases.iter().map(|(alias, _)| *alias)).collect();
    let overrides = catalog.retry.overrides.iter().map(|own| builder.server_verdict(own)).collect();
    let classes = classes(errors).into_iter().map(|(row, parts)| Class { row, parts: builder.tests(parts) }).collect();
    let repeat = catalog.retry.repeat.as_ref().and_then(repeat);
    let keep = |text: String| -> &'a str { bump.alloc_str(&text) };
    Api {
        id: &catalog.api.id.value,
        title: &catalog.api.title.value,
        shapes: store(bump, shapes),
        slots: bump.alloc_slice_copy(&slots(keys.iter().copied())),
        rows: store(bump, rows),
        aliases: bump.alloc_slice_copy(aliases),
        slashed: bump.alloc_slice_copy(&slashed(bump, catalog, errors)),
        classes: store(bump, classes),
        uncoded: bump.alloc_slice_copy(&uncoded(errors)),
        text_codes: bump.alloc_slice_copy(&text_codes(errors)),
        status_sets: store(bump, builder.statuses.values),
        retries: store(bump, builder.retries.values),
        groups: bump.alloc_slice_copy(&groups),
        more: store(bump, more),
        statuses: store(bump, statuses),
        backoff: catalog.retry.backoff,
        repeat,
        overrides: store(bump, overrides),
        sources: store(
            bump,
            catalog.api.sources.iter().map(|source| source.url.as_ref().map_or("", |url| &url.value)).collect(),
        ),
        texts: Texts::new(keep(texts(errors))),
    }
}

fn store<T>(bump: &Bump, values: Vec<T>) -> &[T] {
    bump.alloc_slice_fill_iter(values)
}

/// The rows of errors without a code, the most specific first.
fn uncoded(errors: &[ErrorDef]) -> Vec<u16> {
    let mut rows: Vec<u16> =
        (0u16..).zip(errors).filter(|(_, error)| error.conditions().is_some()).map(|(row, _)| row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(errors[usize::from(*row)].specificity()));
    rows
}

/// The parts of codes that are texts on the wire, though they look like numbers.
fn text_codes(errors: &[ErrorDef]) -> Vec<(u16, u8)> {
    let rows = (0u16..).zip(errors);
    rows.flat_map(|(row, error)| error.text_parts().iter().map(move |part| (row, *part))).collect()
}

/// Where codes have parts, those with a `/` within a part, and which of their `/` join two.
fn slashed<'a>(bump: &'a Bump, catalog: &Catalog, errors: &[ErrorDef]) -> Vec<(u16, &'a [u16])> {
    if catalog.all_shapes().all(|shape| shape.code.len() < 2) {
        return Vec::new();
    }
    let own = errors.iter().map(ErrorDef::own_code);
    let aliases = errors.iter().flat_map(|error| &error.aliases).map(Some);
    let all = (0u16..NONE).zip(own.chain(aliases));
    let slashed = all.filter_map(|(key, code)| Some((key, code?)));
    let slashed = slashed.filter(|(_, code)| code.parts.iter().any(|part| part.contains('/')));
    slashed.map(|(key, code)| (key, &*bump.alloc_slice_copy(&joints(&code.parts)))).collect()
}

/// Which of the `/` of a code join its parts.
fn joints(parts: &[String]) -> Vec<u16> {
    let mut slash = 0;
    let joint = |part: &String| {
        slash += part.bytes().filter(|byte| *byte == b'/').count() as u16 + 1;
        slash - 1
    };
    parts[..parts.len() - 1].iter().map(joint).collect()
}

/// The rows of classes of codes and what they ask for, the most specific first.
fn classes(errors: &[ErrorDef]) -> Vec<(u16, &[model::Test])> {
    let mut classes: Vec<_> = (0u16..).zip(errors).filter_map(|(row, error)| Some((row, error.class()?))).collect();
    classes.sort_by_key(|(_, parts)| std::cmp::Reverse(model::class_specificity(parts)));
    classes
}

/// Name, `when` and `fix` of each error, each closed by NUL.
fn texts(errors: &[ErrorDef]) -> String {
    let mut out = String::new();
    for error in errors {
        for text in error_texts(error, &error.variant()) {
            out.push_str(text);
            out.push('\0');
        }
    }
    out
}

/// Name, `when` and `fix` of an error that is called `variant`; empty for what is undocumented.
pub fn error_texts<'e>(error: &'e ErrorDef, variant: &'e str) -> [&'e str; 3] {
    let text = |prose: &'e Option<model::Prose>| prose.as_ref().map_or("", |prose| &prose.value);
    [variant, text(&error.when), text(&error.fix)]
}

/// Name and title of each group that has an error.
fn groups<'a>(catalog: &'a Catalog, errors: &[ErrorDef]) -> Vec<(&'a str, &'a str)> {
    let used: HashSet<&str> = errors.iter().filter_map(|error| Some(error.group.as_ref()?.value.as_str())).collect();
    let groups = catalog.groups.iter().map(|group| (group.name.value.as_str(), group.title.value.as_str()));
    groups.filter(|(name, _)| used.contains(name)).collect()
}

struct Builder<'a, 'g> {
    bump: &'a Bump,
    groups: &'g [(&'a str, &'a str)],
    retries: Interned<RetryKey<'a>, Retry<'a>>,
    statuses: Interned<Statuses<'a>, Statuses<'a>>,
}

/// Values that were met before keep their index.
struct Interned<K, V> {
    indices: HashMap<K, u16>,
    values: Vec<V>,
}

impl<K, V> Default for Interned<K, V> {
    fn default() -> Self {
        Self { indices: HashMap::new(), values: Vec::new() }
    }
}

impl<K: Hash + Eq, V> Interned<K, V> {
    fn index(&mut self, key: K, value: impl FnOnce() -> V) -> u16 {
        *self.indices.entry(key).or_insert_with(|| {
            self.values.push(value());
            (self.values.len() - 1) as u16
        })
    }
}

/// A retry rule, as far as two are the same one.
#[derive(PartialEq, Eq, Hash)]
struct RetryKey<'a> {
    verdict: Verdict,
    when: Option<&'a str>,
    after: &'a [Delay<'a>],
    backoff: Option<(u64, u64, u64)>,
}

impl<'a> Builder<'a, '_> {
    fn row(&mut self, catalog: &'a Catalog, error: &'a ErrorDef, all_more: &mut Vec<More<'a>>) -> Row<'a> {
        let statuses = self.status_set(&error.status.value);
        let retry = self.retry(error.retry.as_ref());
        let more = self.more(catalog, error);
        let plain = more.conditions.is_none()
            && more.causes.is_empty()
            && more.fields.is_empty()
            && more.repeat.is_none()
            && more.source == 0;
        let more = if plain {
            NONE
        } else {
            all_more.push(more);
            (all_more.len() - 1) as u16
        };
        let group = error.group.as_ref().and_then(|name| self.groups.iter().position(|group| group.0 == name.value));
        Row {
            code: error.id(),
            statuses,
            group: group.map_or(NONE, |index| index as u16),
            action: error.action.as_ref().map(|action| action.value),
            retry,
            more,
        }
    }

    fn more(&mut self, catalog: &'a Catalog, error: &'a ErrorDef) -> More<'a> {
        let causes = error.told_causes().into_iter().map(|cause| self.cause(cause, &error.variant())).collect();
        More {
            // A class has a name as well, which is no code on the wire.
            conditions: error.conditions().or(error.class().map(|_| &[][..])).map(|own| self.conditions(own)),
            causes: store(self.bump, causes),
            fields: self.fields(&error.fields),
            repeat: error.repeat.as_ref().and_then(repeat),
            source: catalog.source_index(&error.sources) as u16,
        }
    }

    fn cause(&mut self, cause: &'a model::Cause, error: &str) -> Cause<'a> {
        Cause {
            name: cause.name.as_ref().map_or("", |name| &name.value),
            variant: self.bump.alloc_str(&cause.variant(error)),
            conditions: self.conditions(&cause.conditions),
            statuses: self.bump.alloc_slice_copy(&cause.statuses),
            when: cause.when.as_ref().map(|text| text.value.as_str()),
            fix: cause.fix.as_ref().map(|text| text.value.as_str()),
            action: cause.action,
            retry: self.retry(cause.retry.as_ref()),
            repeat: cause.repeat.as_ref().and_then(repeat),
        }
    }

    fn status(&mut self, rule: &'a model::StatusRule) -> Status<'a> {
        Status {
            range: rule.range.value,
            title: &rule.title.value,
            fix: rule.fix.as_ref().map(|text| text.value.as_str()),
            action: rule.action,
            retry: self.retry(rule.retry.as_ref()),
            repeat: rule.repeat.as_ref().and_then(repeat),
        }
    }

    fn shape(&self, shape: &'a model::Shape) -> Shape<'a> {
        Shape {
            statuses: shape.carried(),
            gate: self.conditions(&shape.gate),
            code: store(self.bump, shape.code.iter().map(|places| self.places(places)).collect()),
            own_status: self.places(&shape.own_status),
            message: self.places(&shape.message),
            remediation: self.places(&shape.remediation),
            request_id: self.places(&shape.request_id),
            fields: self.fields(&shape.fields),
            errors: shape.errors.as_ref().map(|several| &*self.bump.alloc(self.several(several))),
            content_type: shape.content_type.as_ref().map(|kind| kind.value.as_str()),
        }
    }

    fn several(&self, several: &'a model::Several) -> Several<'a> {
        let step = |step: &'a model::Step| match step {
            model::Step::Key(key) => Step::Key(key),
            model::Step::Each => Step::Each,
            model::Step::Deep => Step::Deep,
        };
        Several {
            at: store(self.bump, several.at.value.iter().map(step).collect()),
            primary: several.primary,
            shape: Shape { statuses: &[], ..self.shape(&several.shape) },
        }
    }

    fn server_verdict(&self, own: &'a model::Override) -> Override<'a> {
        let words = |words: &'a [String]| store(self.bump, words.iter().map(String::as_str).collect());
        Override { at: place(self.bump, &own.at.value), retry: words(&own.retry), never: words(&own.never) }
    }

    fn tests(&self, tests: &'a [model::Test]) -> &'a [Test<'a>] {
        store(self.bump, tests.iter().map(test).collect())
    }

    fn status_set(&mut self, set: &StatusSet) -> u16 {
        let bump = self.bump;
        let set = match set {
            StatusSet::Of(ranges) => Statuses::Of(bump.alloc_slice_copy(ranges)),
            StatusSet::Never => Statuses::Never,
            StatusSet::Undocumented => return NONE,
        };
        self.statuses.index(set, || set)
    }

    /// The index of a rule; none where nothing is stated.
    fn retry(&mut self, rule: Option<&'a RetryRule>) -> u16 {
        let Some(rule) = rule else { return NONE };
        let (verdict, when) = match &rule.verdict {
            RetryVerdict::Never => (Verdict::Never, None),
            RetryVerdict::Retry => (Verdict::Retry, None),
            RetryVerdict::Conditional(when) => (Verdict::Conditional, Some(when.value.as_str())),
            RetryVerdict::Undocumented => return NONE,
        };
        let after = self.delays(&rule.after);
        let backoff: Option<Backoff> = rule.backoff;
        let key =
            RetryKey { verdict, when, after, backoff: backoff.map(|b| (b.initial_ms, b.factor.to_bits(), b.max_ms)) };
        self.retries.index(key, || Retry { verdict, when, after, backoff })
    }

    fn delays(&self, sources: &'a [DelaySource]) -> &'a [Delay<'a>] {
        store(self.bump, sources.iter().map(|source| self.delay(source)).collect())
    }

    fn delay(&self, source: &'a DelaySource) -> Delay<'a> {
        let told = |told: &'a Told| (place(self.bump, &told.at.value), told.form);
        match source {
            DelaySource::Fixed(ms) => Delay::Fixed(*ms),
            DelaySource::Told(Told { at, form }) => Delay::Told { at: place(self.bump, &at.value), form: *form },
            DelaySource::Computed(computed) => Delay::Computed(self.bump.alloc(Computed {
                of: told(&computed.of),
                minus: computed.minus.as_ref().map(told),
                per: computed.per.as_ref().map(|at| place(self.bump, &at.value)),
            })),
            DelaySource::Longest(sources) => Delay::Longest(self.delays(sources)),
        }
    }

    fn places(&self, locations: &'a [crate::source::Spanned<Location>]) -> &'a [Place<'a>] {
        store(self.bump, locations.iter().map(|location| place(self.bump, &location.value)).collect())
    }

    fn conditions(&self, conditions: &'a [model::Condition]) -> &'a [Condition<'a>] {
        let of = |condition: &'a model::Condition| Condition {
            at: place(self.bump, &condition.at.value),
            test: match &condition.test {
                model::Test::Equals(text) if condition.quoted && is_literal(text) => Test::Text(text),
                other => test(other),
            },
        };
        store(self.bump, conditions.iter().map(of).collect())
    }

    fn fields(&self, fields: &'a [model::Field]) -> &'a [Field<'a>] {
        let of = |field: &'a model::Field| Field {
            name: &field.name.value,
            at: self.places(&field.at),
            kind: self.kind(field.kind),
        };
        store(self.bump, fields.iter().map(of).collect())
    }

    fn kind(&self, kind: FieldKind) -> Kind<'a> {
        match kind {
            FieldKind::One(item) => item_kind(item),
            FieldKind::List(item) => Kind::List(item.map(|item| &*self.bump.alloc(item_kind(item)))),
        }
    }
}

fn item_kind(kind: ItemKind) -> Kind<'static> {
    match kind {
        ItemKind::String => Kind::String,
        ItemKind::Integer => Kind::Integer,
        ItemKind::Number => Kind::Number,
        ItemKind::Boolean => Kind::Boolean,
        ItemKind::Object => Kind::Object,
        ItemKind::Any => Kind::Any,
        ItemKind::Timestamp(form) => Kind::Timestamp(match form {
            InstantForm::Iso8601 => Form::Iso8601,
            InstantForm::HttpDate => Form::HttpDate,
            InstantForm::EpochSeconds => Form::EpochSeconds,
            InstantForm::EpochMilliseconds => Form::EpochMilliseconds,
        }),
    }
}

pub(crate) fn place<'a>(bump: &'a Bump, location: &'a Location) -> Place<'a> {
    match location {
        Location::Pointer(segments) => Place::Json(store(bump, segments.iter().map(String::as_str).collect())),
        Location::Whole(segments) => Place::Whole(store(bump, segments.iter().map(String::as_str).collect())),
        Location::Header(name) => Place::Header(name),
        Location::Body => Place::Body,
        Location::Message => Place::Message,
        Location::Code => Place::Code,
        Location::Path => Place::Path,
        Location::Part(part) => {
            let of = place(bump, &part.of);
            let json = part.json.as_ref().map(|keys| store(bump, keys.iter().map(String::as_str).collect()));
            Place::Cut(bump.alloc(Cut { of, after: &part.following, before: &part.until, json }))
        }
    }
}

/// Whether a text looks like a number or a truth value.
fn is_literal(text: &str) -> bool {
    matches!(text, "true" | "false") || model::is_number(text)
}

fn test(test: &model::Test) -> Test<'_> {
    match test {
        model::Test::Equals(text) => Test::Equals(text),
        model::Test::Not(text) => Test::Not(text),
        model::Test::Contains(text) => Test::Contains(text),
        model::Test::Prefix(text) => Test::Prefix(text),
        model::Test::Pattern(text) => Test::Pattern(text),
        model::Test::Range(first, last) => Test::Range(*first, *last),
        model::Test::Present(wanted) => Test::Present(*wanted),
    }
}

/// What a repeat does; `None` where no source says, so that what is said of more than this holds.
fn repeat(repeat: &model::Repeat) -> Option<Repeat<'_>> {
    match repeat {
        model::Repeat::Safe => Some(Repeat::Safe),
        model::Repeat::Duplicates(text) => Some(Repeat::Duplicates(&text.value)),
        model::Repeat::IdempotencyKey(header) => Some(Repeat::IdempotencyKey(&header.value)),
        model::Repeat::NewKey(header) => Some(Repeat::NewKey(&header.value)),
        model::Repeat::Undocumented => None,
    }
}
