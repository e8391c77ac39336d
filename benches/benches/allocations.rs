//! How often each contender asks for memory to decode one response. It is a count, not a time: one run tells it.

use std::io::{self, Write};

use benches::{Case, Sample, contender};

fn main() -> io::Result<()> {
    let sample = Sample::new(1_000);
    let numbers = contender::numbers(&sample);
    let borrowed = count(&sample, |case| contender::borrowed(&sample, case));
    assert_eq!(borrowed, 0, "decoding from borrowed bytes takes no memory");
    let mut counts = vec![
        ("errbook", borrowed),
        ("errbook, owned (one is the copy of the body)", count(&sample, |case| contender::owned(&sample, case))),
        ("serde_json::Value", count(&sample, |case| contender::value(&sample, &numbers, case))),
    ];
    #[cfg(feature = "peers")]
    counts.extend([
        ("serde, owned", count(&sample, |case| contender::serde::<contender::Of1000>(&sample, case))),
        ("serde, borrowed, and phf", count(&sample, |case| contender::phf::<contender::Of1000>(&sample, case))),
        ("smithy", count(&sample, |case| contender::smithy::<contender::Of1000>(&sample, case))),
    ]);
    counts.sort_by_key(|(_, count)| *count);
    for (name, count) in counts {
        writeln!(io::stdout(), "{count:>3}  {name}")?;
    }
    Ok(())
}

/// The most that any case takes.
fn count<O>(sample: &Sample, decode: impl Fn(&Case) -> O) -> u64 {
    let of = |case| allocation_counter::measure(|| drop(decode(case))).count_total;
    sample.cases.iter().map(of).max().unwrap_or_default()
}
