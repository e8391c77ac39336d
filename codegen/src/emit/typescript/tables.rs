//! `tables.js` and `texts.js`: the tables as data. Rows name what they share, so a diff shows what changed and not that an index moved.

use std::collections::HashMap;

use errbook::__private::{
    Api, Cause, Class, Computed, Condition, Cut, Delay, Field, Form, Kind, More, NONE, Override, Place, Primary, Row,
    Several, Shape, Status, StatusRange, Statuses, Step, Test,
};
use errbook::{Backoff, Repeat};
use serde::Serialize;

use super::literal::{list, object, string};
use super::names::Names;
use crate::emit;
use crate::plan::ApiPlan;

/// What the template of `tables.js` prints: the entries of each table, as source.
#[derive(Serialize)]
pub(super) struct Tables {
    marker: String,
    id: String,
    title: String,
    constants: Vec<Vec<(String, usize)>>,
    shapes: Vec<Vec<String>>,
    tables: Vec<(&'static str, Vec<String>)>,
    rest: Vec<String>,
}

pub(super) fn tables(plan: &ApiPlan<'_>) -> Tables {
    let api = &plan.tables;
    let (names, duplicates) = (Names::new(plan), Duplicates::of(api));
    let pair = |a: &str, b: String| list([string(a), b]);
    let tables = vec![
        ("rows", api.rows.iter().map(|row| self::row(row, &names)).collect()),
        ("aliases", api.aliases.iter().map(|(alias, row)| pair(alias, row.to_string())).collect()),
        ("statusSets", api.status_sets.iter().map(|set| statuses(*set)).collect()),
        ("retries", api.retries.iter().map(retry).collect()),
        ("groups", api.groups.iter().map(|(name, title)| pair(name, string(title))).collect()),
        ("more", api.more.iter().map(|more| self::more(more, &duplicates, &names)).collect()),
        ("statuses", api.statuses.iter().map(|status| self::status(status, &duplicates, &names)).collect()),
    ];
    Tables {
        marker: emit::marker(&plan.source()),
        id: string(api.id),
        title: string(api.title),
        constants: names.declared(),
        shapes: api.shapes.iter().map(shape).collect(),
        tables,
        rest: rest(api, &duplicates),
    }
}

/// What is no table of its own.
fn rest(api: &Api<'_>, duplicates: &Duplicates<'_>) -> Vec<String> {
    let mut out = Vec::new();
    if !api.slashed.is_empty() {
        let code = |(key, joints): &(u16, &[u16])| list([key.to_string(), list(joints.iter().map(u16::to_string))]);
        out.push(format!("slashed: {}", list(api.slashed.iter().map(code))));
    }
    if !api.classes.is_empty() {
        let class = |class: &Class<'_>| {
            list(std::iter::once(class.row.to_string()).chain(class.parts.iter().map(|part| list(test(part)))))
        };
        out.push(format!("classes: {}", list(api.classes.iter().map(class))));
    }
    out.push(format!("uncoded: {}", list(api.uncoded.iter().map(u16::to_string))));
    out.extend(api.backoff.map(|own| format!("backoff: {}", backoff(own))));
    out.extend(api.repeat.map(|own| format!("repeat: {}", repeat(own, duplicates))));
    if !api.overrides.is_empty() {
        let own = |own: &Override<'_>| {
            object(&[("at", place(&own.at)), ("retry", strings(own.retry)), ("never", strings(own.never))])
        };
        out.push(format!("overrides: {}", list(api.overrides.iter().map(own))));
    }
    out.push(format!("sources: {}", list(api.sources.iter().map(|url| string(url)))));
    out
}

fn row(row: &Row<'_>, names: &Names) -> String {
    let mut cells = vec![
        string(row.code),
        names.status(row.statuses).to_owned(),
        names.group(row.group).to_owned(),
        row.action.map_or_else(|| "0".to_owned(), |action| string(action.as_str())),
        names.retry(row.retry).to_owned(),
    ];
    if row.more != NONE {
        cells.push(names.more(row.more).to_owned());
    }
    list(cells)
}

fn statuses(set: Statuses<'_>) -> String {
    match set {
        Statuses::Of(ranges) => status_ranges(ranges),
        Statuses::Never => string("none"),
        Statuses::Undocumented => "null".to_owned(),
    }
}

fn status_ranges(ranges: &[StatusRange]) -> String {
    list(ranges.iter().map(|range| status_range(*range)))
}

fn status_range(StatusRange { first, last }: StatusRange) -> String {
    if first == last { first.to_string() } else { list([first.to_string(), last.to_string()]) }
}

fn retry(retry: &errbook::__private::Retry<'_>) -> String {
    let mut members = vec![("verdict", string(retry.verdict.as_str()))];
    if !retry.after.is_empty() {
        members.push(("after", list(retry.after.iter().map(delay))));
    }
    members.extend(retry.backoff.map(|own| ("backoff", backoff(own))));
    object(&members)
}

fn delay(delay: &Delay<'_>) -> String {
    match delay {
        Delay::Fixed(ms) => ms.to_string(),
        Delay::Told { at, form } => told(at, *form),
        Delay::Computed(Computed { of, minus, per }) => {
            let mut members = vec![("of", told(&of.0, of.1))];
            members.extend(minus.as_ref().map(|(at, form)| ("minus", told(at, *form))));
            members.extend(per.as_ref().map(|at| ("per", place(at))));
            object(&members)
        }
        Delay::Longest(delays) => object(&[("longest", list(delays.iter().map(self::delay)))]),
    }
}

fn told(at: &Place<'_>, form: Form) -> String {
    list([place(at), string(form_word(form))])
}

/// The form as catalogs name it.
fn form_word(form: Form) -> &'static str {
    match form {
        Form::RetryAfter => "retry-after",
        Form::Seconds => "seconds",
        Form::DecimalSeconds => "decimal-seconds",
        Form::Minutes => "minutes",
        Form::Milliseconds => "milliseconds",
        Form::HttpDate => "http-date",
        Form::EpochSeconds => "epoch-seconds",
        Form::EpochMilliseconds => "epoch-milliseconds",
        Form::Iso8601 => "iso8601",
        Form::Duration => "duration",
    }
}

fn backoff(Backoff { initial_ms, factor, max_ms }: Backoff) -> String {
    object(&[("initialMs", initial_ms.to_string()), ("factor", factor.to_string()), ("maxMs", max_ms.to_string())])
}

/// What a repeat does. What it makes another one of stands with the texts, so here is its index.
fn repeat(repeat: Repeat<'_>, duplicates: &Duplicates<'_>) -> String {
    let kind = |word| ("kind", string(word));
    match repeat {
        Repeat::Duplicates(what) => object(&[kind("duplicates"), ("text", duplicates.indices[what].to_string())]),
        Repeat::IdempotencyKey(header) => object(&[kind("idempotency_key"), ("header", string(header))]),
        Repeat::NewKey(header) => object(&[kind("new_key"), ("header", string(header))]),
        _ => object(&[kind("safe")]),
    }
}

/// What repeats make another one of, each once.
#[derive(Default)]
struct Duplicates<'a> {
    texts: Vec<&'a str>,
    indices: HashMap<&'a str, usize>,
}

impl<'a> Duplicates<'a> {
    fn of(api: &Api<'a>) -> Self {
        let mut all = Self::default();
        for repeat in api.repeats() {
            if let Repeat::Duplicates(what) = repeat {
                all.indices.entry(what).or_insert_with(|| {
                    all.texts.push(what);
                    all.texts.len() - 1
                });
            }
        }
        all
    }
}

fn more(more: &More<'_>, duplicates: &Duplicates<'_>, names: &Names) -> String {
    let mut members = Vec::new();
    members.extend(more.conditions.map(|told_by| ("conditions", conditions(told_by))));
    if !more.causes.is_empty() {
        members.push(("causes", list(more.causes.iter().map(|cause| self::cause(cause, duplicates, names)))));
    }
    push_fields(&mut members, more.fields);
    push_repeat(&mut members, more.repeat, duplicates);
    if more.source != 0 {
        members.push(("source", more.source.to_string()));
    }
    object(&members)
}

fn cause(cause: &Cause<'_>, duplicates: &Duplicates<'_>, names: &Names) -> String {
    let mut members = vec![("name", string(cause.name))];
    if !cause.conditions.is_empty() {
        members.push(("conditions", conditions(cause.conditions)));
    }
    if !cause.statuses.is_empty() {
        members.push(("statuses", status_ranges(cause.statuses)));
    }
    members.extend(cause.action.map(|action| ("action", string(action.as_str()))));
    push_retry(&mut members, cause.retry, names);
    push_repeat(&mut members, cause.repeat, duplicates);
    object(&members)
}

fn push_retry(members: &mut Vec<(&str, String)>, retry: u16, names: &Names) {
    if retry != NONE {
        members.push(("retry", names.retry(retry).to_owned()));
    }
}

fn push_repeat(members: &mut Vec<(&str, String)>, own: Option<Repeat<'_>>, duplicates: &Duplicates<'_>) {
    members.extend(own.map(|own| ("repeat", repeat(own, duplicates))));
}

fn status(status: &Status<'_>, duplicates: &Duplicates<'_>, names: &Names) -> String {
    let mut members = vec![("range", status_range(status.range))];
    members.extend(status.action.map(|action| ("action", string(action.as_str()))));
    push_retry(&mut members, status.retry, names);
    push_repeat(&mut members, status.repeat, duplicates);
    object(&members)
}

/// The members of a shape, each on a line.
fn shape(shape: &Shape<'_>) -> Vec<String> {
    let mut members = vec![("statuses", status_ranges(shape.statuses))];
    members.extend(contents(shape));
    members.into_iter().map(|(key, value)| format!("{key}: {value}")).collect()
}

/// What a response and each of several errors have in common.
fn contents(shape: &Shape<'_>) -> Vec<(&'static str, String)> {
    let mut members = Vec::new();
    if !shape.gate.is_empty() {
        members.push(("gate", conditions(shape.gate)));
    }
    if !shape.code.is_empty() {
        members.push(("code", list(shape.code.iter().map(|part| places(part)))));
    }
    let located = [
        ("ownStatus", shape.own_status),
        ("message", shape.message),
        ("remediation", shape.remediation),
        ("requestId", shape.request_id),
    ];
    members.extend(located.into_iter().filter(|(_, at)| !at.is_empty()).map(|(key, at)| (key, places(at))));
    push_fields(&mut members, shape.fields);
    members.extend(shape.errors.map(|own| ("errors", several(own))));
    members
}

fn several(Several { at, primary, shape }: &Several<'_>) -> String {
    let at = at.iter().map(|step| match step {
        Step::Key(key) => string(key),
        // In a list of its own, so that no key is taken for a star.
        Step::Each => list([string("*")]),
        Step::Deep => list([string("**")]),
    });
    let primary = match primary {
        Primary::First => "first",
        Primary::Last => "last",
        Primary::Innermost => "innermost",
    };
    object(&[("at", list(at)), ("primary", string(primary)), ("shape", object(&contents(shape)))])
}

fn strings(texts: &[&str]) -> String {
    list(texts.iter().map(|text| string(text)))
}

fn places(places: &[Place<'_>]) -> String {
    list(places.iter().map(place))
}

fn place(place: &Place<'_>) -> String {
    match place {
        Place::Json(path) => strings(path),
        Place::Whole(path) => object(&[("whole", strings(path))]),
        Place::Header(name) => string(&format!("header:{name}")),
        Place::Body => string("body"),
        Place::Message => string("message"),
        Place::Code => string("code"),
        Place::Path => string("path"),
        Place::Cut(Cut { of, after, before, json }) => {
            let mut members = vec![("of", self::place(of))];
            let marks = [("after", after), ("before", before)];
            members
                .extend(marks.into_iter().filter(|(_, mark)| !mark.is_empty()).map(|(key, mark)| (key, string(mark))));
            members.extend(json.map(|path| ("json", strings(path))));
            object(&members)
        }
    }
}

fn conditions(conditions: &[Condition<'_>]) -> String {
    list(conditions.iter().map(|condition| list(std::iter::once(place(&condition.at)).chain(test(&condition.test)))))
}

fn test(test: &Test<'_>) -> Vec<String> {
    let (word, value) = match test {
        // Here nothing is sent, so a text need not be told from a number.
        Test::Equals(text) | Test::Text(text) => ("equals", string(text)),
        Test::Not(text) => ("not", string(text)),
        Test::Contains(text) => ("contains", string(text)),
        Test::Prefix(text) => ("prefix", string(text)),
        Test::Pattern(text) => ("pattern", string(text)),
        // Numbers lose digits beyond 2^53, bigints do not.
        Test::Range(first, last) => return vec![string("range"), format!("{first}n"), format!("{last}n")],
        Test::Present(wanted) => ("present", wanted.to_string()),
    };
    vec![string(word), value]
}

fn push_fields(members: &mut Vec<(&str, String)>, fields: &[Field<'_>]) {
    if !fields.is_empty() {
        members.push((
            "fields",
            list(fields.iter().map(|field| list([string(field.name), places(field.at), kind(field.kind)]))),
        ));
    }
}

fn kind(kind: Kind<'_>) -> String {
    match kind {
        Kind::String => string("string"),
        Kind::Integer => string("integer"),
        Kind::Number => string("number"),
        Kind::Boolean => string("boolean"),
        Kind::Object => string("object"),
        Kind::Any => string("any"),
        Kind::Timestamp(form) => list([string("timestamp"), string(form_word(form))]),
        Kind::List(None) => list([string("list")]),
        Kind::List(Some(of)) => list([string("list"), self::kind(*of)]),
    }
}

/// What the template of `texts.js` prints: texts as literals, in the order of the tables.
#[derive(Serialize)]
pub(super) struct Texts {
    marker: String,
    errors: Vec<String>,
    causes: Vec<(usize, Vec<String>)>,
    statuses: Vec<String>,
    retries: Vec<String>,
    repeats: Vec<String>,
}

pub(super) fn texts(plan: &ApiPlan<'_>) -> Texts {
    let api = &plan.tables;
    let pair = |when: &str, fix: &str| list([string(when), string(fix)]);
    let text = |text: Option<&str>| string(text.unwrap_or_default());
    let errors = plan.errors.iter().map(|plan| {
        let [_, when, fix] = crate::tables::error_texts(plan.error, &plan.variant);
        pair(when, fix)
    });
    let causes = api.more.iter().enumerate().filter(|(_, more)| !more.causes.is_empty()).map(|(index, more)| {
        let texts = more.causes.iter().map(|cause| pair(cause.when.unwrap_or_default(), cause.fix.unwrap_or_default()));
        (index, texts.collect())
    });
    Texts {
        marker: emit::marker(&plan.source()),
        errors: errors.collect(),
        causes: causes.collect(),
        statuses: api.statuses.iter().map(|status| text(status.fix)).collect(),
        retries: api.retries.iter().map(|retry| text(retry.when)).collect(),
        repeats: Duplicates::of(api).texts.into_iter().map(string).collect(),
    }
}
