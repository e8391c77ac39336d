//! The static tables, as source. Rows name what they share, so a diff shows what changed and not that an index moved.

use std::collections::HashSet;

use errbook::__private::{
    Api, Cause, Computed, Condition, Cut, Delay, Field, Form, Kind, More, NONE, Place, Retry, Row, Several, Shape,
    Status, StatusRange, Statuses, Step, TABLES, Test,
};
use errbook::{Action, Backoff, Repeat, Verdict};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use super::Code;
use super::literal::{self, option, string};
use super::text::Text;
use crate::plan::ApiPlan;

/// How many slots of the hash table stand on a line.
const SLOTS_A_LINE: usize = 8;

pub(super) fn emit(plan: &ApiPlan<'_>) -> Vec<Code> {
    let api = &plan.tables;
    let names = Names::new(plan);
    let small = [status_sets(api), retries(api), more(api, &names), statuses(api, &names), shapes(api)];
    let root = root(api);
    let version = Literal::u32_unsuffixed(TABLES);
    let head = quote! {
        #[allow(unused_imports)]
        use ::errbook::{Action, Backoff, Repeat, Verdict, __private::*};

        ::errbook::__private::fits!(#version);

        #root
    };
    let mut code = vec![Code::Tokens(head), Code::Text(rows(api, &names)), Code::Text(slots(api))];
    code.push(Code::Tokens(quote!(#(#small)*)));
    let indices = [
        ("status", "`STATUS_SETS`", &names.statuses),
        ("retry", "`RETRIES`", &names.retries),
        ("group", "the groups", &names.groups),
        ("more", "`MORE`", &names.more),
    ];
    code.extend(
        indices
            .into_iter()
            .filter(|(.., names)| !names.is_empty())
            .map(|(name, of, names)| Code::Text(module(name, of, names))),
    );
    code
}

/// The texts of the errors: name, `when` and `fix` of each, each closed by NUL.
pub(super) fn emit_texts(plan: &ApiPlan<'_>) -> Vec<Code> {
    let mut all = String::new();
    for error in &plan.errors {
        for text in crate::tables::error_texts(error.error, &error.variant) {
            all.push('\n');
            all.push_str(text);
            all.push('\0');
        }
    }
    let mut text = Text::default();
    text.docs("", "Name, occasion and remedy of each error, in the order of the rows, each closed by NUL; empty where no source says.");
    text.line(format_args!("pub(super) static TEXTS: &str = {};", literal::block_text(&all)));
    vec![Code::Text(text.finish())]
}

/// The names of the indices that rows use.
struct Names {
    statuses: Vec<String>,
    retries: Vec<String>,
    groups: Vec<String>,
    more: Vec<String>,
}

impl Names {
    fn new(plan: &ApiPlan<'_>) -> Self {
        let api = &plan.tables;
        let retries = retry_names(plan);
        let mut with_more: Vec<_> = api.rows.iter().zip(&plan.errors).filter(|(row, _)| row.more != NONE).collect();
        with_more.sort_by_key(|(row, _)| row.more);
        Self {
            statuses: constants("STATUSES", api.status_sets.iter().map(|set| status_set_name(*set))),
            retries: constants("RETRY", retries.into_iter()),
            groups: constants("GROUP", api.groups.iter().map(|(name, _)| (*name).to_owned())),
            more: constants("MORE", with_more.iter().map(|(_, error)| error.variant.clone())),
        }
    }

    /// A constant of one of the modules, or `NONE`.
    fn path(names: &[String], module: &str, index: u16) -> TokenStream {
        match names.get(usize::from(index)) {
            Some(name) => {
                let (module, name) = (format_ident!("{module}"), format_ident!("{name}"));
                quote!(#module::#name)
            }
            None => quote!(NONE),
        }
    }
}

/// Names of constants, all different.
fn constants(fallback: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = HashSet::new();
    let constant = |(index, name): (usize, String)| {
        let constant = literal::constant(&name, &format!("{fallback}_{index}"), &taken);
        taken.insert(constant.clone());
        constant
    };
    names.enumerate().map(constant).collect()
}

/// A module of indices, by their names.
fn module(name: &str, of: &str, names: &[String]) -> String {
    let mut text = Text::default();
    text.docs("", &format!("Indices of {of}."));
    text.line(format_args!("mod {name} {{"));
    for (index, name) in names.iter().enumerate() {
        text.line(format_args!("    pub(super) const {name}: u16 = {index};"));
    }
    text.line(format_args!("}}"));
    text.finish()
}

fn status_set_name(set: Statuses<'_>) -> String {
    match set {
        Statuses::Of(ranges) => format!("S{}", ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join("_")),
        Statuses::Never => "NEVER_HTTP".to_owned(),
        Statuses::Undocumented => "UNDOCUMENTED".to_owned(),
    }
}

/// What a rule says, where that is short; else the error, status or cause that first has it.
fn retry_names(plan: &ApiPlan<'_>) -> Vec<String> {
    let api = &plan.tables;
    let errors = api.rows.iter().zip(&plan.errors).map(|(row, error)| (row.retry, error.variant.clone()));
    let statuses = api.statuses.iter().map(|status| (status.retry, format!("STATUS_{}", status.range)));
    let causes = api.more.iter().flat_map(|more| more.causes).map(|cause| (cause.retry, cause.variant.to_owned()));
    let mut names: Vec<_> = api.retries.iter().map(short_name).collect();
    for (index, owner) in errors.chain(statuses).chain(causes) {
        if let Some(name) = names.get_mut(usize::from(index)) {
            name.get_or_insert(owner);
        }
    }
    names.into_iter().map(Option::unwrap_or_default).collect()
}

fn short_name(retry: &Retry<'_>) -> Option<String> {
    match (retry.verdict, retry.after, retry.backoff) {
        (Verdict::Never, ..) => Some("NEVER".to_owned()),
        (Verdict::Retry, [], None) => Some("BACKOFF".to_owned()),
        (Verdict::Retry, [Delay::Fixed(ms)], None) if ms % 1_000 == 0 => Some(format!("AFTER_{}S", ms / 1_000)),
        (Verdict::Retry, [Delay::Told { at: Place::Header(name), form: Form::RetryAfter }], None) => {
            Some(format!("AFTER_{name}"))
        }
        _ => None,
    }
}

fn root(api: &Api<'_>) -> TokenStream {
    let (id, title) = (string(api.id), string(api.title));
    let (aliases, uncoded) = (
        api.aliases.iter().map(|(alias, row)| {
            let alias = string(alias);
            let row = Literal::u16_unsuffixed(*row);
            quote!((#alias, #row))
        }),
        api.uncoded.iter().map(|row| Literal::u16_unsuffixed(*row)),
    );
    let slashed = api.slashed.iter().map(|(key, joints)| {
        let key = Literal::u16_unsuffixed(*key);
        let joints = joints.iter().map(|slash| Literal::u16_unsuffixed(*slash));
        quote!((#key, &[#(#joints),*]))
    });
    let text_codes = api.text_codes.iter().map(|(row, part)| {
        let (row, part) = (Literal::u16_unsuffixed(*row), Literal::u8_unsuffixed(*part));
        quote!((#row, #part))
    });
    let groups = api.groups.iter().map(|(name, title)| {
        let (name, title) = (string(name), string(title));
        quote!((#name, #title))
    });
    let (backoff, repeat) = (option(api.backoff.map(backoff)), option(api.repeat.map(repeat)));
    let sources = api.sources.iter().map(|url| string(url));
    let overrides = api.overrides.iter().map(|own| {
        let (at, retry, never) = (place(&own.at), strings(own.retry), strings(own.never));
        quote!(Override { at: #at, retry: #retry, never: #never })
    });
    let classes = api.classes.iter().map(|class| {
        let row = Literal::u16_unsuffixed(class.row);
        let parts = class.parts.iter().map(|part| test(*part));
        quote!(Class { row: #row, parts: &[#(#parts),*] })
    });
    quote! {
        /// The tables of the API.
        pub(super) static API: Api<'static> = Api {
            id: #id,
            title: #title,
            shapes: &SHAPES,
            rows: &ROWS,
            slots: SLOTS.as_flattened(),
            aliases: &[#(#aliases),*],
            slashed: &[#(#slashed),*],
            classes: &[#(#classes),*],
            uncoded: &[#(#uncoded),*],
            text_codes: &[#(#text_codes),*],
            status_sets: &STATUS_SETS,
            retries: &RETRIES,
            groups: &[#(#groups),*],
            more: &MORE,
            statuses: &STATUSES,
            backoff: #backoff,
            repeat: #repeat,
            overrides: &[#(#overrides),*],
            sources: &[#(#sources),*],
            texts: Texts::new(super::texts::TEXTS),
        };
    }
}

fn rows(api: &Api<'_>, names: &Names) -> String {
    let path = |names: &[String], module, index: u16| match names.get(usize::from(index)) {
        Some(name) => format!("{module}::{name}"),
        None => "NONE".to_owned(),
    };
    let mut text = Text::default();
    text.docs("", "One row an error, in the order of `ErrorCode`.");
    text.line(format_args!("static ROWS: [Row<'static>; {}] = [", api.rows.len()));
    for row in api.rows {
        let Row { code, statuses, group, action, retry, more } = row;
        text.line(format_args!("    Row {{"));
        text.line(format_args!("        code: {},", literal::string_text(code)));
        text.line(format_args!("        statuses: {},", path(&names.statuses, "status", *statuses)));
        text.line(format_args!("        group: {},", path(&names.groups, "group", *group)));
        match action {
            Some(action) => text.line(format_args!("        action: Some(Action::{action:?}),")),
            None => text.line(format_args!("        action: None,")),
        }
        text.line(format_args!("        retry: {},", path(&names.retries, "retry", *retry)));
        text.line(format_args!("        more: {},", path(&names.more, "more", *more)));
        text.line(format_args!("    }},"));
    }
    text.line(format_args!("];"));
    text.finish()
}

fn slots(api: &Api<'_>) -> String {
    let width = api.slots.len().clamp(1, SLOTS_A_LINE);
    let lines = api.slots.chunks(width).map(|line| {
        let slots: Vec<_> = line.iter().map(ToString::to_string).collect();
        format!("[{}]", slots.join(", "))
    });
    let lines: Vec<_> = lines.collect();
    let mut text = Text::default();
    text.docs("", "Hash table from code to row (beyond the rows: alias); 65535 is an empty slot.");
    text.list("", &format!("static SLOTS: [[u16; {width}]; {}] = [", lines.len()), &lines, "];");
    text.finish()
}

fn status_sets(api: &Api<'_>) -> TokenStream {
    let sets = api.status_sets.iter().map(|set| match set {
        Statuses::Of(ranges) => {
            let ranges = status_ranges(ranges);
            quote!(Statuses::Of(#ranges))
        }
        Statuses::Never => quote!(Statuses::Never),
        Statuses::Undocumented => quote!(Statuses::Undocumented),
    });
    let count = Literal::usize_unsuffixed(api.status_sets.len());
    quote!(#[doc = " Statuses that errors have."] static STATUS_SETS: [Statuses<'static>; #count] = [#(#sets),*];)
}

fn status_range(range: &StatusRange) -> TokenStream {
    let (first, last) = (Literal::u16_unsuffixed(range.first), Literal::u16_unsuffixed(range.last));
    match (range.first, range.last) {
        (0, 0) => quote!(StatusRange::NONE),
        (first_status, last_status) if first_status == last_status => quote!(StatusRange::one(#first)),
        (first_status, last_status) if first_status % 100 == 0 && last_status == first_status + 99 => {
            let digit = Literal::u16_unsuffixed(first_status / 100);
            quote!(StatusRange::class(#digit))
        }
        _ => quote!(StatusRange { first: #first, last: #last }),
    }
}

fn status_ranges(ranges: &[StatusRange]) -> TokenStream {
    let ranges = ranges.iter().map(status_range);
    quote!(&[#(#ranges),*])
}

fn retries(api: &Api<'_>) -> TokenStream {
    let retries = api.retries.iter().map(|retry| {
        let verdict = Ident::new(
            match retry.verdict {
                Verdict::Never => "Never",
                Verdict::Retry => "Retry",
                Verdict::Conditional => "Conditional",
                _ => "Unknown",
            },
            Span::call_site(),
        );
        let (when, own) = (option(retry.when.map(string)), option(retry.backoff.map(backoff)));
        let after = retry.after.iter().map(delay);
        quote!(Retry { verdict: Verdict::#verdict, when: #when, after: &[#(#after),*], backoff: #own })
    });
    let count = Literal::usize_unsuffixed(api.retries.len());
    quote!(#[doc = " Whether and when a request may be repeated."] static RETRIES: [Retry<'static>; #count] = [#(#retries),*];)
}

fn delay(source: &Delay<'_>) -> TokenStream {
    let told = |(at, form): (Place<'_>, Form)| {
        let (at, form) = (place(&at), self::form(form));
        quote!((#at, Form::#form))
    };
    match source {
        Delay::Fixed(ms) => {
            let ms = Literal::u64_unsuffixed(*ms);
            quote!(Delay::Fixed(#ms))
        }
        Delay::Told { at, form } => {
            let (at, form) = (place(at), self::form(*form));
            quote!(Delay::Told { at: #at, form: Form::#form })
        }
        Delay::Computed(Computed { of, minus, per }) => {
            let (of, minus) = (told(*of), option(minus.map(told)));
            let per = option(per.as_ref().map(place));
            quote!(Delay::Computed(&Computed { of: #of, minus: #minus, per: #per }))
        }
        Delay::Longest(sources) => {
            let sources = sources.iter().map(delay);
            quote!(Delay::Longest(&[#(#sources),*]))
        }
    }
}

fn form(form: Form) -> Ident {
    format_ident!("{form:?}")
}

fn backoff(backoff: Backoff) -> TokenStream {
    let (initial, factor, max) = (
        Literal::u64_unsuffixed(backoff.initial_ms),
        Literal::f64_unsuffixed(backoff.factor),
        Literal::u64_unsuffixed(backoff.max_ms),
    );
    quote!(Backoff { initial_ms: #initial, factor: #factor, max_ms: #max })
}

fn repeat(repeat: Repeat<'_>) -> TokenStream {
    match repeat {
        Repeat::Duplicates(text) => {
            let text = string(text);
            quote!(Repeat::Duplicates(#text))
        }
        Repeat::IdempotencyKey(header) => quote!(Repeat::IdempotencyKey(#header)),
        Repeat::NewKey(header) => quote!(Repeat::NewKey(#header)),
        _ => quote!(Repeat::Safe),
    }
}

fn action(action: Action) -> TokenStream {
    let name = format_ident!("{action:?}");
    quote!(Action::#name)
}

fn more(api: &Api<'_>, names: &Names) -> TokenStream {
    let more = api.more.iter().map(|more| {
        let More { conditions: told_by, causes, fields, repeat: own, source } = more;
        let mut parts = Vec::new();
        if let Some(told_by) = told_by {
            let told_by = conditions(told_by);
            parts.push(quote!(conditions: Some(#told_by)));
        }
        if !causes.is_empty() {
            let causes = causes.iter().map(|cause| self::cause(cause, names));
            parts.push(quote!(causes: &[#(#causes),*]));
        }
        if !fields.is_empty() {
            let fields = self::fields(fields);
            parts.push(quote!(fields: #fields));
        }
        if let Some(own) = own {
            let own = repeat(*own);
            parts.push(quote!(repeat: Some(#own)));
        }
        if *source != 0 {
            let source = Literal::u16_unsuffixed(*source);
            parts.push(quote!(source: #source));
        }
        quote!(More { #(#parts,)* ..More::PLAIN })
    });
    let count = Literal::usize_unsuffixed(api.more.len());
    quote!(#[doc = " What only some errors have."] static MORE: [More<'static>; #count] = [#(#more),*];)
}

fn cause(cause: &Cause<'_>, names: &Names) -> TokenStream {
    let (name, variant) = (string(cause.name), string(cause.variant));
    let (told_by, statuses) = (conditions(cause.conditions), status_ranges(cause.statuses));
    let (when, fix) = (option(cause.when.map(string)), option(cause.fix.map(string)));
    let action = option(cause.action.map(self::action));
    let (retry, repeat) = (Names::path(&names.retries, "retry", cause.retry), option(cause.repeat.map(repeat)));
    quote!(Cause { name: #name, variant: #variant, conditions: #told_by, statuses: #statuses, when: #when, fix: #fix, action: #action, retry: #retry, repeat: #repeat })
}

fn statuses(api: &Api<'_>, names: &Names) -> TokenStream {
    let statuses = api.statuses.iter().map(|status| {
        let Status { range, title, fix, action: todo, retry, repeat: own } = status;
        let (range, title, fix) = (status_range(range), string(title), option(fix.map(string)));
        let (todo, retry) = (option(todo.map(action)), Names::path(&names.retries, "retry", *retry));
        let own = option(own.map(repeat));
        quote!(Status { range: #range, title: #title, fix: #fix, action: #todo, retry: #retry, repeat: #own })
    });
    let count = Literal::usize_unsuffixed(api.statuses.len());
    quote! {
        /// What a status means by itself.
        static STATUSES: [Status<'static>; #count] = [#(#statuses),*];
    }
}

fn shapes(api: &Api<'_>) -> TokenStream {
    let shapes = api.shapes.iter().map(shape);
    let count = Literal::usize_unsuffixed(api.shapes.len());
    quote! {
        /// Where things stand in a response.
        static SHAPES: [Shape<'static>; #count] = [#(#shapes),*];
    }
}

/// A shape, without the parts that it does not have.
fn shape(shape: &Shape<'_>) -> TokenStream {
    let Shape { statuses, gate, code, own_status, message, remediation, request_id, fields, errors, content_type } =
        shape;
    let mut parts = Vec::new();
    let statuses = status_ranges(statuses);
    parts.push(quote!(statuses: #statuses));
    if !gate.is_empty() {
        let gate = conditions(gate);
        parts.push(quote!(gate: #gate));
    }
    if !code.is_empty() {
        let code = code.iter().map(|part| places(part));
        parts.push(quote!(code: &[#(#code),*]));
    }
    let lists =
        [("own_status", own_status), ("message", message), ("remediation", remediation), ("request_id", request_id)];
    for (name, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let (name, list) = (Ident::new(name, Span::call_site()), places(list));
        parts.push(quote!(#name: #list));
    }
    if !fields.is_empty() {
        let fields = self::fields(fields);
        parts.push(quote!(fields: #fields));
    }
    if let Some(several) = errors {
        let several = self::several(several);
        parts.push(quote!(errors: Some(&#several)));
    }
    if let Some(content_type) = content_type {
        let content_type = string(content_type);
        parts.push(quote!(content_type: Some(#content_type)));
    }
    quote!(Shape { #(#parts,)* ..Shape::PLAIN })
}

fn several(several: &Several<'_>) -> TokenStream {
    let Several { at, primary, shape } = several;
    let at = at.iter().map(|step| match step {
        Step::Key(key) => {
            let key = string(key);
            quote!(Step::Key(#key))
        }
        Step::Each => quote!(Step::Each),
        Step::Deep => quote!(Step::Deep),
    });
    let (primary, shape) = (format_ident!("{primary:?}"), self::shape(shape));
    quote!(Several { at: &[#(#at),*], primary: Primary::#primary, shape: #shape })
}

fn strings(list: &[&str]) -> TokenStream {
    let list = list.iter().map(|text| string(text));
    quote!(&[#(#list),*])
}

fn places(list: &[Place<'_>]) -> TokenStream {
    let list = list.iter().map(place);
    quote!(&[#(#list),*])
}

fn place(place: &Place<'_>) -> TokenStream {
    match place {
        Place::Json(path) => {
            let path = strings(path);
            quote!(Place::Json(#path))
        }
        Place::Whole(path) => {
            let path = strings(path);
            quote!(Place::Whole(#path))
        }
        Place::Header(name) => quote!(Place::Header(#name)),
        Place::Body => quote!(Place::Body),
        Place::Message => quote!(Place::Message),
        Place::Code => quote!(Place::Code),
        Place::Path => quote!(Place::Path),
        Place::Cut(Cut { of, after, before, json }) => {
            let (of, after, before) = (self::place(of), string(after), string(before));
            let json = option(json.map(strings));
            quote!(Place::Cut(&Cut { of: #of, after: #after, before: #before, json: #json }))
        }
    }
}

fn conditions(list: &[Condition<'_>]) -> TokenStream {
    let list = list.iter().map(|condition| {
        let at = place(&condition.at);
        let test = test(condition.test);
        quote!(Condition { at: #at, test: #test })
    });
    quote!(&[#(#list),*])
}

fn test(test: Test<'_>) -> TokenStream {
    match test {
        Test::Equals(text) => named("Equals", text),
        Test::Text(text) => named("Text", text),
        Test::Not(text) => named("Not", text),
        Test::Contains(text) => named("Contains", text),
        Test::Prefix(text) => named("Prefix", text),
        Test::Pattern(text) => named("Pattern", text),
        Test::Range(first, last) => {
            let (first, last) = (Literal::i64_unsuffixed(first), Literal::i64_unsuffixed(last));
            quote!(Test::Range(#first, #last))
        }
        Test::Present(wanted) => quote!(Test::Present(#wanted)),
    }
}

fn named(test: &str, text: &str) -> TokenStream {
    let (test, text) = (Ident::new(test, Span::call_site()), string(text));
    quote!(Test::#test(#text))
}

fn fields(list: &[Field<'_>]) -> TokenStream {
    let list = list.iter().map(|field| {
        let (name, at, kind) = (string(field.name), places(field.at), kind(field.kind));
        quote!(Field { name: #name, at: #at, kind: #kind })
    });
    quote!(&[#(#list),*])
}

fn kind(kind: Kind<'_>) -> TokenStream {
    match kind {
        Kind::String => quote!(Kind::String),
        Kind::Integer => quote!(Kind::Integer),
        Kind::Number => quote!(Kind::Number),
        Kind::Boolean => quote!(Kind::Boolean),
        Kind::Object => quote!(Kind::Object),
        Kind::Any => quote!(Kind::Any),
        Kind::Timestamp(form) => {
            let form = self::form(form);
            quote!(Kind::Timestamp(Form::#form))
        }
        Kind::List(of) => {
            let of = option(of.map(|of| {
                let of = self::kind(*of);
                quote!(&#of)
            }));
            quote!(Kind::List(#of))
        }
    }
}
