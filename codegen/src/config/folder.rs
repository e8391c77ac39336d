//! Names of folders in a repository.

/// A folder below the root as it was written, without `./` before it and `/` behind; or why it is none.
pub(super) fn below_root(written: &str) -> Result<String, &'static str> {
    if is_absolute(written) {
        return Err("leaves the repository");
    }
    let folder = written.strip_prefix("./").unwrap_or(written).trim_end_matches('/');
    let mistake = folder.split('/').find_map(|name| match name {
        ".." => Some("leaves the repository"),
        "" | "." => Some("names no folder below the repository's root"),
        ".git" => Some("is where Git keeps its own files"),
        _ if name.contains(is_unusual) => Some("has a character that some systems do not take in a name"),
        _ if name.ends_with(['.', ' ']) => Some("has a name that ends in `.` or a space"),
        _ => None,
    });
    let mistake = mistake.or(is_within(folder, "target").then_some("is where Cargo keeps what it builds"));
    mistake.map_or_else(|| Ok(folder.to_owned()), Err)
}

/// Whether a path begins at the root of a file system, of whatever system.
pub(super) fn is_absolute(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    path.starts_with(['/', '\\']) || drive
}

/// Whether a folder is another one, or is inside of it, where upper and lower case may be the same.
pub(super) fn is_within(folder: &str, other: &str) -> bool {
    let (folder, other) = (folder.to_lowercase(), other.to_lowercase());
    folder.strip_prefix(&other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Separators of other systems, what Windows refuses, and what a pattern of Cargo or Git takes for more than itself.
fn is_unusual(c: char) -> bool {
    c.is_control() || "\\:*?\"<>|[]{}!#".contains(c)
}
