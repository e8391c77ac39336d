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
        let hint = hint(catalog, word);
        Failure::Because(format!("{} documents no error `{word}`: {hint}", catalog.api.title.value))
    })
}

fn hint(catalog: &Catalog, word: &str) -> String {
    let ids = || catalog.errors.iter().map(ErrorDef::id);
    let with_part: Vec<&str> = ids().filter(|id| id.split('/').any(|part| part.eq_ignore_ascii_case(word))).collect();
    let aliases = catalog.errors.iter().flat_map(|error| &error.aliases).map(|alias| alias.text.value.as_str());
    match (&with_part[..], did_you_mean(word, ids().chain(aliases))) {
        ([], Some(meant)) => format!("did you mean `{meant}`?"),
        ([], None) => format!("`errbook explain {}` lists them", catalog.api.id.value),
        ([only], _) => format!("it is a part of `{only}`"),
        ([some @ .., last], _) if some.len() < 4 => format!("it is a part of `{}` and `{last}`", some.join("`, `")),
        ([first, second, rest @ ..], _) => {
            format!("it is a part of `{first}`, `{second}` and {} others", rest.len())
        }
    }
}
