//! See `catalog` in `tests/src/fuzz.rs`.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/src/fuzz.rs"]
mod fuzz;

libfuzzer_sys::fuzz_target!(|text: &str| fuzz::catalog(text));
