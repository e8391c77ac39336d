//! The clients, each as the same few steps.

use std::io::Read;

use bytes::Bytes;
use errbook::http::{HeaderMap, Request};
use errbook::service::{ErrorLayer, Reread};
use errbook::tower::{Service, ServiceBuilder, ServiceExt};
use errbook::{ErrorFor, Failure, FromResponse};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioExecutor;
use tokio::runtime::Runtime;

/// A client: sends a GET, and asks for the error in one call.
pub(crate) trait Client {
    type Response;

    fn new() -> Self;
    /// The response of a GET, or the error.
    fn get<E: FromResponse>(&self, url: &str, limit: usize) -> Result<Self::Response, E>;
    fn head(response: &Self::Response) -> (u16, &HeaderMap);
    /// The body of a success.
    fn read(&self, response: Self::Response) -> Result<Vec<u8>, String>;
}

/// Runs futures to their end.
pub(crate) fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

pub(crate) struct Reqwest(reqwest::Client, Runtime);

impl Client for Reqwest {
    type Response = reqwest::Response;

    fn new() -> Self {
        Self(reqwest::Client::new(), runtime())
    }

    fn get<E: FromResponse>(&self, url: &str, limit: usize) -> Result<Self::Response, E> {
        self.1.block_on(async { self.0.get(url).send().await.unwrap().error_for_within(limit).await })
    }

    fn head(response: &Self::Response) -> (u16, &HeaderMap) {
        assert_eq!(response.url().path(), "/v1/thing");
        (response.status().as_u16(), response.headers())
    }

    fn read(&self, response: Self::Response) -> Result<Vec<u8>, String> {
        let body = self.1.block_on(response.bytes());
        body.map(Vec::from).map_err(|error| error.to_string())
    }
}

pub(crate) struct Blocking(reqwest::blocking::Client);

impl Client for Blocking {
    type Response = reqwest::blocking::Response;

    fn new() -> Self {
        Self(reqwest::blocking::Client::new())
    }

    fn get<E: FromResponse>(&self, url: &str, limit: usize) -> Result<Self::Response, E> {
        self.0.get(url).send().unwrap().error_for_within(limit)
    }

    fn head(response: &Self::Response) -> (u16, &HeaderMap) {
        assert_eq!(response.url().path(), "/v1/thing");
        (response.status().as_u16(), response.headers())
    }

    fn read(&self, mut response: Self::Response) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        response.read_to_end(&mut body).map_err(|error| error.to_string())?;
        Ok(body)
    }
}

pub(crate) struct Ureq(ureq::Agent);

impl Client for Ureq {
    type Response = ureq::http::Response<ureq::Body>;

    fn new() -> Self {
        Self(ureq::Agent::config_builder().http_status_as_error(false).build().new_agent())
    }

    fn get<E: FromResponse>(&self, url: &str, limit: usize) -> Result<Self::Response, E> {
        self.0.get(url).call().unwrap().error_for_within(limit)
    }

    fn head(response: &Self::Response) -> (u16, &HeaderMap) {
        (response.status().as_u16(), response.headers())
    }

    fn read(&self, response: Self::Response) -> Result<Vec<u8>, String> {
        let mut body = Vec::new();
        response.into_body().into_reader().read_to_end(&mut body).map_err(|error| error.to_string())?;
        Ok(body)
    }
}

/// hyper's client, in a stack of tower.
pub(crate) struct Tower(Hyper, Runtime);

pub(crate) type Hyper =
    hyper_util::client::legacy::Client<hyper_util::client::legacy::connect::HttpConnector, Empty<Bytes>>;

/// A client that keeps no connection, and so no timer.
pub(crate) fn hyper() -> Hyper {
    hyper_util::client::legacy::Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http()
}

impl Client for Tower {
    type Response = errbook::http::Response<Reread<hyper::body::Incoming>>;

    fn new() -> Self {
        Self(hyper(), runtime())
    }

    fn get<E: FromResponse>(&self, url: &str, limit: usize) -> Result<Self::Response, E> {
        let mut service = ServiceBuilder::new().layer(ErrorLayer::<E>::new().body_limit(limit)).service(self.0.clone());
        let request = Request::get(url).body(Empty::new()).unwrap();
        self.1.block_on(async { service.ready().await.unwrap().call(request).await }).map_err(|failure| match failure {
            Failure::Api(error) => error,
            Failure::Transport(error) => panic!("{error}"),
        })
    }

    fn head(response: &Self::Response) -> (u16, &HeaderMap) {
        (response.status().as_u16(), response.headers())
    }

    fn read(&self, response: Self::Response) -> Result<Vec<u8>, String> {
        let body = self.1.block_on(response.into_body().collect());
        body.map(|body| body.to_bytes().to_vec()).map_err(|error| error.to_string())
    }
}
