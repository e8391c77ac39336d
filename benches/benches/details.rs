//! A body with 10 MB of details in it: decoding it against skipping it.

use std::hint::black_box;
use std::time::Duration;

use benches::{Case, Sample, contender};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use serde::de::IgnoredAny;

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3));
    targets = benches
}
criterion_main!(all);

const TEN_MB: usize = 10 << 20;

/// What details are made of, and how people call it.
const KINDS: [(&str, &str); 4] = [
    ("objects", r#"{"id":"order_00017","position":17,"price":249.5,"tags":["new","gift"],"note":null,"ok":true}"#),
    ("numbers", "3.25,-17,401222,0,6.02e23,19"),
    ("text", r#""The card was declined by the bank that issued it; the bank gives no reason.\nAsk them.""#),
    ("indented", "{\n        \"id\": \"order_00017\",\n        \"position\": 17,\n        \"price\": 249.5\n      }"),
];

fn benches(criterion: &mut Criterion) {
    let sample = Sample::new(24);
    for (kind, item) in KINDS {
        let case = with_details(&sample.cases[0], item);
        let mut group = criterion.benchmark_group("details");
        group.throughput(Throughput::Bytes(case.body.len() as u64));
        group.bench_function(BenchmarkId::new("errbook", kind), |bencher| {
            bencher.iter(|| contender::borrowed(&sample, black_box(&case)))
        });
        group.bench_function(BenchmarkId::new("skipping", kind), |bencher| {
            bencher.iter(|| serde_json::from_slice::<IgnoredAny>(black_box(&case.body)).is_ok())
        });
        group.finish();
    }
}

/// A case with a list of details before everything else in its body.
fn with_details(case: &Case, item: &str) -> Case {
    let details = vec![item; TEN_MB / (item.len() + 1)].join(",");
    let rest = String::from_utf8_lossy(&case.body[1..]).into_owned();
    Case {
        body: format!("{{\"items\":[{details}],{rest}").into(),
        code: case.code.clone(),
        headers: case.headers.clone(),
        ..*case
    }
}
