//! What the build script of a `generated` package calls.

use std::path::Path;
use std::process::ExitCode;

use crate::diagnostic::{Severity, Style, human};
use crate::project::{Project, outputs};
use crate::write::{self, Mode};

/// Brings the outputs up to date with the catalogs of the project in `root`, and tells Cargo what to watch.
///
/// Cargo runs it again after any edit of a catalog, and after an edit or the loss of any output; a build with nothing new does not
/// run it. Mistakes are shown as `errbook check` shows them, and then nothing is written.
///
/// A build script's standard output is for Cargo, its standard error for people, so this function prints.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "that is how a build script speaks")]
pub fn run(root: &Path) -> ExitCode {
    let project = Project::at(root);
    println!("cargo::rerun-if-changed={}", project.catalogs.display());
    let loaded = project.load();
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
    let Some(catalogs) = loaded.catalogs else {
        println!("cargo::error=the catalogs have mistakes; nothing was generated");
        return ExitCode::FAILURE;
    };
    let outputs = outputs(&catalogs);
    for output in &outputs {
        println!("cargo::rerun-if-changed={}", project.output.join(&output.path).display());
    }
    match write::apply(&project.output, &outputs, Mode::Write { modified: project.newest_catalog().ok() }) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            println!("cargo::error=the generated files could not be written");
            ExitCode::FAILURE
        }
    }
}
