//! Orders a video of Vivix and a song of Wubble, and treats the errors of both alike:
//!
//! ```sh
//! cargo run -p examples --bin client -- VIVIX WUBBLE    # the base URLs; the keys are $VIVIX_KEY and $WUBBLE_KEY
//! ```
//!
//! What may be sent again is, as the catalogs say, for a minute at most: Wubble's requests carry an idempotency key, and are sent again where there was no
//! response, too. Vivix's orders are not, as that could make and bill a second one.

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
    let key = |name| std::env::var(name).unwrap_or_default();
    let video = r#"{"model":"sora-3","prompt":"rain on a window"}"#;
    let video = order::<vivix::Error>(&format!("{vivix}/videos"), &key("VIVIX_KEY"), video).await;
    let song = r#"{"prompt":"a song about rain"}"#;
    let song = order::<wubble::Error>(&format!("{wubble}/songs"), &key("WUBBLE_KEY"), song).await;
    let done = [report("video", video), report("song", song)];
    if done == [true, true] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Sends an order to the API that `E` is the error of.
async fn order<E: FromResponse>(
    url: &str,
    key: &str,
    order: &'static str,
) -> Result<String, Failure<E, reqwest_middleware::Error>> {
    let client = reqwest::Client::builder().timeout(Duration::from_secs(20)).build()?;
    let policy = RetryPolicy::default().total(Duration::from_secs(60)).unanswered(true);
    let repeats = RetryMiddleware::<E>::new(policy)
        .on_repeat(|failure, wait| println!("{failure}; once more in {} s", wait.as_secs_f64().ceil()));
    let client = ClientBuilder::new(client).with(repeats).build();
    let request = client.post(url).bearer_auth(key).header("content-type", "application/json").body(order);
    let response = request.send().await?.error_for::<E>().await.map_err(Failure::Api)?;
    Ok(response.text().await?)
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
