//! `errbook mock` over real sockets: what it sends is decoded to what was asked for, and nothing that it is sent stops it.

#[path = "mock/catalogs.rs"]
mod catalogs;
#[path = "mock/client.rs"]
mod client;
#[path = "mock/command.rs"]
mod command;
#[path = "mock/faults.rs"]
mod faults;
#[path = "mock/hostile.rs"]
mod hostile;
#[path = "mock/log.rs"]
mod log;
#[path = "mock/pages.rs"]
mod pages;
