//! What compiles, and what the compiler says where it does not.

use std::fs;
use std::path::Path;

#[test]
fn ui() {
    // Paths are relative to the crate that uses the macro, which here is the one that trybuild makes.
    let program = std::env::current_exe().unwrap();
    let target = program.ancestors().nth(3).unwrap();
    let folder = target.join("tests/trybuild/errbook-macros/ui");
    fs::create_dir_all(&folder).unwrap();
    for name in ["acme.yaml", "wrong.yaml"] {
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(name), folder.join(name)).unwrap();
    }
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/use.rs");
    for name in ["wrong", "missing", "not_a_path"] {
        cases.compile_fail(format!("tests/ui/{name}.rs"));
    }
}
