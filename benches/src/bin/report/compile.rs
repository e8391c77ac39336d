//! What the compiler takes for a generated crate, above what it takes for an empty one.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::Result;
use crate::cost::{Contender, Cost, in_turns};
use crate::project::{Project, cargo, errbook, workspace};
use crate::table::{markdown, seconds};

const SIZES: [usize; 2] = [1_000, 10_000];
const COMMANDS: [&[&str]; 2] = [&["check"], &["build", "--release"]];
const ROUNDS: usize = 3;
const EMPTY: &str = "empty";

pub(crate) fn report() -> Result<String> {
    let mut out = String::new();
    for size in SIZES {
        let crates = Crates::new(size)?;
        for command in COMMANDS {
            let names = crates.names.iter().map(String::as_str);
            // The first compiles what all of them depend on.
            crates.compile(command, EMPTY)?;
            let contenders = names.map(|name| Contender::new(name, || crates.compile(command, name))).collect();
            let costs = in_turns(contenders, ROUNDS)?;
            let _ = writeln!(out, "`cargo {}`, {size} codes\n\n{}", command.join(" "), table(&costs));
        }
    }
    Ok(out)
}

/// The costs above those of the empty crate.
fn table(costs: &[(String, Cost)]) -> String {
    let empty = costs.iter().find(|(name, _)| name == EMPTY).map_or(0.0, |(_, cost)| cost.cpu);
    let above = |cost: &Cost| (cost.cpu - empty).max(0.001);
    let ours = costs.iter().find(|(name, _)| name == "errbook").map_or(1.0, |(_, cost)| above(cost));
    let row = |(name, cost): &(String, Cost)| {
        let (seconds, ratio) = (seconds(above(cost)), format!("{:.1}", above(cost) / ours));
        vec![name.clone(), seconds, ratio, format!("{:.0}", cost.peak)]
    };
    let rows: Vec<_> = costs.iter().filter(|(name, _)| name != EMPTY).map(row).collect();
    markdown(&["crate", "seconds of the processor", "times errbook's", "peak MB"], &rows)
}

/// A workspace with a crate for each contender.
struct Crates {
    folder: TempDir,
    names: Vec<String>,
}

impl Crates {
    fn new(count: usize) -> Result<Self> {
        let mut crates = Self { folder: tempfile::tempdir()?, names: Vec::new() };
        let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";
        fs::write(crates.root().join("Cargo.toml"), manifest)?;
        fs::copy(workspace().join("Cargo.lock"), crates.root().join("Cargo.lock"))?;
        crates.add(EMPTY, "")?;
        crates.add_errbook(count)?;
        crates.add("enum", &plain(count))?;
        crates.add("serde", &serde(count))?;
        #[cfg(feature = "typify")]
        crates.add("typify", &crate::peer::rust(&crate::peer::schema(count)?)?)?;
        Ok(crates)
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn add(&mut self, name: &str, code: &str) -> Result<()> {
        let folder = self.root().join("crates").join(name);
        fs::create_dir_all(folder.join("src"))?;
        let runtime = workspace().join("runtime");
        let manifest = format!(
            "[package]\nname = \"contender-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             errbook.path = {runtime:?}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/lib.rs"), code)?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// The crate as it is generated, but for its manifest.
    fn add_errbook(&mut self, count: usize) -> Result<()> {
        let project = Project::new(count)?;
        project.run(&errbook()?, &["generate"])?;
        self.add("errbook", "")?;
        let (from, to) = (project.root().join("generated/rust/big-errors"), self.root().join("crates/errbook"));
        fs::copy(from.join("README.md"), to.join("README.md"))?;
        for entry in fs::read_dir(from.join("src"))? {
            let entry = entry?;
            fs::copy(entry.path(), to.join("src").join(entry.file_name()))?;
        }
        Ok(())
    }

    fn compile(&self, command: &[&str], name: &str) -> Result<Cost> {
        let code = self.root().join("crates").join(name).join("src/lib.rs");
        fs::File::options().append(true).open(code)?.set_modified(SystemTime::now())?;
        Cost::of(cargo().args(command).args(["--package", &format!("contender-{name}")]).current_dir(self.root()))
    }
}

/// The floor: an enum with its documentation, and nothing else.
fn plain(count: usize) -> String {
    let mut out = String::from("#[derive(Clone, Copy, PartialEq, Eq, Hash)]\npub enum ErrorCode {\n");
    for index in 0..count {
        let _ = writeln!(out, "/// `{}`\nE{index},", benches::code(index));
    }
    out + "}\n"
}

/// What people write.
fn serde(count: usize) -> String {
    let mut out = String::from(
        "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]\npub enum ErrorCode {\n",
    );
    for index in 0..count {
        let code = benches::code(index);
        let _ = writeln!(out, "/// `{code}`\n#[serde(rename = \"{code}\")]\nE{index},");
    }
    out + "}\n"
}
