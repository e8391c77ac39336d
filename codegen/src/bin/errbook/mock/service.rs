//! What becomes of a request.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderName, Method, Request, StatusCode, Uri};
use http_body::Body as _;
use tokio::time::timeout;

use super::answer::{Answer, json};
use super::book::{Api, Book};
use super::element::Element;
use super::list;
use super::log::{self, Log};
use super::page::{self, Here};
use super::redact::Redactor;
use super::refusal::Refusal;
use super::sequences::Sequences;
use super::target::Target;

/// The header by which clients that share a path have sequences and requests of their own.
const CLIENT: HeaderName = HeaderName::from_static("errbook-client");

/// The most bytes of a request's body that are read, and thrown away.
const MOST_BODY: u64 = 64 << 20;

/// The longest path that is answered: sequences keep theirs.
const MOST_PATH: usize = 8 << 10;

/// How long all of a request's body may take.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The longest name of a client: sequences keep it.
const MOST_CLIENT: usize = 256;

/// What is served, and what there is to remember of it.
pub(super) struct Mock {
    book: Book,
    ok: Answer,
    fallback: Option<Uri>,
    started: Instant,
    sequences: Mutex<Sequences>,
    log: Mutex<Log>,
    redactor: Redactor,
    here: Here,
}

impl Mock {
    pub(super) fn new(book: Book, ok: Answer, fallback: Option<Uri>, here: Here) -> Arc<Self> {
        let (sequences, log) = (Mutex::default(), Mutex::default());
        let redactor = Redactor { readable: book.idempotency_headers() };
        Arc::new(Self { book, ok, fallback, started: Instant::now(), sequences, log, redactor, here })
    }
}

impl Mock {
    /// The answer to a request, when it is time for it.
    pub(super) async fn handle(&self, request: Request<Body>) -> Response {
        let at = self.started.elapsed();
        let (head, body) = request.into_parts();
        let mut logged = log::Request::new(at, &head, &self.redactor);
        if let Some(client) = head.headers.get(CLIENT) {
            logged.client = String::from_utf8_lossy(client.as_bytes()).into_owned();
        }
        let answered = match timeout(BODY_TIME, read(body))
            .await
            .unwrap_or_else(|_| Err(Refusal::because(StatusCode::REQUEST_TIMEOUT, "the body takes too long")))
        {
            Ok(bytes) => {
                logged.body_bytes = bytes;
                self.answer(&head, &mut logged)
            }
            Err(refusal) => Err(refusal),
        };
        let (response, delay) = match answered {
            // What the mock says of itself is not logged, and neither is what a browser asks before the request itself.
            Ok(Answered::Own(response)) => return response,
            Ok(Answered::NotReading(response)) => (response, Duration::ZERO),
            Ok(Answered::Api(response, delay)) => (page::open(response, &head.headers), delay),
            Err(refusal) if is_own(&head.uri) => return refusal.into_response(),
            Err(refusal) => (page::open(refusal.into_response(), &head.headers), Duration::ZERO),
        };
        logged.status = response.status().as_u16();
        lock(&self.log).add(logged);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        response
    }
}

/// The answer to a request.
enum Answered {
    /// Of the mock itself.
    Own(Response),
    /// Of the mock itself, to a client that wanted something else.
    NotReading(Response),
    /// Of an API, after this delay.
    Api(Response, Duration),
}

impl Mock {
    fn answer(&self, head: &Parts, logged: &mut log::Request) -> Result<Answered, Refusal> {
        if head.uri.path_and_query().is_some_and(|path| path.as_str().len() > MOST_PATH) {
            return Err(Refusal::because(StatusCode::URI_TOO_LONG, "the path is too long"));
        }
        if is_own(&head.uri) {
            self.here.check(head)?;
        }
        let target = Target::of(&self.book, &head.uri, self.fallback.as_ref());
        if let (Ok(Target::Answers { .. }) | Err(_), Some(preflight)) = (&target, page::preflight(head))
            && !is_own(&head.uri)
        {
            return Ok(Answered::Own(preflight));
        }
        match target? {
            Target::Answers { api, elements, client } => {
                if let Some(client) = client {
                    logged.client = client;
                }
                if logged.client.len() > MOST_CLIENT {
                    return Err(Refusal::wrong(format!("the name of a client has at most {MOST_CLIENT} bytes")));
                }
                let element = self.next(head.uri.path(), &logged.client, elements);
                logged.answer = Some(element.word.clone().into_owned());
                self.of_api(api, &element)
            }
            own => match self.own(&head.method, &own, &head.headers) {
                Err(refusal) if !is_own(&head.uri) => Ok(Answered::NotReading(refusal.into_response())),
                answered => answered.map(Answered::Own),
            },
        }
    }

    /// The element whose turn it is.
    fn next<'u>(&self, path: &str, client: &str, mut elements: Vec<Element<'u>>) -> Element<'u> {
        let turn = if elements.len() > 1 { lock(&self.sequences).next(path, client) } else { 0 };
        if turn < elements.len() { elements.swap_remove(turn) } else { Element::ok() }
    }

    fn of_api(&self, api: &Api, element: &Element<'_>) -> Result<Answered, Refusal> {
        let response = Answer::to(api, element, &self.ok)?.into_response(&element.options)?;
        Ok(Answered::Api(response, element.options.delay.unwrap_or_default()))
    }

    /// What the mock tells of itself, or forgets.
    fn own(&self, method: &Method, target: &Target<'_>, headers: &HeaderMap) -> Result<Response, Refusal> {
        let reads = matches!(*method, Method::GET | Method::HEAD);
        let deletes = *method == Method::DELETE;
        match target {
            Target::Apis if reads => Ok(list::apis(&self.book, headers)),
            Target::Errors(api) if reads => Ok(list::errors(api, headers)),
            Target::Requests(client) if reads => {
                let log = json(StatusCode::OK, "requests", &lock(&self.log).of(client.as_deref()));
                Ok(page::closed(log))
            }
            Target::Sequences(client) if reads => {
                let sequences = lock(&self.sequences).of(client.as_deref(), &self.redactor);
                Ok(page::closed(json(StatusCode::OK, "sequences", &sequences)))
            }
            Target::Requests(client) if deletes => {
                lock(&self.log).clear(client.as_deref());
                Ok(StatusCode::NO_CONTENT.into_response())
            }
            Target::Sequences(client) if deletes => {
                lock(&self.sequences).restart(client.as_deref());
                Ok(StatusCode::NO_CONTENT.into_response())
            }
            _ => Err(Refusal::because(StatusCode::METHOD_NOT_ALLOWED, "this path is for reading")),
        }
    }
}

/// Whether a path is one of what the mock tells of itself.
fn is_own(uri: &Uri) -> bool {
    matches!(uri.path().strip_prefix("/_errbook"), Some(rest) if rest.is_empty() || rest.starts_with('/'))
}

/// Reads a request's body to its end and throws it away: a client that still sends hears no answer.
async fn read(mut body: Body) -> Result<u64, Refusal> {
    let mut bytes = 0;
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let frame = frame.map_err(|error| Refusal::wrong(format!("the body cannot be read: {error}")))?;
        bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
        if bytes > MOST_BODY {
            return Err(Refusal::because(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"));
        }
    }
    Ok(bytes)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
