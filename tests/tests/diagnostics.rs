//! How mistakes are shown: one snapshot for each case in `cases/diagnostics`, and the other forms of one of them.

use std::path::Path;

use errbook_codegen::diagnostic::{Style, github, human, json, sarif};
use errbook_codegen::project::{Loaded, load};

fn case(path: &Path) -> Loaded {
    let loaded = load(path.parent().unwrap(), &[path]);
    assert!(loaded.catalogs.is_none(), "{} has mistakes", path.display());
    loaded
}

#[test]
fn for_people() {
    insta::glob!("../cases/diagnostics", "*.yaml", |path| {
        let loaded = case(path);
        insta::assert_snapshot!(human(&loaded.diagnostics, &loaded.files, Style::Plain));
    });
}

#[test]
fn for_programs() {
    let loaded = case(&tests::workspace().join("tests/cases/diagnostics/slips.yaml"));
    let (diagnostics, files) = (&loaded.diagnostics, &loaded.files);
    insta::assert_snapshot!("json", json(diagnostics, files));
    insta::assert_snapshot!("github", github(diagnostics, files));
    insta::assert_snapshot!("sarif", sarif(diagnostics, files).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn every_mistake_of_every_catalog_is_told_at_once_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = folder.path().join("catalog");
    std::fs::create_dir(&catalog).unwrap();
    for name in ["slips", "broken", "examples"] {
        std::fs::copy(
            tests::workspace().join(format!("tests/cases/diagnostics/{name}.yaml")),
            catalog.join(format!("{name}.yaml")),
        )
        .unwrap();
    }
    let output = tests::errbook().arg("generate").current_dir(folder.path()).output().unwrap();
    let shown = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    for place in ["catalog/slips.yaml:10:5", "catalog/broken.yaml:5:1", "catalog/examples.yaml:17:11"] {
        assert!(shown.contains(place), "{place} is not in\n{shown}");
    }
    assert!(!folder.path().join("generated").exists());
}

/// Each look for what is meant takes a look at every error, so a catalog that was made by a program gets some only.
#[test]
fn what_is_meant_is_guessed_for_some() {
    let errors: String = (10..40)
        .map(|n| {
            let rest = "status: 400, when: undocumented, fix: undocumented, retry: never";
            format!("  - {{ code: BUSY{n}, {rest}, deprecated: {{ use: BUSI{n} }} }}\n")
        })
        .collect();
    let text = errbook_codegen::check::complete(&format!("errors:\n{errors}"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.yaml");
    std::fs::write(&path, text).unwrap();
    let loaded = case(&path);
    let shown = human(&loaded.diagnostics, &loaded.files, Style::Plain);
    assert_eq!(shown.matches("there is no error `BUSI").count(), 30, "{shown}");
    assert_eq!(shown.matches("did you mean `BUSY").count(), 20);
    assert_eq!(shown.matches("add it to the catalog's errors").count(), 10);
}
