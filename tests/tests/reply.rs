//! Errors that the owner of an API sends, through the generated crates.

#[path = "encode/open.rs"]
mod open;

use std::time::{Duration, SystemTime};

use errbook::http::{Response, StatusCode};
use errbook::{ApiCode, ApiError, Json, Number, Reply, ReplyError};

/// Adds what the catalog leaves open, as the lists say it.
fn complete<C: ApiCode>(api: &str, reply: Reply<C>) -> Reply<C> {
    let code = reply.to_string();
    let class = open::CLASSES.iter().find(|(id, name, _)| (*id, *name) == (api, &*code));
    let lacks_status = open::NO_STATUS.iter().any(|(id, codes)| *id == api && codes.contains(&&*code));
    let reply = class.map_or(reply.clone(), |(.., code)| reply.raw_code(*code));
    if lacks_status { reply.status(400) } else { reply }
}

/// Sends every error of generated crates, and decodes what was sent by the same crate.
macro_rules! generated_crates {
    ($package:ident: $($api:ident)*) => { $(generated_crates!($package::$api);)* };
    ($package:ident::$api:ident) => {
        #[test]
        fn $api() {
            use $package::$api::{Error, ErrorCode};
            let api = stringify!($api).replace('_', "-");
            for code in ErrorCode::ALL {
                let reply = complete(&api, code.reply());
                let is_event = open::EVENTS.contains(&(api.as_str(), code.as_str()));
                let error = match reply.build() {
                    Err(ReplyError::NeverHttp) if is_event => Error::from_event(reply.build_event().unwrap()).unwrap(),
                    built => Error::from(built.unwrap_or_else(|error| panic!("{code}: {error}"))),
                };
                assert_eq!(error.code(), Some(*code));
                assert_eq!(error.notes(), [""; 0], "{error:?}");
                assert_eq!(error.http_status().is_none(), is_event);
            }
        }
    };
}

generated_crates!(generated: vibepeak vicsee vivix vivreal wubble);
generated_crates!(cases: azure binance corners delays discord dynamodb elasticsearch github google_cloud identity json_rpc kraken meta_graph
    openai postgrest problems repeats several shopify slack stripe telegram);

/// A message of one's own is sent wherever the API has a place for one; what tells the error stays in it.
#[test]
fn messages() {
    use generated::vivreal::{Error, ErrorCode};
    for code in ErrorCode::ALL {
        let told = Error::from(code.reply().build().unwrap()).message().unwrap_or_default().into_owned();
        let message = format!("{told} \"More\".");
        let sent = code.reply().message(message.clone()).build().unwrap();
        assert_eq!(Error::from(sent).message().unwrap(), message);
    }
    assert!(matches!(ErrorCode::AccountFrozen.reply().message("No.").build(), Err(ReplyError::Unmet(_))));
    assert!(matches!(ErrorCode::BadRequest.reply().message("It is frozen.").build(), Err(ReplyError::Differs(_))));
}

#[test]
fn causes() {
    use generated::vicsee::{Cause, Error, ErrorCode};
    for cause in [Cause::ForbiddenNotOwner, Cause::ForbiddenNoSubscription] {
        let sent = ErrorCode::Forbidden.reply().cause(cause).build().unwrap();
        assert_eq!(Error::from(sent).known_cause(), Some(cause));
    }
    let refused = ErrorCode::NoResult.reply().cause(Cause::ForbiddenNotOwner).build();
    assert_eq!(refused.unwrap_err(), ReplyError::Cause);
    let contradiction = ErrorCode::Forbidden.reply().cause(Cause::ForbiddenNoSubscription).message("Access denied");
    assert!(matches!(contradiction.build(), Err(ReplyError::Unmet(_))));
    let told = ErrorCode::Forbidden.reply().cause(Cause::ForbiddenNoSubscription).message("You have no subscription.");
    assert!(told.build().is_ok());
}

#[test]
fn everything_that_a_reply_tells() {
    use generated::vivix::{Details, Error, ErrorCode, details::InsufficientCreditsDetails};
    let mut details = InsufficientCreditsDetails::default();
    details.balance = Number::from_f64(1.5);
    details.needed = Some(60.into());
    let reply = ErrorCode::InsufficientCredits
        .reply()
        .message("Not enough credits.")
        .remediation(String::from("Buy some."))
        .request_id("req_1")
        .details(Details::InsufficientCredits(details.clone()));
    let sent = reply.build().unwrap();
    assert_eq!(sent.status(), StatusCode::PAYMENT_REQUIRED);
    assert_eq!(sent.headers()["content-type"], "application/json");
    assert_eq!(
        String::from_utf8_lossy(sent.body()),
        r#"{"error":"INSUFFICIENT_CREDITS","message":"Not enough credits.","next":"Buy some.","request_id":"req_1","balance":1.5,"needed":60}"#
    );
    let error = Error::from(sent);
    assert_eq!(error.remediation().unwrap(), "Buy some.");
    assert_eq!(error.request_id().unwrap(), "req_1");
    let Details::InsufficientCredits(read) = error.details() else { panic!() };
    assert_eq!(read, details);
    assert_eq!(reply.to_string(), "INSUFFICIENT_CREDITS: Not enough credits.");
    assert_eq!(Reply::from(ErrorCode::KeyRevoked).code(), ErrorCode::KeyRevoked);
}

#[test]
fn values_of_the_response_and_waits() {
    use generated::vicsee::{Error, ErrorCode, Fields};
    let now = SystemTime::UNIX_EPOCH + Duration::from_millis(1_735_344_000_123);
    let mut fields = Fields::default();
    fields.rate_limit = Some(500);
    fields.rate_limit_remaining = Some(0);
    let reply = ErrorCode::RateLimited.reply().fields(fields).delay(Duration::from_millis(1_500), now);
    let sent = reply.build().unwrap();
    assert_eq!(sent.headers()["x-ratelimit-limit"], "500");
    let error = Error::from(sent);
    let told = error.told_delay(now).unwrap();
    assert!((Duration::from_millis(1_500)..Duration::from_millis(2_501)).contains(&told), "{told:?}");
    assert_eq!(error.fields().rate_limit_remaining, Some(0));
}

#[test]
fn what_cannot_be_sent_says_why() {
    use generated::vivix::{Details, ErrorCode, details::ModelNotAllowedDetails};
    let details = || Details::ModelNotAllowed(ModelNotAllowedDetails::default());
    let refused = |reply: generated::vivix::Reply| reply.build().unwrap_err();
    let revoked = || ErrorCode::KeyRevoked.reply();
    assert_eq!(refused(revoked().details(details())), ReplyError::Details);
    // The last word counts.
    let credits = Details::InsufficientCredits(Default::default());
    let mended = ErrorCode::ModelNotAllowed.reply().details(credits).details(details());
    assert!(mended.build().is_ok());
    assert_eq!(refused(revoked().status(418)), ReplyError::Status(418));
    assert_eq!(refused(revoked().raw_code("KEY_INVALID")), ReplyError::Code("KEY_INVALID".into()));
    assert_eq!(
        refused(revoked().delay(Duration::from_secs(1), SystemTime::UNIX_EPOCH)),
        ReplyError::NoPlace("the wait".into())
    );
    assert!(revoked().details(Details::None_).build().is_ok());

    use generated::wubble::{ErrorCode as Wubble, Fields};
    for text in ["music\r\nset-cookie: a=b", "\n", "\0", "\u{1f600}"] {
        let mut fields = Fields::default();
        fields.rate_limit_service = Some(text.to_owned());
        let refused = Wubble::Forbidden.reply().fields(fields).build().unwrap_err();
        assert_eq!(refused, ReplyError::Unfit("header:x-ratelimit-service".into()), "{text:?}");
    }

    use generated::vibepeak::ErrorCode as Vibepeak;
    let event = Vibepeak::ImageProcessingFailed.reply();
    assert_eq!(event.build().unwrap_err(), ReplyError::NeverHttp);
    let refused = [ReplyError::NeverHttp, ReplyError::NoStatus, ReplyError::NoCode, ReplyError::Unmet("x".into())];
    assert!(refused.iter().all(|refusal| !refusal.to_string().is_empty()));
}

#[test]
fn json_and_numbers_are_checked() {
    for text in ["{}", " [1, \"a\\u0041\"] ", "null", "-1.5e3", "\"a\\\"\\\\\""] {
        assert_eq!(Json::new(text).unwrap().as_str(), text);
    }
    for text in ["", "{", "{}{}", "nul", "\"\n\"", "\u{feff}{}", "01", "{'a': 1}", "[1,]"] {
        assert_eq!(Json::new(text), None, "{text:?}");
    }
    for text in ["", "+1", "01", "1.", "NaN", "1 ", "0x1", "--1"] {
        assert_eq!(Number::new(text), None, "{text:?}");
    }
    assert_eq!(Number::new("-1.50e3").unwrap().as_str(), "-1.50e3");
    assert_eq!(Number::from(u64::MAX).as_str(), "18446744073709551615");
    assert_eq!(Number::from_f64(f64::NAN), None);
    assert_eq!(Number::from_f64(-0.25).unwrap().as_str(), "-0.25");
    assert!(Number::from_f64(f64::MAX).is_some_and(|number| number.as_f64() == f64::MAX));
}

/// One function for the replies of all APIs.
#[test]
fn replies_of_any_api() {
    fn built<C: ApiCode>(code: C) -> Response<Vec<u8>> {
        Reply::new(code).request_id("req_7").build().unwrap()
    }
    let one = generated::vivix::Error::from(built(generated::vivix::ErrorCode::KeyRevoked));
    let other = generated::vibepeak::Error::from(built(generated::vibepeak::ErrorCode::InvalidApiKey));
    let all: [&dyn ApiError; 2] = [&one, &other];
    assert!(all.iter().all(|error| error.request_id().unwrap() == "req_7"));
}
