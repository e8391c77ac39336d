//! Random catalogs: any choice of response shapes, errors and rules that between them use every part of the format.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const SHAPES: &[&str] = &[
    "{ code: /code, message: /message }",
    "{ code: { parts: [/type, /code, [/sub, header:x-sub]] }, message: [/message, \"\"], request_id: [header:x-request-id, /id] }",
    "{ if: { /errors: { present: true } }, message: /message, remediation: /next, errors: { in: /errors/*, code: /code, own_status: /status, message: /message, fields: { own: { in: /id, type: any } } } }",
    "{ code: /code, errors: { in: /details/**/inner, primary: innermost, code: /code, message: /message } }",
    "{ status: [200, 3xx], if: { /ok: false }, code: /error, own_status: /status }",
    "{ status: [none], if: { /type: error }, code: /code }",
    "{ code: [/details/*/code, /*/*/code], message: /*/message }",
    "{ code: [{ in: header:x-code, until: \":\" }, { in: body, following: \"#\", until: \" \" }] }",
    "{ status: 2xx, if: { /n: { not: 0 } }, errors: { in: /list/*, primary: last, code: \"\", if: { header:x-a: { present: false } } } }",
    "{ message: body, remediation: /next, fields: { left: { in: header:x-left, type: integer }, id: { in: /id, type: string } } }",
    "{ status: 4xx, if: { /n: { range: [1, 9] } }, code: /detail/code, errors: { in: /**/errors/*, primary: last, code: /code, if: { /ok: { not: true } } } }",
];

/// What tells an error: a code, a class, conditions.
const IDENTITIES: &[&str] = &[
    "code: A",
    "code: 0",
    "code: -5",
    "code: \"\"",
    "code: __proto__",
    "code: [A, B]",
    "code: [A, B, C]",
    "code: [D/A, B]\n    aliases: [[A, B/C/A], B/A]",
    "code: [{ present: true }, D]\n    name: ANY_D",
    "code: { prefix: up_ }\n    name: UP",
    "code: { prefix: up_http_ }\n    name: UP_HTTP",
    "code: { range: [100, 199] }\n    name: HUNDREDS",
    "code: { pattern: \"*_x_*\" }\n    name: MIDDLE",
    "name: FROZEN\n    match: { message: { contains: Frozen } }",
    "name: LEFT_ZERO\n    match: { header:x-left: 0, /n: { range: [0, 5] } }",
    "name: STATUS_ALONE\n    match: {}",
    "name: PREFIXED\n    match: { message: { prefix: \"no \" }, /ok: { present: false } }",
];

const RETRIES: &[&str] = &[
    "never",
    "backoff",
    "undocumented",
    "{ backoff: { initial: 500ms, factor: 1.5, max: 4s } }",
    "{ when: It was paid. }",
    "{ after: 90s }",
    "{ after: [header:retry-after, { in: /wait, form: seconds }], else: backoff }",
    "{ after: { in: /wait, form: duration } }",
    "{ after: [{ in: /wait, json: /n, form: seconds }, { in: header:x-sub, json: \"\", form: seconds }] }",
    "{ after: { in: /wait, form: decimal-seconds }, else: { initial: 1s, factor: 3, max: 1m } }",
    "{ after: { longest: [{ in: header:x-a, form: duration }, { in: header:x-b, form: iso8601 }, { in: /wait, form: minutes }] } }",
    "{ after: { in: body:/cost/a, minus: /cost/b, per: /cost/c, form: decimal-seconds } }",
    "{ after: { in: header:x-reset, minus: { in: header:date, form: http-date }, form: epoch-seconds } }",
    "{ after: [{ in: message, following: \"in \", until: s, form: decimal-seconds }, { in: code, following: _, form: milliseconds }] }",
    "{ when: It was undone., after: { in: header:x-reset, form: epoch-milliseconds } }",
];

const FIELDS: &[&str] = &[
    "text: { in: [/id, header:x-request-id], type: string }",
    "whole: { in: /n, type: integer }",
    "number: { in: [/wait, /n], type: number }",
    "flag: { in: /ok, type: boolean }",
    "at: { in: [/status, header:x-reset], type: timestamp, form: epoch-seconds }",
    "list: { in: /list, type: list, of: string }",
    "items: { in: /errors, type: list }",
    "object: { in: /detail, type: object }",
    "anything: { in: [/errors, /details, /error], type: any }",
    "part: { in: [message, body], following: \"o\", until: \"e\", type: string }",
    "first: { in: [/errors/*/id, /*/wait], type: any }",
    "inner: { in: [/id, /next, header:x-sub], json: /a/*, type: string }",
    "within: { in: message, following: \"sent \", until: \" !\", json: /n, type: number }",
    "tail: { in: code, following: \"_\", type: integer }",
];

const STATUSES: &[&str] = &[
    "400: { title: Bad Request, fix: Mend it., action: fix_request, retry: never }",
    "429: { title: Too Many Requests, action: wait, retry: { after: header:retry-after } }",
    "5xx: { title: Server error, action: retry, retry: backoff }",
    "503: { title: Unavailable, retry: { after: [{ in: /wait, form: seconds }, 30s] } }",
];

const OF_API: &[&str] = &[
    "backoff: { initial: 1s, factor: 2, max: 30s }",
    "repeat: { duplicates: Another one is made. }",
    "after: [{ in: header:x-a, form: duration }, { in: /wait, form: seconds }]",
    "override: [header:x-should-retry, { in: /ok, never: \"false\" }, { in: message, following: \"retry \", retry: [now, 1] }]",
];

/// The text of a catalog; not every one passes its check.
pub(crate) fn catalog() -> impl Strategy<Value = String> {
    let some = |pool: &'static [&'static str], least, most| subsequence(pool.to_vec(), least..=most).prop_shuffle();
    let error = (
        select(&["400", "[429, 503]", "5xx", "none", "undocumented", "[200, 4xx]"][..]),
        select(RETRIES),
        some(FIELDS, 0, 4),
        any::<bool>(),
    );
    (
        some(SHAPES, 1, 4),
        some(IDENTITIES, 1, 9),
        proptest::collection::vec(error, 9),
        some(STATUSES, 0, 3),
        some(OF_API, 0, 4),
    )
        .prop_map(|(shapes, identities, errors, statuses, of_api)| {
            let mut out = String::from(
                "errbook: 1\napi:\n  id: random\n  title: Random\n  version: 0.1.0\n  sources: { errors: { url: undocumented, read: 2026-11-25 } }\n",
            );
            let mut section = |name: &str, lines: Vec<String>| {
                if !lines.is_empty() {
                    out.push_str(&format!("{name}:\n{}\n", lines.join("\n")));
                }
            };
            section("responses", shapes.iter().map(|shape| format!("  - {shape}").replace("[none]", "none")).collect());
            section("retry", of_api.iter().map(|line| format!("  {line}")).collect());
            section("statuses", statuses.iter().map(|line| format!("  {line}")).collect());
            let errors = identities.iter().zip(errors).map(|(identity, (status, retry, fields, causes))| {
                let mut lines = vec![
                    format!("  - {identity}"),
                    format!("    status: {status}"),
                    "    when: undocumented".to_owned(),
                    "    fix: undocumented".to_owned(),
                    format!("    retry: {retry}"),
                ];
                if !fields.is_empty() {
                    lines.push(format!("    fields: {{ {} }}", fields.join(", ")));
                }
                if causes {
                    lines.push(CAUSES.to_owned());
                }
                lines.join("\n")
            });
            section("errors", errors.collect());
            out
        })
}

const CAUSES: &str = "    causes:
      - { name: gone, match: { message: { contains: gone } }, when: undocumented, fix: Look again., retry: never }
      - { name: busy, match: { /n: { range: [5, 9] }, /ok: { not: false } }, when: undocumented, action: wait, retry: { after: 7s } }
      - { name: down, status: 503, when: undocumented }";
