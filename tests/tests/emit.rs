//! Small catalogs and what comes from them, as snapshots; and that it compiles whatever the texts are.

use std::collections::HashSet;
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

/// Words that mean something in Rust or JavaScript, in their libraries, or in generated code.
const WORDS: &str = "
    abstract arguments as async await become box break case catch class const constructor continue crate debugger default delete do dyn else enum eval
    export extends extern false final finally fn for from function gen get hasOwnProperty if impl implements import in infinity instanceof interface let
    loop macro match mod module move mut namespace nan new null of override package private priv prototype protected pub public ref return self set static
    string struct super switch symbol target then this throw trait true try type typeof undefined union unsafe unsized use valueOf var virtual void
    where while with yield __proto__ toString toJSON
    all api array bigint bool boolean borrow buffer cause causes char clone code codes copy core cow date debug decoded deref description details display
    drop duration eq err error errors event fields fmt forbidden group groups hash headers hidden into is iterator item length lookup map message more name
    none nothing number object ok option ord output outcome partial_eq promise proxy reply repeat request_id result retries retry row rows send serialize
    set shape shapes size slots some source stack status statuses status_sets std str sync table tables tell text texts told trait unknown url value values
    variant vec verdict version view entry exports global regexp math json errbook http serde words words_error error_code wire_code is_error
";

/// A catalog in which each of them is an error, a value and a cause.
fn catalog_of_words() -> String {
    let mut seen = HashSet::new();
    let mut text = "errbook: 1\napi: { id: words, title: Words, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-20 } } }\n\
                    responses: [{ code: /code, message: /message }]\nerrors:\n"
        .to_owned();
    for word in WORDS.split_whitespace().filter(|word| seen.insert(word.replace('_', "").to_lowercase())) {
        text += &format!(
            "  - code: \"{word}\"\n    status: [400, 409]\n    when: undocumented\n    fix: undocumented\n    retry: never\n    \
             fields: {{ \"{word}\": {{ in: \"/{word}\", type: string }} }}\n    causes: [{{ name: \"{word}\", status: 409, when: undocumented }}]\n"
        );
    }
    text
}

/// Rust, documentation included, and JavaScript of the small catalogs compile, with no warning.
#[test]
fn what_is_emitted_compiles() {
    let folder = tests::target().join("emitted");
    let _ = fs::remove_dir_all(&folder);
    let words = folder.join("words.yaml");
    fs::create_dir_all(&folder).unwrap();
    fs::write(&words, catalog_of_words()).unwrap();
    let case = |name: &str| tests::workspace().join(format!("tests/cases/emit/{name}.yaml"));
    for (name, catalog) in [("names", case("names")), ("hostile", case("hostile")), ("words", words)] {
        for output in emit(&catalog) {
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
             const E = m.NamesError ?? m.HostileError ?? m.WordsError; const e = E.from({{ status: 400, body: '{{}}' }}); \
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
