//! `errbook generate`.

use errbook_codegen::write::Mode;

use crate::arguments::Generate;
use crate::check::{count, project};
use crate::{Failure, output};

pub(crate) fn run(arguments: &Generate) -> Result<(), Failure> {
    let project = project()?;
    let loaded = project.load();
    output::diagnostics(&loaded);
    let catalogs = loaded.catalogs.ok_or(Failure::Told)?;
    let mode = if arguments.check { Mode::Check } else { Mode::Write { modified: None } };
    let report = project.write(&catalogs, mode).map_err(|error| Failure::Because(error.to_string()))?;
    if !arguments.check {
        let (written, removed, unchanged) = (report.written.len(), report.removed.len(), report.unchanged);
        output::note(&format!(
            "{}: {written} written, {removed} removed, {unchanged} unchanged",
            count(catalogs.len(), "catalog")
        ));
        return Ok(());
    }
    if report.is_fresh() {
        output::note(&format!("{} up to date", count(report.unchanged, "generated file")));
        return Ok(());
    }
    let shown = project.output.strip_prefix(&project.root).unwrap_or(&project.output).display().to_string();
    let mut lines = String::new();
    for (word, paths) in [("stale", &report.stale), ("missing", &report.missing), ("left over", &report.extra)] {
        lines.extend(paths.iter().map(|path| format!("{word}: {shown}/{path}\n")));
    }
    output::text(&lines)?;
    let all = report.stale.len() + report.missing.len() + report.extra.len();
    Err(Failure::Because(format!(
        "{} not as the catalogs say; run `errbook generate` or `cargo build`",
        count(all, "file")
    )))
}
