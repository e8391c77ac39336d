//! Peers that are libraries, each run in a process of its own: this program, called again.

use std::process::Command;
use std::{env, fs};

use serde_json::json;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::Result;
use crate::cost::Cost;
use crate::project::Project;

/// Generates Rust from a JSON Schema with the same codes and words.
pub(crate) fn typify(project: &Project, count: usize) -> Result<Cost> {
    let schema = project.root().join("schema.json");
    if !schema.exists() {
        fs::write(&schema, self::schema(count)?)?;
    }
    let out = project.root().join("typify.rs");
    Cost::of(Command::new(env::current_exe()?).args(["peer", "typify"]).args([schema, out]))
}

/// Copies what was generated: as many files and bytes, and no work on them.
pub(crate) fn copy(project: &Project) -> Result<Cost> {
    let from = project.root().join("generated");
    let to = project.root().join("copy");
    if to.exists() {
        fs::remove_dir_all(&to)?;
    }
    Cost::of(Command::new("cp").arg("-r").args([from, to]))
}

/// What the process of a peer does.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    match arguments {
        [name, from, to] if name == "typify" => Ok(fs::write(to, rust(&fs::read_to_string(from)?)?)?),
        _ => Err("no such peer".into()),
    }
}

/// The enum of a JSON Schema as Rust.
pub(crate) fn rust(schema: &str) -> Result<String> {
    let mut types = TypeSpace::new(&TypeSpaceSettings::default());
    types.add_root_schema(serde_json::from_str(schema)?)?;
    Ok(types.to_stream().to_string())
}

/// A JSON Schema of a string that is one of the codes, each with what the catalog says of it.
pub(crate) fn schema(count: usize) -> Result<String> {
    let one = |index: usize| {
        let description = format!("{}. {}", benches::response(index).1, benches::code(index));
        json!({ "type": "string", "enum": [benches::code(index)], "description": description })
    };
    let codes: Vec<_> = (0..count).map(one).collect();
    Ok(serde_json::to_string_pretty(&json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "ErrorCode",
        "oneOf": codes,
    }))?)
}
