//! The reference of the format: every sample is sound, and every key of the format is in it.

use errbook_codegen::check;
use errbook_codegen::diagnostic::{Style, human};
use errbook_codegen::model::format::{self, Record, Shape};
use errbook_codegen::project::{load, outputs};

fn reference() -> String {
    std::fs::read_to_string(tests::workspace().join("catalog/README.md")).unwrap()
}

/// The `yaml` blocks of the reference, with the heading that each stands under.
fn samples() -> Vec<(String, String)> {
    let mut heading = String::new();
    let mut out = Vec::new();
    let mut block: Option<String> = None;
    for line in reference().lines() {
        match &mut block {
            Some(text) if line == "```" => {
                out.push((heading.clone(), std::mem::take(text)));
                block = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line == "```yaml" => block = Some(String::new()),
            None => {
                if let Some(title) = line.strip_prefix('#') {
                    heading = title.trim_start_matches(['#', ' ']).to_owned();
                }
            }
        }
    }
    out
}

#[test]
fn every_sample_passes_its_check_and_generates() {
    let samples = samples();
    assert!(samples.len() >= 13, "{}", samples.len());
    for (heading, sample) in samples {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("demo.yaml");
        std::fs::write(&file, check::complete(&sample)).unwrap();
        let loaded = load(folder.path(), &[&file]);
        assert!(
            loaded.diagnostics.is_empty(),
            "{heading}:\n{}",
            human(&loaded.diagnostics, &loaded.files, Style::Plain)
        );
        assert!(outputs(&loaded.catalogs.unwrap()).len() > 10, "{heading}");
    }
}

#[test]
fn every_key_is_in_a_sample_and_in_a_table() {
    let reference = reference();
    let samples: String = samples().into_iter().map(|(_, sample)| sample).collect();
    let mut records: Vec<&Record> = Vec::new();
    collect(&Shape::Record(&format::CATALOG), &mut records);
    assert!(records.len() >= 15);
    let keys = records.iter().flat_map(|record| record.keys.iter().map(move |key| (record.noun, key.name)));
    let described = |name: &str| {
        reference.contains(&format!("`{name}`"))
            || reference.contains(&format!("`{name}: "))
            || reference.contains(&format!("{{ {name}"))
    };
    let missing: Vec<_> = keys.filter(|(_, name)| !samples.contains(&format!("{name}:")) || !described(name)).collect();
    assert!(missing.is_empty(), "neither described nor in a sample: {missing:?}");
}

fn collect(shape: &Shape, records: &mut Vec<&'static Record>) {
    match shape {
        Shape::Record(record) if !records.iter().any(|known| known.name == record.name) => {
            records.push(record);
            record.keys.iter().for_each(|key| collect(&key.shape, records));
        }
        Shape::List(inner) | Shape::OneOrList(inner) | Shape::Map(inner) => collect(inner, records),
        Shape::Any(shapes) => shapes.iter().for_each(|shape| collect(shape, records)),
        _ => {}
    }
}
