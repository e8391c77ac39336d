//! `errbook decode`.

use std::io::Read;
use std::path::Path;
use std::time::SystemTime;

use bumpalo::Bump;
use errbook_codegen::check::Checked;
use errbook_codegen::model::{Catalog, is_api_id};
use errbook_codegen::project::load;
use errbook_codegen::report::Report;
use errbook_codegen::tables;

use crate::arguments::Decode;
use crate::check::{here, project};
use crate::{Failure, output};

pub(crate) fn run(arguments: &Decode) -> Result<(), Failure> {
    let catalogs = catalogs(&arguments.catalog)?;
    let catalog = find(&catalogs, &arguments.catalog)?;
    let headers: http::HeaderMap = {
        let mut map = http::HeaderMap::new();
        for (name, value) in &arguments.headers {
            map.append(name.clone(), value.clone());
        }
        map
    };
    let body = body(arguments.body.as_deref())?;
    let bump = Bump::new();
    let api = tables::build(&bump, catalog);
    let now = arguments.now.unwrap_or_else(SystemTime::now);
    output::json(&Report::decode(&api, arguments.status, &headers, &body, now))
}

/// The catalogs that a word of the command line can mean: a file, or those of this repository.
pub(crate) fn catalogs(word: &str) -> Result<Checked<Vec<Catalog>>, Failure> {
    let path = Path::new(word);
    let loaded = if path.is_file() {
        load(&here()?, &[path])
    } else {
        // Mistakes in other catalogs are not this one's.
        let project = project()?;
        let named = project.catalogs.join(format!("{}.yaml", word.to_ascii_lowercase()));
        if is_api_id(&word.to_ascii_lowercase()) && named.is_file() {
            load(&project.root, &[named])
        } else {
            project.load()
        }
    };
    if loaded.catalogs.is_none() {
        output::diagnostics(&loaded);
    }
    loaded.catalogs.ok_or(Failure::Told)
}

/// The catalog that is meant: of several, the one with this id.
pub(crate) fn find<'c>(catalogs: &'c [Catalog], word: &str) -> Result<&'c Catalog, Failure> {
    let id = word.to_ascii_lowercase();
    let found = match catalogs {
        [one] if Path::new(word).is_file() => Some(one),
        all => all.iter().find(|catalog| catalog.api.id.value == id),
    };
    found.ok_or_else(|| {
        let ids: Vec<&str> = catalogs.iter().map(|catalog| catalog.api.id.value.as_str()).collect();
        let meant = errbook_codegen::diagnostic::did_you_mean(&id, ids.iter().copied());
        let hint =
            meant.map_or_else(|| format!("there are {}", ids.join(", ")), |meant| format!("did you mean `{meant}`?"));
        Failure::Because(format!("there is no catalog `{word}`: {hint}"))
    })
}

fn body(path: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let read = match path {
        None => Ok(Vec::new()),
        Some(path) if path == Path::new("-") => {
            let mut body = Vec::new();
            std::io::stdin().read_to_end(&mut body).map(|_| body)
        }
        Some(path) => std::fs::read(path),
    };
    read.map_err(|error| Failure::Because(format!("the body {}: {error}", path.unwrap_or(Path::new("")).display())))
}
