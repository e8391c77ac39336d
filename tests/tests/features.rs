//! Each feature of `errbook` is enough for itself: together they hide what one of them lacks.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    features: BTreeMap<String, Vec<String>>,
}

fn features() -> BTreeMap<String, Vec<String>> {
    let told =
        tests::cargo().args(["metadata", "--no-deps", "--format-version=1"]).current_dir(tests::workspace()).output();
    let metadata: Metadata = serde_json::from_slice(&told.unwrap().stdout).unwrap();
    metadata.packages.into_iter().find(|package| package.name == "errbook").unwrap().features
}

#[test]
fn each_compiles_alone() {
    let features = features();
    assert!(features.len() > 8, "{features:?}");
    for feature in features.keys().map(String::as_str).chain([""]) {
        let checked = tests::cargo()
            .args([
                "clippy",
                "--quiet",
                "--locked",
                "--package=errbook",
                "--no-default-features",
                "--features",
                feature,
            ])
            .args(["--", "--deny=warnings"])
            .current_dir(tests::workspace())
            .output()
            .unwrap();
        assert!(checked.status.success(), "{feature}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}

/// Whoever repeats a request by a key has to have one.
#[test]
fn keys_come_with_every_client() {
    let features = features();
    let brings_keys = |client: &str| {
        let mut open = vec![client];
        while let Some(feature) = open.pop() {
            if feature == "idempotency-key" {
                return true;
            }
            open.extend(features.get(feature).into_iter().flatten().map(String::as_str));
        }
        false
    };
    for client in ["backon", "reqwest", "reqwest-blocking", "reqwest-middleware", "tower", "ureq"] {
        assert!(brings_keys(client), "{client}");
    }
}
