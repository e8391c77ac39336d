//! The one writer of everything below this folder: see ARCHITECTURE.md.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo runs build scripts in the folder of their package, wherever a clone has been moved to.
    errbook_codegen::build_script::run(Path::new(".."))
}
