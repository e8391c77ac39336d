//! What is sent tells what was asked for, to the digit, and nothing else.

use std::time::{Duration, SystemTime};

use bumpalo::Bump;
use errbook::__private::{Content, encode};
use errbook::{ReplyError, Value};
use errbook_codegen::project::load;
use errbook_codegen::tables;

const CATALOG: &str = "errbook: 1
api: { id: exact, title: Exact, version: 0.1.0, sources: { errors: { url: undocumented, read: 2026-11-25 } } }
responses:
  - message: /message
    request_id: [/id, { in: /message, following: \"id \" }]
    code: { parts: [/type, /kind] }
    fields:
      meta: { in: /meta, type: object, about: All. }
      plan: { in: /meta/plan, type: string, about: One of them. }
      kind: { in: /kind, type: string, about: A part of the code. }
      any: { in: /list/*, type: any, about: The first that there is. }
      first: { in: /list/0, type: any, about: The first. }
      second: { in: /list/1, type: any, about: The second. }
      list: { in: /list, type: list, about: All. }
errors:
  - code: busy
    status: 429
    when: undocumented
    fix: undocumented
    retry: { after: { in: message, following: \"again in \", form: duration } }
    fields:
      days: { in: message, following: \"for \", until: \" days\", type: integer, about: How long. }
  - name: FROZEN
    status: 403
    match: { /message: { contains: frozen for 3 days }, /meta/plan: Free }
    when: undocumented
    fix: undocumented
    retry: never
    fields:
      days: { in: message, following: \"for \", until: \" days\", type: integer, about: How long. }
";

fn text(text: &str) -> Value<'_> {
    Value::String(text.into())
}

fn json(text: &str) -> Value<'_> {
    Value::Json(text.into())
}

/// The body that tells an error, and what it cannot tell.
fn sent(row: usize, put: impl FnOnce(&mut Content<'static>)) -> Result<String, ReplyError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exact.yaml");
    std::fs::write(&file, CATALOG).unwrap();
    let loaded = load(folder.path(), &[&file]);
    let catalogs = loaded.catalogs.unwrap_or_else(|| {
        panic!("{:?}", loaded.diagnostics.iter().map(|one| (&one.rule, &one.message)).collect::<Vec<_>>())
    });
    let bump = Bump::new();
    let mut content = Content { row, ..Content::default() };
    put(&mut content);
    encode(&tables::build(&bump, &catalogs[0]), &content).map(|sent| String::from_utf8(sent.body).unwrap())
}

fn with_fields(values: &[(&'static str, Value<'static>)]) -> Result<String, ReplyError> {
    sent(0, |content| content.shape_values.extend_from_slice(values))
}

fn unasked(what: &str) -> Result<String, ReplyError> {
    Err(ReplyError::Unasked(what.into()))
}

/// JSON is kept as it was told; it gets more members where another value stands in it, and at no other place.
#[test]
fn json_is_compared() {
    let meta = ("meta", json(r#"{ "a": [1.50, {}], "b": null }"#));
    assert_eq!(with_fields(&[meta.clone()]).unwrap(), r#"{"type":"busy","meta":{ "a": [1.50, {}], "b": null }}"#);
    let both = with_fields(&[meta, ("plan", text("Pro"))]).unwrap();
    assert_eq!(both, r#"{"type":"busy","meta":{"a":[1.50, {}],"b":null,"plan":"Pro"}}"#);
    let list = |items: &[&'static str]| ("list", Value::List(items.iter().map(|item| json(item)).collect()));
    let first = [("first", json("1")), ("any", json("1"))];
    let listed = with_fields(&[&[list(&["1", "{}"])], &first[..], &[("second", json("{}"))]].concat());
    assert_eq!(listed.unwrap(), r#"{"type":"busy","list":[1,{}]}"#);

    // The first of the list is what `any` reads.
    let differs = |field: &str| Err(ReplyError::Differs(format!("the field {field}").into()));
    for (first, other) in [("1", "2"), ("1", "1.0"), ("{\"a\":1}", "{\"a\":2}"), ("[1]", "[1,2]"), ("{}", "[]")] {
        assert_eq!(with_fields(&[("first", json(first)), ("any", json(other))]), differs("any"), "{first} {other}");
    }
    assert!(with_fields(&[("first", json("[1]")), ("any", json(" [1] "))]).is_ok());
    assert_eq!(with_fields(&[&[list(&["1"])], &first[..], &[("second", json("2"))]].concat()), differs("list"));
}

#[test]
fn codes_are_compared() {
    assert_eq!(with_fields(&[("kind", text("slow"))]), Err(ReplyError::Differs("another code".into())));
}

/// A value that nobody asked for is refused by its name: where it is asked for too, it is told.
#[test]
fn nothing_else_is_told() {
    assert_eq!(with_fields(&[("meta", json(r#"{"plan": "Pro"}"#))]), unasked("the field plan"));
    assert!(with_fields(&[("meta", json(r#"{"plan": "Pro"}"#)), ("plan", text("Pro"))]).is_ok());
    assert!(with_fields(&[("meta", json(r#"{"plan": 1}"#))]).is_ok());
    assert_eq!(with_fields(&[("list", Value::List(vec![json("1")]))]), unasked("the field any"));

    let say = |message: &'static str, put: &dyn Fn(&mut Content<'static>)| {
        sent(0, |content| {
            content.message = Some(message.into());
            put(content);
        })
    };
    assert_eq!(say("Busy for 5 days.", &|_| {}), unasked("the field days"));
    let days = |content: &mut Content<'static>| content.values.push(("days", Value::Integer("5".into())));
    assert_eq!(say("Busy for 5 days.", &days).unwrap(), r#"{"type":"busy","message":"Busy for 5 days."}"#);
    assert_eq!(say("Busy.", &days).unwrap(), r#"{"type":"busy","message":"Busy. for 5 days"}"#);
    assert!(say("Busy for some days.", &|_| {}).is_ok());

    assert_eq!(say("again in 5s", &|_| {}), unasked("a wait"));
    let wait = |content: &mut Content<'static>| {
        content.delay = Some((Duration::from_secs(5), SystemTime::UNIX_EPOCH));
    };
    assert!(say("again in 5s", &wait).is_ok() && say("again in a bit", &|_| {}).is_ok());
    assert_eq!(say("Ask for id 7", &|_| {}), unasked("the id of a request"));
    assert!(say("Ask for id 7", &|content| content.request_id = Some("7".into())).is_ok());
    assert_eq!(
        ReplyError::Unasked("a wait".into()).to_string(),
        "the response would also tell a wait, which was not asked for"
    );
}

/// What the conditions of the catalog need is told, asked for or not.
#[test]
fn what_tells_the_error_is_told() {
    let bare = r#"{"meta":{"plan":"Free"},"message":"frozen for 3 days"}"#;
    assert_eq!(sent(1, |_| {}).unwrap(), bare);
    let longer = sent(1, |content| content.message = Some("You are frozen for 3 days, sorry.".into())).unwrap();
    assert!(longer.contains("sorry"), "{longer}");
    let other = sent(1, |content| content.message = Some("Not for 4 days, frozen for 3 days.".into()));
    assert_eq!(other, unasked("the field days"));
}
