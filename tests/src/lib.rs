//! What the tests of the whole system share: vectors, readings of the README, a running mock, a scripted server, the workspace, the built command.

pub mod fuzz;
pub mod mock;
pub mod readme;
pub mod server;
pub mod vector;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Hands the modules of the generated crates to a macro: those of the five APIs, then those of the cases.
#[macro_export]
macro_rules! with_crates {
    ($macro:ident) => {
        $macro!(APIS = generated: vibepeak vicsee vivix vivreal wubble);
        $macro!(CASES = cases: azure binance corners delays discord dynamodb elasticsearch github google_cloud identity json_rpc kraken meta_graph
            openai postgrest problems repeats several shopify slack stripe telegram);
    };
}

/// The root of the workspace.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in the workspace")
}

/// The built `errbook` command. It is built once for each test program.
pub fn errbook() -> Command {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    let program = BUILT.get_or_init(|| {
        let status = cargo()
            .args(["build", "--quiet", "--package", "errbook-codegen", "--bin", "errbook"])
            .current_dir(workspace())
            .status();
        assert!(status.expect("cargo runs").success(), "the command builds");
        target().join("debug").join(format!("errbook{}", std::env::consts::EXE_SUFFIX))
    });
    Command::new(program)
}

/// One of the programs of `examples/`, built.
///
/// # Panics
///
/// Where it cannot be.
pub fn example(name: &str) -> Command {
    let status =
        cargo().args(["build", "--quiet", "--package", "examples", "--bin", name]).current_dir(workspace()).status();
    assert!(status.expect("cargo runs").success(), "the example builds");
    Command::new(target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The Cargo that runs the tests.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The target folder of the workspace: this program is in `<target>/debug/deps`.
pub fn target() -> PathBuf {
    let program = std::env::current_exe().expect("a test program has a path");
    program.ancestors().nth(3).expect("it is three folders below the target folder").to_owned()
}
