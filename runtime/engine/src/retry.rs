//! Whether, when and how a request may be repeated.

use std::time::Duration;

use crate::vocabulary::words;
use std::fmt;

words! {
    /// Whether a request may be repeated.
    Verdict {
        /// The same request cannot succeed: change it, or give up.
        Never = "never",
        /// It may be repeated unchanged.
        Retry = "retry",
        /// The same request can succeed once something outside it has happened.
        Conditional = "conditional",
        /// No source says.
        Unknown = "unknown",
    }
}

/// Exponential backoff. Waits are drawn with full jitter: anything from zero to [`ceiling`](Self::ceiling).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// Longest wait before the first repeat, in milliseconds.
    pub initial_ms: u64,
    /// How many times as long the next one is.
    pub factor: f64,
    /// Longest wait of all, in milliseconds.
    pub max_ms: u64,
}

impl Backoff {
    /// What errbook uses where an API says "with backoff" and no figures: 1 s, doubling, 30 s at most.
    pub const DEFAULT: Backoff = Backoff { initial_ms: 1_000, factor: 2.0, max_ms: 30_000 };

    /// Whether its waits are longer: the first one, else the growth, else the longest.
    pub(crate) fn is_longer_than(&self, other: &Self) -> bool {
        (self.initial_ms, self.factor, self.max_ms) > (other.initial_ms, other.factor, other.max_ms)
    }

    /// The longest wait before repeat number `attempt`, counted from 0.
    pub fn ceiling(&self, attempt: u32) -> Duration {
        let exponent = i32::try_from(attempt).unwrap_or(i32::MAX);
        let grown = self.initial_ms as f64 * self.factor.powi(exponent);
        let ms = if grown < self.max_ms as f64 { grown as u64 } else { self.max_ms };
        Duration::from_millis(ms)
    }

    /// A wait for repeat number `attempt`, counted from 0, drawn at random from zero to the ceiling: clients that failed
    /// together do not come back together.
    pub fn jittered(&self, attempt: u32) -> Duration {
        self.drawn(attempt, fastrand::f64())
    }

    /// The wait that a draw from 0 to 1, 1 excluded, means: whole milliseconds, from zero to the ceiling.
    pub(crate) fn drawn(&self, attempt: u32, random: f64) -> Duration {
        let ceiling = self.ceiling(attempt).as_millis() as u64;
        // Figures beyond 2^53 are rounded, up to one millisecond too many.
        let ms = (random * (ceiling as f64 + 1.0)) as u64;
        Duration::from_millis(ms.min(ceiling))
    }
}

/// What sending the same request again does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repeat<'a> {
    /// Nothing is done twice.
    Safe,
    /// It makes another one; the text says of what.
    Duplicates(&'a str),
    /// It is safe with the same key in this header.
    IdempotencyKey(&'a str),
    /// It needs a new key in this header.
    NewKey(&'a str),
}

impl<'a> Repeat<'a> {
    /// The header for the idempotency key that it speaks of.
    pub fn header(self) -> Option<&'a str> {
        match self {
            Repeat::IdempotencyKey(header) | Repeat::NewKey(header) => Some(header),
            Repeat::Safe | Repeat::Duplicates(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_grows_to_its_maximum() {
        let backoff = Backoff { initial_ms: 1_000, factor: 2.0, max_ms: 30_000 };
        let seconds: Vec<u64> = (0..7).map(|n| backoff.ceiling(n).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(backoff.ceiling(u32::MAX).as_secs(), 30);
    }

    #[test]
    fn jitter_stays_below_the_ceiling_and_varies() {
        let backoff = Backoff { initial_ms: 1_000, factor: 2.0, max_ms: 30_000 };
        let waits: Vec<_> = (0..64).map(|_| backoff.jittered(3)).collect();
        assert!(waits.iter().all(|w| *w <= backoff.ceiling(3)));
        assert!(waits.iter().any(|w| *w != waits[0]));
    }
}
