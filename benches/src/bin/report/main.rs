//! Measures what whole processes cost: generation, compiling what was generated, and the size of the TypeScript. Prints Markdown.
//!
//! `report [generation] [compile] [rebuild] [typescript]`; all of them where none is named. Every ratio is of one run, in which the contenders take turns.

mod compile;
mod cost;
mod generation;
#[cfg(feature = "typify")]
mod peer;
mod project;
mod rebuild;
mod table;
mod typescript;

use std::error::Error;
use std::io::{self, Write};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What can be measured: its name, and how.
type Section = (&'static str, fn() -> Result<String>);

const SECTIONS: [Section; 4] = [
    ("generation", generation::report),
    ("compile", compile::report),
    ("rebuild", rebuild::report),
    ("typescript", typescript::report),
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    #[cfg(feature = "typify")]
    if let [first, rest @ ..] = &arguments[..]
        && first == "peer"
    {
        return peer::run(rest);
    }
    if let Some(other) = arguments.iter().find(|name| SECTIONS.iter().all(|(section, _)| section != name)) {
        return Err(format!("there is no section `{other}`").into());
    }
    for (name, report) in SECTIONS {
        if arguments.is_empty() || arguments.iter().any(|wanted| wanted == name) {
            writeln!(io::stdout(), "## {name}\n\n{}", report()?)?;
        }
    }
    Ok(())
}
