//! A catalog's tables, and responses to decode with them.

use std::path::Path;

use bumpalo::Bump;
use errbook::__private::Api;
use errbook::Verdict;
use errbook::http::HeaderMap;
use errbook_codegen::{project, tables};

use crate::catalog;

/// How many responses a sample has: enough that no branch is predicted by heart.
pub const CASES: usize = 64;

/// A response, and what it has to be decoded to.
pub struct Case {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The code in the body.
    pub code: String,
    /// What the catalog says of the code.
    pub verdict: Verdict,
}

/// The tables of a catalog of some size, and responses from all over it.
pub struct Sample {
    /// What errbook decodes with. Made from the catalog as the command makes them; those in generated code are the same, as constants.
    pub api: &'static Api<'static>,
    /// The verdict of each error, for contenders that know of none.
    pub verdicts: Vec<Verdict>,
    /// The responses.
    pub cases: Vec<Case>,
}

impl Sample {
    /// The sample of a catalog of `count` errors. Its tables are never freed.
    ///
    /// # Panics
    ///
    /// If the catalog has mistakes, which it has not.
    pub fn new(count: usize) -> Self {
        let api = api(&catalog::catalog(count));
        let verdicts: Vec<Verdict> =
            (0..count).map(|index| errbook::__private::Entry::new(api, index).retry()).collect();
        let case = |index: usize| {
            let (status, body) = catalog::response(index);
            let headers = HeaderMap::new();
            Case { status, headers, body: body.into(), code: catalog::code(index), verdict: verdicts[index] }
        };
        let cases = (0..CASES).map(|number| case(number * count / CASES)).collect();
        Self { api, verdicts, cases }
    }
}

/// The tables of a catalog.
fn api(yaml: &str) -> &'static Api<'static> {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let path = folder.path().join("big.yaml");
    std::fs::write(&path, yaml).expect("the catalog can be written");
    let loaded = project::load(Path::new(folder.path()), &[&path]);
    let catalogs = Box::leak(Box::new(loaded.catalogs.expect("the catalog has no mistakes")));
    Box::leak(Box::new(tables::build(Box::leak(Box::new(Bump::new())), &catalogs[0])))
}
