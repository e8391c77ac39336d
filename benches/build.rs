//! Writes the enums and maps of the peers, where they are wanted.

#[cfg(feature = "peers")]
#[path = "src/catalog.rs"]
#[allow(dead_code, unreachable_pub, reason = "only its codes are needed here")]
mod catalog;
#[cfg(feature = "peers")]
mod peers;
#[cfg(feature = "peers")]
#[path = "src/words.rs"]
#[allow(dead_code, unreachable_pub, reason = "only the words of codes are needed here")]
mod words;

fn main() -> std::io::Result<()> {
    for file in ["build.rs", "peers.rs", "src/catalog.rs", "src/words.rs"] {
        println!("cargo::rerun-if-changed={file}");
    }
    #[cfg(feature = "peers")]
    peers::write(&[24, 1_000, 10_000])?;
    Ok(())
}
