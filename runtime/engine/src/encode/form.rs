//! Delays as servers write them: what [`crate::form`] reads.

use std::time::{Duration, UNIX_EPOCH};

use super::said::{Said, instant};
use crate::form::MAX_MS;
use crate::table::Form;

/// The last second that an HTTP-date can tell: its years have four digits.
const LAST_SECOND: u64 = 253_402_300_799;

/// A wait of `ms` from `now` on, rounded up to what the form can tell.
pub(super) fn wait(ms: i64, now: i64, form: Form) -> Option<Said> {
    let whole = |unit: i64| Said::bare((ms / unit + i64::from(ms % unit > 0)).to_string());
    if !(0..=MAX_MS).contains(&ms) {
        return None;
    }
    match form {
        Form::RetryAfter | Form::Seconds => Some(whole(1_000)),
        Form::Minutes => Some(whole(60_000)),
        Form::Milliseconds => Some(whole(1)),
        Form::DecimalSeconds => Some(Said::bare(decimal(ms))),
        Form::Duration if ms % 1_000 == 0 => Some(Said::text(format!("{}s", ms / 1_000))),
        Form::Duration => Some(Said::text(format!("{ms}ms"))),
        Form::HttpDate | Form::EpochSeconds | Form::EpochMilliseconds | Form::Iso8601 => {
            instant(now.checked_add(ms)?, form)
        }
    }
}

/// Seconds with as many decimals as it takes.
fn decimal(ms: i64) -> String {
    let (seconds, rest) = (ms / 1_000, ms % 1_000);
    if rest == 0 { seconds.to_string() } else { format!("{seconds}.{rest:03}").trim_end_matches('0').to_owned() }
}

/// An HTTP-date of so many seconds after the epoch.
pub(super) fn http_date(seconds: u64) -> Option<String> {
    if seconds > LAST_SECOND {
        return None;
    }
    Some(httpdate::fmt_http_date(UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?))
}
