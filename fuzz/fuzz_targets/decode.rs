//! Any response, decoded with the tables of each catalog: nothing panics, hangs or contradicts itself.
//!
//! The input is a catalog's number, the high and the low byte of a status (0 for none), and then lines of headers, an empty line, and the body.

#![no_main]

use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, UNIX_EPOCH};

use bumpalo::Bump;
use errbook::__private::Api;
use errbook::http::{HeaderMap, HeaderName, HeaderValue};
use errbook::{Verdict, View, decode};
use errbook_codegen::project::Project;
use errbook_codegen::report::Report;
use errbook_codegen::tables;
use libfuzzer_sys::fuzz_target;

fn apis() -> &'static [Api<'static>] {
    static APIS: OnceLock<Vec<Api<'static>>> = OnceLock::new();
    APIS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("it is in the repository");
        let projects = [root.to_owned(), root.join("tests/cases/decode")].map(Project::at);
        let catalogs = projects.map(|project| project.expect("no mistakes in errbook.toml").load().catalogs.expect("the catalogs pass their check"));
        let catalogs: &'static [_] = Box::leak(Box::new(catalogs));
        let bump: &'static Bump = Box::leak(Box::new(Bump::new()));
        catalogs.iter().flat_map(|all| all.iter()).map(|catalog| tables::build(bump, catalog)).collect()
    })
}

fuzz_target!(|data: &[u8]| {
    let [number, high, low, rest @ ..] = data else { return };
    let api = &apis()[usize::from(*number) % apis().len()];
    let status = match u16::from_be_bytes([high % 4, *low]) {
        0 => None,
        status => Some(status),
    };
    let (headers, body) = split(rest);
    let decoded = decode(api, status, &headers, body);
    let view = View { api, headers: &headers, body, decoded: &decoded };
    let now = UNIX_EPOCH + Duration::from_secs(1_768_478_400);
    for one in std::iter::once(view).chain(view.others()) {
        let told = one.told_delay(now);
        assert!(told.is_none() || matches!(one.retry(), Verdict::Retry | Verdict::Conditional));
        assert_eq!(one.delay(3, now).is_some(), told.is_some() || one.retry() == Verdict::Retry);
        assert!(told != Some(Duration::ZERO));
    }
    let _ = Report::of(&view, now);
});

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
