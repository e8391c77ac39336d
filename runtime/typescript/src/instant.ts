/** Instants as servers write them, in milliseconds after 1970-01-01T00:00:00Z. */

import { digitsEnd } from "./scanner.js";

const DAY_MS = 86_400_000;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const IMF = /^(\w{3}), (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;
const RFC_850 = /^(Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day, (\d\d)-(\w{3})-(\d\d).(\d\d):(\d\d):(\d\d) GMT$/s;
const ASCTIME = /^(\w{3}) (\w{3}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

/** An HTTP-date (RFC 9110, section 5.6.7): the preferred form and the two obsolete ones. The day of the week must be right. */
export function httpDate(written: string): number | undefined {
  if (/[^\0-\x7f]/.test(written)) return undefined;
  const text = written.trim();
  let found = IMF.exec(text);
  if (found !== null) {
    const [, weekday = "", day, month = "", year, ...time] = found;
    return instant(weekday, Number(year), month, Number(day), time);
  }
  found = RFC_850.exec(text);
  if (found !== null) {
    const [, weekday = "", day, month = "", year, ...time] = found;
    const short = Number(year);
    return instant(weekday.slice(0, 3), short + (short < 70 ? 2000 : 1900), month, Number(day), time);
  }
  found = ASCTIME.exec(text);
  if (found !== null) {
    const [, weekday = "", month = "", day, hour = "", minute = "", second = "", year] = found;
    return instant(weekday, Number(year), month, Number(day), [hour, minute, second]);
  }
  return undefined;
}

function instant(
  weekday: string,
  year: number,
  month: string,
  day: number,
  time: readonly string[],
): number | undefined {
  const [hour = NaN, minute = NaN, second = NaN] = time.map(Number);
  const days = daysFromEpoch(year, MONTHS.indexOf(month) + 1, day);
  // 1970-01-01 was a Thursday.
  if (days === undefined || year < 1970 || WEEKDAYS[(days + 4) % 7] !== weekday) return undefined;
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
}

const ISO_TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d))?/;
const ISO_OFFSET = /^(?:[Zz]|([+-])(\d\d):?(\d\d))$/;

/**
 * `2026-01-15T12:00:00.000Z`, with any offset, any number of digits in the fraction, seconds optional. Without an offset it
 * is no instant, and not read.
 */
export function iso8601(text: string): number | undefined {
  const time = ISO_TIME.exec(text);
  if (time === null) return undefined;
  const [, year, month, day, hour, minute, second] = time;
  let end = time[0].length;
  let fraction = "";
  if (second !== undefined && /[.,]/.test(text.charAt(end))) {
    const start = end + 1;
    end = digitsEnd(text, start);
    if (end === start) return undefined;
    fraction = text.slice(start, end);
  }
  const offset = ISO_OFFSET.exec(text.slice(end));
  if (offset === null) return undefined;
  const [, sign, hours = "0", minutes = "0"] = offset;
  const days = daysFromEpoch(Number(year), Number(month), Number(day));
  if (days === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const east = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const inMinutes = days * 1440 + Number(hour) * 60 + Number(minute) - east;
  return (inMinutes * 60 + Number(second ?? 0)) * 1000 + roundUpToMs(fraction);
}

/** The milliseconds of the digits after a decimal point. */
function roundUpToMs(digits: string): number {
  return Number(digits.slice(0, 3).padEnd(3, "0")) + (/[1-9]/.test(digits.slice(3)) ? 1 : 0);
}

/** Days from 1970-01-01 to a day of the Gregorian calendar; undefined where there is no such day. */
function daysFromEpoch(year: number, month: number, day: number): number | undefined {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const length = lengths[month - 1];
  if (length === undefined || day < 1 || day > length) return undefined;
  const before = lengths.slice(0, month - 1).reduce((sum, n) => sum + n, 0);
  // Leap days of the years before this one, and the same up to 1970, which is 477.
  const leapDays = (years: number) => Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return (year - 1970) * 365 + leapDays(year - 1) - leapDays(1969) + before + day - 1;
}
