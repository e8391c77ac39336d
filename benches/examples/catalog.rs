//! Prints a catalog of as many errors as the argument says.

use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).ok_or("how many errors?")?.parse()?;
    std::io::stdout().write_all(benches::catalog(count).as_bytes())?;
    Ok(())
}
