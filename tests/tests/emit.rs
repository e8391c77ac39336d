//! Small catalogs and what comes from them, as snapshots; and that it compiles whatever the texts are.

use std::fs;
use std::path::Path;

use errbook_codegen::output::Output;
use errbook_codegen::project::{load, outputs};

fn emit(path: &Path) -> Vec<Output> {
    let loaded = load(path.parent().unwrap(), &[path]);
    let shown = errbook_codegen::diagnostic::human(
        &loaded.diagnostics,
        &loaded.files,
        errbook_codegen::diagnostic::Style::Plain,
    );
    outputs(&loaded.catalogs.unwrap_or_else(|| panic!("{shown}")))
}

#[test]
fn small_catalogs() {
    insta::glob!("../cases/emit", "*.yaml", |path| {
        // The engine and the licences are the same in every package, and have their own tests.
        let same = ["/engine/", "/LICENSE-"];
        let outputs = emit(path).into_iter().filter(|output| !same.iter().any(|same| output.path.contains(same)));
        let all: String = outputs.map(|output| format!("==> {}\n{}\n", output.path, output.text)).collect();
        insta::assert_snapshot!(all);
    });
}

/// What is written as text is written as the formatter would: it leaves every line of every crate as it is.
#[test]
fn the_formatter_changes_nothing() {
    let lines = |code: &str| -> Vec<String> {
        let shown = code.lines().filter(|line| !line.is_empty() && !line.starts_with("// @generated"));
        shown.map(str::to_owned).collect()
    };
    let folders = ["catalog", "tests/cases/emit", "tests/cases/decode/catalog"];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(tests::workspace().join(folder)).unwrap());
    let catalogs: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    assert!(catalogs.len() >= 8, "{catalogs:?}");
    for path in catalogs {
        for output in emit(&path).iter().filter(|output| output.path.ends_with(".rs")) {
            let formatted = prettyplease::unparse(&syn::parse_file(&output.text).unwrap());
            for (written, formatted) in lines(&output.text).iter().zip(&lines(&formatted)) {
                assert_eq!(written, formatted, "{} of {}", output.path, path.display());
            }
            assert_eq!(lines(&output.text).len(), lines(&formatted).len(), "{} of {}", output.path, path.display());
        }
    }
}

#[test]
fn every_output_is_the_same_every_time() {
    let path = tests::workspace().join("tests/cases/emit/hostile.yaml");
    assert_eq!(emit(&path), emit(&path));
}

/// Rust, documentation included, and JavaScript of the small catalogs compile, with no warning.
#[test]
fn what_is_emitted_compiles() {
    let folder = tests::target().join("emitted");
    let _ = fs::remove_dir_all(&folder);
    for name in ["names", "hostile"] {
        for output in emit(&tests::workspace().join(format!("tests/cases/emit/{name}.yaml"))) {
            let path = folder.join(&output.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, output.text).unwrap();
        }
        let package = folder.join(format!("rust/{name}-errors"));
        let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap();
        let runtime = tests::workspace().join("runtime");
        let manifest = manifest.replace("\nerrbook = \"0.1.0\"", &format!("\nerrbook = {{ path = {runtime:?} }}"));
        // Outputs stand in the target folder, which no workspace excludes.
        fs::write(package.join("Cargo.toml"), format!("{manifest}\n[workspace]\n")).unwrap();
        fs::copy(tests::workspace().join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
        for arguments in [
            &["check", "--all-features", "--offline"][..],
            &["doc", "--no-deps", "--offline"],
            &["test", "--doc", "--offline"],
        ] {
            let mut cargo = tests::cargo();
            cargo.args(arguments).current_dir(&package).env("CARGO_TARGET_DIR", folder.join("target"));
            cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
            let output = cargo.output().unwrap();
            assert!(
                output.status.success(),
                "{name} {arguments:?}:\n{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let script = format!(
            "const m = await import('./typescript/{name}-errors/index.js'); await import('./typescript/{name}-errors/texts.js'); \
             const E = m.NamesError ?? m.HostileError; const e = E.from({{ status: 400, body: '{{}}' }}); \
             if (e.status !== 400 || !(e instanceof Error)) throw new Error('not decoded');"
        );
        let node = std::process::Command::new("node")
            .args(["--input-type=module", "-e", &script])
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(node.status.success(), "{name}: {}", String::from_utf8_lossy(&node.stderr));
    }
}
