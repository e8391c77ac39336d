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
        Form::Duration => Some(Said::text(format!("{}s", decimal(ms)))),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{self, Told};

    /// What is written reads as a wait that is not shorter, and longer by less than `unit`.
    #[track_caller]
    fn check(form: Form, unit: u64) {
        let now = 1_735_344_000_123;
        for ms in [1, 999, 1_000, 1_001, 59_999, 90_500, 86_400_000] {
            let said = wait(ms, now, form).unwrap();
            let told = form::read(form, &said.text).and_then(|told: Told| told.wait(now)).unwrap();
            let longer = told.checked_sub(u64::try_from(ms).unwrap());
            assert!(longer.is_some_and(|longer| longer < unit), "{form:?} {ms} {said:?} {told}");
        }
    }

    #[test]
    fn waits_are_never_shortened() {
        for (form, unit) in [
            (Form::RetryAfter, 1_000),
            (Form::Seconds, 1_000),
            (Form::DecimalSeconds, 1),
            (Form::Minutes, 60_000),
            (Form::Milliseconds, 1),
            (Form::HttpDate, 1_000),
            (Form::EpochSeconds, 1_000),
            (Form::EpochMilliseconds, 1),
            (Form::Iso8601, 1),
            (Form::Duration, 1),
        ] {
            check(form, unit);
        }
    }

    #[test]
    fn what_no_form_tells_is_not_written() {
        for form in [Form::Seconds, Form::Duration, Form::HttpDate, Form::EpochSeconds, Form::Iso8601] {
            assert_eq!(wait(-1, 0, form), None);
            assert_eq!(wait(MAX_MS + 1, 0, form), None);
        }
        for form in [Form::HttpDate, Form::Iso8601] {
            assert_eq!(wait(1, 253_402_300_800_000, form), None, "{form:?}");
        }
        assert_eq!(wait(1, i64::MAX, Form::EpochSeconds), None);
        assert_eq!(wait(0, 0, Form::Milliseconds), Some(Said::bare("0")));
    }
}
