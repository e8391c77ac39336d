//! What `errbook init` does to a folder.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A folder with the given files, `repository/` among them, and a checkout that could be errbook's beside that.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let package = |name: &str| format!("[package]\nname = \"{name}\"\nversion.workspace = true\n");
    let version = format!("[workspace.package]\nversion = \"{VERSION}\"\n");
    write(folder.path(), "errbook/Cargo.toml", &version);
    write(folder.path(), "errbook/runtime/Cargo.toml", &package("errbook"));
    write(folder.path(), "errbook/codegen/Cargo.toml", &package("errbook-codegen"));
    fs::create_dir(folder.path().join("repository")).unwrap();
    for (path, text) in files {
        write(folder.path(), path, text);
    }
    folder
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file and folder, with its text and its time.
fn tree(root: &Path) -> BTreeMap<String, (Option<String>, SystemTime)> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if metadata.is_dir() {
                open.push(path.clone());
            }
            found.insert(name, (fs::read_to_string(&path).ok(), metadata.modified().unwrap()));
        }
    }
    found
}

/// Runs it with `folder/repository` as the current folder.
fn init(folder: &TempDir, arguments: &[&str]) -> Output {
    init_in(&folder.path().join("repository"), arguments)
}

fn init_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_errbook")).arg("init").args(arguments).current_dir(folder).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// It works, and a second run changes nothing.
fn set_up(folder: &TempDir, arguments: &[&str]) -> String {
    let first = init(folder, arguments);
    assert_eq!(first.status.code(), Some(0), "{}", told(&first));
    let before = tree(folder.path());
    let second = init(folder, arguments);
    assert!(second.status.success() && told(&second).contains("set up already"), "{}", told(&second));
    assert!(tree(folder.path()) == before, "the second run changed something");
    told(&first)
}

/// It says so, with exit status 1, and changes nothing.
fn refused(folder: &TempDir, arguments: &[&str], wanted: &[&str]) {
    let before = tree(folder.path());
    let output = init(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{}", told(&output));
    for wanted in wanted {
        assert!(told(&output).contains(wanted), "{wanted}: {}", told(&output));
    }
    assert!(tree(folder.path()) == before, "something was written");
}

const VIRTUAL: (&str, &str) = ("repository/Cargo.toml", "[workspace]\nmembers = [\"app\"] # mine\n");
const APP: (&str, &str) = ("repository/app/Cargo.toml", "[package]\nname = \"app\"\n");

#[test]
fn an_empty_folder_becomes_a_repository() {
    let folder = folder(&[]);
    let told = set_up(&folder, &["--path", "../errbook"]);
    insta::assert_snapshot!(told, @r#"
    errbook: set up this folder
      wrote  errbook.toml
      wrote  catalog/example.yaml
      wrote  catalog/catalog.schema.json
      wrote  generated/Cargo.toml
      wrote  generated/build.rs
      wrote  generated/lib.rs
      wrote  .gitignore
      wrote  .gitattributes
      wrote  Cargo.toml
    errbook: next:
      cargo build       # the crates, the npm packages and the docs, in generated/
      errbook new acme  # begin the catalog of an API; delete catalog/example.yaml then
    Code of the workspace uses them through the package `generated`.
    "#);
    insta::assert_snapshot!(read(&folder, "repository/errbook.toml"), @r#"
    # What errbook reads and writes. Paths start in the folder of this file.
    catalogs = "catalog"
    output = "generated"

    # The crate `errbook` that generated crates depend on, in place of the published one.
    runtime = { path = "../errbook/runtime" }
    "#);
    let manifest = read(&folder, "repository/generated/Cargo.toml");
    for wanted in [
        format!("errbook = {{ version = \"{VERSION}\", path = \"../../errbook/runtime\" }}\n"),
        format!(
            "errbook-codegen = {{ version = \"{VERSION}\", path = \"../../errbook/codegen\", default-features = false }}\n"
        ),
    ] {
        assert!(manifest.contains(&wanted), "{manifest}");
    }
    assert_eq!(
        read(&folder, "repository/catalog/catalog.schema.json"),
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/catalog.schema.json")).unwrap()
    );
}

#[test]
fn a_folder_that_is_not_there_is_made() {
    let folder = folder(&[]);
    let told = set_up(&folder, &["new/one", "--path", "../errbook"]);
    assert!(told.contains("set up new/one") && told.contains("next, in new/one"), "{told}");
    assert!(read(&folder, "repository/new/one/errbook.toml").contains("../../../errbook/runtime"));
}

#[test]
fn without_a_checkout_the_published_crates_are_used() {
    let folder = folder(&[]);
    set_up(&folder, &[]);
    let manifest = read(&folder, "repository/generated/Cargo.toml");
    assert!(manifest.contains(&format!("errbook = \"{VERSION}\"")) && !manifest.contains("path = \".."), "{manifest}");
    assert!(read(&folder, "repository/errbook.toml").contains("\n# runtime = "));

    // A checkout can still be named, and others afterwards.
    let told = set_up(&folder, &["--path", "../errbook"]);
    assert!(told.contains("edited errbook.toml: runtime in `../errbook/runtime`"), "{told}");
    let with_path = read(&folder, "repository/generated/Cargo.toml");
    for path in ["runtime", "codegen"] {
        assert!(with_path.contains(&format!("path = \"../../errbook/{path}\"")), "{with_path}");
    }
    fs::rename(folder.path().join("errbook"), folder.path().join("moved")).unwrap();
    set_up(&folder, &["--path", "../moved"]);
    assert!(read(&folder, "repository/errbook.toml").contains("\nruntime = { path = \"../moved/runtime\" }"));
    assert_eq!(read(&folder, "repository/generated/Cargo.toml"), with_path.replace("/errbook/", "/moved/"));
}

#[test]
fn a_workspace_takes_it_in() {
    let folder = folder(&[VIRTUAL, APP]);
    let told = set_up(&folder, &["--path", "../errbook"]);
    assert!(
        told.contains("edited Cargo.toml: member `generate[d]`, excluded `generated/rust`, optimised build scripts"),
        "{told}"
    );
    assert!(told.contains("  cargo build  "), "{told}");
    assert!(read(&folder, VIRTUAL.0).starts_with("[workspace]\nmembers = [\"app\", \"generate[d]\"] # mine\n"));
    assert_eq!(read(&folder, APP.0), APP.1);
}

#[test]
fn a_package_becomes_a_workspace() {
    let package = "[package]\nname = \"client\"\nversion = \"0.0.0\"\n";
    let folder = folder(&[("repository/Cargo.toml", package)]);
    let told = set_up(&folder, &["--path", "../errbook"]);
    // Cargo builds the package alone there, unless it is told otherwise.
    assert!(told.contains("cargo build -p generated"), "{told}");
    assert!(read(&folder, "repository/Cargo.toml").starts_with(&format!("{package}\n[workspace]\n")));
}

#[test]
fn inside_of_a_workspace_its_root_is_edited() {
    let folder = folder(&[VIRTUAL, APP]);
    let output = init_in(&folder.path().join("repository/app"), &["--path", "../../errbook"]);
    assert!(output.status.success() && told(&output).contains("cargo build -p generated"), "{}", told(&output));
    let manifest = read(&folder, VIRTUAL.0);
    assert!(manifest.contains("members = [\"app\", \"app/generate[d]\"]"), "{manifest}");
    assert!(manifest.contains("exclude = [\"app/generated/rust\"]"), "{manifest}");
    assert_eq!(read(&folder, APP.0), APP.1);
    assert!(
        read(&folder, "repository/app/.gitignore").starts_with("/generated/"),
        "`target` is in the workspace's root"
    );
    let again = init_in(&folder.path().join("repository/app"), &[]);
    assert!(told(&again).contains("set up already"), "{}", told(&again));
}

#[test]
fn a_folder_that_a_workspace_excludes_is_one_of_its_own() {
    let outer = "[workspace]\nmembers = []\nexclude = [\"repository\"]\n";
    let folder = folder(&[("Cargo.toml", outer)]);
    set_up(&folder, &["--path", "../errbook"]);
    assert_eq!(read(&folder, "Cargo.toml"), outer);
    assert!(read(&folder, "repository/Cargo.toml").contains("members = [\"generate[d]\"]"));
}

#[test]
fn files_of_the_users_are_never_overwritten() {
    let own = [
        ("repository/catalog/acme.yaml", "errbook: 1 # mine\n"),
        ("repository/catalog/catalog.schema.json", "{}"),
        ("repository/errbook.toml", "# mine\nruntime = { path = \"../errbook/runtime\" }\n"),
        ("repository/generated/Cargo.toml", "[build-dependencies]\nmine = { package = \"errbook-codegen\" }\n"),
        ("repository/generated/build.rs", "// mine\n"),
        ("repository/generated/lib.rs", "// mine\n"),
        ("repository/generated/notes.txt", "mine\n"),
        ("repository/.gitattributes", "* text=auto\r\n/generated/docs/** -linguist-generated"),
        ("repository/.gitignore", "target/\nmine\n"),
    ];
    let folder = folder(&own);
    let told = set_up(&folder, &["--path", "../errbook"]);
    for (path, text) in &own[..7] {
        assert_eq!(read(&folder, path), *text, "{path}");
    }
    assert!(!folder.path().join("repository/catalog/example.yaml").exists(), "there is a catalog");
    assert!(told.contains("kept   generated/Cargo.toml") && told.contains("edited .gitignore: added "), "{told}");
    assert_eq!(
        read(&folder, own[8].0),
        "target/\nmine\n/generated/rust/*/target\n/generated/rust/*/Cargo.lock\n/generated/docs/book\n"
    );
    assert_eq!(
        read(&folder, own[7].0),
        "* text=auto\r\n/generated/docs/** -linguist-generated\r\n\
         /generated/lib.rs text eol=lf linguist-generated=true\r\n\
         /generated/rust/** text eol=lf linguist-generated=true\r\n\
         /generated/typescript/** text eol=lf linguist-generated=true\r\n"
    );
}

#[test]
fn other_folders_can_be_named() {
    let config = "catalogs = \"apis\"\noutput = \"src/api-errors\"\n";
    let folder = folder(&[("repository/errbook.toml", config)]);
    set_up(&folder, &["--path", "../errbook"]);
    assert!(read(&folder, "repository/apis/example.yaml").starts_with("# yaml-language-server"));
    assert!(read(&folder, "repository/src/api-errors/Cargo.toml").contains("name = \"api-errors\""));
    assert!(read(&folder, "repository/src/api-errors/Cargo.toml").contains("\"../../../errbook/runtime\""));
    assert!(read(&folder, "repository/src/api-errors/build.rs").contains("Path::new(\"../..\")"));
    assert!(read(&folder, "repository/Cargo.toml").contains("members = [\"src/api-error[s]\"]"));
    assert!(read(&folder, "repository/.gitignore").contains("/src/api-errors/docs/book\n"));
    assert_eq!(
        read(&folder, "repository/errbook.toml"),
        format!("{config}runtime = {{ path = \"../errbook/runtime\" }}\n")
    );
}

#[test]
fn a_generated_folder_of_another_program_is_left_alone() {
    let manifest = [("repository/generated/Cargo.toml", "[package]\nname = \"generated\"\n")];
    refused(&folder(&manifest), &[], &["`generated` is not errbook's", "output = \"errors\""]);
    let files = [("repository/generated/schema.ts", ""), ("repository/generated/a/b", "")];
    refused(&folder(&files), &[], &["`generated` is not errbook's: there is `a`, `schema.ts` in it"]);
    refused(&folder(&[("repository/generated", "")]), &[], &["generated/Cargo.toml"]);
    refused(
        &folder(&[("repository/.gitignore", "generated/ # made\n/generated/\n")]),
        &[],
        &["the line `/generated/`"],
    );

    // What errbook itself left there is no obstacle.
    let own = [
        ("repository/generated/lib.rs", "// @generated by errbook from catalog; edit that instead.\n"),
        ("repository/generated/rust/x-errors/notes.txt", "mine"),
    ];
    set_up(&folder(&own), &["--path", "../errbook"]);
}

#[test]
fn a_workspace_that_cannot_take_it_in_is_left_alone() {
    let other = ("repository/other/Cargo.toml", "[package]\nname = \"generated\"\n");
    let glob = ("repository/Cargo.toml", "[workspace]\nmembers = [\"o*\"]\n");
    refused(&folder(&[glob, other]), &[], &["has a package `generated` already", "other/Cargo.toml"]);
    let excluded = ("repository/Cargo.toml", "[workspace]\nexclude = [\"generated\"]\n");
    refused(&folder(&[excluded]), &[], &["excludes `generated`"]);
    let pointer = ("repository/Cargo.toml", "[package]\nname = \"x\"\nworkspace = \"../elsewhere\"\n");
    refused(&folder(&[pointer]), &[], &["member of the workspace in `../elsewhere`"]);
    refused(&folder(&[("repository/Cargo.toml", "[workspace\n")]), &[], &["Cargo.toml is no TOML", "line 1"]);
    refused(&folder(&[("repository/Cargo.toml", "workspace = 1\n")]), &[], &["`workspace` is no table"]);
}

#[test]
fn every_obstacle_is_told_at_once() {
    let files = [
        ("repository/catalog", "a file"),
        ("repository/generated/x", ""),
        ("repository/Cargo.toml", "[workspace]\nmembers = 1\n"),
    ];
    refused(&folder(&files), &[], &["catalog", "`generated` is not errbook's", "`workspace.members` is no list"]);
}

#[test]
fn mistakes_in_the_configuration_are_shown() {
    let folder = folder(&[("repository/errbook.toml", "outputs = \"x\"\n")]);
    refused(&folder, &[], &["error[unknown-key]", "errbook.toml:1:1", "did you mean `output`?"]);
    for command in [&["check"][..], &["generate"], &["decode", "acme"], &["explain", "acme"], &["new", "acme"]] {
        let here = folder.path().join("repository");
        let output = Command::new(env!("CARGO_BIN_EXE_errbook")).args(command).current_dir(here).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert!(told(&output).contains("errbook.toml:1:1"), "{command:?}: {}", told(&output));
    }
    let here = folder.path().join("repository");
    let json = ["check", "--format", "json"];
    let output = Command::new(env!("CARGO_BIN_EXE_errbook")).args(json).current_dir(here).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found[0]["rule"], &found[0]["line"]), (&"unknown-key".into(), &1.into()), "{found}");
}

#[test]
fn a_path_that_is_no_checkout_is_refused() {
    refused(&folder(&[]), &["--path", "../nowhere"], &["../nowhere is no checkout of errbook"]);
    refused(&folder(&[]), &["--path", "."], &["there is no package `errbook` in ./runtime"]);
    let newer = ("errbook/Cargo.toml", "[workspace.package]\nversion = \"9.0.0\"\n");
    refused(
        &folder(&[newer]),
        &["--path", "../errbook"],
        &["is errbook 9.0.0", "cargo install --path ../errbook/codegen"],
    );
}

#[test]
fn a_checkout_inside_of_the_repository_stays_out_of_the_workspace() {
    let folder = folder(&[]);
    let told = init_in(folder.path(), &["--path", "errbook"]);
    assert!(told.status.success(), "{}", self::told(&told));
    assert!(read(&folder, "Cargo.toml").contains("exclude = [\"generated/rust\", \"errbook\"]"));
    assert!(read(&folder, "errbook.toml").contains("path = \"errbook/runtime\""));
}

#[test]
fn wrong_usage_has_its_own_exit_status() {
    for arguments in [&["--pth", "x"][..], &["a", "b"], &["--path"]] {
        assert_eq!(init(&folder(&[]), arguments).status.code(), Some(2), "{arguments:?}");
    }
    refused(&folder(&[("repository/file", "")]), &["file"], &["file: not a directory"]);
}

/// What cannot be written is found before anything is.
#[test]
#[cfg(unix)]
fn a_link_to_nowhere_is_found_first() {
    let folder = folder(&[VIRTUAL, APP]);
    let link = folder.path().join("repository/generated");
    std::os::unix::fs::symlink("nowhere", &link).unwrap();
    refused(&folder, &["--path", "../errbook"], &["cannot write", "generated/Cargo.toml", "generated/build.rs"]);
    fs::remove_file(link).unwrap();
    let told = set_up(&folder, &["--path", "../errbook"]);
    assert!(told.contains("wrote  generated/Cargo.toml"), "{told}");
}

/// A run that was cut off is carried on by another one.
#[test]
fn an_interrupted_run_is_carried_on() {
    let folder = folder(&[VIRTUAL, APP]);
    set_up(&folder, &["--path", "../errbook"]);
    fs::remove_file(folder.path().join("repository/generated/build.rs")).unwrap();
    write(folder.path(), VIRTUAL.0, VIRTUAL.1);
    let told = set_up(&folder, &["--path", "../errbook"]);
    assert!(told.contains("kept   errbook.toml") && told.contains("wrote  generated/build.rs"), "{told}");
    assert!(told.contains("edited Cargo.toml"), "{told}");
}

/// Whoever may not write is told so; the administrator may.
#[test]
#[cfg(unix)]
fn a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[]);
    let repository = folder.path().join("repository");
    fs::set_permissions(&repository, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write = fs::write(repository.join("probe"), "").is_ok();
    let output = init(&folder, &[]);
    assert_eq!(output.status.code(), Some(if may_write { 0 } else { 1 }), "{}", told(&output));
    assert!(may_write || told(&output).contains("errbook.toml: Permission denied"), "{}", told(&output));
    fs::set_permissions(&repository, fs::Permissions::from_mode(0o755)).unwrap();
}

/// New files can be read by whoever reads others; an edited one keeps its permissions, a link stays a link.
#[test]
#[cfg(unix)]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("repository/real.toml", "[workspace]\n")]);
    let repository = folder.path().join("repository");
    let mode = |path: &str| fs::metadata(repository.join(path)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(repository.join("real.toml"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.toml", repository.join("Cargo.toml")).unwrap();
    fs::write(repository.join("probe"), "").unwrap();
    set_up(&folder, &[]);
    assert_eq!((mode("errbook.toml"), mode("real.toml")), (mode("probe"), 0o640));
    assert!(fs::symlink_metadata(repository.join("Cargo.toml")).unwrap().is_symlink());
    assert!(read(&folder, "repository/real.toml").contains("generate[d]"));
}
