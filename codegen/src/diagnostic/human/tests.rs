use super::super::tests::sample;
use super::*;
use crate::source::characters::is_forbidden;

fn draw(text: &str, found: impl Fn(FileId) -> Diagnostic) -> String {
    let mut files = Files::default();
    let file = files.add("a.yaml", text.to_owned());
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(found(file));
    human(&diagnostics, &files, Style::Plain)
}

#[test]
fn looks_like_rustc() {
    let (found, files) = sample();
    let expected = r#"error[no-input]: nothing to check
 |
 = help: name a catalog

error[unknown-key]: unknown key `staus`
 --> catalog/a.yaml:3:5
  |
3 |     staus: 429
  |     ^^^^^ not a key of an error
  |
help: did you mean `status`?
  |
3 |     status: 429
  |        +

error[duplicate-key]: the key `code` stands twice in this mapping
 --> catalog/a.yaml:4:5
  |
2 |   - code: É
  |     ---- first here
3 |     staus: 429
4 |     code: B
  |     ^^^^ again here
  |
 ::: catalog/b.yaml:1:1
  |
1 | errbook: 1
  | ------- and here
  |
  = help: remove one of the two
  = help: or rename it

warning[old]: old version
 --> catalog/b.yaml:1:10
  |
1 | errbook: 1
  |          ^ this
  |
  = help: write 2

errbook: 3 errors, 1 warning in 2 files
"#;
    assert_eq!(human(&found, &files, Style::Plain), expected);
    assert_eq!(human(&Diagnostics::default(), &files, Style::Plain), "");
}

#[test]
fn styled_text_is_plain_text_with_colours() {
    let (found, files) = sample();
    let styled = human(&found, &files, Style::Styled);
    let mut plain = String::new();
    let mut rest = styled.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain += before;
        rest = after.split_once('m').unwrap().1;
    }
    plain += rest;
    assert_eq!(plain, human(&found, &files, Style::Plain));
    assert_ne!(plain, styled);
}

#[test]
fn nothing_of_the_input_reaches_the_terminal_raw() {
    let evil: String =
        (0..=0x2100).filter_map(char::from_u32).filter(|c| is_forbidden(*c)).chain("\r\n".chars()).collect();
    let text = format!("a{evil}: b{evil}\n{evil}c: d\n");
    let mut files = Files::default();
    let file = files.add(format!("{evil}.yaml"), text.clone());
    for start in (0..text.len() as u32).filter(|start| text.is_char_boundary(*start as usize)) {
        let mut found = Diagnostics::default();
        let (one, all) = (Span::new(file, start, start + 1), Span::new(file, start, text.len() as u32));
        let diagnostic = Diagnostic::error("r", one, &evil).label(&evil).help(&evil).related(all, &evil);
        found.push(diagnostic.replace(one, evil.as_str()));
        found.push(Diagnostic::warning("r", all, &evil).help(&evil));
        let shown = human(&found, &files, Style::Plain);
        assert!(!shown.contains(is_forbidden), "{shown:?}");
        for line in super::super::github(&found, &files).lines() {
            assert!(line.starts_with("::") && !line.contains(is_forbidden), "{line:?}");
        }
        assert!(!super::super::json(&found, &files).contains(is_forbidden));
        assert!(!super::super::sarif(&found, &files).contains(is_forbidden));
    }
}

#[test]
fn a_message_cannot_pretend_to_be_another() {
    let shown = draw("a: 1\n", |file| Diagnostic::error("r", Span::new(file, 0, 1), "x\nerror[y]: z").label("l\nm"));
    assert!(shown.starts_with("error[r]: x␤error[y]: z\n"), "{shown}");
    assert!(shown.contains("^ l␤m\n"), "{shown}");
}

#[test]
fn long_ranges_show_their_first_line() {
    let text: String = (0..50).map(|key| format!("k{key}: 1\n")).collect();
    let shown = draw(&text, |file| Diagnostic::error("r", Span::new(file, 6, text.len() as u32), "m").label("l"));
    assert!(shown.contains("2 | k1: 1\n  | ^^^^^ l\n"), "{shown}");
    assert!(shown.lines().count() < 10, "{shown}");
}

#[test]
fn long_lines_show_their_place_only() {
    let text = format!("a: [{}]\n", "é, ".repeat(100_000));
    let at = text.len() as u32 - 3;
    let shown = draw(&text, |file| Diagnostic::error("r", Span::new(file, at, at + 1), "m").help("h"));
    assert!(shown.contains("--> a.yaml:1:300004\n") && shown.contains("= help: h"), "{shown}");
    assert!(shown.len() < 200);
}

#[test]
fn places_survive_replaced_characters() {
    let shown = draw("\u{feff}a: \u{1b}\u{202e}é: b\r\n", |file| Diagnostic::error("r", Span::new(file, 12, 13), "m"));
    assert!(shown.contains("1 | a: ␛\u{fffd}é: b\n  |       ^\n"), "{shown}");
}

#[test]
fn a_fix_can_insert_and_remove() {
    let insert = draw("a: 1\n", |file| {
        Diagnostic::error("r", Span::new(file, 3, 4), "m")
            .help("put it in quotes")
            .replace(Span::new(file, 3, 4), "\"1\"")
    });
    assert!(insert.contains("help: put it in quotes\n  |\n1 - a: 1\n1 + a: \"1\"\n"), "{insert}");
    let remove = draw("a: 1\nb: 2\n", |file| {
        Diagnostic::error("r", Span::new(file, 5, 6), "m").replace(Span::new(file, 5, 9), "")
    });
    assert!(remove.contains("help: write this\n"), "{remove}");
}

#[test]
fn ends_and_empty_files_can_be_pointed_at() {
    assert!(draw("a:\n", |file| Diagnostic::error("r", Span::new(file, 3, 3), "m")).contains("1 | a:\n  |   ^\n"));
    assert!(draw("a:", |file| Diagnostic::error("r", Span::new(file, 2, 2), "m")).contains("1 | a:\n  |   ^\n"));
    assert!(draw("", |file| Diagnostic::error("r", Span::new(file, 0, 0), "m")).contains("--> a.yaml\n"));
}

#[test]
fn is_quick_on_large_files() {
    let text: String = (0..200_000).map(|key| format!("key_{key}: 1\n")).collect();
    let mut files = Files::default();
    let file = files.add("a.yaml", text);
    let mut found = Diagnostics::default();
    for index in 0..500_u32 {
        found.push(Diagnostic::error("r", Span::new(file, index * 5000, index * 5000 + 3), "m"));
    }
    let start = std::time::Instant::now();
    human(&found, &files, Style::Plain);
    // Unoptimised it takes a tenth of a second; with whole files it would take minutes.
    assert!(start.elapsed().as_secs() < 10);
}

#[test]
fn counts_in_words() {
    let found = |errors, warnings| {
        let error = (0..errors).map(|_| Diagnostic::error("r", None, "m"));
        error.chain((0..warnings).map(|_| Diagnostic::warning("r", Span::new(FileId(0), 0, 0), "m"))).collect()
    };
    assert_eq!(summary(&found(0, 0)), "errbook: nothing found");
    assert_eq!(summary(&found(1, 0)), "errbook: 1 error");
    assert_eq!(summary(&found(2, 1)), "errbook: 2 errors, 1 warning in 1 file");
    assert_eq!(summary(&found(0, 2)), "errbook: 2 warnings in 1 file");
}
