//! The one writer of everything below this folder: see ARCHITECTURE.md.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    errbook_codegen::build_script::run(here.parent().unwrap_or(here))
}
