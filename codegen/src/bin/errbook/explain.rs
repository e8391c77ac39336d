//! `errbook explain`.

use bumpalo::Bump;
use errbook_codegen::diagnostic::did_you_mean;
use errbook_codegen::emit::terminal;
use errbook_codegen::model::{Catalog, Code, ErrorDef};
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

/// What was meant: codes that have the word as a part, the code that it begins with, or one that is spelled alike.
fn hint(catalog: &Catalog, word: &str) -> String {
    let codes = || catalog.errors.iter().filter_map(|error| Some((error.id(), error.own_code()?)));
    let has_part = |code: &Code| code.parts.len() > 1 && code.parts.iter().any(|part| part.eq_ignore_ascii_case(word));
    let with_part: Vec<&str> = codes().filter(|(_, code)| has_part(code)).map(|(id, _)| id).collect();
    match &with_part[..] {
        [] => {}
        [only] => return format!("it is a part of `{only}`"),
        [some @ .., last] if some.len() < 4 => return format!("it is a part of `{}` and `{last}`", some.join("`, `")),
        [first, second, rest @ ..] => {
            return format!("it is a part of `{first}`, `{second}` and {} others", rest.len());
        }
    }
    let begins = |id: &str| word.strip_prefix(id).is_some_and(|rest| rest.starts_with('/'));
    let parent = codes().map(|(id, _)| id).filter(|id| begins(id)).max_by_key(|id| id.len());
    if let Some(parent) = parent {
        return format!("a response with it is taken for `{parent}`, the listed code that it begins with");
    }
    let aliases = catalog.errors.iter().flat_map(|error| &error.aliases).map(|alias| alias.text.value.as_str());
    match did_you_mean(word, catalog.errors.iter().map(ErrorDef::id).chain(aliases)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("`errbook explain {}` lists them", catalog.api.id.value),
    }
}
