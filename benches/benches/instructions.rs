//! From a response to a verdict, in instructions: the same however busy the machine is.

#![expect(missing_docs, reason = "the macros make modules")]

use std::hint::black_box;

use benches::{Sample, contender};
use errbook::Verdict;
use gungraun::{library_benchmark, library_benchmark_group, main};

// One response of a sample with so many errors.
#[library_benchmark]
#[benches::errors(args = [24, 1_000, 10_000], setup = Sample::new)]
fn borrowed(sample: Sample) -> (Verdict, Sample) {
    // The sample is given back, so that freeing it is not counted.
    (contender::borrowed(&sample, black_box(&sample.cases[0])), sample)
}

// The same, owned, as the generated `Error` has it.
#[library_benchmark]
#[benches::errors(args = [24, 1_000, 10_000], setup = Sample::new)]
fn owned(sample: Sample) -> (Verdict, Sample) {
    (contender::owned(&sample, black_box(&sample.cases[0])), sample)
}

library_benchmark_group!(name = decode, benchmarks = [borrowed, owned]);

main!(library_benchmark_groups = decode);
