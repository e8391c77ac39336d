//! What Git is told: what to leave out, and what is generated.

use super::Site;
use super::step::{Step, read};
use super::workspace::Workspace;

/// `.gitignore`: what Cargo, npm and mdBook leave behind.
pub(super) fn ignored(site: &Site, workspace: &Workspace) -> Result<Option<Step>, String> {
    let output = &site.config.output;
    let text = read(&site.root.join(".gitignore"))?.unwrap_or_default();
    let all = [output.as_str(), output.rsplit('/').next().unwrap_or_default()];
    if let Some(line) =
        text.lines().map(str::trim).find(|line| all.contains(&line.trim_start_matches("**").trim_matches('/')))
    {
        return Err(format!(
            "`.gitignore` has the line `{line}`, but the package in `{output}` is to be committed: remove it, or name another folder in \
             `errbook.toml`, as in `output = \"errors\"`"
        ));
    }
    let mut wanted = Vec::new();
    if workspace.is_in(&site.root) {
        wanted.push("/target".to_owned());
    }
    wanted.extend(["rust/*/target", "rust/*/Cargo.lock", "docs/book"].map(|path| format!("/{output}/{path}")));
    lines(site, ".gitignore", &wanted, |line| line.trim_matches('/').to_owned())
}

/// `.gitattributes`: generated files have the line ends that errbook wrote, and are not counted as written by people.
pub(super) fn attributes(site: &Site) -> Result<Option<Step>, String> {
    let output = &site.config.output;
    let wanted: Vec<_> = ["lib.rs", "docs/**", "rust/**", "typescript/**"]
        .iter()
        .map(|path| format!("/{output}/{path} text eol=lf linguist-generated=true"))
        .collect();
    lines(site, ".gitattributes", &wanted, |line| {
        line.split_whitespace().next().unwrap_or_default().trim_start_matches('/').to_owned()
    })
}

/// A file with the wanted lines: those are added of which the file has none with the same subject.
fn lines(site: &Site, name: &str, wanted: &[String], subject: impl Fn(&str) -> String) -> Result<Option<Step>, String> {
    let path = site.root.join(name);
    let Some(text) = read(&path)? else {
        return Ok(Some(Step::create(path, wanted.join("\n") + "\n")));
    };
    let there: Vec<String> = text.lines().map(|line| subject(line.trim())).collect();
    let missing: Vec<&str> = wanted.iter().map(String::as_str).filter(|line| !there.contains(&subject(line))).collect();
    if missing.is_empty() {
        return Ok(Some(Step::keep(path)));
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { line_break };
    let added: String = missing.iter().map(|line| format!("{line}{line_break}")).collect();
    let what = format!("added {}", missing.iter().map(|line| format!("`{line}`")).collect::<Vec<_>>().join(", "));
    Ok(Some(Step::edit(path, format!("{text}{gap}{added}"), what)))
}
