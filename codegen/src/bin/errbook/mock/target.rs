//! What a request asks for.

use http::Uri;

use super::book::{Api, Book};
use super::element::{Element, decoded};
use super::options::Options;
use super::refusal::Refusal;

/// What a request asks for.
pub(super) enum Target<'u> {
    /// The APIs.
    Apis,
    /// The errors of one.
    Errors(&'u Api),
    /// These answers of an API, one after the other; the same each time where there is one.
    Answers { api: &'u Api, elements: Vec<Element<'u>>, client: Option<String> },
    /// The requests that were served.
    Requests(Option<String>),
    /// How far sequences are.
    Sequences(Option<String>),
}

impl<'u> Target<'u> {
    /// Reads the path and the query of a request. What is no path of the mock's is read as `fallback`.
    pub(super) fn of(book: &'u Book, uri: &'u Uri, fallback: Option<&'u Uri>) -> Result<Self, Refusal> {
        let path = uri.path().strip_prefix('/').unwrap_or(uri.path());
        let mut segments = path.splitn(3, '/');
        let (first, second, rest) = (segments.next().unwrap_or_default(), segments.next(), segments.next());
        if first == "_errbook" {
            return Self::own(second, rest.is_some(), uri);
        }
        match (decoded(first).and_then(|id| book.api(&id)), fallback) {
            (Ok(api), _) => Self::of_api(api, uri, second, rest.is_some()),
            (Err(_), Some(fallback)) => Self::of(book, fallback, None),
            (Err(_), None) if path.is_empty() => Ok(Self::Apis),
            (Err(refusal), None) => Err(refusal),
        }
    }

    /// `has_rest` tells whether a path of the API's own follows.
    fn of_api(api: &'u Api, uri: &'u Uri, elements: Option<&'u str>, has_rest: bool) -> Result<Self, Refusal> {
        // With a slash at its end, the path of an API is that of its empty code, if it has one.
        let Some(elements) = elements.filter(|text| !text.is_empty() || has_rest || api.find("").is_ok()) else {
            return Ok(Self::Errors(api));
        };
        // Behind a path of the API's, the query is the API's as well.
        let all = Options::of_query(uri.query().filter(|_| !has_rest).unwrap_or_default())?;
        let elements = elements.split(',').map(|text| Element::parse(api, text, &all)).collect::<Result<_, _>>()?;
        Ok(Self::Answers { api, elements, client: all.client })
    }

    /// What the mock tells of itself.
    fn own(name: Option<&str>, has_rest: bool, uri: &Uri) -> Result<Self, Refusal> {
        let client = Options::of_query(uri.query().unwrap_or_default())?.client;
        match name {
            None => Ok(Self::Apis),
            Some("requests") if !has_rest => Ok(Self::Requests(client)),
            Some("sequences") if !has_rest => Ok(Self::Sequences(client)),
            _ => Err(Refusal::unknown(format!("there is no `{}`", uri.path()), Some("/_errbook/requests".to_owned()))),
        }
    }
}
