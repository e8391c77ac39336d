//! `errbook check`.

use errbook_codegen::check::RULES;
use errbook_codegen::config::FILE;
use errbook_codegen::diagnostic::{Style, github, human, json, sarif};
use errbook_codegen::project::{Loaded, Project, load};

use crate::arguments::{Check, Format};
use crate::{Failure, output};

pub(crate) fn run(arguments: &Check) -> Result<(), Failure> {
    if arguments.rules {
        return rules();
    }
    let loaded = if arguments.paths.is_empty() { all()? } else { load(&here()?, &arguments.paths) };
    show(&loaded, arguments.format)?;
    match loaded.catalogs {
        Some(catalogs) => {
            let errors: usize = catalogs.iter().map(|catalog| catalog.errors.len()).sum();
            output::note(&format!("{} and {}, no mistakes", count(catalogs.len(), "catalog"), count(errors, "error")));
            Ok(())
        }
        None => Err(Failure::Told),
    }
}

/// The catalogs of this repository. Mistakes in its configuration are shown as theirs are.
fn all() -> Result<Loaded, Failure> {
    match project() {
        Ok(project) => Ok(project.load()),
        Err(Failure::Misconfigured(mistakes)) => Ok(mistakes.into()),
        Err(failure) => Err(failure),
    }
}

/// People read mistakes on standard error; programs read them on standard output.
fn show(loaded: &Loaded, format: Format) -> Result<(), Failure> {
    let (diagnostics, files) = (&loaded.diagnostics, &loaded.files);
    match format {
        Format::Human => {
            output::diagnostics(loaded);
            Ok(())
        }
        Format::Json => output::text(&json(diagnostics, files)),
        Format::Sarif => output::text(&sarif(diagnostics, files)),
        Format::Github => {
            output::text(&github(diagnostics, files))?;
            let summary = human(diagnostics, files, Style::Plain);
            let summary = summary.lines().last().and_then(|line| line.strip_prefix("errbook: "));
            if let Some(summary) = summary {
                output::note(summary);
            }
            Ok(())
        }
    }
}

fn rules() -> Result<(), Failure> {
    let mut out = String::new();
    for rule in RULES {
        out.push_str(&format!("{}\n    {}\n    {}\n", rule.name, rule.about, rule.why));
        for (title, sample) in [("Wrong", rule.wrong), ("Right", rule.right)] {
            if !sample.is_empty() {
                let indented: String =
                    sample.trim_matches('\n').lines().map(|line| format!("        {line}\n")).collect();
                out.push_str(&format!("\n    {title}:\n{indented}"));
            }
        }
        out.push('\n');
    }
    output::text(&out)
}

/// The project of the current folder.
pub(crate) fn project() -> Result<Project, Failure> {
    let here = here()?;
    Project::find(&here)?.ok_or_else(|| {
        let here = here.display();
        Failure::Because(format!(
            "there is no `{FILE}` and no folder `catalog` in {here} or above it; `errbook init` sets up a repository"
        ))
    })
}

pub(crate) fn here() -> Result<std::path::PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::Because(format!("the current folder: {error}")))
}

/// `1 file`, `2 files`.
pub(crate) fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
