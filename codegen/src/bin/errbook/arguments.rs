//! What can be asked of the command, and the help that teaches it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The error book of an HTTP API: one YAML catalog to Rust, TypeScript and documentation.
#[derive(Parser)]
#[command(
    name = "errbook",
    version,
    after_help = "A catalog is `catalog/<api>.yaml`; its format is in `catalog/README.md`. Commands look for `errbook.toml` or the folder `catalog` here and above.\n\n\
                  Exit status: 0 done, 1 the catalog or the tree falls short, 2 wrong usage."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Generate(Generate),
    Decode(Decode),
    Explain(Explain),
    Init(Init),
    #[cfg(feature = "mock")]
    Mock(Mock),
    New(New),
    /// Print the JSON Schema of catalogs, for editors
    ///
    /// Keep it beside the catalogs: errbook schema > catalog/catalog.schema.json
    Schema,
}

/// Find every mistake in catalogs
///
/// Each mistake is shown with its place, what is wrong and how to mend it. Without a path, all catalogs of this repository are checked.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  errbook check\n  errbook check catalog/vivix.yaml --format json\n  errbook check --rules"
)]
pub(crate) struct Check {
    /// Catalogs, or folders of catalogs
    pub(crate) paths: Vec<PathBuf>,
    /// How mistakes are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Explain the rules that catalogs keep, instead of checking any
    #[arg(long, conflicts_with = "paths")]
    pub(crate) rules: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// An array of objects
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

/// Bring the generated files up to date
///
/// They go to `generated/` beside `catalog/`, unless `errbook.toml` names another folder; `cargo build` does the same. Only files that errbook wrote are replaced or removed, and nothing is written while a catalog has a mistake.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  errbook generate\n  errbook generate --check    # in CI: exit status 1 if a file is stale"
)]
pub(crate) struct Generate {
    /// Write nothing; tell what is stale, missing or left over
    #[arg(long)]
    pub(crate) check: bool,
}

/// Show what a client would make of a response
///
/// Prints one JSON object: what the generated packages decode the response to, and whether and when it may be repeated.
#[derive(Args)]
#[command(after_help = "Examples:\n  errbook decode vivix --status 401 --body response.json\n  \
                  errbook decode vivix --status 429 --header 'retry-after: 30' --body - < response.json")]
pub(crate) struct Decode {
    /// A catalog file, or the id of an API of this repository
    pub(crate) catalog: String,
    /// The status; left out for what is no HTTP response
    #[arg(long, value_parser = clap::value_parser!(u16).range(100..=999))]
    pub(crate) status: Option<u16>,
    /// A header, as `name: value`; may be given several times
    #[arg(long = "header", value_name = "HEADER", value_parser = parse_header)]
    pub(crate) headers: Vec<(http::HeaderName, http::HeaderValue)>,
    /// The time it is, as `2026-01-15T12:00:00Z`, for delays that are told as an instant; the clock's unless given
    #[arg(long, value_parser = parse_now)]
    pub(crate) now: Option<std::time::SystemTime>,
    /// A file with the body, or `-` for standard input; empty unless given
    #[arg(long, value_name = "FILE")]
    pub(crate) body: Option<PathBuf>,
}

/// Show the page of an error
///
/// Without a code, the errors of the API are listed.
#[derive(Args)]
#[command(after_help = "Examples:\n  errbook explain vivix\n  errbook explain VIVIX KEY_REVOKED")]
pub(crate) struct Explain {
    /// The id of an API, or a catalog file
    pub(crate) api: String,
    /// A code, or the name of a variant
    #[arg(allow_hyphen_values = true)]
    pub(crate) code: Option<String>,
}

/// Set up a repository
///
/// Writes what it takes to keep catalogs here and to build from them: a small catalog, its schema for editors, `errbook.toml`, the package `generated`, and the workspace's `Cargo.toml`. What is there already stays; a `Cargo.toml` is edited in place. Run again, it adds what is missing.
#[derive(Args)]
#[command(after_help = "Examples:\n  errbook init\n  errbook init acme-client --path ../errbook")]
pub(crate) struct Init {
    /// The folder of the repository: a new one, or one with a Cargo workspace or package
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// A checkout of errbook to depend on, in place of the published crates
    #[arg(long, value_name = "DIR")]
    pub(crate) path: Option<PathBuf>,
}

/// Answer as an API that fails, to try clients against
///
/// Serves every documented error of the catalogs over HTTP, as the API sends it: an example of the catalog where there is one, else what its response shapes make of the error. Prints its address and its routes. Any method will do.
///
/// Catalogs are read once: start it again after an edit. It ends on SIGINT and SIGTERM.
#[cfg(feature = "mock")]
#[derive(Args)]
#[command(after_help = MOCK_HELP)]
pub(crate) struct Mock {
    /// Catalogs, folders of catalogs, or ids of APIs of this repository; all of its APIs unless given
    #[arg(value_name = "CATALOG|FOLDER")]
    pub(crate) catalogs: Vec<String>,
    /// The address to listen on; port 0 picks one that is free
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8429")]
    pub(crate) listen: String,
    /// What others call a part of it.
    #[arg(long, hide = true, value_parser = no_port)]
    port: Option<String>,
    /// What every path answers that is none of the mock's, for clients whose paths are fixed: `/vivix/429,ok`
    #[arg(long, value_name = "PATH")]
    pub(crate) fallback: Option<http::Uri>,
    /// A file with the body of `ok`; `{}` unless given
    #[arg(long, value_name = "FILE")]
    pub(crate) ok: Option<PathBuf>,
}

#[cfg(feature = "mock")]
const MOCK_HELP: &str = "\
Paths:
  /vivix/KEY_REVOKED               that error, by its code, an alias or its name; `%2F` for `/`
  /vivix/429                       that status and nothing else
  /vivix/PROVIDER_DOWN,429,ok      one after the other for each path and client, then `ok`
  /vivix/KEY_REVOKED/v1/videos     the same: the base URL of a client can end behind the error
  /, /vivix                        what there is
  /_errbook/requests               the requests that were served, 4 MiB of them: `forgotten`
                                   counts those before; DELETE clears them
  /_errbook/sequences              how far sequences are; DELETE begins them again

Options, in the query for all answers but `ok`, or behind one, as in '/vivix/429;delay=2s,ok'
(in quotes: a shell takes `;` and `&` for the end of a command):
  cause=NAME, status=STATUS        the error as it is sent for this cause, with this status
  message=TEXT, request_id=ID      what the error says
  field.NAME=VALUE                 a value of the error; lists and objects as JSON
  wait=30s                         how long the error tells to wait, where its API tells it
  header.NAME=VALUE                this header instead of the error's
  delay=250ms                      answers so late; 60s at most
  cut=BYTES                        breaks the connection there, though all of the body was promised
  truncate=BYTES                   ends the body there, as if that were all
  proxy=STATUS                     the HTML page of a gateway instead
  client=NAME                      who asks (in the query); so does the header `errbook-client`

What is no answer of an API says so: `errbook-mock: unknown`, `refused` and the like.

Examples:
  errbook mock
  errbook mock catalog/vivix.yaml --listen 127.0.0.1:0
  errbook mock vivix --fallback '/vivix/429,ok' --ok video.json
  curl -i 'http://127.0.0.1:8429/vivix/429;header.retry-after=1,ok'";

/// Begin a catalog
///
/// Writes `catalog/<ID>.yaml` with a small commented example that passes its check.
#[derive(Args)]
#[command(after_help = "Example:\n  errbook new acme --title 'Acme'")]
pub(crate) struct New {
    /// Lower-case name of the API: the packages will be `<ID>-errors`
    pub(crate) id: String,
    /// Name of the API as people write it
    #[arg(long)]
    pub(crate) title: Option<String>,
}

fn parse_header(text: &str) -> Result<(http::HeaderName, http::HeaderValue), String> {
    let (name, value) = text.split_once(':').ok_or("a header is written `name: value`")?;
    let name = http::HeaderName::from_bytes(name.trim().as_bytes()).map_err(|error| error.to_string())?;
    let value = http::HeaderValue::from_str(value.trim()).map_err(|error| error.to_string())?;
    Ok((name, value))
}

/// A port alone is no address.
#[cfg(feature = "mock")]
fn no_port(text: &str) -> Result<String, String> {
    let port = if text.parse::<u16>().is_ok() { text } else { "PORT" };
    Err(format!("the port is a part of the address: write `--listen 127.0.0.1:{port}`"))
}

fn parse_now(text: &str) -> Result<std::time::SystemTime, String> {
    errbook::__private::instant(text).ok_or_else(|| "an instant is written `2026-01-15T12:00:00Z`".to_owned())
}
