//! The Rust engine, the TypeScript engine and the command make the same of any response by any catalog.
//!
//! Catalogs and responses are random, from a seed that is always the same: `ERRBOOK_AGREEMENT=SEED,CATALOGS` tries others. A disagreement found is
//! kept as a vector of `tests/cases/decode`.

#[path = "agreement/catalogs.rs"]
mod catalogs;
#[path = "agreement/responses.rs"]
mod responses;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use bumpalo::Bump;
use errbook_codegen::project::{Loaded, load, outputs};
use errbook_codegen::report::{Report, without_empty};
use errbook_codegen::tables;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::Serialize;
use serde_json::{Map, Value, json};
use tests::vector::Vector;

use responses::Response;

const NOW: &str = "2026-01-15T12:00:00Z";
const RESPONSES: usize = 60;

/// A seed, and how many catalogs that pass their check are tried.
fn extent() -> (u8, usize) {
    let given = std::env::var("ERRBOOK_AGREEMENT").ok();
    let parse = |text: &str| {
        let (seed, catalogs) = text.split_once(',')?;
        Some((seed.parse().ok()?, catalogs.parse().ok()?))
    };
    given.map_or((1, 40), |text| parse(&text).expect("ERRBOOK_AGREEMENT is SEED,CATALOGS"))
}

#[test]
fn all_three_agree() {
    let (seed, count) = extent();
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let mut sample = |strategy: &dyn Fn(&mut TestRunner) -> Case| strategy(&mut runner);
    let root = tests::target().join("agreement");
    let _ = fs::remove_dir_all(&root);
    let mut kept = 0;
    let mut refused = 0;
    while kept < count {
        let case = sample(&|runner| Case::new(runner));
        let folder = root.join(format!("{kept}"));
        match case.write(&folder) {
            true => {
                kept += 1;
                if kept % 10 == 0 {
                    case.ask_the_command(&folder);
                }
            }
            false => refused += 1,
        }
        assert!(refused < count * 60, "too few random catalogs pass their check");
    }
    ask_typescript(&root);
}

/// A catalog and responses to decode by it.
struct Case {
    catalog: String,
    responses: Vec<Response>,
}

impl Case {
    fn new(runner: &mut TestRunner) -> Self {
        let catalog = catalogs::catalog().new_tree(runner).expect("a catalog").current();
        let response = responses::response();
        let responses = (0..RESPONSES).map(|_| response.new_tree(runner).expect("a response").current()).collect();
        Self { catalog, responses }
    }

    /// Writes the catalog, its npm package, and the responses with what Rust makes of them; `false` where the catalog is refused.
    fn write(&self, folder: &Path) -> bool {
        fs::create_dir_all(folder.join("catalog")).unwrap();
        let file = folder.join("catalog/random.yaml");
        fs::write(&file, &self.catalog).unwrap();
        let Loaded { catalogs: Some(catalogs), .. } = load(folder, &[&file]) else { return false };
        let package = outputs(&catalogs).into_iter().filter(|output| output.path.starts_with("typescript/"));
        for output in package {
            let path = folder.join(&output.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, output.text).unwrap();
        }
        let bump = Bump::new();
        let api = tables::build(&bump, &catalogs[0]);
        let vectors: Vec<Recorded> = self
            .responses
            .iter()
            .enumerate()
            .map(|(number, response)| {
                let mut vector = response.vector(&format!("{} of {}", number, folder.display()));
                let parsed: Vector = serde_json::from_value(vector.clone()).unwrap();
                let expect =
                    Report::decode(&api, parsed.status, &parsed.header_map(), &parsed.bytes(), parsed.instant());
                vector.as_object_mut().unwrap().remove("expect");
                Recorded { vector, expect }
            })
            .collect();
        fs::write(folder.join("vectors.json"), serde_json::to_string_pretty(&vectors).unwrap()).unwrap();
        true
    }

    /// A few of the responses: each takes a process.
    fn ask_the_command(&self, folder: &Path) {
        let text = fs::read_to_string(folder.join("vectors.json")).unwrap();
        let vectors: Vec<Vector> = serde_json::from_str(&text).unwrap();
        for vector in vectors.iter().step_by(4) {
            let mut command = tests::errbook();
            command.current_dir(folder).args(["decode", "random", "--now", NOW, "--body", "-"]);
            if let Some(status) = vector.status {
                command.args(["--status", &status.to_string()]);
            }
            for (name, value) in &vector.header_map() {
                command.arg("--header").arg(format!("{name}: {}", value.to_str().unwrap()));
            }
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(&vector.bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            let report: Map<String, Value> = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(
                without_empty(report),
                without_empty(vector.expect.clone()),
                "{} by\n{}",
                vector.name,
                self.catalog
            );
        }
    }
}

/// A vector whose numbers keep all their digits.
#[derive(Serialize)]
struct Recorded {
    #[serde(flatten)]
    vector: Value,
    expect: Report,
}

impl Response {
    fn vector(&self, name: &str) -> Value {
        let mut vector = json!({ "name": name, "headers": self.headers, "now": NOW, "expect": {} });
        if let Some(status) = self.status {
            vector["status"] = json!(status);
        }
        match std::str::from_utf8(&self.body) {
            Ok(text) => vector["body"] = json!(text),
            Err(_) => vector["body_base64"] = json!(tests::vector::to_base64(&self.body)),
        }
        vector
    }
}

/// One process for all of them; it fails with the first that differs.
fn ask_typescript(root: &Path) {
    let script = tests::workspace().join("tests/typescript/build/agreement.js");
    assert!(script.exists(), "{} is there after `npm test` in tests/typescript", script.display());
    let output = Command::new("node").arg(script).arg(root).output().expect("node runs");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
