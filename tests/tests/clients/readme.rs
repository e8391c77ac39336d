//! What the README shows of HTTP clients compiles, and does what it says.

use tests::readme::section;
use tests::server::{Reply, Server};

/// The first block of the README's section.
mod errors {
    use generated::vivix as vivix_errors;
    // begin
    use errbook::{ErrorFor, Failure};
    use vivix_errors::Error;

    pub(super) async fn models(client: &reqwest::Client) -> Result<String, Failure<Error, reqwest::Error>> {
        let response = client.get("https://api.example/v1/models").send().await?.error_for::<Error>().await?;
        Ok(response.text().await?)
    }
    // end
}

/// The second.
mod repeats {
    use generated::vivix as vivix_errors;
    // begin
    use std::time::Duration;

    use errbook::reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Error as TransportError};
    use errbook::{ErrorFor, Failure, RetryMiddleware, RetryPolicy};
    use vivix_errors::Error;

    pub(super) fn client() -> Result<ClientWithMiddleware, reqwest::Error> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(30)).build()?; // of each attempt
        let policy = RetryPolicy::default().attempts(6).total(Duration::from_secs(120)).unanswered(true);
        Ok(ClientBuilder::new(client).with(RetryMiddleware::<Error>::new(policy)).build())
    }

    pub(super) async fn models(
        client: &ClientWithMiddleware,
        url: &str,
    ) -> Result<String, Failure<Error, TransportError>> {
        let response = client.get(url).send().await?.error_for::<Error>().await?;
        Ok(response.text().await?)
    }
    // end
}

#[test]
fn the_code_is_here() {
    let read = |path: &str| std::fs::read_to_string(tests::workspace().join(path)).unwrap();
    // However the lines are broken.
    let words = |text: &str| -> String {
        text.replace("pub(super) ", "").replace(",\n    ) ->", "\n    ) ->").split_whitespace().collect()
    };
    let (readme, this) = (read("README.md"), read("tests/tests/clients/readme.rs"));
    let shown = section(&readme, "With your HTTP client").split("```rust\n").skip(1);
    let shown: Vec<_> = shown.map(|block| words(block.split("```").next().unwrap())).collect();
    let here = this.split("// begin\n").skip(1).take(2).map(|block| words(block.split("    // end").next().unwrap()));
    assert_eq!(shown, here.collect::<Vec<_>>());
}

#[tokio::test]
async fn the_middleware_repeats() {
    let server = Server::start([Reply::new(429, "").header("retry-after", "0"), Reply::new(200, "fine")]);
    let models = repeats::models(&repeats::client().unwrap(), &server.url("/v1/models")).await.unwrap();
    assert_eq!((models.as_str(), server.requests().len()), ("fine", 2));
}

#[tokio::test]
async fn what_has_no_response_is_a_failure_of_transport() {
    let nowhere = reqwest::Client::builder().resolve("api.example", ([127, 0, 0, 1], 1).into()).build().unwrap();
    let failure = errors::models(&nowhere).await.unwrap_err();
    assert!(failure.api().is_none(), "{failure:?}");
}
