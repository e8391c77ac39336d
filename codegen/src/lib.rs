#![doc = include_str!("../README.md")]

pub mod build_script;
pub mod check;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod output;
pub mod plan;
pub mod project;
pub mod report;
pub mod source;
pub mod tables;
pub mod write;
