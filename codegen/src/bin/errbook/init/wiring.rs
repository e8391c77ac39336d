//! What the manifest of a workspace needs so that it builds the generated code.

use std::path::Path;

use glob::{MatchOptions, Pattern};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value, value};

/// What is wired in. Paths start at the workspace's root, and have forward slashes.
pub(super) struct Wiring<'a> {
    /// The package that compiles the generated code.
    pub(super) package: &'a str,
    /// The folder of the catalogs, which is no package.
    pub(super) catalogs: &'a str,
    /// An errbook with a workspace of its own inside of this one.
    pub(super) checkout: Option<&'a str>,
}

const ABOUT_EXCLUDE: &str = "# The generated crates are complete packages of their own. The package that compiles them as modules is a member by a
# pattern: all below a member that is named outright counts for Cargo as in the workspace, whatever is excluded.
";
const ABOUT_PROFILE: &str = "\n# Build scripts run the generator: unoptimised, it is many times slower.\n";

impl Wiring<'_> {
    /// Adds what is missing, and says in a few words what that was.
    pub(super) fn apply(&self, document: &mut DocumentMut) -> Result<Vec<String>, String> {
        let mut done = Vec::new();
        let workspace = document.entry("workspace").or_insert_with(|| Item::Table(Table::new()));
        let workspace = workspace.as_table_like_mut().ok_or("`workspace` is no table")?;
        let crates = format!("{}/rust", self.package);
        let members = list(workspace, "members")?;
        if !texts(members).any(|member| covers(member, self.package)) {
            let member = pattern(self.package);
            done.push(format!("member `{member}`"));
            append(members, &member);
        }
        // Cargo takes every folder that a pattern takes in for a package.
        let catalogs = texts(members).any(|member| covers(member, self.catalogs)).then_some(self.catalogs);
        let had_exclude = workspace.contains_key("exclude");
        for folder in [Some(crates.as_str()), catalogs, self.checkout].into_iter().flatten() {
            let excluded = list(workspace, "exclude")?;
            if !texts(excluded).any(|path| is_excluded(path, folder)) {
                done.push(format!("excluded `{folder}`"));
                append(excluded, folder);
            }
        }
        // A comment needs a line of its own.
        if !had_exclude {
            explain_exclude(document);
        }
        if optimise(document)? {
            done.push("optimised build scripts".to_owned());
        }
        Ok(done)
    }
}

fn explain_exclude(document: &mut DocumentMut) {
    let workspace = document.get_mut("workspace").and_then(Item::as_table_mut).filter(|table| !table.is_dotted());
    if let Some(mut key) = workspace.and_then(|table| table.key_mut("exclude")) {
        key.leaf_decor_mut().set_prefix(ABOUT_EXCLUDE);
    }
}

/// Sets `profile.dev.build-override.opt-level`, where nothing is said about it.
fn optimise(document: &mut DocumentMut) -> Result<bool, String> {
    let mut item = document.as_item_mut();
    for (key, path) in
        [("profile", "profile"), ("dev", "profile.dev"), ("build-override", "profile.dev.build-override")]
    {
        let table = item.as_table_like_mut().ok_or("the parents of `profile.dev` are no tables")?;
        if !table.contains_key(key) {
            table.insert(key, Item::Table(implicit(key == "build-override")));
        }
        item = table.get_mut(key).filter(|item| item.is_table_like()).ok_or_else(|| format!("`{path}` is no table"))?;
    }
    let table = item.as_table_like_mut().ok_or("`profile.dev.build-override` is no table")?;
    if table.contains_key("opt-level") {
        return Ok(false);
    }
    table.insert("opt-level", value(2));
    Ok(true)
}

/// A table that shows a header of its own only if it is the last of a path.
fn implicit(last: bool) -> Table {
    let mut table = Table::new();
    table.set_implicit(!last);
    if last {
        table.decor_mut().set_prefix(ABOUT_PROFILE);
    }
    table
}

/// The list under a key, which is made where it is not there.
fn list<'t>(table: &'t mut dyn TableLike, key: &str) -> Result<&'t mut Array, String> {
    let list = table.entry(key).or_insert(value(Array::new())).as_array_mut();
    list.ok_or_else(|| format!("`workspace.{key}` is no list"))
}

fn texts(list: &Array) -> impl Iterator<Item = &str> {
    list.iter().filter_map(Value::as_str)
}

/// Whether an entry of `members` takes in a folder.
pub(super) fn covers(member: &str, folder: &str) -> bool {
    let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
    let member = tidy(member);
    member == folder || Pattern::new(member).is_ok_and(|pattern| pattern.matches_with(folder, options))
}

/// Whether an entry of `exclude` takes out a folder.
pub(super) fn is_excluded(path: &str, folder: &str) -> bool {
    Path::new(folder).starts_with(tidy(path))
}

fn tidy(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path).trim_end_matches('/')
}

/// A pattern that takes in one folder.
fn pattern(folder: &str) -> String {
    match folder.char_indices().next_back() {
        Some((at, last)) => format!("{}[{last}]", &folder[..at]),
        None => String::new(),
    }
}

/// Adds a text to a list in the way in which its other entries stand there; comments stay beside what they are about.
fn append(list: &mut Array, text: &str) {
    let Some(last) = list.len().checked_sub(1) else { return list.push(text) };
    let raw = |raw: Option<&toml_edit::RawString>| raw.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
    let decor = |list: &Array| list.get(last).map(|value| (raw(value.decor().prefix()), raw(value.decor().suffix())));
    let (prefix, suffix) = decor(list).unwrap_or_default();
    let Some((_, indent)) = prefix.rsplit_once('\n') else { return list.push(text) };
    // What stands between the last entry and the bracket: a comment on its line, then the line of the bracket.
    let mut between = raw(Some(list.trailing()));
    if !list.trailing_comma() {
        between.insert_str(0, &suffix);
        if let Some(last) = list.get_mut(last) {
            last.decor_mut().set_suffix("");
        }
    }
    let (comment, end) = between.split_at(between.rfind('\n').unwrap_or_default());
    list.push_formatted(Value::from(text).decorated(format!("{comment}\n{indent}"), ""));
    list.set_trailing(end);
}

#[cfg(test)]
mod tests;
