//! What pages in a browser may do. Nothing of `/_errbook` is theirs to read or to clear: neither from another site, nor under a name that was made to lead
//! here, nor by a script in an answer. The errors are anybody's: clients in browsers are tried against them.

use std::net::{IpAddr, SocketAddr};

use axum_core::response::{IntoResponse, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD,
    CONTENT_SECURITY_POLICY, HOST, ORIGIN, VARY,
};
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::answer::KIND;
use super::refusal::Refusal;

const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Where the mock is.
pub(super) struct Here {
    address: IpAddr,
    /// The host that it was told to listen on.
    name: String,
}

impl Here {
    /// `listen` is what was asked for.
    pub(super) fn new(address: SocketAddr, listen: &str) -> Self {
        let name = listen.rsplit_once(':').map_or(listen, |(host, _)| host);
        Self { address: address.ip().to_canonical(), name: name.to_owned() }
    }

    /// Refuses what a page asks for, or what comes under a name that is not the mock's.
    pub(super) fn check(&self, head: &Parts) -> Result<(), Refusal> {
        let refused = |why: &str| Err(Refusal::because(StatusCode::FORBIDDEN, why));
        let text = |name: &HeaderName| head.headers.get(name).map(|value| value.to_str().unwrap_or_default());
        let named = head.headers.get_all(HOST).iter().map(|host| Authority::try_from(host.as_bytes()).ok());
        let mut hosts = named.chain(head.uri.authority().cloned().map(Some));
        if !hosts.all(|host| host.is_some_and(|host| self.is_called(host.host()))) {
            return refused("`/_errbook` is there for who asks for the address itself: send `host: localhost`");
        }
        let is_of_page = match (text(&SEC_FETCH_SITE), text(&SEC_FETCH_MODE)) {
            (None | Some("none"), _) => false,
            (Some("same-origin"), mode) => mode != Some("navigate"),
            (Some(_), _) => true,
        };
        if is_of_page || head.headers.contains_key(ORIGIN) {
            return refused("`/_errbook` is not there for the scripts and links of pages: open it by its address");
        }
        Ok(())
    }

    fn is_called(&self, host: &str) -> bool {
        let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
            // An address leads nowhere else, as a name can.
            Ok(address) => address.is_loopback() || address == self.address || self.address.is_unspecified(),
            Err(_) => host.eq_ignore_ascii_case("localhost") || host.eq_ignore_ascii_case(&self.name),
        }
    }
}

/// What the mock tells of itself, so that no page can read it where it is shown.
pub(super) fn closed(mut response: Response) -> Response {
    let headers = [(CONTENT_SECURITY_POLICY, "sandbox"), (RESOURCE_POLICY, "same-origin")];
    response.headers_mut().extend(headers.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

/// An answer that any page can read, where one asks. What the answer says of this itself stays.
pub(super) fn open(mut response: Response, request: &HeaderMap) -> Response {
    let headers = response.headers_mut();
    if request.contains_key(ORIGIN) && !headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN) {
        let names = headers.keys().map(HeaderName::as_str).collect::<Vec<_>>().join(", ");
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.append(VARY, HeaderValue::from_static("origin"));
        if let Ok(names) = HeaderValue::from_str(&names) {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, names);
        }
    }
    response
}

/// The answer to a browser that asks whether a page may send its request.
pub(super) fn preflight(head: &Parts) -> Option<Response> {
    let method = head.headers.get(ACCESS_CONTROL_REQUEST_METHOD)?;
    if head.method != Method::OPTIONS || !head.headers.contains_key(ORIGIN) {
        return None;
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(KIND, HeaderValue::from_static("preflight"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    if let Some(wanted) = head.headers.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(listen: &str, address: &str, headers: &[(&str, &str)]) -> bool {
        let request = http::Request::builder().uri("/_errbook/requests");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Here::new(address.parse().unwrap(), listen).check(&request.body(()).unwrap().into_parts().0).is_ok()
    }

    #[test]
    fn hosts() {
        let loopback = |host: &str| allows("127.0.0.1:8429", "127.0.0.1:8429", &[("host", host)]);
        for host in ["127.0.0.1:8429", "127.9.9.9", "localhost:8429", "LOCALHOST", "[::1]:8429", "[::ffff:127.0.0.1]"] {
            assert!(loopback(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:8429",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "[fe80::1]",
            "",
            "a b",
            "127.1",
        ] {
            assert!(!loopback(host), "{host}");
        }
        assert!(allows("mock:8429", "172.17.0.2:8429", &[("host", "mock:8429")]));
        assert!(allows("172.17.0.2:8429", "172.17.0.2:8429", &[("host", "172.17.0.2:8429")]));
        assert!(allows("0.0.0.0:8429", "0.0.0.0:8429", &[("host", "172.17.0.2:8429")]));
        assert!(!allows("0.0.0.0:8429", "0.0.0.0:8429", &[("host", "evil.example:8429")]));
        // Two that disagree.
        assert!(!allows("[::]:1", "[::]:1", &[("host", "localhost"), ("host", "evil.example")]));
    }

    #[test]
    fn pages() {
        let local = |headers: &[(&str, &str)]| {
            allows("127.0.0.1:1", "127.0.0.1:1", &[&[("host", "localhost:1")], headers].concat())
        };
        let fetched = |site, mode| local(&[("sec-fetch-site", site), ("sec-fetch-mode", mode)]);
        assert!(local(&[]) && fetched("none", "navigate") && fetched("same-origin", "navigate"));
        // As Node's fetch says it, which is no page.
        assert!(local(&[("sec-fetch-mode", "cors")]));
        for (site, mode) in [
            ("same-origin", "cors"),
            ("same-site", "navigate"),
            ("cross-site", "navigate"),
            ("cross-site", "no-cors"),
            ("x", "navigate"),
        ] {
            assert!(!fetched(site, mode), "{site} {mode}");
        }
        for origin in ["http://localhost:1", "http://localhost:3000", "https://evil.example", "null"] {
            assert!(!local(&[("origin", origin)]), "{origin}");
        }
    }
}
