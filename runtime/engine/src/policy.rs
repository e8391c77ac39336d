//! Whether a failed request is sent again, and after which wait. No clock of its own: the time is handed in, and so is chance to [`RetryPolicy::decide`];
//! [`Retries`], which counts for its caller, draws the jitter as well.

use std::fmt;
use std::time::{Duration, SystemTime};

use http::{Extensions, HeaderMap, Method};

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
    longest_wait: Duration,
    total: Option<Duration>,
    unanswered: bool,
    duplicates: bool,
}

/// Four attempts, with waits of two minutes at most; nothing without a response, and nothing that makes another one.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: 4, longest_wait: Duration::from_secs(120), total: None, unanswered: false, duplicates: false }
    }
}

impl RetryPolicy {
    /// How often a request is sent in all, the first time included.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// How long one wait may be. Where the server tells a longer one, there is no repeat: nobody comes back earlier than the server told, only to be refused
    /// again. A backoff ends here, too.
    #[must_use]
    pub fn longest_wait(self, longest_wait: Duration) -> Self {
        Self { longest_wait, ..self }
    }

    /// How long it may take from the first attempt to the beginning of the last, waits included; no limit unless said. A wait that does not fit is not begun.
    /// An attempt under way is not broken off: that is what the timeout of the client is for.
    #[must_use]
    pub fn total(self, total: Duration) -> Self {
        Self { total: Some(total), ..self }
    }

    /// Whether a request is repeated to which there was no response: no connection, a timeout, a connection that broke. It may have been carried out all the
    /// same, so only a request that reads, or has an idempotency key, is. They are not, unless this says so.
    #[must_use]
    pub fn unanswered(self, unanswered: bool) -> Self {
        Self { unanswered, ..self }
    }

    /// Whether requests are repeated though a repeat may make another one, or bill again: because the catalog says that each does, or because it takes an
    /// idempotency key to prevent that and the request has none. They are not, unless this says so.
    ///
    /// Where no source says what a repeat does, this decides nothing: the API's word that the error may be repeated holds.
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
        let wait = self.wait(attempt, || error.told_delay(attempt.now), || error.backoff())?;
        Ok(Again { wait, new_key })
    }

    /// What to do where there was no response: repeat, or why not.
    pub fn decide_unanswered(&self, sent: Sent, attempt: &Attempt) -> Result<Again, Stop> {
        if !self.unanswered {
            return Err(Stop::Unanswered);
        }
        if !(sent.safe || sent.keyed || self.duplicates) {
            return Err(Stop::NoKey);
        }
        let wait = self.wait(attempt, || None, || None)?;
        Ok(Again { wait, new_key: None })
    }

    /// The repeats of one request: a policy that counts.
    pub fn start(self, sent: Sent) -> Retries {
        Retries { policy: self, sent, repeats: 0, waited: Duration::ZERO, uncertain: false }
    }

    /// The wait before the next attempt, where one is left and the wait fits.
    fn wait(
        &self,
        attempt: &Attempt,
        told: impl FnOnce() -> Option<Duration>,
        backoff: impl FnOnce() -> Option<Backoff>,
    ) -> Result<Duration, Stop> {
        if attempt.repeats.saturating_add(1) >= self.attempts {
            return Err(Stop::Attempts);
        }
        let wait = match told() {
            Some(told) if told > self.longest_wait => return Err(Stop::LongestWait),
            Some(told) => told,
            None => {
                let backoff = backoff().unwrap_or(Backoff::DEFAULT);
                backoff.drawn(attempt.repeats, attempt.random).min(self.longest_wait)
            }
        };
        let fits = self.total.is_none_or(|total| attempt.elapsed.saturating_add(wait) <= total);
        if fits { Ok(wait) } else { Err(Stop::Total) }
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
///
/// Put into the extensions of a request, it says so where the method says something else: [`Sent::READ`] of a search by `POST`, [`Sent::WRITE`] of a `GET` that
/// starts something.
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
    /// header in which the API wants its idempotency key: [`FromResponse::idempotency_header`](crate::FromResponse::idempotency_header). An empty one is none.
    pub fn of(method: &Method, headers: &HeaderMap, key: Option<&str>) -> Self {
        Self { safe: method.is_safe(), keyed: key.and_then(|key| headers.get(key)).is_some_and(|key| !key.is_empty()) }
    }

    /// The same, where the extensions of the request say so: whether it only reads, and that it has a key though not in that header.
    #[must_use]
    pub fn overridden_by(self, extensions: &Extensions) -> Self {
        extensions.get::<Sent>().map_or(self, |said| Self { safe: said.safe, keyed: said.keyed || self.keyed })
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

/// Where a request stands when an attempt has failed: what [`RetryPolicy::decide`] asks of those who count for themselves. [`Retries`] does it for all others.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
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

impl Attempt {
    /// An attempt that has failed after so many repeats and so much time.
    pub fn new(repeats: u32, elapsed: Duration, now: SystemTime, random: f64) -> Self {
        Self { repeats, elapsed, now, random }
    }
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
        /// The server tells a longer wait than the policy allows.
        LongestWait = "longest_wait",
        /// The wait does not fit into the time that the policy allows.
        Total = "total",
        /// There was no response, and the policy does not allow a repeat then.
        Unanswered = "unanswered",
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
    /// Whether nobody knows what became of an attempt.
    uncertain: bool,
}

impl Retries {
    /// What to do after an error. `elapsed` is the time since the first attempt; the waits so far count in any case, as a clock that is not the real one
    /// may not tell them.
    pub fn after(&mut self, error: &dyn ApiError, elapsed: Duration, now: SystemTime) -> Result<Again, Stop> {
        let again = self.policy.decide(error, self.sent, &self.attempt(elapsed, now))?;
        // What was sent with the old key may have been carried out: with a new one it would be another.
        if again.new_key.is_some() && self.uncertain && !self.sent.safe && !self.policy.duplicates {
            return Err(Stop::Duplicates);
        }
        self.uncertain |= matches!(error.repeat(), Some(Repeat::IdempotencyKey(_)));
        Ok(self.count(again))
    }

    /// What to do where there was no response.
    pub fn after_unanswered(&mut self, elapsed: Duration, now: SystemTime) -> Result<Again, Stop> {
        let again = self.policy.decide_unanswered(self.sent, &self.attempt(elapsed, now))?;
        self.uncertain = true;
        Ok(self.count(again))
    }

    fn attempt(&self, elapsed: Duration, now: SystemTime) -> Attempt {
        Attempt::new(self.repeats, elapsed.max(self.waited), now, fastrand::f64())
    }

    fn count(&mut self, again: Again) -> Again {
        self.repeats = self.repeats.saturating_add(1);
        self.waited = self.waited.saturating_add(again.wait);
        // A fresh key is a key.
        self.sent.keyed |= again.new_key.is_some();
        again
    }
}
