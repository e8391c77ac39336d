//! From a response of 233 bytes to a verdict, and from a code to its row.

use std::hint::black_box;
use std::time::Duration;

use benches::{Case, Sample, contender};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use errbook::Verdict;

criterion_group! {
    name = all;
    config = Criterion::default().warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = benches
}
criterion_main!(all);

fn benches(criterion: &mut Criterion) {
    for count in [24, 1_000, 10_000] {
        let sample = Sample::new(count);
        let mut bench = Bench { criterion, count, sample: &sample };
        decode(&mut bench);
        lookup(&mut bench);
        #[cfg(feature = "peers")]
        match count {
            24 => peers::<contender::Of24>(&mut bench),
            1_000 => peers::<contender::Of1000>(&mut bench),
            _ => peers::<contender::Of10000>(&mut bench),
        }
    }
}

fn decode(bench: &mut Bench<'_>) {
    let sample = bench.sample;
    let numbers = contender::numbers(sample);
    bench.decode("errbook", |case| Some(contender::borrowed(sample, case)));
    bench.decode("errbook, owned", |case| Some(contender::owned(sample, case)));
    bench.decode("serde_json::Value", |case| contender::value(sample, &numbers, case));
}

fn lookup(bench: &mut Bench<'_>) {
    let sample = bench.sample;
    let numbers = contender::numbers(sample);
    bench.lookup("errbook", |code| sample.api.find(code));
    bench.lookup("HashMap", |code| numbers.get(code).copied());
}

#[cfg(feature = "peers")]
fn peers<C: contender::Codes>(bench: &mut Bench<'_>) {
    let sample = bench.sample;
    bench.decode("serde, owned", |case| contender::serde::<C>(sample, case));
    bench.decode("serde, borrowed, and phf", |case| contender::phf::<C>(sample, case));
    bench.decode("smithy", |case| contender::smithy::<C>(sample, case));
    bench.lookup("phf", |code| C::map().get(code).map(|number| usize::from(*number)));
    bench.lookup("match", |code| C::matched(code).map(usize::from));
}

/// The measurements at one size.
struct Bench<'b> {
    criterion: &'b mut Criterion,
    count: usize,
    sample: &'b Sample,
}

impl Bench<'_> {
    /// Measures a contender on one response after the other.
    fn decode(&mut self, name: &str, decode: impl Fn(&Case) -> Option<Verdict>) {
        for case in &self.sample.cases {
            assert_eq!(decode(case), Some(case.verdict), "{name} has another verdict for {}", case.code);
        }
        self.run("decode", name, decode);
    }

    /// Measures a lookup of one code after the other.
    fn lookup(&mut self, name: &str, find: impl Fn(&str) -> Option<usize>) {
        for case in &self.sample.cases {
            assert_eq!(find(&case.code).map(benches::code).as_ref(), Some(&case.code), "{name} finds another code");
        }
        self.run("lookup", name, |case| find(&case.code));
    }

    fn run<O>(&mut self, what: &str, name: &str, run: impl Fn(&Case) -> O) {
        let mut cases = self.sample.cases.iter().cycle();
        let id = BenchmarkId::new(name, self.count);
        let mut group = self.criterion.benchmark_group(what);
        group.bench_function(id, |bencher| bencher.iter(|| cases.next().map(|case| run(black_box(case)))));
        group.finish();
    }
}
