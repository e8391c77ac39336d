//! What the build script of a `generated` package calls.

use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

use bumpalo::Bump;

use crate::config;
use crate::diagnostic::{Severity, Style, human};
use crate::output::Wanted;
use crate::project::{Loaded, Project};
use crate::write::{self, Mode};
use crate::{emit, plan};

/// Brings the outputs up to date with the catalogs of the project in `root`, and tells Cargo what to watch.
///
/// Cargo runs it again after any edit of a catalog or of `errbook.toml`, and after an edit or the loss of any output; a build with nothing
/// new does not run it. Mistakes are shown as `errbook check` shows them, and then nothing is written.
///
/// A build script's standard output is for Cargo, its standard error for people, so this function prints.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "that is how a build script speaks")]
pub fn run(root: &Path) -> ExitCode {
    // A file that is not there would count as changed in every build.
    let config = root.join(config::FILE);
    if config.exists() {
        println!("cargo::rerun-if-changed={}", config.display());
    }
    let project = match Project::at(root) {
        Ok(project) => project,
        Err(mistakes) => {
            show(&mistakes.into());
            return fail("errbook.toml has mistakes; nothing was generated");
        }
    };
    println!("cargo::rerun-if-changed={}", project.catalogs.display());
    if let Some(package) = elsewhere(&project) {
        let output = &project.config.output;
        eprintln!("outputs go to `{output}`, but this build script is in {package}: move the package to `{output}`");
        return fail("errbook.toml names another folder for the outputs than that of this package");
    }
    let loaded = project.load();
    show(&loaded);
    let Some(catalogs) = loaded.catalogs else {
        return fail("the catalogs have mistakes; nothing was generated");
    };
    let bump = Bump::new();
    let plan = plan::build_in(&project.config, &bump, &catalogs);
    let drafts = emit::all(&plan);
    for draft in &drafts {
        println!("cargo::rerun-if-changed={}", project.output.join(draft.path()).display());
    }
    match write::apply(&project.output, &drafts, Mode::Write { modified: started(&project) }) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            fail("the generated files could not be written")
        }
    }
}

/// How old outputs are to be. Newer than what Cargo takes for the start of this run, they would start the next one; as old as the
/// catalogs, they would be older than what was compiled of them since. Where Cargo does not tell its start, the catalogs have to do.
fn started(project: &Project) -> Option<SystemTime> {
    let stamp = std::env::var_os("OUT_DIR").map(|out| Path::new(&out).with_file_name("invoked.timestamp"));
    let started = stamp.and_then(|stamp| stamp.metadata().ok()?.modified().ok());
    started.or_else(|| project.newest_catalog().ok())
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "see `run`")]
fn show(loaded: &Loaded) {
    if !loaded.diagnostics.is_empty() {
        eprint!("{}", human(&loaded.diagnostics, &loaded.files, Style::Plain));
    }
    // Cargo shows what a script writes only where it fails, but for lines like these.
    for warning in loaded.diagnostics.iter().filter(|found| found.severity == Severity::Warning) {
        let place = warning.span.map(|span| {
            let at = loaded.files.position(span.file, span.start);
            format!("{}:{}:{}: ", loaded.files.path(span.file), at.line, at.column)
        });
        println!("cargo::warning={}{} [{}]", place.unwrap_or_default(), warning.message, warning.rule);
    }
}

#[expect(clippy::print_stdout, reason = "see `run`")]
fn fail(why: &str) -> ExitCode {
    println!("cargo::error={why}");
    ExitCode::FAILURE
}

/// The folder of the package that is built, where outputs go to another: it would compile what nobody brings up to date.
fn elsewhere(project: &Project) -> Option<String> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")?;
    let package = Path::new(&package);
    let same = package.canonicalize().ok() == project.output.canonicalize().ok();
    (!same).then(|| package.display().to_string())
}
