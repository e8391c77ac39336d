//! Where a project is, and what its `errbook.toml` makes of the outputs.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use errbook_codegen::project::{Project, outputs};
use tempfile::TempDir;

const CATALOG: &str = "errbook: 1
api: { id: x-y, title: X, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-20 } } }
responses: [{ code: /error }]
retry: { repeat: undocumented }
errors:
  - { code: A, status: 400, when: It happens., fix: Do not., action: fix_request, retry: never }
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn found(from: &Path) -> Option<Project> {
    Project::find(from).unwrap()
}

#[test]
fn the_nearest_root_is_the_one() {
    let folder = folder(&[
        ("errbook.toml", "catalogs = 'apis'\n"),
        ("apis/sub/x", ""),
        ("inner/catalog/x", ""),
        ("inner/src/x", ""),
        ("both/errbook.toml", "output = 'out'\n"),
        ("both/catalog/x", ""),
    ]);
    let at = |path: &str| found(&folder.path().join(path)).unwrap();
    assert_eq!(at("apis/sub").root, folder.path());
    assert_eq!(at("apis/sub").catalogs, folder.path().join("apis"));
    assert_eq!(at("apis/sub").output, folder.path().join("generated"));
    assert_eq!(at("inner/src").root, folder.path().join("inner"));
    assert_eq!(at("both/catalog").output, folder.path().join("both/out"));
    let mistaken = self::folder(&[("errbook.toml", "x = 1"), ("catalog/sub/x", "")]);
    assert!(Project::find(&mistaken.path().join("catalog/sub")).is_err());
}

#[test]
fn outputs_say_where_they_come_from_and_what_they_need() {
    let text = "catalogs = 'docs/apis'\noutput = 'src/errors'\nruntime.path = '../errbook/runtime'\n";
    let folder = folder(&[("errbook.toml", text), ("docs/apis/x-y.yaml", CATALOG)]);
    let project = found(folder.path()).unwrap();
    let loaded = project.load();
    let catalogs = loaded.catalogs.unwrap();
    let text_of = |outputs: &[errbook_codegen::output::Output], path: &str| {
        outputs.iter().find(|output| output.path == path).unwrap().text.clone()
    };
    let ours = project.outputs(&catalogs);
    let manifest = text_of(&ours, "rust/x-y-errors/Cargo.toml");
    assert!(manifest.contains("path = \"../../../../../errbook/runtime\" }"), "{manifest}");
    for (path, from) in [
        ("rust/x-y-errors/src/lib.rs", "from docs/apis/x-y.yaml;"),
        ("typescript/x-y-errors/index.js", "from docs/apis/x-y.yaml;"),
        ("docs/src/x-y/a.md", "from docs/apis/x-y.yaml;"),
        ("docs/src/SUMMARY.md", "from the files in docs/apis/;"),
        ("lib.rs", "from docs/apis;"),
    ] {
        assert!(text_of(&ours, path).contains(from), "{path}");
    }

    // Without an errbook.toml the runtime is the published one.
    let manifest = text_of(&outputs(&catalogs), "rust/x-y-errors/Cargo.toml");
    assert!(manifest.contains(&format!("\nerrbook = \"{}\"\n", env!("CARGO_PKG_VERSION"))), "{manifest}");
    assert!(manifest.contains("from catalog/x-y.yaml;"), "{manifest}");
}
