//! What the emitter prints of catalogs that mean harm.

use std::path::Path;

use bumpalo::Bump;

use super::engine;
use crate::output::{Draft, Output};
use crate::plan::{self, Plan};
use crate::project::load;

fn finished(plan: &Plan<'_>) -> Vec<Output> {
    super::emit(plan).into_iter().map(Draft::finish).collect()
}

/// The files of a catalog whose parts are completed like those of the reference.
fn emit(sample: &str) -> Vec<Output> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("demo.yaml");
    std::fs::write(&file, crate::check::complete(sample)).unwrap();
    let loaded = load(folder.path(), &[&file]);
    let catalogs = loaded.catalogs.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let bump = Bump::new();
    finished(&plan::build(&bump, &catalogs))
}

fn file<'o>(outputs: &'o [Output], name: &str) -> &'o str {
    let ending = format!("-errors/{name}");
    &outputs.iter().find(|output| output.path.ends_with(&ending)).unwrap().text
}

const HOSTILE: &str = r#"
api:
  id: demo
  title: "Demo */ `${x}` </script>\" \u2028@deprecated"
  version: 0.1.0
  sources: { errors: { url: "https://demo.example/errors", read: 2026-11-20 } }
  license: MIT
  repository: https://git.example/demo
responses:
  - code: ["/a\"b/__proto__", header:x-code]
    message: /message
    errors: { in: "/a\"]b/*", code: { in: /c, following: "\"); //", until: "</script>" }, fields: { deep: { in: /d, type: any } } }
    fields: { left: { in: /left, type: integer, about: "*/ alert(1) /*" } }
retry: { override: { in: header:x-again, retry: "\"", never: "</script>" } }
groups: { "*/ x": "A \"group\" */" }
errors:
  - code: "\"]]}; alert(1); //"
    name: Quotes
    status: 400
    group: "*/ x"
    when: "*/ alert(2); /* `${y}`\n\n@deprecated {@link z}\n\n</script><script>alert(3)</script>"
    fix: "a\u2028b\u2029c\ufeffd\\"
    retry: { when: "\"; alert(4) //\n*/", after: { in: "/r\u2028", minus: body, per: code, form: seconds } }
    fields: { a-b: { in: "/*~1", type: list, of: string, about: "*/" } }
    deprecated: { since: "*/ @x", note: "*/" }
  - { name: CLASS, code: { pattern: "</*\"" }, status: undocumented, when: undocumented, fix: undocumented, retry: never }
  - { code: __proto__, status: undocumented, when: undocumented, fix: undocumented, retry: never }
  - { code: "0", status: none, when: "`*/`", fix: undocumented, retry: never }
  - { code: "NO", status: 409, when: undocumented, fix: undocumented, retry: never, fields: { x: { in: /x, type: object } } }
"#;

#[test]
fn the_list_of_the_engine_is_its_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/emit/typescript/engine");
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    let mut listed: Vec<&str> = engine::FILES.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    assert_eq!(listed, files);
}

#[test]
fn every_file_has_the_marker() {
    for Output { path, text } in emit(HOSTILE) {
        assert!(text.lines().take(2).any(|line| line.contains(crate::output::MARKER)), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
    }
}

#[test]
fn texts_are_data() {
    let outputs = emit(HOSTILE);
    for Output { path, text } in outputs.iter().filter(|output| !output.path.contains("/engine/")) {
        let is_unsafe =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!text.contains(is_unsafe), "{path}");
        if path.ends_with(".js") {
            assert!(!text.contains("</script") && !text.contains("<!--"), "{path}");
        }
    }
    let tables = file(&outputs, "tables.js");
    assert!(
        tables.contains(r#"["\"]]}; alert(1); //", STATUS_400, GROUP_X, 0, RETRY_QUOTES, MORE_QUOTES],"#),
        "{tables}"
    );
    assert!(tables.contains(r#"code: [[["a\"b", "__proto__"], "header:x-code"]],"#), "{tables}");
    assert!(tables.contains(r#"title: "Demo */ `${x}` \u003c/script>\" \u2028@deprecated","#), "{tables}");
    let texts = file(&outputs, "texts.js");
    assert!(texts.contains(r#""a\u2028b\u2029c\ufeffd\\"]"#), "{texts}");
    assert!(texts.contains(r#""\"; alert(4) //\n*/""#), "{texts}");
}

/// What stands outside of comments in a declaration file is the emitter's alone.
#[test]
fn comments_hold_what_is_in_them() {
    let outputs = emit(HOSTILE);
    let mut code = file(&outputs, "index.d.ts");
    let mut outside = String::new();
    while let Some((before, rest)) = code.split_once("/**") {
        let (comment, after) = rest.split_once("*/").unwrap();
        assert!(!comment.contains("{@link") && !comment.contains(" * @link"), "{comment}");
        outside.push_str(before);
        code = after;
    }
    outside.push_str(code);
    assert!(!outside.contains("*/") && !outside.contains("alert(2)") && !outside.contains("alert(3)"), "{outside}");
    for line in [
        r#"  "\"]]}; alert(1); //": QuotesDetails;"#,
        "  __proto__: None;",
        r#"  "0": None;"#,
        "  NO: NoDetails;",
        r#"  readonly "a-b"?: readonly string[];"#,
    ] {
        assert!(outside.contains(line), "{line}\n{outside}");
    }
}

#[test]
fn a_name_of_the_api_takes_the_place_of_the_engines() {
    let outputs = emit(HOSTILE);
    assert!(!file(&outputs, "index.d.ts").contains("  NoDetails,\n"));
    let api = "api: { id: api, title: Api, version: 0.1.0, sources: { errors: { url: \"https://a.example\", read: 2026-11-20 } } }\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    std::fs::write(&path, crate::check::complete(api)).unwrap();
    let catalogs = load(folder.path(), &[&path]).catalogs.unwrap();
    let bump = Bump::new();
    let outputs = finished(&plan::build(&bump, &catalogs));
    let index = file(&outputs, "index.js");
    assert!(
        index.contains("export { Decimal, RawJson, isApiError, withRetry } from")
            && index.contains("export class ApiError extends Base {"),
        "{index}"
    );
}

#[test]
fn the_header_for_keys_is_the_apis_else_the_first_of_an_error() {
    let error = |rest: &str| {
        format!("errors:\n  - {{ code: A, status: 400, when: undocumented, fix: undocumented, retry: never{rest} }}\n")
    };
    let of_error = error(", repeat: { new_key: X-Key }");
    let cases = [
        (error(""), "undefined"),
        (of_error.clone(), "\"X-Key\""),
        (format!("retry: {{ repeat: safe }}\n{of_error}"), "\"X-Key\""),
        (format!("retry: {{ repeat: {{ idempotency_key: Own-Key }} }}\n{of_error}"), "\"Own-Key\""),
    ];
    for (sample, expected) in cases {
        let outputs = emit(&sample);
        assert!(file(&outputs, "index.js").contains(&format!("return {expected};")), "{sample}");
        assert!(file(&outputs, "index.d.ts").contains(&format!("idempotencyHeader(): {expected};")), "{sample}");
    }
}

#[test]
fn manifests_are_json() {
    let outputs = emit(HOSTILE);
    let manifest: serde_json::Value = serde_json::from_str(file(&outputs, "package.json")).unwrap();
    assert_eq!(manifest["license"], "MIT");
    assert_eq!(manifest["repository"]["url"], "git+https://git.example/demo.git");
    assert_eq!(manifest["exports"]["."]["types"], "./index.d.ts");
    assert_eq!(manifest.as_object().unwrap().keys().next().unwrap(), "//");
}

#[test]
fn small_catalogs_read_well() {
    let outputs = emit(
        r#"
responses:
  - code: { parts: [/type, [/code, /errors/0/code]] }
    message: /message
    own_status: /status
    request_id: header:x-request-id
    errors: { in: /errors/**/_, primary: innermost, if: { /level: { not: warning } }, code: /code, message: /detail, fields: { path: { in: /path, type: string } } }
  - { status: none, if: { /type: error }, code: { in: /error, following: "[", until: "]" }, message: /error }
retry: { backoff: { initial: 1s, factor: 1.5, max: 30s }, repeat: { duplicates: Another one is made. }, override: [header:x-should-retry, { in: /again, retry: "yes", never: ["no", "0"] }] }
statuses:
  5xx: { title: Server error, fix: Wait., action: retry, retry: backoff }
errors:
  - code: RATE_LIMITED
    aliases: [SLOW_DOWN]
    status: [429, 5xx]
    when: Too many calls.
    fix: Wait.
    action: wait
    retry: { after: [header:retry-after, { in: /ms, form: milliseconds }], else: backoff }
    fields: { reset: { in: [header:x-reset, /reset], type: timestamp, form: epoch-seconds, about: When it starts again. } }
    repeat: safe
  - name: FROZEN
    match: { message: { contains: frozen }, /ok: false, /data: { present: false } }
    status: 400
    when: The account is frozen.
    fix: undocumented
    retry: { when: It was settled. }
    deprecated: { since: "2026-03", use: RATE_LIMITED, note: Old. }
    causes:
      - { name: late, status: 402, when: Late., retry: { after: 500ms } }
  - { code: [card, declined], status: 402, when: undocumented, fix: undocumented, retry: never }
  - name: UPSTREAM
    code: { range: [500, 599] }
    status: [502, 503]
    when: undocumented
    fix: undocumented
    retry: { after: { longest: [{ in: body:/budget/a, form: minutes }, { in: /need, minus: /have, per: /rate, form: decimal-seconds }] }, else: backoff }
    fields: { detail: { in: [/detail, { in: message, following: ": " }], type: any } }
"#,
    );
    insta::assert_snapshot!(format!("{}\n{}", file(&outputs, "tables.js"), file(&outputs, "texts.js")));
    insta::assert_snapshot!(file(&outputs, "index.d.ts").split_once("/** The errors").unwrap().1);
}
