//! `errbook mock`: a server that answers with any error of a catalog.
//!
//! Invariants: what a request asks for cannot stop the server, hold it up for ever, or make it keep more than a bounded amount; what is kept is
//! without credentials, and no page's to read; what is not an answer of an API says so in the header [`KIND`](answer::KIND).

mod answer;
mod book;
mod build;
mod cut;
mod element;
mod error;
mod example;
mod list;
mod log;
mod options;
mod page;
mod redact;
mod refusal;
mod routes;
mod sequences;
mod server;
mod service;
mod stop;
mod target;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use answer::Answer;
use book::Book;
use errbook_codegen::check::Checked;
use errbook_codegen::model::{Catalog, is_api_id};
use errbook_codegen::project::load;
use http::Uri;
use page::Here;
use server::serve;
use service::Mock;
use stop::Stop;
use target::Target;
use tokio::net::TcpListener;

use crate::check::{here, project};
use crate::{Failure, arguments, decode, output};

pub(crate) fn run(arguments: &arguments::Mock) -> Result<(), Failure> {
    let book = Book::new(catalogs(&arguments.catalogs)?);
    if let Some(uri) = &arguments.fallback {
        check_fallback(&book, uri)?;
    }
    let ok = match &arguments.ok {
        Some(path) => Answer::ok(std::fs::read(path).map_err(|error| because(&path.display(), &error))?),
        None => Answer::ok(b"{}".to_vec()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| because(&"the server", &error))?;
    let served = runtime.block_on(async {
        let listener =
            TcpListener::bind(&arguments.listen).await.map_err(|error| because(&arguments.listen, &error))?;
        let address = listener.local_addr().map_err(|error| because(&arguments.listen, &error))?;
        // Who reads the address may send the signal right away.
        let stop = Stop::listen().map_err(|error| because(&"signals", &error))?;
        announce(&book, address)?;
        let mock = Mock::new(book, ok, arguments.fallback.clone(), Here::new(address, &arguments.listen));
        serve(listener, mock, stop).await;
        Ok(())
    });
    // Answers that still wait are not waited for.
    runtime.shutdown_background();
    served
}

fn because(what: &dyn std::fmt::Display, error: &dyn std::fmt::Display) -> Failure {
    Failure::Because(format!("{what}: {error}"))
}

/// The catalogs to serve: those named, else all of this repository.
fn catalogs(words: &[String]) -> Result<Checked<Vec<Catalog>>, Failure> {
    let loaded = if words.is_empty() {
        project()?.load()
    } else {
        let paths: Vec<PathBuf> = words.iter().map(|word| path(word)).collect::<Result<_, _>>()?;
        load(&here()?, &paths)
    };
    output::diagnostics(&loaded);
    let catalogs = loaded.catalogs.ok_or(Failure::Told)?;
    if catalogs.is_empty() {
        return Err(Failure::Because("there is no catalog to serve".to_owned()));
    }
    Ok(catalogs)
}

/// What a word of the command line means: a path, or the id of an API of this repository.
fn path(word: &str) -> Result<PathBuf, Failure> {
    let id = word.to_ascii_lowercase();
    if Path::new(word).exists() || !is_api_id(&id) {
        return Ok(PathBuf::from(word));
    }
    let named = project()?.catalogs.join(format!("{id}.yaml"));
    if !named.is_file() {
        decode::find(&decode::catalogs(word)?, word)?;
    }
    Ok(named)
}

/// A fallback is an answer of an API, not a list.
fn check_fallback(book: &Book, uri: &Uri) -> Result<(), Failure> {
    let refused = |why: &str| Failure::Because(format!("--fallback {uri}: {why}"));
    match Target::of(book, uri, None) {
        Ok(Target::Answers { .. }) => Ok(()),
        Ok(_) => Err(refused("it names no error, as `/vivix/KEY_REVOKED` does")),
        Err(refusal) => Err(refused(&refusal.to_string())),
    }
}

/// Prints the address and the routes.
fn announce(book: &Book, address: SocketAddr) -> Result<(), Failure> {
    output::text(&routes::table(book, address))?;
    if !address.ip().is_loopback() {
        output::note(&format!("warning: {address} can be reached from other machines"));
    }
    Ok(())
}
