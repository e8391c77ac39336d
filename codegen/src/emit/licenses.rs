//! The texts of the licences, which every copy of a package has to carry.

use super::marker;
use super::package::license;
use crate::output::Output;
use crate::plan::ApiPlan;

/// A licence whose text errbook has. It names no holder: a catalog does not tell who that is.
struct License {
    /// SPDX identifier.
    id: &'static str,
    /// Name of the file in a package.
    file: &'static str,
    text: &'static str,
}

const LICENSES: [License; 2] = [
    License { id: "MIT", file: "LICENSE-MIT", text: include_str!("licenses/MIT.txt") },
    License { id: "Apache-2.0", file: "LICENSE-APACHE", text: include_str!("licenses/Apache-2.0.txt") },
];

/// What holds for the engine inside the npm packages, whatever the licence of a catalog is.
const ENGINE: &str = include_str!("licenses/engine.txt");

/// The texts of the licences that a catalog names. The texts of others are put into the folder by hand: the manifests take in every `LICENSE*`.
pub(super) fn files(api: &ApiPlan<'_>, folder: &str) -> Vec<Output> {
    let marker = marker(&format!("the licence of {}", api.source()));
    let output = |license: &License| Output {
        path: format!("{folder}/{}", license.file),
        text: format!("{marker}\n\n{}", license.text),
    };
    named(license(api.catalog)).map(output).collect()
}

/// The licence of the engine, for a package that holds a copy of it.
pub(super) fn engine(folder: &str) -> Output {
    Output { path: format!("{folder}/LICENSE-MIT"), text: format!("{}\n\n{ENGINE}", marker("errbook's own licence")) }
}

/// The licences that an SPDX expression names, of those whose text is here.
fn named(expression: &str) -> impl Iterator<Item = &'static License> {
    LICENSES.iter().filter(|license| expression.split([' ', '(', ')']).any(|word| word == license.id))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{ENGINE, LICENSES, named};

    fn files(expression: &str) -> Vec<&'static str> {
        named(expression).map(|license| license.file).collect()
    }

    #[test]
    fn every_licence_that_is_named_has_its_text() {
        assert_eq!(files("MIT OR Apache-2.0"), ["LICENSE-MIT", "LICENSE-APACHE"]);
        assert_eq!(files("(Apache-2.0 WITH LLVM-exception) AND BSD-3-Clause"), ["LICENSE-APACHE"]);
        assert_eq!(files("MIT-0"), [""; 0]);
    }

    /// The package of this crate has no files of the folders above, so the texts are copies.
    #[test]
    fn the_texts_are_those_of_errbook() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |name| std::fs::read_to_string(root.join(name)).unwrap();
        assert_eq!(ENGINE, read("LICENSE-MIT"));
        assert_eq!(LICENSES[1].text, read("LICENSE-APACHE"));
        let paragraphs = ENGINE.split("\n\n").filter(|paragraph| !paragraph.starts_with("Copyright"));
        assert_eq!(LICENSES[0].text, paragraphs.collect::<Vec<_>>().join("\n\n"));
    }
}
