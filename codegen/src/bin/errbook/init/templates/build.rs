//! Brings this folder up to date with the catalogs, in every build that needs it.

fn main() -> std::process::ExitCode {
    errbook_codegen::build_script::run(std::path::Path::new("{root}"))
}
