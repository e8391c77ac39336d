//! `errbook init`.
//!
//! Invariants: every obstacle is found before the first file is written; what people wrote is never replaced, and edited only where
//! it has to be; the manifest of a workspace comes last, so that an interrupted run leaves it sound.

mod checkout;
mod document;
mod git;
mod package;
mod settings;
mod step;
mod wiring;
mod workspace;

use std::io;
use std::path::{Path, PathBuf};

use checkout::Checkout;
use errbook_codegen::config::Config;
use step::Step;
use workspace::Workspace;

use crate::arguments::Init;
use crate::{Failure, output};

/// Where a repository is set up, and with what.
struct Site {
    root: PathBuf,
    /// What holds once the repository is set up.
    config: Config,
    /// What `errbook.toml` says until then.
    before: Config,
    /// The errbook that packages depend on; `None` for the published one.
    checkout: Option<Checkout>,
    /// Whether the checkout was named now, and has to be the one from now on.
    repoint: bool,
}

impl Site {
    /// Looks at a folder, which need not be there yet.
    fn look(folder: &Path, path: Option<&Path>) -> Result<Self, Failure> {
        let cannot = |error| Failure::Because(format!("{}: {error}", folder.display()));
        let root = std::path::absolute(folder).and_then(|folder| resolve(&folder)).map_err(cannot)?;
        let before = Config::read(&root)?;
        let mut config = before.clone();
        let checkout = match path {
            Some(path) => Some(Checkout::open(path, &root).map_err(Failure::Because)?),
            None => Checkout::of(&before, &root),
        };
        if let (Some(_), Some(checkout)) = (path, &checkout) {
            config.runtime = Some(checkout.folder("runtime"));
        }
        Ok(Self { root, config, before, checkout, repoint: path.is_some() })
    }

    /// Every file of the repository in the order in which they are written, or all that is in the way.
    fn steps(&self, workspace: &Workspace) -> Result<Vec<Step>, Failure> {
        let looked = [
            settings::config(self),
            settings::example(self),
            settings::schema(self),
            package::manifest(self),
            package::build_script(self),
            package::library(self),
            git::ignored(self, workspace),
            git::attributes(self),
            workspace.step(self),
        ];
        let mut steps = Vec::new();
        let mut problems = Vec::new();
        for step in looked {
            match step {
                Ok(step) => steps.extend(step),
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(steps.iter().filter_map(Step::obstacle));
        if problems.is_empty() { Ok(steps) } else { Err(Failure::Because(problems.join("\n"))) }
    }
}

pub(crate) fn run(arguments: &Init) -> Result<(), Failure> {
    let site = Site::look(&arguments.folder, arguments.path.as_deref())?;
    let workspace = Workspace::find(&site).map_err(Failure::Because)?;
    let steps = site.steps(&workspace)?;
    let mut told = String::new();
    for step in &steps {
        let done = step.carry_out().map_err(|problem| Failure::Because(interrupted(&told, &problem)))?;
        told.push_str(&format!("  {}\n", step.tell(done, &site.root)));
    }
    let here = match arguments.folder.to_str() {
        Some(".") => "this folder".to_owned(),
        _ => arguments.folder.display().to_string(),
    };
    if steps.iter().all(Step::keeps) {
        output::note(&format!("{here} is set up already; nothing was changed\n{}", told.trim_end()));
        return Ok(());
    }
    output::note(&format!("set up {here}\n{}", told.trim_end()));
    let place = if here == "this folder" { String::new() } else { format!(", in {here}") };
    output::note(&format!("next{place}:\n{}", next(&site, &workspace, &steps)));
    Ok(())
}

/// What to do now, in the words of a shell.
fn next(site: &Site, workspace: &Workspace, steps: &[Step]) -> String {
    let name = package::name(&site.config);
    let build =
        if workspace.builds_all(&site.root) { "cargo build".to_owned() } else { format!("cargo build -p {name}") };
    let Config { catalogs, output, .. } = &site.config;
    let example = steps.iter().any(|step| step.creates(&settings::example_path(site)));
    let example = if example { format!("; delete {catalogs}/{}.yaml then", settings::EXAMPLE) } else { String::new() };
    let width = build.len().max("errbook new acme".len());
    format!(
        "  {build:width$}  # the crates, the npm packages and the docs, in {output}/\n  \
         {:width$}  # begin the catalog of an API{example}\n\
         Code of the workspace uses them through the package `{name}`.",
        "errbook new acme"
    )
}

/// Why a run stopped, and what it had done until then.
fn interrupted(told: &str, problem: &str) -> String {
    if told.is_empty() {
        return problem.to_owned();
    }
    format!("{problem}\nUntil then this was done; `errbook init` carries on from there:\n{}", told.trim_end())
}

/// The one path of a folder, of which the end need not be there yet.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match (path.canonicalize(), path.parent(), path.file_name()) {
        (Err(error), Some(parent), Some(name)) if error.kind() == io::ErrorKind::NotFound => {
            Ok(resolve(parent)?.join(name))
        }
        (Ok(path), ..) if !path.is_dir() => Err(io::Error::from(io::ErrorKind::NotADirectory)),
        (resolved, ..) => resolved,
    }
}
