//! Typed errors of the responses of HTTP clients.

#[cfg(feature = "reqwest-blocking")]
mod blocking;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
#[cfg(any(feature = "reqwest", feature = "tower"))]
pub(crate) mod reread;
#[cfg(any(feature = "reqwest-blocking", feature = "ureq"))]
mod source;
#[cfg(feature = "ureq")]
mod ureq;

use errbook_engine::FromResponse;

mod sealed {
    /// For the responses of this module: their trait may get methods.
    pub trait Sealed {}

    #[cfg(feature = "reqwest")]
    impl Sealed for reqwest::Response {}
    #[cfg(feature = "reqwest-blocking")]
    impl Sealed for reqwest::blocking::Response {}
    #[cfg(feature = "ureq")]
    impl Sealed for crate::http::Response<ureq::Body> {}
}

/// How much of a body [`ErrorFor::error_for`] reads: 1 MiB.
pub const BODY_LIMIT: usize = 1 << 20;

/// The responses of HTTP clients, for which there may be an error of an API.
///
/// It is the `error_for_status` of people who have a catalog:
///
#[cfg_attr(feature = "ureq", doc = "```")]
#[cfg_attr(not(feature = "ureq"), doc = "```ignore")]
/// use errbook::{ErrorFor, Failure, ureq};
/// # mod vivix_errors { pub struct Error; }
/// # fn call<Error: errbook::FromResponse>() -> Result<String, Failure<Error, ureq::Error>> {
///
/// // Else ureq takes statuses from 400 for failures of its own, and throws their headers and bodies away.
/// let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
/// let response = agent.get("https://api.getvivix.com/v1/models").call()?;
/// let models = response.error_for::<Error>().map_err(Failure::Api)?.into_body().read_to_string()?;
/// # Ok(models)
/// # }
/// ```
///
/// What comes back is
///
/// - the response itself, where it is a success: its body was not touched, or, where a success by status may be an error (`ok: false` on 200), is given out
///   from its beginning all the same;
/// - else the error, with status, headers and body. A body that is longer than the limit is cut there, and one that breaks off is kept as far as it came:
///   both are [`truncated`](errbook_engine::ErrorResponse::truncated), and the status and the headers tell what they tell.
///
/// For `reqwest::Response` that is a future: `response.error_for::<Error>().await`. Generated errors become a [`Failure`](crate::Failure) with `?`.
pub trait ErrorFor: Sized + sealed::Sealed {
    /// The response or the error, or a future of it.
    type Checked<E: FromResponse>;

    /// The error of the API that this response is; the response where it is none.
    fn error_for<E: FromResponse>(self) -> Self::Checked<E> {
        self.error_for_within(BODY_LIMIT)
    }

    /// The same, with a limit of one's own on what is read of a body, in bytes.
    fn error_for_within<E: FromResponse>(self, limit: usize) -> Self::Checked<E>;
}
