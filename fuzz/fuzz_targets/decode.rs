//! See `decode` in `tests/src/fuzz.rs`.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/src/fuzz.rs"]
mod fuzz;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::decode(data));
