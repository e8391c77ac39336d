use super::*;
use crate::init::document::Source;

fn wired_with(text: &str, wiring: &Wiring<'_>) -> Result<String, String> {
    let mut source = Source::parse(text.to_owned()).unwrap();
    let done = wiring.apply(&mut source.document)?;
    let text = source.changed();
    assert_eq!(done.is_empty(), text.is_none(), "{done:?}");
    let text = text.unwrap_or(source.text);
    let mut again = Source::parse(text.clone()).unwrap();
    assert_eq!(wiring.apply(&mut again.document).unwrap(), [] as [&str; 0], "a second time nothing is missing");
    assert_eq!(again.changed(), None);
    Ok(text)
}

fn wired(text: &str) -> String {
    wired_with(text, &Wiring { package: "generated", catalogs: "catalog", checkout: None }).unwrap()
}

#[test]
fn a_package_becomes_the_root_of_a_workspace() {
    let before = "# my package\n[package]\nname   = \"mine\" # as it is\n\n[dependencies]\nserde = '1'\n";
    let after = wired(before);
    assert!(after.starts_with(before), "{after}");
    insta::assert_snapshot!(&after[before.len()..], @r#"

    [workspace]
    members = ["generate[d]"]
    # The generated crates are complete packages of their own. The package that compiles them as modules is a member by a
    # pattern: all below a member that is named outright counts for Cargo as in the workspace, whatever is excluded.
    exclude = ["generated/rust"]

    # Build scripts run the generator: unoptimised, it is many times slower.
    [profile.dev.build-override]
    opt-level = 2
    "#);
}

#[test]
fn comments_of_a_list_stay_where_they_are() {
    insta::assert_snapshot!(wired(r#"
[workspace] # all of it
members = [
    # the programs
    "app", # the first
    "tool", # the second
    # no more
]
exclude = [ "old",
            "older" ] # both
resolver = "2"

[workspace.package] # shared
edition = "2024"

[profile.dev]
debug = 1 # lines
build-override.opt-level = 3
"#), @r#"

    [workspace] # all of it
    members = [
        # the programs
        "app", # the first
        "tool", # the second
        # no more
        "generate[d]",
    ]
    exclude = [ "old",
                "older",
                "generated/rust" ] # both
    resolver = "2"

    [workspace.package] # shared
    edition = "2024"

    [profile.dev]
    debug = 1 # lines
    build-override.opt-level = 3
    "#);
}

#[test]
fn lists_grow_in_their_own_way() {
    let list = |members: &str| {
        let after = wired(&format!("[workspace]\nmembers = {members}\nexclude = ['generated/rust']\n"));
        after.split_once("members = ").unwrap().1.split_once("\nexclude").unwrap().0.to_owned()
    };
    assert_eq!(list("[]"), r#"["generate[d]"]"#);
    assert_eq!(list("['a']"), r#"['a', "generate[d]"]"#);
    assert_eq!(list("[ 'a', 'b', ]"), r#"[ 'a', 'b', "generate[d]", ]"#);
    assert_eq!(list("[\n\t'a'\n]"), "[\n\t'a',\n\t\"generate[d]\"\n]");
    assert_eq!(list("[\n  'a' # last\n]"), "[\n  'a', # last\n  \"generate[d]\"\n]");
    assert_eq!(list("[\n  'a' # last\n  ,\n]"), "[\n  'a' # last\n  ,\n  \"generate[d]\",\n]");
}

#[test]
fn what_is_there_is_enough() {
    for text in [
        "workspace = { members = ['generated'], exclude = ['generated/rust'] }\nprofile.dev.build-override.opt-level = 1\n",
        "[workspace]\nmembers = ['./generated/']\nexclude = ['./generated/rust/']\n[profile.dev.build-override]\nopt-level = 0\n",
        "[workspace]\nmembers = ['gen*']\nexclude = ['generated']\n[profile.dev]\nbuild-override = { opt-level = 's' }\n",
    ] {
        assert_eq!(wired(text), text);
    }
    // `*` is one folder, in Cargo as here.
    assert!(wired("[workspace]\nmembers = ['gen/*', 'generated/*']\n").contains("generate[d]"));
    assert!(
        wired_with("[workspace]\nmembers = ['*']\n", &Wiring { package: "a/b", catalogs: "a/catalog", checkout: None })
            .unwrap()
            .contains("a/[b]")
    );
}

#[test]
fn a_folder_of_catalogs_is_no_package() {
    let after = wired("[workspace]\nmembers = ['*']\n");
    assert!(after.contains("members = ['*']\n"), "{after}");
    assert!(after.contains(r#"exclude = ["generated/rust", "catalog"]"#), "{after}");
    assert!(!wired("[workspace]\nmembers = ['*s/*']\n").contains(r#""catalog""#));
}

#[test]
fn every_way_of_writing_tables_is_edited() {
    for (text, wanted) in [
        ("workspace = {}\n", r#"workspace = { members = ["generate[d]"], exclude = ["generated/rust"] }"#),
        (
            "workspace.members = ['a']\n",
            "workspace.members = ['a', \"generate[d]\"]\nworkspace.exclude = [\"generated/rust\"]\n",
        ),
        (
            "[workspace]\n[profile.dev]\ndebug = 1\n",
            "[profile.dev]\ndebug = 1\n\n# Build scripts run the generator: unoptimised, it is many times slower.\n[profile.dev.build-override]\nopt-level = 2\n",
        ),
        (
            "[workspace]\n[profile.release]\nlto = true\n[profile.dev.package.x]\nopt-level = 1\n",
            "[profile.dev.build-override]\nopt-level = 2\n",
        ),
        (
            "[workspace]\n[profile.dev.build-override]\ncodegen-units = 4\n",
            "[profile.dev.build-override]\ncodegen-units = 4\nopt-level = 2\n",
        ),
        ("[workspace]\n[profile]\ndev = { debug = 1 }\n", "dev = { debug = 1 , build-override = { opt-level = 2 } }"),
    ] {
        let after = wired(text);
        assert!(after.contains(wanted), "{after}");
    }
}

#[test]
fn a_checkout_in_the_workspace_is_excluded() {
    let wiring = Wiring { package: "api/generated", catalogs: "api/catalog", checkout: Some("vendor/errbook") };
    let after = wired_with("[workspace]\nmembers = []\n", &wiring).unwrap();
    assert!(after.contains(r#"members = ["api/generate[d]"]"#), "{after}");
    assert!(after.contains(r#"exclude = ["api/generated/rust", "vendor/errbook"]"#), "{after}");
    let above = "[workspace]\nmembers = []\nexclude = ['vendor']\n";
    assert!(wired_with(above, &wiring).unwrap().contains("exclude = ['vendor', \"api/generated/rust\"]"));
}

#[test]
fn line_ends_and_marks_stay() {
    let before = "\u{feff}[workspace]\r\nmembers = [\r\n  'a',\r\n]\r\n";
    let after = wired(before);
    assert!(
        after.starts_with("\u{feff}[workspace]\r\nmembers = [\r\n  'a',\r\n  \"generate[d]\",\r\n]\r\n"),
        "{after:?}"
    );
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
}

#[test]
fn what_cannot_be_edited_is_said() {
    let wiring = Wiring { package: "generated", catalogs: "catalog", checkout: None };
    for (text, wanted) in [
        ("workspace = 1\n", "`workspace` is no table"),
        ("[workspace]\nmembers = 'a'\n", "`workspace.members` is no list"),
        ("[workspace]\nexclude = {}\n", "`workspace.exclude` is no list"),
        ("[workspace]\n[profile]\ndev = 1\n", "`profile.dev` is no table"),
    ] {
        assert_eq!(wired_with(text, &wiring), Err(wanted.to_owned()));
    }
}
