//! How large the TypeScript is that a program loads, and how long a lookup takes: what `typescript/measure.mjs` prints.

use std::process::Command;

use crate::Result;
use crate::project::{Project, errbook, workspace};

const SIZES: [usize; 3] = [24, 1_000, 10_000];

pub(crate) fn report() -> Result<String> {
    let errbook = errbook()?;
    let mut projects = Vec::new();
    for size in SIZES {
        let project = Project::new(size)?;
        project.run(&errbook, &["generate"])?;
        // All that the catalog says, for comparison.
        let catalog: serde_json::Value = serde_yaml::from_str(&benches::catalog(size))?;
        std::fs::write(project.root().join("catalog.json"), catalog.to_string())?;
        projects.push(project);
    }
    let packages = projects.iter().map(|project| project.root().join("generated/typescript/big-errors"));
    let output =
        Command::new("node").arg(workspace().join("benches/typescript/measure.mjs")).args(packages).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
