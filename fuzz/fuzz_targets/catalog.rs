//! Any text as a catalog: it is read, checked and, where it passes, planned and emitted; what is wrong with it can be shown in every form.

#![no_main]

use errbook_codegen::diagnostic::{self, Diagnostics, Style};
use errbook_codegen::model::lower;
use errbook_codegen::source::{self, Document, Files};
use errbook_codegen::{check, project};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
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
});
