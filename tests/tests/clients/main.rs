//! HTTP clients against a server on loopback: what each makes of responses, and what is sent again, when, and with which key.

#[macro_use]
mod responses;
mod failures;
mod http_clients;
mod policy;
mod readme;
mod repeats;
mod streaming;

/// An API with errors on 200, and every kind of repeat.
#[allow(dead_code, unused_imports, missing_docs)]
mod bank {
    errbook::catalog!("cases/clients/bank.yaml");
}
