//! A server whose handlers return the errors of its catalog: `server [ADDRESS]`, by default a free port of the loopback interface.
//!
//! Its API is the one of `catalog/vibepeak.yaml`, as far as this takes: a video is ordered, and never finished. Paths that there are not, and methods that they do
//! not have, are answered by axum itself: the catalog documents no error for them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, Router};
use errbook::ReplyError;
use generated::vibepeak::details::{ConcurrencyLimitExceededDetails, PlanRequiredDetails};
use generated::vibepeak::{Details, ErrorCode, Reply};
use serde::Deserialize;
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router(Arc::default())).await
}

fn router(studio: Arc<Studio>) -> Router {
    Router::new()
        .route("/v1/videos", post(order))
        .route("/v1/tasks/{id}", get(task))
        .layer(axum::middleware::map_response(log))
        .with_state(studio)
}

/// `POST /v1/videos`
async fn order(
    State(studio): State<Arc<Studio>>,
    caller: Caller,
    order: Result<Json<Order>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>), Reply> {
    let Json(order) = order.map_err(|rejection| {
        let code = match rejection {
            JsonRejection::JsonSyntaxError(_) | JsonRejection::MissingJsonContentType(_) => ErrorCode::InvalidJson,
            // It is JSON of another kind, or too long to know.
            _ => ErrorCode::ValidationError,
        };
        caller.refuse(code).message(rejection.body_text())
    })?;
    if order.photos.is_empty() {
        return Err(caller.refuse(ErrorCode::ValidationError).message("photos must not be empty"));
    }
    let limit = caller.may_order()?;
    let task = studio.start(&caller.plan, limit).map_err(|in_flight| {
        let mut details = ConcurrencyLimitExceededDetails::default();
        details.limit = Some(limit.into());
        details.in_flight = Some(in_flight.into());
        details.plan = Some(caller.plan.clone());
        caller
            .refuse(ErrorCode::ConcurrencyLimitExceeded)
            .message(format!("{in_flight} of {limit} tasks are running"))
            .details(Details::ConcurrencyLimitExceeded(details))
    })?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "task_id": task }))))
}

/// `GET /v1/tasks/{id}`
async fn task(State(studio): State<Arc<Studio>>, caller: Caller, Path(id): Path<String>) -> Result<Json<Value>, Reply> {
    match id.parse() {
        Ok(number) if studio.has(&caller.plan, number) => {
            Ok(Json(json!({ "task_id": number, "status": "processing" })))
        }
        _ => Err(caller.refuse(ErrorCode::TaskNotFound).message(format!("there is no task {id}"))),
    }
}

/// What is ordered.
#[derive(Deserialize)]
struct Order {
    photos: Vec<String>,
}

/// Who is asking. A request without a key does not get past it.
struct Caller {
    request: String,
    plan: String,
}

impl Caller {
    /// An error of this request.
    fn refuse(&self, code: ErrorCode) -> Reply {
        code.reply().request_id(self.request.clone())
    }

    /// How many tasks the plan lets run at once.
    fn may_order(&self) -> Result<u32, Reply> {
        match &*self.plan {
            "Plus" => Ok(1),
            "Pro" => Ok(3),
            plan => {
                let mut details = PlanRequiredDetails::default();
                details.current_plan = Some(plan.to_owned());
                details.required_plans = Some(vec!["Plus".to_owned(), "Pro".to_owned()]);
                // The catalog has no status for it, so it is said here.
                let reply = self.refuse(ErrorCode::PlanRequired).status(403);
                Err(reply.details(Details::PlanRequired(details)))
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
        static REQUESTS: AtomicU64 = AtomicU64::new(1);
        let request = format!("req_{}", REQUESTS.fetch_add(1, Ordering::Relaxed));
        let refuse = |code: ErrorCode| code.reply().request_id(request.clone());
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let key = header.and_then(|header| header.strip_prefix("Bearer "));
        let plan = match key.ok_or_else(|| refuse(ErrorCode::MissingApiKey))? {
            "vpk_test_free" => "Free",
            "vpk_test_plus" => "Plus",
            "vpk_test_pro" => "Pro",
            _ => return Err(refuse(ErrorCode::InvalidApiKey)),
        };
        Ok(Self { plan: plan.to_owned(), request })
    }
}

/// The tasks that run, by plan: each has one account here.
#[derive(Default)]
struct Studio(Mutex<HashMap<String, u32>>);

impl Studio {
    /// Starts a task; gives its number, or how many run where that is the limit.
    fn start(&self, plan: &str, limit: u32) -> Result<u32, u32> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = running.entry(plan.to_owned()).or_default();
        if *count >= limit {
            return Err(*count);
        }
        *count += 1;
        Ok(*count)
    }

    fn has(&self, plan: &str, id: u64) -> bool {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.get(plan).is_some_and(|count| (1..=u64::from(*count)).contains(&id))
    }
}

/// Says why an error could not be sent as the catalog has it: the client got a bare 500.
async fn log(response: Response) -> Response {
    if let Some(error) = response.extensions().get::<ReplyError>() {
        eprintln!("{error}");
    }
    response
}
