//! The catalogs that are served.

use bumpalo::Bump;
use errbook::__private::{Api as Tables, Class, Entry, Test};
use errbook::Repeat;
use errbook_codegen::check::Checked;
use errbook_codegen::diagnostic::did_you_mean;
use errbook_codegen::model::{Catalog, ErrorDef};
use errbook_codegen::tables;
use http::StatusCode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::options::final_status;
use super::refusal::Refusal;

/// The catalogs that are served.
pub(super) struct Book(Vec<Api>);

/// One of them.
pub(super) struct Api {
    pub(super) catalog: &'static Catalog,
    pub(super) tables: Tables<'static>,
}

/// An error that a word of a request means.
pub(super) struct Meant {
    /// The index of its row.
    pub(super) row: usize,
    /// The code that is sent; none where the error has none.
    pub(super) code: Option<String>,
}

impl Book {
    /// The catalogs are served until the process ends, so nothing of them is ever given back.
    pub(super) fn new(catalogs: Checked<Vec<Catalog>>) -> Self {
        let catalogs: &'static [Catalog] = Box::leak(Box::new(catalogs));
        let api = |catalog| Api { catalog, tables: tables::build(Box::leak(Box::<Bump>::default()), catalog) };
        Self(catalogs.iter().map(api).collect())
    }

    pub(super) fn apis(&self) -> &[Api] {
        &self.0
    }

    /// The headers in which the APIs want idempotency keys.
    pub(super) fn idempotency_headers(&self) -> Vec<&'static str> {
        self.0.iter().flat_map(|api| api.tables.repeats()).filter_map(Repeat::header).collect()
    }

    pub(super) fn api(&self, id: &str) -> Result<&Api, Refusal> {
        self.0.iter().find(|api| api.id() == id).ok_or_else(|| {
            let meant = did_you_mean(id, self.0.iter().map(Api::id));
            Refusal::unknown(format!("no API `{id}` is served here"), meant.map(|id| format!("/{id}")))
        })
    }
}

impl Api {
    pub(super) fn id(&self) -> &'static str {
        &self.catalog.api.id.value
    }

    pub(super) fn error(&self, row: usize) -> &'static ErrorDef {
        &self.catalog.errors[row]
    }

    /// The error that a word means: a code, an alias, a code of a class, the name of an error, or the name of its variant.
    pub(super) fn find(&self, word: &str) -> Result<Meant, Refusal> {
        let by_variant = || self.catalog.errors.iter().position(|error| error.variant() == word);
        if let Some(row) = self.tables.find(word) {
            return Ok(self.meant(row, Some(word)));
        }
        by_variant().map(|row| self.meant(row, None)).ok_or_else(|| {
            let meant = did_you_mean(word, self.catalog.errors.iter().map(ErrorDef::id));
            let row = meant.and_then(|meant| self.catalog.errors.iter().position(|error| error.id() == meant));
            let message = format!("{} documents no error `{word}`", self.catalog.api.title.value);
            Refusal::unknown(message, row.map(|row| self.path(row)))
        })
    }

    /// The first of each range of statuses that errors of the API can come with, for those of which no source says.
    pub(super) fn carried(&self) -> Vec<StatusCode> {
        let ranges = self.tables.shapes.iter().flat_map(|shape| shape.statuses);
        ranges.filter_map(|range| final_status(range.first)).collect()
    }

    /// The error of a row, which was called by one of its codes or by a name.
    fn meant(&self, row: usize, word: Option<&str>) -> Meant {
        let error = self.error(row);
        // The name of an error without a code, or of a class of them, is none; its aliases are.
        let code = word.filter(|word| error.code().is_some() || *word != error.id()).map(str::to_owned);
        let code = code.or_else(|| error.code().map(str::to_owned)).or_else(|| self.member(row));
        Meant { row, code }
    }

    /// A code of a class of them.
    fn member(&self, row: usize) -> Option<String> {
        let is_of_row = |class: &&Class<'_>| usize::from(class.row) == row;
        let class = self.tables.classes.iter().find(is_of_row)?;
        let part = |test: &Test<'_>| match test {
            Test::Equals(text) | Test::Text(text) | Test::Contains(text) => (*text).to_owned(),
            Test::Prefix(text) => format!("{text}1"),
            Test::Pattern(text) => text.replace('*', "1"),
            Test::Range(first, _) => first.to_string(),
            Test::Not(_) | Test::Present(_) => "1".to_owned(),
        };
        let code = class.parts.iter().map(part).collect::<Vec<_>>().join("/");
        (self.tables.find(&code) == Some(row)).then_some(code)
    }

    /// The path of an error: its code, or its name where it has none or where paths cannot hold the code.
    pub(super) fn path(&self, row: usize) -> String {
        const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
        let entry = Entry::new(&self.tables, row);
        // Clients take these for steps of the way.
        let word = if matches!(entry.code(), "." | "..") { entry.name() } else { entry.code() };
        format!("/{}/{}", self.id(), utf8_percent_encode(word, ESCAPED))
    }

    /// The error that shows best what is served: the first with an example, else the first.
    pub(super) fn shown_first(&self) -> Option<usize> {
        let with_example = self.catalog.errors.iter().position(|error| !error.examples.is_empty());
        with_example.or((!self.catalog.errors.is_empty()).then_some(0))
    }
}
