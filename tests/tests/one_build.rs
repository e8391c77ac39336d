//! One `cargo build` brings everything up to date: tried on a copy of the workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// A copy of the workspace, with a target folder that stays, so that dependencies are compiled once.
struct Copy {
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    fn make() -> Self {
        let folder = tests::target().join("one-build");
        let root = folder.join("workspace");
        let _ = fs::remove_dir_all(&root);
        let source = tests::workspace();
        for entry in [
            "Cargo.toml",
            "Cargo.lock",
            "benches",
            "catalog",
            "codegen",
            "errbook.toml",
            "generated",
            "macros",
            "runtime",
            "tests",
        ] {
            copy(&source.join(entry), &root.join(entry));
        }
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        fs::write(root.join("Cargo.toml"), manifest.replace("members = [", "members = [\"user\", ")).unwrap();
        fs::create_dir_all(root.join("user/src")).unwrap();
        let user = "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\ngenerated.path = \"../generated\"\n";
        fs::write(root.join("user/Cargo.toml"), user).unwrap();
        let main = "fn main() { for code in generated::vivix::ErrorCode::ALL { println!(\"{code} {:?}\", code.remediation()); } }\n";
        fs::write(root.join("user/src/main.rs"), main).unwrap();
        Self { root, target: folder.join("target") }
    }

    /// What the program that uses the generated code prints, as the last build left it.
    fn run(&self) -> String {
        let program = self.target.join("debug").join(format!("user{}", std::env::consts::EXE_SUFFIX));
        String::from_utf8(Command::new(program).output().unwrap().stdout).unwrap()
    }

    /// Every generated file and its text.
    fn tree(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root.join("generated")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.clone(), fs::read_to_string(&path).unwrap());
                }
            }
        }
        files
    }

    /// Builds the package that holds all generated code, and a program that uses it.
    fn build(&self) -> String {
        let output = self.cargo().output().unwrap();
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{log}");
        log
    }

    fn cargo(&self) -> Command {
        let mut cargo = tests::cargo();
        cargo
            .args(["build", "--offline", "--package", "user"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn write(&self, path: &str, text: &str) {
        // Cargo sees edits by their time; file systems count it more coarsely than these tests are quick.
        let path = self.root.join(path);
        fs::write(&path, text).unwrap();
        let later = SystemTime::now() + Duration::from_millis(20);
        fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        std::thread::sleep(Duration::from_millis(60));
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, &text.replace(from, to));
    }

    fn exists(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// A build with nothing to do compiles nothing and runs no build script.
    fn assert_settled(&self, after: &str) {
        let log = self.build();
        assert!(!log.contains("Compiling"), "the build after {after} had something to do:\n{log}");
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        let name = from.file_name().unwrap();
        if ["node_modules", "target", "build"].iter().any(|skip| name == *skip) {
            return;
        }
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
        // Copies are as old as what they copy, so that a rebuild of the copy builds what changed and no more.
        let modified = fs::metadata(from).unwrap().modified().unwrap();
        fs::File::options().write(true).open(to).unwrap().set_modified(modified).unwrap();
    }
}

const RUST: &str = "generated/rust/vivix-errors";
const TYPESCRIPT: &str = "generated/typescript/vivix-errors";
const PAGE: &str = "generated/docs/src/vivix/key-revoked.md";

#[test]
fn one_build_brings_everything_up_to_date() {
    let copy = Copy::make();
    copy.build();
    copy.assert_settled("the first build");

    edit(&copy);
    add(&copy);
    remove(&copy);
    hand_edit(&copy);
    lose(&copy);
    mistake(&copy);
    in_the_way(&copy);
}

/// An edit is in the crate, the package and the page after one build, and compiled against.
fn edit(copy: &Copy) {
    assert!(copy.run().contains("KEY_REVOKED"));
    copy.edit("catalog/vivix.yaml", "- code: KEY_REVOKED", "- code: KEY_WITHDRAWN");
    copy.edit("catalog/vivix.yaml", "Make a new key; a revocation cannot be undone.", "Ask for the one true key.");
    copy.build();
    let printed = copy.run();
    assert!(
        printed.contains("KEY_WITHDRAWN Some(\"Ask for the one true key.\")") && !printed.contains("KEY_REVOKED"),
        "{printed}"
    );
    assert!(copy.read(&format!("{TYPESCRIPT}/texts.js")).contains("Ask for the one true key."));
    assert!(copy.read("generated/docs/src/vivix/key-withdrawn.md").contains("Ask for the one true key."));
    assert!(copy.read(&format!("{RUST}/src/code.rs")).contains("KeyWithdrawn"));
    assert!(copy.read(&format!("{TYPESCRIPT}/index.d.ts")).contains("KEY_WITHDRAWN"));
    assert!(copy.read(&format!("{TYPESCRIPT}/tables.js")).contains("KEY_WITHDRAWN"));
    assert!(copy.exists("generated/docs/src/vivix/key-withdrawn.md") && !copy.exists(PAGE));
    copy.assert_settled("an edit");
    copy.edit("catalog/vivix.yaml", "- code: KEY_WITHDRAWN", "- code: KEY_REVOKED");
    copy.edit("catalog/vivix.yaml", "Ask for the one true key.", "Make a new key; a revocation cannot be undone.");
    copy.build();
    assert!(copy.exists(PAGE));
    assert_eq!(
        copy.read(&format!("{RUST}/src/code.rs")),
        fs::read_to_string(tests::workspace().join(RUST).join("src/code.rs")).unwrap()
    );
    copy.assert_settled("the edit back");
}

/// A new catalog is a crate, a package, a part of the site and a module in the same build.
fn add(copy: &Copy) {
    let new = copy.read("catalog/vivix.yaml").replace("id: vivix", "id: another");
    copy.write("catalog/another.yaml", &new);
    let log = copy.build();
    assert!(copy.read("generated/lib.rs").contains("pub mod another;"), "{log}");
    for path in
        ["rust/another-errors/Cargo.toml", "typescript/another-errors/package.json", "docs/src/another/index.md"]
    {
        assert!(copy.exists(&format!("generated/{path}")), "{path}");
    }
    assert!(copy.read("generated/docs/src/SUMMARY.md").contains("another/"));
    copy.assert_settled("a new catalog");
}

/// A removed catalog takes its files with it, and leaves what people made.
fn remove(copy: &Copy) {
    copy.write("generated/rust/another-errors/notes.txt", "made by hand");
    fs::remove_file(copy.root.join("catalog/another.yaml")).unwrap();
    copy.build();
    assert!(!copy.exists("generated/rust/another-errors/src") && !copy.exists("generated/docs/src/another"));
    assert!(!copy.read("generated/lib.rs").contains("another"));
    assert_eq!(copy.read("generated/rust/another-errors/notes.txt"), "made by hand");
    fs::remove_dir_all(copy.root.join("generated/rust/another-errors")).unwrap();
    copy.assert_settled("a removed catalog");
}

/// A hand edit of any output is repaired by the next build.
fn hand_edit(copy: &Copy) {
    for path in [
        format!("{RUST}/src/tables.rs"),
        format!("{TYPESCRIPT}/index.js"),
        PAGE.to_owned(),
        "generated/lib.rs".to_owned(),
    ] {
        let before = copy.read(&path);
        copy.write(&path, &format!("{before}\n// by hand\n"));
        copy.build();
        assert_eq!(copy.read(&path), before, "{path}");
        copy.assert_settled("a hand edit");
    }
}

/// A lost output is made again by the next build.
fn lose(copy: &Copy) {
    for path in [format!("{RUST}/src/lib.rs"), format!("{TYPESCRIPT}/package.json"), PAGE.to_owned()] {
        let before = copy.read(&path);
        fs::remove_file(copy.root.join(&path)).unwrap();
        copy.build();
        assert_eq!(copy.read(&path), before, "{path}");
        copy.assert_settled("a lost file");
    }
    fs::remove_dir_all(copy.root.join("generated/docs")).unwrap();
    copy.build();
    assert!(copy.exists(PAGE));
    copy.assert_settled("a lost folder");
}

/// A mistake stops the build with its place, and nothing is written until it is mended.
fn mistake(copy: &Copy) {
    let before = copy.tree();
    // A sound edit of another catalog waits too.
    copy.edit("catalog/wubble.yaml", "title: Wubble", "title: Bubble");
    copy.edit("catalog/vivix.yaml", "- code: KEY_REVOKED", "- cod: KEY_REVOKED");
    let output = copy.cargo().output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(log.contains("error[unknown-key]") && log.contains("catalog/vivix.yaml:"), "{log}");
    assert!(copy.tree() == before, "something was written");
    copy.edit("catalog/wubble.yaml", "title: Bubble", "title: Wubble");
    copy.edit("catalog/vivix.yaml", "- cod: KEY_REVOKED", "- code: KEY_REVOKED");
    copy.build();
    copy.assert_settled("a mended mistake");
}

/// A file that somebody made where an output must go stops the build, is named, and survives.
fn in_the_way(copy: &Copy) {
    let path = format!("{RUST}/README.md");
    copy.write(&path, "my own words\n");
    let output = copy.cargo().output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && log.contains("vivix-errors/README.md"), "{log}");
    assert_eq!(copy.read(&path), "my own words\n");
    fs::remove_file(copy.root.join(&path)).unwrap();
    copy.build();
    copy.assert_settled("a file out of the way");
}
