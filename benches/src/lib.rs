//! What the measurements share: catalogs of any size.

mod catalog;
mod words;

pub use catalog::{MOST, catalog};
