#![doc = include_str!("../README.md")]

pub mod check;
pub mod diagnostic;
pub mod model;
pub mod plan;
pub mod source;
pub mod tables;
