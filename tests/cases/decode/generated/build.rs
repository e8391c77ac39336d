//! The one writer of everything below this folder, of which only what is made by hand is committed.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    errbook_codegen::build_script::run(Path::new(".."))
}
