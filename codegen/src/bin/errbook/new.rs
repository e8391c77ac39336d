//! `errbook new`.

use std::io::Write;

use errbook_codegen::check::reserved_api_id;
use errbook_codegen::model::is_api_id;
use errbook_codegen::project::Project;

use crate::arguments::New;
use crate::check::here;
use crate::{Failure, output};

const TEMPLATE: &str = include_str!("new.yaml");

pub(crate) fn run(arguments: &New) -> Result<(), Failure> {
    let id = &arguments.id;
    if !is_api_id(id) {
        return Err(Failure::Because(format!(
            "`{id}` cannot name an API's packages: use lower-case letters, digits and single hyphens, a letter first, 50 characters at most"
        )));
    }
    if let Some((message, help)) = reserved_api_id(id) {
        return Err(Failure::Because(format!("{message}: {help}")));
    }
    let here = here()?;
    let project = match Project::find(&here)? {
        Some(project) => project,
        None => Project::at(here)?,
    };
    if arguments.title.as_ref().is_some_and(|title| {
        title.trim().is_empty() || output::visible(title) != *title || title.contains(['\n', '\t'])
    }) {
        return Err(Failure::Because("a title is one line of text that can be seen".to_owned()));
    }
    let title = arguments.title.clone().unwrap_or_else(|| id[..1].to_ascii_uppercase() + &id[1..]);
    let path = project.catalogs.join(format!("{id}.yaml"));
    let because = |error: std::io::Error| Failure::Because(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(&project.catalogs).map_err(because)?;
    // A catalog that is there is never overwritten.
    let mut file = std::fs::File::create_new(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Failure::Because(format!("there is a catalog `{id}` already: edit {}", path.display()))
        }
        _ => because(error),
    })?;
    file.write_all(catalog(id, &title).as_bytes()).map_err(because)?;
    let shown = path.strip_prefix(&project.root).unwrap_or(&path).display().to_string();
    output::note(&format!("wrote {shown}; edit it, then run `errbook check` and `cargo build`"));
    Ok(())
}

/// A small catalog that passes its check.
pub(crate) fn catalog(id: &str, title: &str) -> String {
    TEMPLATE.replace("{id}", id).replace("{today}", &today()).replace("{title}", &quoted(title))
}

/// The day, as catalogs write it.
fn today() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let text = i64::try_from(now).ok().and_then(errbook::Value::instant_text).unwrap_or_default();
    text.chars().take(10).collect()
}

/// A text for YAML: as it is where that is plain, else in quotes.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    if plain { text.trim_end().to_owned() } else { serde_json::json!(text).to_string() }
}
