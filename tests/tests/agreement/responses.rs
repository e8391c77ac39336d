//! Random responses that speak of what the random catalogs look for, well formed and not.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// A response: status, headers and body.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: Option<u16>,
    pub(crate) headers: Map<String, Value>,
    pub(crate) body: Vec<u8>,
}

const KEYS: &[&str] = &[
    "code",
    "type",
    "sub",
    "message",
    "errors",
    "details",
    "inner",
    "ok",
    "error",
    "status",
    "n",
    "list",
    "id",
    "next",
    "cost",
    "wait",
    "a",
    "b",
    "c",
    "detail",
    "__proto__",
    "",
    "0",
];

/// JSON as it stands in a body: numbers and texts that lose something in careless hands among them.
const SCALARS: &[&str] = &[
    "\"A\"",
    "\"B\"",
    "\"C\"",
    "\"D\"",
    "\"D/A\"",
    "\"A/B\"",
    "\"B/A\"",
    "\"B/C/A\"",
    "\"up_7\"",
    "\"up_http_502\"",
    "\"a_x_1\"",
    "\"FROZEN\"",
    "\"ANY_D\"",
    "\"\"",
    "\"no way, try again in 1.25s or retry now\"",
    "\"Account is frozen and gone\"",
    "\"one#A two\"",
    "\"error\"",
    "\"6m0s\"",
    "\"{\\\"a\\\": {\\\"b\\\": null, \\\"c\\\": 7}, \\\"n\\\": 30}\"",
    "\"{\\\"a\\\": [{}, \\\"\\\\ud800\\\"], \\\"n\\\": 1e2}\"",
    "\"was sent {\\\"n\\\": -0} !\"",
    "\"\\u0041\"",
    "\"\\ud800 lone\"",
    "\"\\ud83d\\ude00\"",
    "0",
    "-0",
    "-5",
    "5",
    "120",
    "199.0",
    "1e2",
    "1.50",
    "503",
    "429",
    "200",
    "9007199254740993",
    "123456789012345678901234567890123456789012345",
    "0.1000000000000000055511151231257827",
    "true",
    "false",
    "null",
    "[]",
    "{}",
];

/// Bodies that are no JSON object.
const ODD_BODIES: &[&[u8]] =
    &[b"", b" \n", b"A", b"x#up_1 y", b"<html>no</html>", b"\xEF\xBB\xBF{\"code\":\"A\"}", b"{\"code\":\"\xFF\"}"];

fn value() -> impl Strategy<Value = String> {
    let key = || select(KEYS);
    select(SCALARS).prop_map(str::to_owned).prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            1 => proptest::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            3 => proptest::collection::vec((key(), inner), 0..5).prop_map(|members| object(&members)),
        ]
    })
}

/// Keys may stand twice.
fn object(members: &[(&str, String)]) -> String {
    let members: Vec<_> = members.iter().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    format!("{{{}}}", members.join(","))
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let json =
        || proptest::collection::vec((select(KEYS), value()), 0..9).prop_map(|members| object(&members).into_bytes());
    let mutated = (json(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(mut body, at, byte)| {
        let at = at.index(body.len());
        match byte % 3 {
            0 => body.truncate(at),
            1 => body[at] = byte,
            _ => body.insert(at, byte),
        }
        body
    });
    prop_oneof![
        12 => json(),
        3 => mutated,
        2 => value().prop_map(String::into_bytes),
        1 => select(ODD_BODIES).prop_map(<[u8]>::to_vec),
    ]
}

fn headers() -> impl Strategy<Value = Map<String, Value>> {
    let one = prop_oneof![
        (Just("x-code"), select(&["A", "A:b", ": x", "up_9"][..])),
        (Just("x-sub"), select(&["C", "", "lost", "45", "{\"a\": [\"x\"]}", "{\"a\": "][..])),
        (Just("x-left"), select(&["0", "007", "many"][..])),
        (Just("x-a"), select(&["6m0s", "20ms", "soon", "0s"][..])),
        (Just("x-b"), select(&["2026-01-15T12:01:00Z", "2026-01-15T11:00:00Z", "noon"][..])),
        (Just("x-reset"), select(&["1768478460", "1768478460000", "1768478399", "-1"][..])),
        (Just("date"), select(&["Thu, 15 Jan 2026 12:00:00 GMT", "today"][..])),
        (Just("retry-after"), select(&["30", "0", "1.5", "Thu, 15 Jan 2026 12:02:00 GMT"][..])),
        (Just("x-should-retry"), select(&["true", "false", "perhaps"][..])),
        (Just("x-request-id"), select(&["r1", "r 2"][..])),
    ];
    proptest::collection::vec(one, 0..5)
        .prop_map(|pairs| pairs.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect())
}

/// Any response.
pub(crate) fn response() -> impl Strategy<Value = Response> {
    let status = select(&[None, Some(200), Some(302), Some(400), Some(404), Some(429), Some(500), Some(503)][..]);
    (status, headers(), body()).prop_map(|(status, headers, body)| Response { status, headers, body })
}
