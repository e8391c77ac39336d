//! What the targets of `fuzz/` do with an input. The tests run its corpus through the same functions.

use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, UNIX_EPOCH};

use bumpalo::Bump;
use errbook::__private::{Api, View, decode as decode_with};
use errbook::Verdict;
use errbook::http::{HeaderMap, HeaderName, HeaderValue};
use errbook_codegen::diagnostic::{self, Diagnostics, Style};
use errbook_codegen::model::lower;
use errbook_codegen::project::{self, Project};
use errbook_codegen::report::Report;
use errbook_codegen::source::{self, Document, Files};
use errbook_codegen::{check, tables};

/// Decodes any response with the tables of one catalog: nothing panics, hangs or contradicts itself.
///
/// The input is a catalog's number, the high and the low byte of a status (0 for none), and then lines of headers, an empty line, and the body.
pub fn decode(data: &[u8]) {
    let [number, high, low, rest @ ..] = data else { return };
    let api = &apis()[usize::from(*number) % apis().len()];
    let status = match u16::from_be_bytes([high % 4, *low]) {
        0 => None,
        status => Some(status),
    };
    let (headers, body) = split(rest);
    let decoded = decode_with(api, status, &headers, body);
    let view = View { api, headers: &headers, body, decoded: &decoded };
    let now = UNIX_EPOCH + Duration::from_secs(1_768_478_400);
    for one in std::iter::once(view).chain(view.others()) {
        let told = one.told_delay(now);
        assert!(told.is_none() || matches!(one.retry(), Verdict::Retry | Verdict::Conditional));
        assert_eq!(one.delay(3, now).is_some(), told.is_some() || one.retry() == Verdict::Retry);
        assert!(told != Some(Duration::ZERO));
    }
    let _ = Report::of(&view, now);
}

/// Reads any text as a catalog, checks it and, where it passes, plans and emits it; what is wrong with it can be shown in every form.
pub fn catalog(text: &str) {
    let (mut files, mut diagnostics) = (Files::default(), Diagnostics::default());
    let file = files.add("catalog/demo.yaml", text.to_owned());
    let root = source::parse(&files, file, &mut diagnostics);
    let documents: Vec<Document> = root.map(|root| Document { file, root }).into_iter().collect();
    let catalogs = lower::lower(&documents, &mut diagnostics);
    match check::run(catalogs, &files, &mut diagnostics) {
        Ok(catalogs) => {
            assert!(!diagnostics.has_errors());
            let outputs = project::outputs(&catalogs);
            assert!(outputs.iter().all(|output| output.text.ends_with('\n')));
        }
        Err(refused) => {
            assert!(diagnostics.has_errors());
            // What stands in for the code of a catalog that a macro refuses.
            refused.into_iter().take(1).for_each(|catalog| drop(project::outputs(&check::stub(catalog))));
        }
    }
    let _ = diagnostic::human(&diagnostics, &files, Style::Plain);
    let _ = diagnostic::json(&diagnostics, &files);
    let _ = diagnostic::sarif(&diagnostics, &files);
    let _ = diagnostic::github(&diagnostics, &files);
}

fn apis() -> &'static [Api<'static>] {
    static APIS: OnceLock<Vec<Api<'static>>> = OnceLock::new();
    APIS.get_or_init(|| {
        // Whichever package compiles it.
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the repository");
        let projects = [root.to_owned(), root.join("tests/cases/decode")].map(Project::at);
        let checked = |project: Project| project.load().catalogs.expect("the catalogs pass their check");
        let catalogs = projects.map(|project| checked(project.expect("no mistakes in errbook.toml")));
        let catalogs: &'static [_] = Box::leak(Box::new(catalogs));
        let bump: &'static Bump = Box::leak(Box::new(Bump::new()));
        catalogs.iter().flat_map(|all| all.iter()).map(|catalog| tables::build(bump, catalog)).collect()
    })
}

/// Headers, one a line, and what stands behind the first empty line.
fn split(data: &[u8]) -> (HeaderMap, &[u8]) {
    let mut headers = HeaderMap::new();
    let mut rest = data;
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        let (line, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if line.is_empty() {
            break;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else { continue };
        let (name, value) = (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(&line[colon + 1..]));
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    (headers, rest)
}
