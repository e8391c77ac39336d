import assert from "node:assert/strict";
import { test } from "node:test";
import { divide, msOf, readForm } from "../src/form.js";
import type { Form } from "../src/table.js";

function check(form: Form, text: string, want: number | undefined): void {
  const told = readForm(form, text);
  const got = told === undefined ? undefined : "delay" in told ? told.delay : told.instant;
  assert.equal(got, want, `${form} ${text}`);
}

test("seconds are whole digits", () => {
  check("seconds", "30", 30_000);
  check("seconds", "0", 0);
  check("seconds", "007", 7_000);
  const refused = ["", "-5", "+5", "1.5", "1e3", " 5", "5s", "0x5", "٣"];
  for (const text of refused) check("seconds", text, undefined);
  check("seconds", "9007199254740", 9_007_199_254_740_000);
  check("minutes", "5", 300_000);
  check("minutes", "150119987580", Number.MAX_SAFE_INTEGER);
  check("milliseconds", "9007199254740991", Number.MAX_SAFE_INTEGER);
  check("milliseconds", "9007199254740992", Number.MAX_SAFE_INTEGER);
  for (const text of ["9007199254741", "99999999999999999999", "9".repeat(400)]) {
    for (const form of ["seconds", "retry-after", "epoch-seconds"] as const) check(form, text, Number.MAX_SAFE_INTEGER);
  }
});

test("fractions round up", () => {
  check("decimal-seconds", "1.5", 1_500);
  check("decimal-seconds", "1.0000001", 1_001);
  check("decimal-seconds", "2", 2_000);
  check("decimal-seconds", "9007199254741", Number.MAX_SAFE_INTEGER);
  check("decimal-seconds", "0.000000000000000001", 1);
  for (const text of [
    "1.",
    ".5",
    "-1.5",
    "1.5s",
    "1e3",
    "1.2.3",
    "1,5",
    "",
    "0.0000000000000000001",
  ]) {
    check("decimal-seconds", text, undefined);
  }
});

test("durations have units", () => {
  check("duration", "6m0s", 360_000);
  check("duration", "1h30m", 5_400_000);
  check("duration", "20ms", 20);
  check("duration", "1.5s", 1_500);
  check("duration", "1µs", 1);
  check("duration", "2d", 172_800_000);
  check("duration", "999999999999999999d", Number.MAX_SAFE_INTEGER);
  check("duration", "1ns1us", 1);
  for (const text of [
    "",
    "6",
    "6m0",
    "m",
    "-1s",
    "1 s",
    "1x",
    "1.s",
    "1..s",
    "9999999999999999999s",
    "1ſ",
  ]) {
    check("duration", text, undefined);
  }
  check("duration", "1h".repeat(1_000_000), 3_600_000_000_000);
});

test("instants", () => {
  const t = 784_111_777_000;
  check("http-date", "Sun, 06 Nov 1994 08:49:37 GMT", t);
  check("http-date", "Sunday, 06-Nov-94 08:49:37 GMT", t);
  check("http-date", "Sun Nov  6 08:49:37 1994", t);
  check("http-date", " Sun, 06 Nov 1994 08:49:37 GMT\t", t);
  check("http-date", "Wednesday, 01-Jan-70 00:00:00 GMT", undefined);
  check("http-date", "Thursday, 01-Jan-70 00:00:00 GMT", 0);
  check("http-date", "Saturday, 31-Dec-69 00:00:00 GMT", undefined);
  check("http-date", "Tuesday, 31-Dec-69 00:00:00 GMT", 3_155_673_600_000);
  check("http-date", "Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799_000);
  for (const text of [
    "Mon, 06 Nov 1994 08:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 24:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:60 GMT",
    "Thu, 29 Feb 2001 00:00:00 GMT",
    "Wed, 31 Dec 1969 00:00:00 GMT",
    "Sun Nov 06 08:49:37 1994 GMT",
    "\u00a0Sun, 06 Nov 1994 08:49:37 GMT",
    "",
  ]) {
    check("http-date", text, undefined);
  }
  check("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT", t);
  check("retry-after", "120", 120_000);
  check("iso8601", "1994-11-06T08:49:37Z", t);
  check("iso8601", "1994-11-06t09:49:37.0000+01:00", t);
  check("iso8601", "1994-11-06 03:49:37,5-0500", t + 500);
  check("iso8601", "1994-11-06T08:49:37.0000001Z", t + 1);
  check("iso8601", "1994-11-06T08:49Z", t - 37_000);
  check("iso8601", `1994-11-06T08:49:37.${"0".repeat(1_000_000)}z`, t);
  check("iso8601", "2000-02-29T00:00:00Z", 951_782_400_000);
  check("iso8601", "0001-01-01T00:00:00Z", -62_135_596_800_000);
  check("iso8601", "0000-01-01T00:00:00Z", -62_167_219_200_000);
  for (const text of [
    "1994-11-06T08:49:37",
    "1994-11-06",
    "1994-13-06T08:49:37Z",
    "1994-00-06T08:49:37Z",
    "1994-11-00T08:49:37Z",
    "1994-02-29T08:49:37Z",
    "1994-11-06T24:00:00Z",
    "1994-11-06T08:49:60Z",
    "1994-11-06T08:49:37.Z",
    "1994-11-06T08:49.5Z",
    "1994-11-06T08:49:37Zx",
    "1994-11-06T08:49:37Z\n",
    "1994-11-06T08:49:37+1",
    "+994-11-06T08:49:37Z",
    "1994-11-06T08:49:37+24:00",
    "1994-11-06T08:49:37+00:60",
    "é",
    "",
  ]) {
    check("iso8601", text, undefined);
  }
  check("epoch-seconds", "784111777", t);
  check("epoch-milliseconds", "784111777000", t);
});

test("a wait is counted from now", () => {
  assert.equal(msOf({ delay: 7 }, 5), 7);
  assert.equal(msOf({ instant: 4 }, 5), -1);
  assert.equal(msOf({ instant: 6 }, 5.5), 1);
  assert.equal(msOf({ instant: 6 }, NaN), 0);
  assert.equal(msOf({ instant: 6 }, -Infinity), 0);
});

test("division rounds up", () => {
  assert.equal(divide(51_000, "50"), 1_020);
  assert.equal(divide(1_000, "3"), 334);
  assert.equal(divide(1, "0.5"), 2);
  assert.equal(divide(Number.MAX_SAFE_INTEGER, "1"), Number.MAX_SAFE_INTEGER);
  assert.equal(divide(Number.MAX_SAFE_INTEGER, "0.5"), Number.MAX_SAFE_INTEGER);
  for (const rate of ["", "0", "0.0", "-1", "1s", "1e3", "x"]) assert.equal(divide(1_000, rate), undefined, rate);
});
