//! The corpus of the fuzz targets, through what these run.

use std::fs;
use std::path::PathBuf;

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(tests::workspace().join(folder)).unwrap();
    let files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty(), "{folder}");
    files
}

#[test]
fn responses() {
    for file in files("fuzz/corpus/decode") {
        tests::fuzz::decode(&fs::read(file).unwrap());
    }
}

#[test]
fn catalogs() {
    for file in ["fuzz/corpus/catalog", "tests/cases/diagnostics", "tests/cases/emit"].into_iter().flat_map(files) {
        tests::fuzz::catalog(&String::from_utf8_lossy(&fs::read(file).unwrap()));
    }
}
