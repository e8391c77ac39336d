//! The crates as registries and their users get them: packed, unpacked outside the tree, and built there on packed crates alone.
//!
//! `errbook` may not be on crates.io yet, and the tests touch no network: a patch has the packed crates stand in for the registry's.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use errbook::__private::TABLES;
use serde_json::Value;

/// The crates that the generated ones lean on, or are made with, in the order in which they are published.
const RUNTIME: [&str; 4] = ["errbook-engine", "errbook-codegen", "errbook-macros", "errbook"];

/// The generated crates: the API of each, and the codes that it lists.
fn apis() -> [(&'static str, Vec<&'static str>); 5] {
    macro_rules! codes {
        ($api:ident) => {
            (stringify!($api), generated::$api::ErrorCode::ALL.iter().map(|code| code.as_str()).collect())
        };
    }
    [codes!(vibepeak), codes!(vicsee), codes!(vivix), codes!(vivreal), codes!(wubble)]
}

#[test]
fn the_crates_stand_alone() {
    let outside = Outside::make();
    outside.pack_runtime();
    for name in RUNTIME {
        is_complete(&outside, name);
    }
    for (api, codes) in apis() {
        let name = format!("{api}-errors");
        outside.pack(&name);
        is_complete(&outside, &name);
        lists_its_codes(&outside, &name, &codes);
        leans_on_the_runtime_alone(&outside, &name);
        is_documented(&outside, &name);
    }
    is_used(&outside);
    is_used_as_a_macro(&outside);
    refuses_another_runtime(&outside);
}

/// What registries ask for is there: the words of the manifest, the README, and the texts of both licences.
fn is_complete(outside: &Outside, name: &str) {
    let about = about(outside.cargo(name));
    assert_eq!((&about["name"], &about["license"]), (&name.into(), &"MIT OR Apache-2.0".into()));
    assert!(about["description"].as_str().is_some_and(|text| text.len() > 20), "{about}");
    assert!(about["categories"].as_array().is_some_and(|categories| !categories.is_empty()), "{about}");
    let keywords = about["keywords"].as_array().unwrap();
    assert!((1..=5).contains(&keywords.len()) && keywords.iter().all(|word| word.as_str().unwrap().len() <= 20));
    assert_eq!(about["readme"], "README.md");
    assert!(outside.read(name, "README.md").len() > 100);
    for (file, end) in
        [("LICENSE-MIT", "OTHER DEALINGS IN THE\nSOFTWARE.\n"), ("LICENSE-APACHE", "END OF TERMS AND CONDITIONS\n")]
    {
        assert!(outside.read(name, file).ends_with(end), "{file} of {name} is not whole");
    }
}

/// The README has a row for each code.
fn lists_its_codes(outside: &Outside, name: &str, codes: &[&str]) {
    let readme = outside.read(name, "README.md");
    let rows: Vec<_> = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(rows, codes, "{name}");
}

/// Nothing comes along but `errbook` and what it needs itself: no generator, no parser of YAML, no templates.
fn leans_on_the_runtime_alone(outside: &Outside, name: &str) {
    let tree = |folder: &str, options: &[&str]| -> BTreeSet<String> {
        let mut cargo = outside.cargo(folder);
        cargo.args(["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]).args(options);
        done(&mut cargo).lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    };
    assert_eq!(tree(name, &["--depth", "1"]), BTreeSet::from([name.to_owned(), "errbook".to_owned()]));
    let mut runtime = tree("errbook", &[]);
    runtime.insert(name.to_owned());
    assert_eq!(tree(name, &[]), runtime);
    for other in ["errbook-codegen", "errbook-macros", "serde-saphyr", "minijinja", "syn", "serde"] {
        assert!(!runtime.contains(other), "{other}");
    }
}

/// Its documentation has no fault, and the code in it runs.
fn is_documented(outside: &Outside, name: &str) {
    done(outside.cargo(name).args(["doc", "--no-deps", "--all-features"]).env("RUSTDOCFLAGS", "-D warnings"));
    let tested = done(outside.cargo(name).args(["test", "--doc", "--all-features"]));
    assert!(tested.contains("test result: ok. 1 passed"), "{tested}");
}

/// A program uses all of them, by their names and versions.
fn is_used(outside: &Outside) {
    let mut manifest = PROGRAM.to_owned();
    for (api, _) in apis() {
        manifest.push_str(&format!("{api}-errors = {{ path = '../{api}-errors', features = ['serde'] }}\n"));
    }
    outside.write("program/Cargo.toml", &format!("{manifest}serde_json = '1'\n"));
    outside.write("program/src/main.rs", include_str!("../cases/packaging/main.rs"));
    let printed = done(outside.cargo("program").args(["run", "--quiet"]));
    assert_eq!(printed, "vivix\nvibepeak again\nvicsee again\nvivreal again\nwubble\n");
}

/// The generator, packed, has all that it needs to run in a build.
fn is_used_as_a_macro(outside: &Outside) {
    outside.write("macro/Cargo.toml", &format!("{PROGRAM}errbook = {{ version = '*', features = ['macros'] }}\n"));
    outside.write("macro/ui/acme.yaml", include_str!("../../macros/tests/ui/acme.yaml"));
    outside.write("macro/src/main.rs", include_str!("../../macros/tests/ui/use.rs"));
    done(outside.cargo("macro").args(["run", "--quiet"]));
}

/// A crate that was generated for other tables says so, before all that does not fit either.
fn refuses_another_runtime(outside: &Outside) {
    let says = |what: &str| {
        let output = outside.cargo("vivix-errors").args(["check", "--quiet"]).output().unwrap();
        let log = String::from_utf8(output.stderr).unwrap();
        let errors = log.lines().filter(|line| line.starts_with("error")).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            errors.first().map(String::as_str),
            Some(
                "error: this code was generated for another version of the crate `errbook` than the one that it is compiled with: \
                 use the version of `errbook` that its Cargo.toml names, or generate it again with the generator of this version"
            ),
            "{what}: {log}"
        );
        errors.len() - 1
    };
    let change = |file: &str, from: &str, to: &str| {
        let text = outside.read("vivix-errors", file);
        assert!(text.contains(from), "{file} has no {from}");
        outside.write(&format!("vivix-errors/{file}"), &text.replace(from, to));
    };
    let fits = |tables: u32| format!("fits!({tables});");
    change("src/tables.rs", &fits(TABLES), &fits(TABLES - 1));
    assert_eq!(says("an older generator"), 1, "another error than that it could not be compiled");
    change("src/tables.rs", &fits(TABLES - 1), &fits(TABLES + 1));
    assert_eq!(says("a newer generator"), 1);
    change("src/tables.rs", "more: NONE,", "more: NONE, new: 1,");
    change("src/code.rs", "code_as_text!", "new!");
    assert!(says("a newer generator that says more") > 2);
}

/// What a publisher adds to a catalog, and to the folder of a package, goes with the packages.
#[test]
fn a_publisher_adds_what_errbook_cannot_know() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let errbook = |arguments: &[&str]| done(tests::errbook().args(arguments).current_dir(folder.path()));
    errbook(&["new", "acme-of-the-long-name"]);
    let catalog = at("catalog/acme-of-the-long-name.yaml");
    let text = fs::read_to_string(&catalog).unwrap();
    let more = "\n  license: MIT AND BSD-3-Clause\n  repository: https://git.example/acme/errors\n  version: 1.2.3\n";
    fs::write(&catalog, text.replace("\n  version: 0.1.0\n", more)).unwrap();
    errbook(&["generate"]);
    let name = "acme-of-the-long-name-errors";
    let (rust, typescript) = (at(&format!("generated/rust/{name}")), at(&format!("generated/typescript/{name}")));
    for package in [&rust, &typescript] {
        fs::write(package.join("LICENSE-BSD"), "Copyright Acme").unwrap();
    }
    errbook(&["generate"]);

    let manifest = fs::read_to_string(rust.join("Cargo.toml")).unwrap();
    for line in [
        r#"version = "1.2.3""#,
        r#"license = "MIT AND BSD-3-Clause""#,
        r#"repository = "https://git.example/acme/errors""#,
        // The id is longer than a keyword can be.
        r#"keywords = ["api", "errors", "retry", "http", "errbook"]"#,
        r#"include = ["/src", "/README.md", "/LICENSE*"]"#,
    ] {
        assert!(manifest.lines().any(|other| other == line), "{line}: {manifest}");
    }
    let manifest: Value = serde_json::from_slice(&fs::read(typescript.join("package.json")).unwrap()).unwrap();
    assert_eq!(manifest["version"], "1.2.3");
    assert_eq!(manifest["license"], "MIT AND BSD-3-Clause");
    let repository = serde_json::json!({ "type": "git", "url": "git+https://git.example/acme/errors.git" });
    assert_eq!(manifest["repository"], repository);
    assert!(manifest["files"].as_array().unwrap().contains(&"LICENSE*".into()), "{manifest}");
    for package in [&rust, &typescript] {
        assert!(package.join("LICENSE-MIT").exists() && !package.join("LICENSE-APACHE").exists());
        assert_eq!(fs::read_to_string(package.join("LICENSE-BSD")).unwrap(), "Copyright Acme");
    }
}

/// The crates that are no generated ones have no fault in their documentation.
#[test]
fn the_crates_of_the_workspace_are_documented() {
    let mut cargo = tests::cargo();
    cargo.args(["doc", "--offline", "--locked", "--no-deps", "--all-features"]);
    for name in RUNTIME {
        cargo.args(["--package", name]);
    }
    done(cargo.current_dir(tests::workspace()).env("RUSTDOCFLAGS", "-D warnings"));
}

/// The beginning of the manifest of a program.
const PROGRAM: &str = "[package]\nname = 'program'\nedition = '2024'\n\n[dependencies]\n";

/// A folder that no workspace is around, with the packed crates in it. It has the same name in every run, so that Cargo replaces what the
/// last one built, and is removed in the end.
struct Outside {
    root: PathBuf,
}

impl Outside {
    fn make() -> Self {
        let mut hasher = DefaultHasher::new();
        tests::workspace().hash(&mut hasher);
        let outside = Self { root: std::env::temp_dir().join(format!("errbook-packaging-{:x}", hasher.finish())) };
        let _ = fs::remove_dir_all(&outside.root);
        let _ = fs::remove_dir_all(target().join("package"));
        let mut config = "[net]\noffline = true\n\n[patch.crates-io]\n".to_owned();
        for name in RUNTIME {
            config.push_str(&format!("{name}.path = '{}'\n", outside.root.join(name).display()));
        }
        outside.write(".cargo/config.toml", &config);
        outside
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, folder: &str, path: &str) -> String {
        fs::read_to_string(self.root.join(folder).join(path)).unwrap_or_else(|error| panic!("{folder}/{path}: {error}"))
    }

    /// A Cargo in a folder of this one.
    fn cargo(&self, folder: &str) -> Command {
        let mut cargo = tests::cargo();
        cargo.current_dir(self.root.join(folder)).env("CARGO_TARGET_DIR", target());
        cargo
    }

    /// Packs the crates of the workspace; Cargo finds those that the later ones need among the earlier ones.
    fn pack_runtime(&self) {
        let mut cargo = package(tests::workspace());
        cargo.arg("--no-verify");
        for name in RUNTIME {
            cargo.args(["--package", name]);
        }
        done(&mut cargo);
        for name in RUNTIME {
            self.unpack(name);
        }
    }

    /// Packs a generated crate where it is, which builds what was packed.
    fn pack(&self, name: &str) {
        let mut cargo = package(&tests::workspace().join("generated/rust").join(name));
        done(cargo.arg("--config").arg(self.root.join(".cargo/config.toml")));
        self.unpack(name);
    }

    fn unpack(&self, name: &str) {
        let folder = self.root.join(name);
        fs::create_dir_all(&folder).unwrap();
        // As new as now: the files of a package are of 2006, and Cargo would not see that they changed.
        let mut tar = Command::new("tar");
        tar.arg("-xzmf").arg(packed(name)).arg("-C").arg(folder).arg("--strip-components=1");
        done(&mut tar);
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// The target folder of everything here.
fn target() -> PathBuf {
    tests::target().join("packaging")
}

fn package(folder: &Path) -> Command {
    let mut cargo = tests::cargo();
    cargo.args(["package", "--offline", "--allow-dirty", "--target-dir"]).arg(target()).current_dir(folder);
    cargo
}

/// The package of a crate, of whatever version.
fn packed(name: &str) -> PathBuf {
    let files = fs::read_dir(target().join("package")).unwrap().map(|entry| entry.unwrap().path());
    let is_its = |path: &PathBuf| {
        let version = path.file_name().unwrap().to_str().unwrap().strip_prefix(name)?.strip_prefix('-')?;
        Some(version.ends_with(".crate") && version.starts_with(|c: char| c.is_ascii_digit()))
    };
    files.into_iter().find(|path| is_its(path) == Some(true)).unwrap_or_else(|| panic!("{name} was not packed"))
}

/// What Cargo reads in a manifest.
fn about(mut cargo: Command) -> Value {
    let printed = done(cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]));
    let mut metadata: Value = serde_json::from_str(&printed).unwrap();
    metadata["packages"][0].take()
}

/// Runs a command that has to succeed; gives what it printed.
fn done(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}\n{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}
