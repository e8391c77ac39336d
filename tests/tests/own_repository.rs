//! errbook in somebody else's repository, outside of this one: set up, built, and used from Rust and from Node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::readme::{commands, section};

/// A repository that depends on this checkout.
struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The versions are those of this workspace, all of which are on the disk.
    fn pin(&self) {
        fs::copy(tests::workspace().join("Cargo.lock"), self.root.join("Cargo.lock")).unwrap();
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, command: Command) -> String {
        run_in(&self.root, command)
    }

    /// The workspace's target folder: what the generator depends on is compiled there already.
    fn cargo(&self, arguments: &[&str]) -> String {
        self.run(cargo(arguments))
    }

    fn errbook(&self, arguments: &[&str]) -> String {
        let mut errbook = tests::errbook();
        errbook.args(arguments);
        self.run(errbook)
    }

    /// Runs a module that can import the packages of the repository.
    fn node(&self, module: &str) -> String {
        let mut node = Command::new("node");
        node.args(["--input-type=module", "--eval", module]);
        self.run(node)
    }

    /// A build with nothing to do compiles nothing and runs no build script.
    fn assert_settled(&self) {
        let log = self.cargo(&["build"]);
        assert!(!log.contains("Compiling"), "{log}");
        self.errbook(&["generate", "--check"]);
    }
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = tests::cargo();
    let offline = (!arguments.contains(&"new")).then_some("--offline");
    cargo.args(arguments).args(offline).env("CARGO_TARGET_DIR", tests::target()).env("CARGO_TERM_COLOR", "never");
    cargo
}

/// What a command says, on either stream.
fn run_in(folder: &Path, mut command: Command) -> String {
    let output = command.current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{said}");
    said
}

/// What the README tells a newcomer to type, typed: but for the command's installation, which is built already.
fn follow_the_readme(folder: &Path) -> Repository {
    let readme = fs::read_to_string(tests::workspace().join("README.md")).unwrap();
    let mut repository = Repository { root: folder.to_owned() };
    let mut typed = Vec::new();
    for command in commands(section(&readme, "In your own repository")) {
        let mut words: Vec<&str> = command.iter().map(String::as_str).collect();
        typed.push(words[..2].join(" "));
        // The clone that the reader has beside the folder.
        if words.ends_with(&["--path", "errbook"]) {
            *words.last_mut().unwrap() = tests::workspace().to_str().unwrap();
        }
        match words.as_slice() {
            ["cargo", "install", ..] => {}
            ["errbook", arguments @ ..] => drop(repository.errbook(arguments)),
            ["cargo", arguments @ ..] => drop(repository.cargo(arguments)),
            ["rm", file] => fs::remove_file(repository.root.join(file)).unwrap(),
            ["cd", folder] => {
                repository.root.push(folder);
                repository.pin();
            }
            other => panic!("{other:?} is no command that this test knows"),
        }
    }
    let expected = [
        "cargo install",
        "errbook init",
        "cd acme",
        "errbook new",
        "rm catalog/example.yaml",
        "cargo build",
        "cargo new",
        "cargo add",
    ];
    assert_eq!(typed, expected);
    repository
}

const CLIENT: &str = r##"
use generated::acme::errbook::http::Response;
use generated::acme::{Error, ErrorCode, Verdict};

fn main() {
    let respond = |status: u16, code: &str| {
        let body = format!(r#"{{ "error": {{ "code": "{code}", "message": "From the server" }} }}"#);
        Error::from(Response::builder().status(status).header("x-request-id", "r1").body(body).unwrap())
    };
    let revoked = respond(401, "INVALID_KEY");
    assert_eq!((revoked.code(), revoked.retry()), (Some(ErrorCode::InvalidKey), Verdict::Never));
    assert_eq!(revoked.request_id().as_deref(), Some("r1"));
    assert_eq!(revoked.remediation().as_deref(), Some("Check the key, or create a new one."));
    let new = respond(500, "NEVER_HEARD_OF");
    assert_eq!((new.code(), new.retry()), (None, Verdict::Retry));
    println!("{} codes", ErrorCode::ALL.len());
}
"##;

#[test]
fn an_empty_folder_as_the_readme_says() {
    let folder = tempfile::tempdir().unwrap();
    let repository = follow_the_readme(folder.path());
    assert_eq!(repository.root, folder.path().join("acme"));

    repository.write("client/src/main.rs", CLIENT);
    assert!(repository.cargo(&["run", "--package", "client"]).contains("2 codes"));
    repository.assert_settled();
    assert!(repository.read("generated/docs/src/SUMMARY.md").contains("acme/invalid-key.md"));
    assert!(!repository.root.join("generated/docs/src/example").exists());
    repository.errbook(&["explain", "acme", "INVALID_KEY"]);

    let mut npm = Command::new("npm");
    npm.args(["install", "--offline", "--no-audit", "--no-fund", "./generated/typescript/acme-errors"]);
    repository.run(npm);
    let printed = repository.node(
        r#"
        import { AcmeError } from "acme-errors";
        import "acme-errors/texts";
        const body = JSON.stringify({ error: { code: "INVALID_KEY", message: "From the server" } });
        const error = await AcmeError.fromResponse(new Response(body, { status: 401 }));
        console.log(error.is("INVALID_KEY"), error.retry, error.remediation);
        "#,
    );
    assert_eq!(printed, "true never Check the key, or create a new one.\n");

    // Each crate is a package of its own that depends on the runtime where the checkout has it.
    let alone = Repository { root: repository.root.join("generated/rust/acme-errors") };
    alone.pin();
    alone.cargo(&["check"]);
    let tree = alone.cargo(&["tree", "--edges", "normal,build", "--prefix", "none"]);
    assert!(tree.contains("errbook v") && !tree.contains("errbook-codegen"), "{tree}");
}

const WORKSPACE: &str = "# The workspace of a shop.
[workspace]
resolver = \"2\"
members = [
    \"till\", # counts
]

[workspace.package]
edition = \"2021\"
";

const TILL: &str = r##"
use errors::shop::errbook::http::Response;
use errors::shop::{Details, Error};

fn main() {
    let body = r#"{ "error": "SOLD_OUT", "left": 0 }"#;
    let error = Error::from(Response::builder().status(409).body(body).unwrap());
    match error.details() {
        Details::SoldOut(details) => assert_eq!(details.left, Some(0)),
        other => panic!("{other:?}"),
    }
    println!("{:?}", error.action());
}
"##;

const SHOP: &str = r#"errbook: 1
api: { id: shop, title: Shop, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-20 } } }
responses: [{ code: /error }]
retry: { repeat: undocumented }
errors:
  - code: SOLD_OUT
    status: 409
    when: Nothing is left.
    fix: Order something else.
    action: fix_request
    retry: { when: There is more of it. }
    fields: { left: { in: /left, type: integer, about: How many are left. } }
"#;

/// Another folder for each thing, in a workspace that is there already.
#[test]
fn a_workspace_with_folders_of_its_own_choice() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository { root: folder.path().to_owned() };
    repository.write("Cargo.toml", WORKSPACE);
    repository.write("till/Cargo.toml", "[package]\nname = \"till\"\nversion = \"0.0.0\"\nedition.workspace = true\n\n[dependencies]\nerrors = { path = \"../errors\" }\n");
    repository.write("till/src/main.rs", TILL);
    repository.write("errbook.toml", "catalogs = \"apis\"\noutput = \"errors\"\n");
    repository.write("apis/shop.yaml", SHOP);
    repository.errbook(&["init", "--path", tests::workspace().to_str().unwrap()]);
    let list = WORKSPACE.split("]\n\n").next().unwrap();
    assert!(repository.read("Cargo.toml").starts_with(&format!("{list}    \"error[s]\",\n]\n")));

    repository.pin();
    assert!(repository.cargo(&["run", "--package", "till"]).contains("Some(FixRequest)"));
    repository.assert_settled();
    assert!(repository.read("errors/lib.rs").starts_with("// @generated by errbook from apis; "));
    assert!(repository.read("errors/docs/src/shop/sold-out.md").contains("from apis/shop.yaml"));
    assert!(repository.read("errors/typescript/shop-errors/package.json").contains("from apis/shop.yaml"));
    let decoded = repository.errbook(&["decode", "shop", "--status", "409"]);
    assert!(decoded.contains("\"outcome\": \"no_code\""), "{decoded}");
    configuration_counts(&repository);
}

/// An edit of `errbook.toml` is in the outputs after one build, and a mistake in it stops the build with its place.
fn configuration_counts(repository: &Repository) {
    let config = repository.read("errbook.toml");
    let absolute = tests::workspace().join("runtime");
    let edited = format!("catalogs = \"apis\"\noutput = \"errors\"\nruntime.path = {absolute:?}\n");
    let build = |config: &str| {
        repository.write("errbook.toml", config);
        let output = cargo(&["build"]).current_dir(&repository.root).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (built, log) = build(&edited);
    assert!(built, "{log}");
    assert!(repository.read("errors/rust/shop-errors/Cargo.toml").contains(&format!("path = {absolute:?}")));

    let (built, log) = build("catalogs = \"apis\"\noutput = \"../errors\"\n");
    assert!(!built && log.contains("errbook.toml:2:10") && log.contains("leaves the repository"), "{log}");
    let (built, log) = build("catalogs = \"apis\"\noutput = \"elsewhere\"\n");
    assert!(!built && log.contains("move the package to `elsewhere`"), "{log}");
    assert!(!repository.root.join("elsewhere").exists());

    let (built, log) = build(&config);
    assert!(built, "{log}");
    repository.assert_settled();
}

/// This repository is one that `init` would set up.
#[test]
fn this_repository_is_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository { root: folder.path().to_owned() };
    for file in [
        ".gitattributes",
        ".gitignore",
        "Cargo.toml",
        "catalog/catalog.schema.json",
        "catalog/vivix.yaml",
        "errbook.toml",
        "generated/Cargo.toml",
        "generated/build.rs",
        "generated/lib.rs",
    ] {
        repository.write(file, &fs::read_to_string(tests::workspace().join(file)).unwrap());
    }
    let said = repository.errbook(&["init"]);
    assert!(said.contains("set up already"), "{said}");
}
