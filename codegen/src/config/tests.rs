use super::*;
use crate::diagnostic::{Style, human};

/// What a repository with this `errbook.toml` is, or what is shown of its mistakes.
fn read(text: &str) -> Result<Config, String> {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join(FILE), text).unwrap();
    Config::read(root.path()).map_err(|mistakes| human(&mistakes.diagnostics, &mistakes.files, Style::Plain))
}

fn config(catalogs: &str, output: &str, runtime: Option<&str>) -> Config {
    Config { catalogs: catalogs.to_owned(), output: output.to_owned(), runtime: runtime.map(str::to_owned) }
}

#[test]
fn defaults_need_no_file() {
    let root = tempfile::tempdir().unwrap();
    assert_eq!(Config::read(root.path()).unwrap(), config("catalog", "generated", None));
    assert_eq!(read(""), Ok(Config::default()));
    assert_eq!(read("# nothing but words\r\n"), Ok(Config::default()));
}

#[test]
fn reads_what_is_written() {
    assert_eq!(
        read("catalogs = './apis/'\noutput = \"src/errors\"\nruntime.path = \"../errbook/runtime/\"\n"),
        Ok(config("apis", "src/errors", Some("../errbook/runtime")))
    );
    assert_eq!(
        read("[runtime]\npath = '/opt/errbook/runtime'\n"),
        Ok(config("catalog", "generated", Some("/opt/errbook/runtime")))
    );
    assert_eq!(read("catalogs = '.errbook'"), Ok(config(".errbook", "generated", None)));
}

#[test]
fn shows_every_mistake_with_its_place() {
    let shown = read("catalog = \"apis\"\noutput = \"../out\"\nruntime = { pat = \"x\", branch = 1 }\n").unwrap_err();
    insta::assert_snapshot!(shown, @r#"
    error[unknown-key]: unknown key `catalog`
     --> errbook.toml:1:1
      |
    1 | catalog = "apis"
      | ^^^^^^^ not a key of errbook.toml
      |
    help: did you mean `catalogs`?
      |
    1 | catalogs = "apis"
      |        +

    error[value]: `output` leaves the repository
     --> errbook.toml:2:10
      |
    2 | output = "../out"
      |          ^^^^^^^^
      |
      = help: write the name of a folder in this repository, as in `output = "generated"`

    error[unknown-key]: unknown key `pat`
     --> errbook.toml:3:13
      |
    3 | runtime = { pat = "x", branch = 1 }
      |             ^^^ not a key of `runtime`
      |
    help: did you mean `path`?
      |
    3 | runtime = { path = "x", branch = 1 }
      |                +

    error[unknown-key]: unknown key `branch`
     --> errbook.toml:3:24
      |
    3 | runtime = { pat = "x", branch = 1 }
      |                        ^^^^^^ not a key of `runtime`
      |
      = help: the keys are path

    errbook: 4 errors in 1 file
    "#);
}

#[test]
fn refuses_folders_that_are_none_of_the_repository() {
    for (written, why) in [
        ("/etc", "leaves the repository"),
        ("..", "leaves the repository"),
        ("../x", "leaves the repository"),
        ("a/../../x", "leaves the repository"),
        ("a/..", "leaves the repository"),
        ("C:/x", "leaves the repository"),
        ("C:x", "leaves the repository"),
        ("\\\\server\\x", "leaves the repository"),
        ("", "names no folder"),
        (".", "names no folder"),
        ("./", "names no folder"),
        ("a//b", "names no folder"),
        ("a\\b", "has a character"),
        ("a*", "has a character"),
        ("a\u{7}", "has a character"),
        ("a./b", "ends in `.`"),
        (".git", "Git keeps"),
        ("a/.git/hooks", "Git keeps"),
        ("target", "Cargo keeps"),
        ("Target/errors", "Cargo keeps"),
    ] {
        for key in ["catalogs", "output"] {
            let text = format!("{key} = {}", serde_json::json!(written));
            let shown = read(&text).expect_err(written);
            assert!(shown.contains(&format!("error[value]: `{key}`")) && shown.contains(why), "{shown}");
            assert!(shown.contains(&format!("errbook.toml:1:{}", key.len() + 4)), "{shown}");
        }
    }
}

#[test]
fn refuses_folders_that_are_not_apart() {
    for text in [
        "catalogs = 'a'\noutput = 'a'",
        "catalogs = 'a'\noutput = 'A/b'",
        "catalogs = 'generated/catalog'",
        "output = 'Catalog'",
    ] {
        assert!(read(text).unwrap_err().contains("are not apart"), "{text}");
    }
    assert!(read("catalogs = 'a'\noutput = 'ab'").is_ok());
}

#[test]
fn refuses_what_is_no_configuration() {
    for (text, wanted) in [
        ("catalogs = ", "error[syntax]"),
        ("catalogs = 'a'\ncatalogs = 'b'", "error[syntax]: duplicate key"),
        ("catalogs = 1", "error[wrong-type]: `catalogs` is a text, this is an integer"),
        ("output = ['a']", "error[wrong-type]: `output` is a text, this is an array"),
        ("runtime = '../errbook/runtime'", "error[wrong-type]: `runtime` is a table, this is a text"),
        ("runtime = {}", "error[missing-key]: `runtime` needs the key `path`"),
        ("runtime.path = true", "error[wrong-type]: `path` is a text, this is a boolean"),
        ("runtime.path = ' '", "error[value]: `path`"),
        ("runtime.path = '..\\errbook'", "error[value]: `path`"),
        ("[package]\nname = 'x'", "error[unknown-key]: unknown key `package`"),
    ] {
        let shown = read(text).expect_err(text);
        assert!(shown.contains(wanted) && shown.contains("--> errbook.toml:"), "{shown}");
    }
}

#[test]
fn reports_a_file_that_is_no_text() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join(FILE)).unwrap();
    let mistakes = Config::read(root.path()).unwrap_err();
    assert_eq!(mistakes.diagnostics.iter().next().unwrap().rule, "unreadable");
    std::fs::remove_dir(root.path().join(FILE)).unwrap();
    std::fs::write(root.path().join(FILE), b"output = '\xff'").unwrap();
    assert!(Config::read(root.path()).is_err());
}

#[test]
fn finds_the_runtime_from_a_folder() {
    let of = |runtime, folder| config("catalog", "generated", Some(runtime)).runtime_from(folder);
    assert_eq!(of("runtime", "generated/rust/a-errors").as_deref(), Some("../../../runtime"));
    assert_eq!(of("../errbook/runtime", "generated").as_deref(), Some("../../errbook/runtime"));
    assert_eq!(of("/opt/runtime", "a/b").as_deref(), Some("/opt/runtime"));
    assert_eq!(of("D:/runtime", "a/b").as_deref(), Some("D:/runtime"));
    assert_eq!(Config::default().runtime_from("generated"), None);
}
