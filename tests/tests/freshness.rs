//! What is committed is what the catalogs, the format and the tools make.

use std::process::Stdio;

#[test]
fn the_generated_files_are_fresh() {
    let output = tests::errbook().args(["generate", "--check"]).current_dir(tests::workspace()).output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_catalogs_have_neither_mistakes_nor_warnings() {
    let output = tests::errbook().args(["check", "--format", "json"]).current_dir(tests::workspace()).output().unwrap();
    assert_eq!(
        serde_json::from_slice::<Vec<serde_json::Value>>(&output.stdout).unwrap(),
        Vec::<serde_json::Value>::new()
    );
    assert!(output.status.success());
}

#[test]
fn the_schema_is_fresh() {
    let output = tests::errbook().arg("schema").stdout(Stdio::piped()).output().unwrap();
    let path = tests::workspace().join("catalog/catalog.schema.json");
    let committed = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        committed,
        String::from_utf8(output.stdout).unwrap(),
        "run `errbook schema > catalog/catalog.schema.json`"
    );
}
