//! Orders a video of Vivix and a song of Wubble, and treats the errors of both alike:
//!
//! ```sh
//! cargo run -p examples --bin client -- VIVIX WUBBLE    # the base URLs
//! ```
//!
//! What may be sent again is, as the catalogs say, for a minute at most: Wubble's requests carry an idempotency key, and Vivix's orders are
//! not repeated, as that would make and bill a second one.

use std::process::ExitCode;
use std::time::Duration;

use errbook::reqwest_middleware::{self, ClientBuilder};
use errbook::{
    Action, ApiError, ErrorFor, Failure, FromResponse, MaybeApiError, RetryMiddleware, RetryPolicy, reqwest,
};
use generated::{vivix, wubble};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [vivix, wubble] = &arguments[..] else {
        eprintln!("usage: client VIVIX WUBBLE");
        return ExitCode::from(2);
    };
    let video =
        order::<vivix::Error>(&format!("{vivix}/videos"), r#"{"model":"sora-3","prompt":"rain on a window"}"#).await;
    let song = order::<wubble::Error>(&format!("{wubble}/songs"), r#"{"prompt":"a song about rain"}"#).await;
    let done = [report("video", video), report("song", song)];
    if done == [true, true] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Sends an order to the API that `E` is the error of.
async fn order<E: FromResponse>(
    url: &str,
    order: &'static str,
) -> Result<String, Failure<E, reqwest_middleware::Error>> {
    let policy = RetryPolicy::default().total(Duration::from_secs(60));
    let repeats = RetryMiddleware::<E>::new(policy)
        .on_repeat(|error, wait| println!("{error}; once more in {} s", wait.as_secs_f64().ceil()));
    let client = ClientBuilder::new(reqwest::Client::new()).with(repeats).build();
    let request = client.post(url).header("content-type", "application/json").body(order);
    let response = request.send().await?.error_for::<E>().await.map_err(Failure::Api)?;
    Ok(response.text().await.map_err(reqwest_middleware::Error::from)?)
}

/// Says what became of an order; tells whether it was carried out.
fn report<E: std::error::Error + MaybeApiError>(what: &str, result: Result<String, E>) -> bool {
    match &result {
        Ok(answer) => println!("{what}: {answer}"),
        Err(failure) => match failure.api_error() {
            Some(error) => println!("{what}: {error}\n  {}", advice(error)),
            None => println!("{what}: no answer: {failure}"),
        },
    }
    result.is_ok()
}

/// What a person does about an error, of whichever API it is.
fn advice(error: &dyn ApiError) -> String {
    let who = match error.action() {
        Some(Action::Authenticate | Action::RequestAccess) => "whoever holds the key",
        Some(Action::AddCredit | Action::UpgradePlan) => "whoever pays",
        Some(Action::FixRequest) => "the programmer",
        Some(Action::CheckOutcome | Action::ContactSupport) => "support",
        _ => "nobody but you",
    };
    let what = error.remediation().unwrap_or("The provider gives no advice.".into());
    let request = error.request_id().map_or(String::new(), |id| format!(" (request {id})"));
    format!("for {who}: {what}{request}")
}
