//! What the measurements share: catalogs of any size, responses to decode, and what errbook is compared with.

mod catalog;
pub mod contender;
mod sample;
mod words;

pub use catalog::{MOST, catalog, code, response};
pub use sample::{CASES, Case, Sample};
