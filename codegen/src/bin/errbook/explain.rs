//! `errbook explain`.

use bumpalo::Bump;
use errbook_codegen::diagnostic::did_you_mean;
use errbook_codegen::emit::terminal;
use errbook_codegen::model::{Catalog, ErrorDef};
use errbook_codegen::tables;

use crate::arguments::Explain;
use crate::{Failure, decode, output};

pub(crate) fn run(arguments: &Explain) -> Result<(), Failure> {
    let catalogs = decode::catalogs(&arguments.api)?;
    let catalog = decode::find(&catalogs, &arguments.api)?;
    let text = match &arguments.code {
        Some(code) => terminal::page(catalog, find(catalog, code)?),
        None => terminal::list(catalog),
    };
    output::text(&output::visible(&text))
}

/// The error that is meant: by its code, an alias, the name of its variant, a code of its class, or the first of these in another case.
fn find<'c>(catalog: &'c Catalog, word: &str) -> Result<&'c ErrorDef, Failure> {
    let names = |error: &'c ErrorDef| {
        let aliases = error.aliases.iter().map(|alias| alias.text.value.clone());
        std::iter::once(error.id().to_owned()).chain(aliases).chain(std::iter::once(error.variant()))
    };
    let by = |fits: &dyn Fn(&str) -> bool| catalog.errors.iter().find(|error| names(error).any(|name| fits(&name)));
    let of_class = || {
        let bump = Bump::new();
        tables::build(&bump, catalog).find(word).and_then(|row| catalog.errors.get(row))
    };
    let found = by(&|name| name == word).or_else(of_class).or_else(|| by(&|name| name.eq_ignore_ascii_case(word)));
    found.ok_or_else(|| {
        let all: Vec<&str> = catalog.errors.iter().map(ErrorDef::id).collect();
        let hint = did_you_mean(word, all).map_or_else(
            || format!("`errbook explain {}` lists them", catalog.api.id.value),
            |meant| format!("did you mean `{meant}`?"),
        );
        Failure::Because(format!("{} documents no error `{word}`: {hint}", catalog.api.title.value))
    })
}
