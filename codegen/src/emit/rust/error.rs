//! `Error`: a response of the API. All of its behaviour is the runtime's.

use proc_macro2::TokenStream;
use quote::quote;

use super::{cause, details, literal};
use crate::emit::prose;
use crate::plan::ApiPlan;

pub(super) fn emit(api: &ApiPlan<'_>) -> TokenStream {
    let items = [error(api), own(cause::is_there(api), details::has_fields(api)), response(), conversions()];
    quote!(#(#items)*)
}

fn error(api: &ApiPlan<'_>) -> TokenStream {
    let about = literal::docs(&format!(
        "An error response of the {} API: what came, and what the catalog says of it.\n\n\
         Make one from any [`http::Response`](::errbook::http::Response) whose body is there: `Error::from(response)`.",
        prose::text(&api.catalog.api.title.value)
    ));
    quote! {
        use super::{Details, ErrorCode, details, tables};
        use ::errbook::__private::Api;
        use ::errbook::{
            Action, ApiError, Backoff, Category, ErrorResponse, Failure, FromResponse, Outcome, Repeat, Verdict, http,
        };
        use ::std::borrow::Cow;
        use ::std::time::{Duration, SystemTime};

        #about
        pub struct Error(Box<ErrorResponse>);
    }
}

fn own(has_causes: bool, has_fields: bool) -> TokenStream {
    let cause = has_causes.then(|| {
        quote! {
            /// Which of several causes it is, where the response tells.
            pub fn known_cause(&self) -> Option<super::Cause> {
                self.0.view().cause().and_then(super::Cause::of)
            }
        }
    });
    let fields = has_fields.then(|| {
        quote! {
            /// The values that any error response can carry.
            pub fn fields(&self) -> super::Fields {
                super::fields::read(&self.0.view())
            }
        }
    });
    quote! {
        impl Error {
            /// Decodes a response that is in parts. `status` is `None` for what is no HTTP response: a task's status, a webhook.
            pub fn from_parts(status: Option<u16>, headers: http::HeaderMap, body: impl Into<Vec<u8>>) -> Self {
                Self(Box::new(ErrorResponse::new(&tables::API, status, headers, body.into())))
            }

            /// Decodes what is no HTTP response: one event of a stream, a task's status, the body of a webhook. `None` where it tells no error.
            pub fn from_event(event: impl Into<Vec<u8>>) -> Option<Self> {
                Self::from_event_parts(http::HeaderMap::new(), event)
            }

            /// The same of what comes with headers, which can tell a code or an id: a webhook.
            pub fn from_event_parts(headers: http::HeaderMap, event: impl Into<Vec<u8>>) -> Option<Self> {
                ErrorResponse::from_event(&tables::API, headers, event.into()).map(|event| Self(Box::new(event)))
            }

            /// The listed error that it is; `None` where its code is not listed or there is none.
            pub fn code(&self) -> Option<ErrorCode> {
                self.0.view().entry().and_then(|entry| ErrorCode::at(entry.index()))
            }

            #cause

            /// The values that came with it.
            pub fn details(&self) -> Details {
                details::read(self.code(), &self.0.view())
            }

            #fields

            /// The other errors of the same response, where it has several: each with its own code, verdict and delay.
            pub fn other_errors(&self) -> Vec<Error> {
                self.0.other_errors().into_iter().map(|other| Self(Box::new(other))).collect()
            }

            /// This error by itself, as if it were the only one of its response: what it says of repeating is its own.
            #[must_use]
            pub fn alone(&self) -> Error {
                Self(Box::new(self.0.alone()))
            }
        }
    }
}

/// The surface that all APIs share, without an import of the trait.
fn response() -> TokenStream {
    quote! {
        impl Error {
            /// How much of the response was understood.
            pub fn outcome(&self) -> Outcome {
                ApiError::outcome(self)
            }

            /// The code as sent, listed or not.
            pub fn raw_code(&self) -> Option<Cow<'_, str>> {
                ApiError::raw_code(self)
            }

            /// Whether the request may be repeated. Of several errors the one that allows least decides.
            pub fn retry(&self) -> Verdict {
                ApiError::retry(self)
            }

            /// How long to wait before repeat number `attempt`, counted from 0: what the response tells, not clamped, else a backoff with
            /// full jitter. `None` where no repeat is in order. Attempts and caps are the caller's.
            pub fn delay(&self, attempt: u32, now: SystemTime) -> Option<Duration> {
                ApiError::delay(self, attempt, now)
            }

            /// How long the response (or the catalog) tells to wait, not clamped; `None` where nothing is told or what is told is past.
            pub fn told_delay(&self, now: SystemTime) -> Option<Duration> {
                ApiError::told_delay(self, now)
            }

            /// The backoff that the API documents for this error.
            pub fn backoff(&self) -> Option<Backoff> {
                ApiError::backoff(self)
            }

            /// What must have happened before the same request can succeed, for [`Verdict::Conditional`].
            pub fn condition(&self) -> Option<&'static str> {
                ApiError::condition(self)
            }

            /// What sending the same request again does.
            pub fn repeat(&self) -> Option<Repeat<'static>> {
                ApiError::repeat(self)
            }

            /// What a person does about it: the server's own advice, else the catalog's.
            pub fn remediation(&self) -> Option<Cow<'_, str>> {
                ApiError::remediation(self)
            }

            /// What a program does about it.
            pub fn action(&self) -> Option<Action> {
                ApiError::action(self)
            }

            /// The coarse kind of error, the same for all APIs.
            pub fn category(&self) -> Category {
                ApiError::category(self)
            }

            /// The server's message. It is for people: its wording is no contract.
            pub fn message(&self) -> Option<Cow<'_, str>> {
                ApiError::message(self)
            }

            /// The id that support asks for.
            pub fn request_id(&self) -> Option<Cow<'_, str>> {
                ApiError::request_id(self)
            }

            /// Odd things seen in the response, as short words: `unexpected-status`, `unreadable-delay`.
            pub fn notes(&self) -> Vec<&'static str> {
                ApiError::notes(self)
            }

            /// The error's own status where it tells one, else that of the response, where there was one.
            pub fn status(&self) -> Option<u16> {
                self.0.status()
            }

            /// The status of the response, where there was one, whatever its errors say.
            pub fn http_status(&self) -> Option<u16> {
                self.0.http_status()
            }

            /// The headers as they came.
            pub fn headers(&self) -> &http::HeaderMap {
                self.0.headers()
            }

            /// The body as it came.
            pub fn body(&self) -> &[u8] {
                self.0.body()
            }

            /// Whether the body broke off, or was longer than the client's limit: [`body`](Self::body) is its beginning.
            pub fn truncated(&self) -> bool {
                self.0.truncated()
            }
        }

        impl ApiError for Error {
            fn response(&self) -> &ErrorResponse {
                &self.0
            }
        }

        impl FromResponse for Error {
            fn tables() -> &'static Api<'static> {
                &tables::API
            }

            fn from_response(response: ErrorResponse) -> Self {
                Self(Box::new(response))
            }
        }
    }
}

fn conversions() -> TokenStream {
    quote! {
        /// Of any response that failed: one that may be a success is asked with [`FromResponse::find`].
        impl<B: AsRef<[u8]>> From<http::Response<B>> for Error {
            fn from(response: http::Response<B>) -> Self {
                Self(Box::new(ErrorResponse::from_http(&tables::API, response)))
            }
        }

        /// For `?`, where a function can also fail for want of a response.
        impl<T> From<Error> for Failure<Error, T> {
            fn from(error: Error) -> Self {
                Self::Api(error)
            }
        }

        impl ::std::fmt::Display for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for Error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl ::std::error::Error for Error {}
    }
}
