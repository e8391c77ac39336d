//! Whether a failed request is sent again, and after which wait. No clock, no chance of its own: both are handed in.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method};

use crate::api_error::ApiError;
use crate::retry::{Backoff, Repeat, Verdict};
use crate::vocabulary::words;

/// What a caller allows of repeating.
///
/// The catalog says which errors may be repeated, after which delay, and what a repeat does; the policy adds what only the caller knows: how often, for
/// how long, and whether another one is fine where a repeat makes another one.
///
/// ```
/// # use errbook_engine as errbook;
/// use std::time::Duration;
///
/// use errbook::RetryPolicy;
///
/// let policy = RetryPolicy::default().attempts(6).total(Duration::from_secs(120));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    total: Option<Duration>,
    duplicates: bool,
}

/// Four attempts, however long they take; nothing that makes another one.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 4, total: None, duplicates: false }
    }
}

impl RetryPolicy {
    /// How often a request is sent in all, the first time included.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// How long it may take from the first attempt to the beginning of the last, waits included. A wait that does not fit is not begun: nobody comes back
    /// earlier than the server told, only to be refused again.
    #[must_use]
    pub fn total(self, total: Duration) -> Self {
        Self { total: Some(total), ..self }
    }

    /// Whether requests are repeated of which the catalog says that each repeat makes another one, or bills again. They are not, unless this says so.
    #[must_use]
    pub fn duplicates(self, duplicates: bool) -> Self {
        Self { duplicates, ..self }
    }

    /// What to do after an error of the API: repeat, or why not.
    pub fn decide(&self, error: &dyn ApiError, sent: Sent, attempt: &Attempt) -> Result<Again, Stop> {
        if error.retry() != Verdict::Retry {
            return Err(Stop::Verdict);
        }
        let new_key = self.allow(error.repeat(), sent)?;
        if attempt.repeats.saturating_add(1) >= self.attempts {
            return Err(Stop::Attempts);
        }
        let backoff = || error.backoff().unwrap_or(Backoff::DEFAULT).drawn(attempt.repeats, attempt.random);
        let wait = error.told_delay(attempt.now).unwrap_or_else(backoff);
        let fits = self.total.is_none_or(|total| attempt.elapsed.saturating_add(wait) <= total);
        if fits { Ok(Again { wait, new_key }) } else { Err(Stop::Total) }
    }

    /// The repeats of one request: a policy that counts.
    pub fn start(self, sent: Sent) -> Retries {
        Retries { policy: self, sent, repeats: 0, waited: Duration::ZERO }
    }

    /// Whether what a repeat does is fine; the header that needs a new key.
    fn allow(&self, repeat: Option<Repeat<'static>>, sent: Sent) -> Result<Option<&'static str>, Stop> {
        // Who only reads makes nothing twice.
        let free = sent.safe || self.duplicates;
        match repeat {
            Some(Repeat::Duplicates(_)) if !free => Err(Stop::Duplicates),
            Some(Repeat::IdempotencyKey(_)) if !free && !sent.keyed => Err(Stop::NoKey),
            Some(Repeat::NewKey(header)) => Ok(Some(header).filter(|_| sent.keyed || !sent.safe)),
            _ => Ok(None),
        }
    }
}

/// What the request was that failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    safe: bool,
    keyed: bool,
}

impl Sent {
    /// A request that only reads.
    pub const READ: Sent = Sent { safe: true, keyed: false };
    /// A request that may change something.
    pub const WRITE: Sent = Sent { safe: false, keyed: false };
    /// A request that may change something, with an idempotency key: every repeat sends the same one.
    pub const KEYED: Sent = Sent { safe: false, keyed: true };

    /// What a request is by its method (those of [RFC 9110, section 9.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1) only read) and by the
    /// header in which the API wants its idempotency key: [`FromResponse::idempotency_header`](crate::FromResponse::idempotency_header).
    pub fn of(method: &Method, headers: &HeaderMap, key: Option<&str>) -> Self {
        Self { safe: method.is_safe(), keyed: key.is_some_and(|key| headers.contains_key(key)) }
    }

    /// Whether it only reads.
    pub fn is_safe(self) -> bool {
        self.safe
    }

    /// Whether it has an idempotency key.
    pub fn is_keyed(self) -> bool {
        self.keyed
    }
}

/// Where a request stands when an attempt has failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attempt {
    /// How often it was repeated so far.
    pub repeats: u32,
    /// The time since the first attempt.
    pub elapsed: Duration,
    /// The time it is.
    pub now: SystemTime,
    /// A number drawn from 0 to 1, 1 excluded, that decides the jitter.
    pub random: f64,
}

/// The request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Again {
    /// How long to wait before.
    pub wait: Duration,
    /// The header in which it needs a new idempotency key. Where it is `None`, a request that has one keeps it.
    pub new_key: Option<&'static str>,
}

words! {
    /// Why a request is not repeated.
    Stop {
        /// The error is not one that a repeat can mend, or no source says that it is.
        Verdict = "verdict",
        /// As many attempts were made as the policy allows.
        Attempts = "attempts",
        /// The wait does not fit into the time that the policy allows.
        Total = "total",
        /// A repeat makes another one, and the policy does not allow that.
        Duplicates = "duplicates",
        /// A repeat is safe with an idempotency key only, and the request has none.
        NoKey = "no_key",
    }
}

/// The repeats of one request, counted.
///
/// This is what a loop of one's own needs; what is on top of `tower`, `backon` and `reqwest-middleware` uses it too.
///
/// ```
/// # use errbook_engine as errbook;
/// use std::time::{Instant, SystemTime};
///
/// use errbook::{ApiError, RetryPolicy, Sent};
///
/// fn repeat<T, E: ApiError>(mut send: impl FnMut() -> Result<T, E>) -> Result<T, E> {
///     let began = Instant::now();
///     let mut retries = RetryPolicy::default().start(Sent::READ);
///     loop {
///         let error = match send() {
///             Err(error) => error,
///             done => return done,
///         };
///         match retries.after(&error, began.elapsed(), SystemTime::now()) {
///             Ok(again) => std::thread::sleep(again.wait),
///             Err(_) => return Err(error),
///         }
///     }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Retries {
    policy: RetryPolicy,
    sent: Sent,
    repeats: u32,
    waited: Duration,
}

impl Retries {
    /// What to do after an error. `elapsed` is the time since the first attempt; the waits so far count in any case, as a clock that is not the real one
    /// may not tell them.
    pub fn after(&mut self, error: &dyn ApiError, elapsed: Duration, now: SystemTime) -> Result<Again, Stop> {
        let elapsed = elapsed.max(self.waited);
        let attempt = Attempt { repeats: self.repeats, elapsed, now, random: fastrand::f64() };
        let again = self.policy.decide(error, self.sent, &attempt)?;
        self.repeats = self.repeats.saturating_add(1);
        self.waited = self.waited.saturating_add(again.wait);
        // A fresh key is a key.
        self.sent.keyed |= again.new_key.is_some();
        Ok(again)
    }
}
