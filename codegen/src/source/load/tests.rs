use super::*;
use crate::source::Kind;

/// Writes the files, loads `paths` below their folder, and gives the shown paths of the documents and `path: rule` of
/// each report.
fn run(contents: &[(&str, &[u8])], paths: &[&str]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in contents {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let mut files = Files::relative_to(folder.path());
    let mut diagnostics = Diagnostics::default();
    let paths: Vec<_> = paths.iter().map(|path| folder.path().join(path)).collect();
    let documents = load(&paths, &mut files, &mut diagnostics);
    let loaded = documents.iter().map(|document| files.path(document.file).to_owned()).collect();
    let found = diagnostics.iter().map(|found| format!("{}: {}", files.path(found.span.unwrap().file), found.rule));
    (loaded, found.collect())
}

const NOTHING: [&str; 0] = [];

#[test]
fn reads_folders_and_files_in_order() {
    let contents: [(&str, &[u8]); 7] = [
        ("c/b.yaml", b"b: 1"),
        ("c/a.yaml", b"a: 1"),
        ("c/README.md", b"[["),
        ("c/catalog.schema.json", b"[["),
        ("c/.#b.yaml", b"[["),
        ("c/below/d.yaml", b"[["),
        ("b.yaml", b"b: 2"),
    ];
    let (loaded, found) = run(&contents, &["c/b.yaml", "c", "b.yaml", "c/./a.yaml", "c"]);
    assert_eq!(loaded, ["b.yaml", "c/a.yaml", "c/b.yaml"]);
    assert_eq!(found, NOTHING);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let contents: [(&str, &[u8]); 6] = [
        ("c/a.yaml", b"a: ["),
        ("c/b.yaml", b"b: 1"),
        ("c/c.yaml", b"c: \xff\n"),
        ("c/d.yaml", b""),
        ("c/e.yml", b"e: 1"),
        ("c/f.YAML", b"e: 1"),
    ];
    let (loaded, found) = run(&contents, &["c", "gone", "c/gone.yaml"]);
    assert_eq!(loaded, ["c/b.yaml"]);
    assert_eq!(
        found,
        [
            "c/e.yml: file-name",
            "c/f.YAML: file-name",
            "gone: unreadable",
            "c/gone.yaml: unreadable",
            "c/c.yaml: not-utf8",
            "c/a.yaml: syntax",
            "c/d.yaml: empty-file",
        ]
    );
}

#[test]
fn refuses_what_is_no_catalog() {
    let (_, found) = run(&[("c/README.md", b""), ("c/x.txt", b"a: 1"), ("d/y.yaml/z", b"")], &["c", "c/x.txt", "d"]);
    assert_eq!(found, ["c: no-catalogs", "c/x.txt: file-name", "d/y.yaml: unreadable"]);
}

#[test]
fn accepts_a_byte_order_mark_and_carriage_returns() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n").unwrap();
    let mut files = Files::default();
    let mut diagnostics = Diagnostics::default();
    let documents = load(&[path], &mut files, &mut diagnostics);
    assert!(diagnostics.is_empty());
    let Kind::Mapping(entries) = &documents[0].root.kind else { panic!("a mapping") };
    assert_eq!(entries[0].0.text(), Some("a"));
    assert_eq!(entries[1].1.text(), Some("x\ny\n"));
}

#[test]
fn the_place_that_is_not_utf8_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    fs::write(&path, b"a: 1\nb: caf\xe9 x\xff\n").unwrap();
    let mut files = Files::default();
    let mut diagnostics = Diagnostics::default();
    load(&[path], &mut files, &mut diagnostics);
    let span = diagnostics.iter().next().unwrap().span.unwrap();
    assert_eq!(files.position(span.file, span.start).column, 7);
    assert_eq!(&files.text(span.file)[span.range()], "\u{fffd}");
}

#[test]
fn refuses_a_huge_file_without_reading_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.yaml");
    // A file of holes: large without taking room.
    File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
    let mut files = Files::default();
    let mut diagnostics = Diagnostics::default();
    assert!(load(&[path], &mut files, &mut diagnostics).is_empty());
    assert_eq!(diagnostics.iter().next().unwrap().rule, "file-too-large");
}
