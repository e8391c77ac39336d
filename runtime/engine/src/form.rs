//! Delays and instants as servers write them.
//!
//! All of it is in whole milliseconds, rounded up so that nobody comes back too early, and bounded by 2^53 - 1 so that every
//! language gives the same answer. What is longer counts as that.

use std::time::UNIX_EPOCH;

use crate::table::Form;

/// The largest number of milliseconds: 2^53 - 1.
pub(crate) const MAX_MS: i64 = (1 << 53) - 1;

/// What a text told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    /// To wait so many milliseconds.
    Delay(i64),
    /// To wait until so many milliseconds after the epoch.
    Instant(i64),
}

impl Told {
    /// The wait from `now`, in milliseconds after the epoch; past and zero mean none.
    pub(crate) fn wait(self, now: i64) -> Option<u64> {
        u64::try_from(self.ms(now)?).ok().filter(|ms| *ms > 0)
    }

    /// The milliseconds from `now`, negative for what is past; `None` beyond all bounds.
    pub(crate) fn ms(self, now: i64) -> Option<i64> {
        match self {
            Told::Delay(ms) => Some(ms),
            Told::Instant(at) => at.checked_sub(now),
        }
    }
}

/// Reads `text`; `None` where it is not well formed.
pub(crate) fn read(form: Form, text: &str) -> Option<Told> {
    let ms = match form {
        Form::RetryAfter => return read(Form::Seconds, text).or_else(|| read(Form::HttpDate, text)),
        Form::Seconds => return whole(text, 1_000).map(Told::Delay),
        Form::Minutes => return whole(text, 60_000).map(Told::Delay),
        Form::Milliseconds => return whole(text, 1).map(Told::Delay),
        Form::DecimalSeconds => return decimal_seconds(text).map(Told::Delay),
        Form::Duration => return duration(text).map(Told::Delay),
        Form::HttpDate => http_date(text),
        Form::EpochSeconds => whole(text, 1_000),
        Form::EpochMilliseconds => whole(text, 1),
        Form::Iso8601 => iso8601(text),
    };
    ms.map(Told::Instant)
}

/// Whole ASCII digits, nothing else, times `unit` milliseconds.
fn whole(text: &str, unit: i64) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.parse::<i64>().unwrap_or(MAX_MS).saturating_mul(unit).min(MAX_MS))
}

fn decimal_seconds(text: &str) -> Option<i64> {
    let (nanos, rest) = amount(text, 1_000_000_000)?;
    rest.is_empty().then(|| to_ms(nanos))
}

/// Numbers with units, as Go prints durations: `1h30m`, `6m0s`, `1.5s`, `20ms`.
fn duration(text: &str) -> Option<i64> {
    const UNITS: [(&str, u128); 8] = [
        ("ms", 1_000_000),
        ("us", 1_000),
        ("µs", 1_000),
        ("ns", 1),
        ("s", 1_000_000_000),
        ("m", 60_000_000_000),
        ("h", 3_600_000_000_000),
        ("d", 86_400_000_000_000),
    ];
    let mut rest = text;
    let mut total = 0u128;
    while !rest.is_empty() {
        let at = rest.find(|c: char| c != '.' && !c.is_ascii_digit())?;
        let (unit, nanos) = UNITS.into_iter().find(|(unit, _)| rest[at..].starts_with(unit))?;
        let (amount, left) = amount(&rest[..at], nanos)?;
        if !left.is_empty() {
            return None;
        }
        total = total.checked_add(amount)?;
        rest = &rest[at + unit.len()..];
    }
    if text.is_empty() { None } else { Some(to_ms(total)) }
}

/// The decimal number that `text` begins with, times `unit` nanoseconds, rounded up, and what follows it.
fn amount(text: &str, unit: u128) -> Option<(u128, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, mut rest) = text.split_at(digits(text));
    let mut nanos = parse(whole)?.checked_mul(unit)?;
    if let Some(after) = rest.strip_prefix('.') {
        let (fraction, left) = after.split_at(digits(after));
        let scale = 10u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        nanos = nanos.checked_add(parse(fraction)?.checked_mul(unit)?.div_ceil(scale))?;
        rest = left;
    }
    Some((nanos, rest))
}

/// Up to 18 digits: more would be no delay that anybody means.
fn parse(digits: &str) -> Option<u128> {
    if digits.len() > 18 { None } else { digits.parse().ok() }
}

/// A positive number of milliseconds divided by a decimal rate, rounded up; `None` where the rate is none or zero.
pub(crate) fn divide(ms: i64, rate: &str) -> Option<i64> {
    const SCALE: u128 = 1_000_000_000;
    let (rate, rest) = amount(rate, SCALE)?;
    if rate == 0 || !rest.is_empty() {
        return None;
    }
    let scaled = u128::try_from(ms).ok()?.checked_mul(SCALE)?;
    Some(bounded(scaled.div_ceil(rate)))
}

fn to_ms(nanos: u128) -> i64 {
    bounded(nanos.div_ceil(1_000_000))
}

fn bounded(ms: u128) -> i64 {
    i64::try_from(ms).unwrap_or(MAX_MS).min(MAX_MS)
}

fn http_date(text: &str) -> Option<i64> {
    let at = httpdate::parse_http_date(text).ok()?;
    i64::try_from(at.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()
}

/// `2026-01-15T12:00:00.000Z`, with any offset, any number of digits in the fraction, seconds optional. Without an offset it is
/// no instant, and not read.
fn iso8601(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |from: usize, len: usize| -> Option<i64> {
        let digits = bytes.get(from..from + len)?;
        digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
    };
    let is = |at: usize, any_of: &[u8]| bytes.get(at).is_some_and(|b| any_of.contains(b));
    let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
    let (hour, minute) = (number(11, 2)?, number(14, 2)?);
    if !(is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":")) {
        return None;
    }
    let mut at = 16;
    let mut second = 0;
    let mut fraction_ms = 0;
    if is(at, b":") {
        second = number(at + 1, 2)?;
        at += 3;
        if is(at, b".,") {
            let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            fraction_ms = round_up_to_ms(&bytes[at + 1..at + 1 + digits]);
            at += 1 + digits;
        }
    }
    let offset_minutes = match bytes.get(at)? {
        b'Z' | b'z' if at + 1 == bytes.len() => 0,
        sign @ (b'+' | b'-') => {
            let colon = usize::from(is(at + 3, b":"));
            let (hours, minutes) = (number(at + 1, 2)?, number(at + 3 + colon, 2)?);
            if at + 5 + colon != bytes.len() || hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let minutes = days_from_epoch(year, month, day)? * 1_440 + hour * 60 + minute - offset_minutes;
    Some((minutes * 60 + second) * 1_000 + fraction_ms)
}

fn round_up_to_ms(digits: &[u8]) -> i64 {
    let digit = |i: usize| digits.get(i).map_or(0, |b| i64::from(b - b'0'));
    let rest = digits.get(3..).is_some_and(|rest| rest.iter().any(|b| *b != b'0'));
    digit(0) * 100 + digit(1) * 10 + digit(2) + i64::from(rest)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; `None` where there is no such day.
fn days_from_epoch(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = usize::try_from(month - 1).ok()?;
    if day < 1 || day > *lengths.get(month)? {
        return None;
    }
    let before: i64 = lengths[..month].iter().sum();
    // Leap days of the years before this one, and the same up to 1970, which is 477.
    let leap_days = |years: i64| years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    Some((year - 1970) * 365 + leap_days(year - 1) - leap_days(1969) + before + day - 1)
}

/// The instants of the years 0 to 9999, which are those that text can give.
pub(crate) const INSTANTS: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

/// An instant as JSON gives it: `2024-12-28T00:00:00.000Z`. `None` outside the years 0 to 9999.
pub(crate) fn format_instant(ms: i64) -> Option<String> {
    if !INSTANTS.contains(&ms) {
        return None;
    }
    let days = ms.div_euclid(86_400_000);
    let of_day = ms.rem_euclid(86_400_000);
    let mut year = 1970 + days.div_euclid(if days < 0 { 365 } else { 366 });
    while days_from_epoch(year + 1, 1, 1)? <= days {
        year += 1;
    }
    let mut month = 12;
    while days_from_epoch(year, month, 1)? > days {
        month -= 1;
    }
    let day = days - days_from_epoch(year, month, 1)? + 1;
    let (hour, minute, second, ms) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1_000 % 60, of_day % 1_000);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: Form, text: &str, want: Option<i64>) {
        let got = read(form, text).map(|told| match told {
            Told::Delay(ms) | Told::Instant(ms) => ms,
        });
        assert_eq!(got, want, "{form:?} {text:?}");
    }

    #[test]
    fn seconds_are_whole_digits() {
        check(Form::Seconds, "30", Some(30_000));
        check(Form::Seconds, "0", Some(0));
        check(Form::Seconds, "007", Some(7_000));
        for text in ["", "-5", "+5", "1.5", "1e3", " 5", "5s", "٣"] {
            check(Form::Seconds, text, None);
        }
        check(Form::Seconds, "9007199254740", Some(9_007_199_254_740_000));
        check(Form::Minutes, "5", Some(300_000));
        check(Form::Milliseconds, "9007199254740991", Some(MAX_MS));
        check(Form::Milliseconds, "9007199254740992", Some(MAX_MS));
        for text in ["9007199254741", "99999999999999999999", &"9".repeat(400)] {
            check(Form::Seconds, text, Some(MAX_MS));
            check(Form::RetryAfter, text, Some(MAX_MS));
            check(Form::EpochSeconds, text, Some(MAX_MS));
        }
    }

    #[test]
    fn fractions_round_up() {
        check(Form::DecimalSeconds, "1.5", Some(1_500));
        check(Form::DecimalSeconds, "1.0000001", Some(1_001));
        check(Form::DecimalSeconds, "2", Some(2_000));
        check(Form::DecimalSeconds, "9007199254741", Some(MAX_MS));
        for text in ["1.", ".5", "-1.5", "1.5s", "1e3", "1.2.3", ""] {
            check(Form::DecimalSeconds, text, None);
        }
    }

    #[test]
    fn durations_have_units() {
        check(Form::Duration, "6m0s", Some(360_000));
        check(Form::Duration, "1h30m", Some(5_400_000));
        check(Form::Duration, "20ms", Some(20));
        check(Form::Duration, "1.5s", Some(1_500));
        check(Form::Duration, "1µs", Some(1));
        check(Form::Duration, "2d", Some(172_800_000));
        check(Form::Duration, "999999999999999999d", Some(MAX_MS));
        for text in ["", "6", "6m0", "m", "-1s", "1 s", "1x", "1.s", "9999999999999999999s", "1ſ"] {
            check(Form::Duration, text, None);
        }
    }

    #[test]
    fn instants() {
        let t = 784_111_777_000;
        check(Form::HttpDate, "Sun, 06 Nov 1994 08:49:37 GMT", Some(t));
        check(Form::HttpDate, "Sunday, 06-Nov-94 08:49:37 GMT", Some(t));
        check(Form::HttpDate, "Sun Nov  6 08:49:37 1994", Some(t));
        check(Form::RetryAfter, "Sun, 06 Nov 1994 08:49:37 GMT", Some(t));
        check(Form::RetryAfter, "120", Some(120_000));
        check(Form::Iso8601, "1994-11-06T08:49:37Z", Some(t));
        check(Form::Iso8601, "1994-11-06t09:49:37.0000+01:00", Some(t));
        check(Form::Iso8601, "1994-11-06 03:49:37,5-0500", Some(t + 500));
        check(Form::Iso8601, "1994-11-06T08:49:37.0000001Z", Some(t + 1));
        check(Form::Iso8601, "1994-11-06T08:49Z", Some(t - 37_000));
        check(Form::Iso8601, "2000-02-29T00:00:00Z", Some(951_782_400_000));
        check(Form::Iso8601, "0001-01-01T00:00:00Z", Some(-62_135_596_800_000));
        for text in [
            "1994-11-06T08:49:37",
            "1994-11-06",
            "1994-13-06T08:49:37Z",
            "1994-02-29T08:49:37Z",
            "1994-11-06T24:00:00Z",
            "1994-11-06T08:49:60Z",
            "1994-11-06T08:49:37.Z",
            "1994-11-06T08:49:37Zx",
            "1994-11-06T08:49:37+1",
            "+994-11-06T08:49:37Z",
            "1994-11-06T08:49:37+24:00",
            "é",
            "",
        ] {
            check(Form::Iso8601, text, None);
        }
        check(Form::EpochSeconds, "784111777", Some(t));
    }

    #[test]
    fn formatted_instants_read_back() {
        for ms in [
            0,
            *INSTANTS.start(),
            951_782_400_000,
            951_868_799_999,
            -1,
            -62_135_596_800_000,
            253_402_300_799_999,
            1_735_344_000_000,
        ] {
            let text = format_instant(ms).unwrap();
            assert_eq!(iso8601(&text), Some(ms), "{text}");
        }
        assert_eq!(format_instant(253_402_300_800_000), None);
        assert_eq!(format_instant(MAX_MS), None);
    }

    #[test]
    fn division_rounds_up() {
        assert_eq!(divide(51_000, "50"), Some(1_020));
        assert_eq!(divide(1_000, "3"), Some(334));
        assert_eq!(divide(1, "0.5"), Some(2));
        assert_eq!(divide(MAX_MS, "1"), Some(MAX_MS));
        assert_eq!(divide(MAX_MS, "0.5"), Some(MAX_MS));
        for rate in ["", "0", "0.0", "-1", "1s", "x"] {
            assert_eq!(divide(1_000, rate), None, "{rate}");
        }
    }

    #[test]
    fn past_and_zero_mean_none() {
        assert_eq!(Told::Delay(0).wait(5), None);
        assert_eq!(Told::Instant(5).wait(5), None);
        assert_eq!(Told::Instant(4).wait(5), None);
        assert_eq!(Told::Instant(6).wait(5), Some(1));
        assert_eq!(Told::Instant(i64::MAX).wait(i64::MIN), None);
    }
}
