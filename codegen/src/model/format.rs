//! The keys of the format, once: unknown keys are found by it, the JSON Schema is made from it, the reference is tested against it.

use serde_json::{Map, Value, json};

/// A mapping of the format.
pub struct Record {
    /// Name of its definition in the schema.
    pub name: &'static str,
    /// What it is, with its article: `an error`.
    pub noun: &'static str,
    /// Its keys, in the order in which catalogs have them.
    pub keys: &'static [Key],
}

/// A key of a record.
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Whether it must be there.
    pub needed: bool,
    /// What can stand there.
    pub shape: Shape,
    /// What it means, in a sentence.
    pub about: &'static str,
}

/// What can stand at a key.
pub enum Shape {
    /// Text; numbers count as their text.
    Text,
    /// Text that is one of these words.
    Word(&'static [&'static str]),
    /// Text of this pattern, a regular expression.
    Pattern(&'static str),
    /// A text or a whole number.
    Code,
    /// A number, with the smallest that makes sense.
    Number(f64),
    /// True or false.
    Boolean,
    /// The integer 1.
    One,
    /// A mapping with known keys.
    Record(&'static Record),
    /// A list.
    List(&'static Shape),
    /// One or a list of them.
    OneOrList(&'static Shape),
    /// A mapping with keys of one's own.
    Map(&'static Shape),
    /// One of several.
    Any(&'static [Shape]),
}

const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, needed: true, shape, about }
}

const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, needed: false, shape, about }
}

const LOCATION: Shape = Shape::Pattern("^(/.*|header:.+|body)$");
const LOCATIONS: Shape = Shape::OneOrList(&LOCATION);
const DURATION: Shape = Shape::Pattern("^[0-9]+(ms|s|m|h|d)$");
const STATUS: Shape = Shape::Any(&[Shape::Number(100.0), Shape::Pattern("^[1-5]xx$")]);
const SOURCES: Shape = Shape::OneOrList(&Shape::Text);
const SCALAR: Shape = Shape::Any(&[Shape::Text, Shape::Number(f64::MIN), Shape::Boolean]);

/// The words for what a program does about an error.
pub const ACTIONS: &[&str] = &[
    "fix_request",
    "authenticate",
    "request_access",
    "upgrade_plan",
    "add_credit",
    "wait",
    "retry",
    "check_outcome",
    "contact_support",
];

/// The words for the forms of a delay.
pub const FORMS: &[&str] = &[
    "retry-after",
    "seconds",
    "decimal-seconds",
    "milliseconds",
    "http-date",
    "epoch-seconds",
    "epoch-milliseconds",
    "iso8601",
    "duration",
];

/// The words for the forms of an instant.
pub const INSTANTS: &[&str] = &["iso8601", "http-date", "epoch-seconds", "epoch-milliseconds"];

/// The words for the types of a field.
pub const TYPES: &[&str] = &["string", "integer", "number", "boolean", "timestamp", "list", "object"];

/// A whole catalog.
pub static CATALOG: Record = Record {
    name: "catalog",
    noun: "a catalog",
    keys: &[
        needed("errbook", Shape::One, "Version of the format."),
        needed("api", Shape::Record(&API), "Name, version and sources of the API."),
        needed("responses", Shape::List(&Shape::Record(&SHAPE)), "The shapes of an error response, tried in order."),
        optional("retry", Shape::Record(&API_RETRY), "What holds for the whole API unless an error says otherwise."),
        optional("limits", Shape::Map(&Shape::Record(&LIMIT)), "Limits and quotas, by plan."),
        optional(
            "statuses",
            Shape::Map(&Shape::Record(&STATUS_RULE)),
            "What a status means by itself: the fallback for unlisted and missing codes.",
        ),
        optional("groups", Shape::Map(&Shape::Text), "Headings that the errors are listed under."),
        needed("errors", Shape::List(&Shape::Record(&ERROR)), "The errors."),
    ],
};

/// The key `api`.
pub static API: Record = Record {
    name: "api",
    noun: "an API",
    keys: &[
        needed(
            "id",
            Shape::Pattern("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
            "Lower-case name; the packages are <id>-errors, the file is <id>.yaml.",
        ),
        needed("title", Shape::Text, "The API's name as people write it."),
        needed("version", Shape::Text, "Semantic version of the generated packages."),
        optional("about", Shape::Text, "One sentence on what the API does."),
        needed("sources", Shape::Map(&Shape::Record(&SOURCE)), "The pages that the facts come from."),
        optional("license", Shape::Text, "SPDX expression for the generated packages."),
        optional("repository", Shape::Text, "URL of the repository that the packages come from."),
    ],
};

/// A source.
pub static SOURCE: Record = Record {
    name: "source",
    noun: "a source",
    keys: &[
        optional("title", Shape::Text, "What the page is called, where the name does not say."),
        needed("url", Shape::Text, "Address of the page, or undocumented."),
        needed("read", Shape::Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), "The day on which it was read."),
    ],
};

/// A shape of an error response.
pub static SHAPE: Record = Record {
    name: "response",
    noun: "a response shape",
    keys: &[
        optional(
            "status",
            Shape::OneOrList(&STATUS),
            "Statuses that carry this shape; 4xx and 5xx unless said otherwise.",
        ),
        optional("if", CONDITIONS, "Conditions that hold for this shape; on a 2xx they make the response an error."),
        optional("code", LOCATIONS, "Location of the code."),
        optional("message", LOCATIONS, "Location of the message for people."),
        optional("remediation", LOCATIONS, "Location of the server's own advice; it wins over the catalog's fix."),
        optional("request_id", LOCATIONS, "Location of the id that support asks for."),
        optional(
            "fields",
            Shape::Map(&Shape::Record(&FIELD)),
            "Further values of every error, and rate-limit headers.",
        ),
    ],
};

const CONDITIONS: Shape = Shape::Map(&Shape::Any(&[SCALAR, Shape::Record(&TEST)]));

/// A test of a condition; one of the keys.
pub static TEST: Record = Record {
    name: "test",
    noun: "a test",
    keys: &[
        optional("not", SCALAR, "The value is there and is anything else."),
        optional("contains", Shape::Text, "The value contains this text, in any case."),
        optional("prefix", Shape::Text, "The value begins with this text, in any case."),
        optional("pattern", Shape::Text, "The value is this text, * standing for anything, in any case."),
        optional("present", Shape::Boolean, "The value is there and not null, or is not."),
    ],
};

/// The key `retry` of a catalog.
pub static API_RETRY: Record = Record {
    name: "api_retry",
    noun: "the API's retry rules",
    keys: &[
        optional("backoff", Shape::Record(&BACKOFF), "The documented backoff."),
        optional("repeat", REPEAT, "What sending the same request again does."),
        optional(
            "override",
            LOCATIONS,
            "Location of the server's own verdict, true or false; it wins over the catalog.",
        ),
    ],
};

/// A backoff.
pub static BACKOFF: Record = Record {
    name: "backoff",
    noun: "a backoff",
    keys: &[
        needed("initial", DURATION, "Longest wait before the first repeat."),
        needed("factor", Shape::Number(1.0), "How many times as long the next one is."),
        needed("max", DURATION, "Longest wait of all."),
    ],
};

const REPEAT: Shape = Shape::Any(&[Shape::Word(&["safe", "undocumented"]), Shape::Record(&REPEAT_RECORD)]);

/// What a repeat does, where it is not one word; one of the keys.
pub static REPEAT_RECORD: Record = Record {
    name: "repeat",
    noun: "the effect of a repeat",
    keys: &[
        optional("duplicates", Shape::Text, "A repeat makes another one; of what."),
        optional("idempotency_key", Shape::Text, "A repeated POST is safe with the same key in this header."),
        optional("new_key", Shape::Text, "A repeat needs a new key in this header."),
    ],
};

/// A limit.
pub static LIMIT: Record = Record {
    name: "limit",
    noun: "a limit",
    keys: &[
        needed("title", Shape::Text, "What is counted."),
        optional("value", SCALAR, "The limit."),
        optional("by_plan", Shape::Map(&SCALAR), "The limit of each plan."),
        optional("about", Shape::Text, "How it is counted, when it starts again."),
        optional("source", SOURCES, "What states it."),
    ],
};

/// What a status means by itself.
pub static STATUS_RULE: Record = Record {
    name: "status",
    noun: "a status",
    keys: &[
        needed("title", Shape::Text, "The provider's name for it, or the standard reason phrase."),
        optional("when", Shape::Text, "When it is sent."),
        optional("fix", Shape::Text, "What to do about it."),
        optional("action", Shape::Word(ACTIONS), "What a program does about it."),
        optional("retry", RETRY, "Whether it may be repeated."),
        optional("source", SOURCES, "What states it."),
    ],
};

const RETRY: Shape = Shape::Any(&[Shape::Word(&["never", "backoff", "undocumented"]), Shape::Record(&RETRY_RECORD)]);
const BACKOFF_OR_WORD: Shape = Shape::Any(&[Shape::Word(&["backoff"]), Shape::Record(&BACKOFF)]);
const DELAY: Shape = Shape::Any(&[DURATION, Shape::Word(&["header:retry-after"]), Shape::Record(&DELAY_RECORD)]);

/// Whether an error may be repeated, where it is not one word.
pub static RETRY_RECORD: Record = Record {
    name: "retry",
    noun: "a retry rule",
    keys: &[
        optional("backoff", Shape::Record(&BACKOFF), "It may be repeated unchanged, with a backoff of its own."),
        optional("when", Shape::Text, "The same request can succeed once this has happened outside it."),
        optional("after", Shape::OneOrList(&DELAY), "Not before the told time: sources of the delay, in order."),
        optional("else", BACKOFF_OR_WORD, "What applies where nothing was told."),
    ],
};

/// A delay source.
pub static DELAY_RECORD: Record = Record {
    name: "delay",
    noun: "a delay source",
    keys: &[
        needed("in", LOCATION, "Where the delay stands."),
        needed("form", Shape::Word(FORMS), "How it is written."),
    ],
};

/// A field.
pub static FIELD: Record = Record {
    name: "field",
    noun: "a field",
    keys: &[
        needed("in", LOCATIONS, "Where the value stands."),
        needed("type", Shape::Word(TYPES), "What it is."),
        optional(
            "of",
            Shape::Word(&["string", "integer", "number", "boolean", "object"]),
            "With list: the type of its items.",
        ),
        optional("form", Shape::Word(INSTANTS), "With timestamp: how it is written."),
        optional("about", Shape::Text, "What it means."),
    ],
};

/// An error.
pub static ERROR: Record = Record {
    name: "error",
    noun: "an error",
    keys: &[
        optional("code", Shape::Code, "The code on the wire."),
        optional("name", Shape::Text, "Name of an error without a code; with a code, the name of its variant."),
        optional("match", CONDITIONS, "For an error without a code: conditions that tell it."),
        optional("aliases", Shape::List(&Shape::Code), "Further codes on the wire that mean this error."),
        needed(
            "status",
            Shape::Any(&[Shape::OneOrList(&STATUS), Shape::Word(&["none", "undocumented"])]),
            "One status or a list; none for what is never an HTTP response; undocumented.",
        ),
        optional("group", Shape::Text, "One of groups."),
        needed("when", Shape::Text, "When it happens, or undocumented."),
        needed("fix", Shape::Text, "What a person does about it, or undocumented."),
        optional("message", Shape::Text, "The literal message that the provider documents."),
        optional("action", Shape::Word(ACTIONS), "What a program does about it."),
        optional("retry", RETRY, "Whether it may be repeated."),
        optional("repeat", REPEAT, "What a repeat does after this error."),
        optional("fields", Shape::Map(&Shape::Record(&FIELD)), "Further values."),
        optional("causes", Shape::List(&Shape::Record(&CAUSE)), "Several causes that share the code."),
        optional("note", Shape::Text, "Anything else that the provider documents."),
        optional("source", SOURCES, "What states it."),
        optional("since", Shape::Text, "The API's version or day that brought it."),
        optional("deprecated", Shape::Record(&DEPRECATED), "It is on its way out."),
        optional("retired", Shape::Record(&RETIRED), "It is no longer sent, and its code is not used again."),
        optional("examples", Shape::List(&Shape::Record(&EXAMPLE)), "Responses that must decode to this error."),
    ],
};

/// A cause.
pub static CAUSE: Record = Record {
    name: "cause",
    noun: "a cause",
    keys: &[
        optional("name", Shape::Text, "Name of the cause; needed with match and status."),
        optional("match", CONDITIONS, "Conditions that tell it."),
        optional("status", Shape::OneOrList(&STATUS), "Statuses that tell it."),
        needed("when", Shape::Text, "When it happens, or undocumented."),
        optional("fix", Shape::Text, "What a person does about it."),
        optional("message", Shape::Text, "The literal message that the provider documents."),
        optional("action", Shape::Word(ACTIONS), "What a program does about it."),
        optional("retry", RETRY, "Whether it may be repeated."),
    ],
};

/// The key `deprecated`.
pub static DEPRECATED: Record = Record {
    name: "deprecated",
    noun: "a deprecation",
    keys: &[
        optional("since", Shape::Text, "Since when."),
        optional("use", Shape::Code, "The error that replaces it."),
        optional("note", Shape::Text, "Anything else."),
    ],
};

/// The key `retired`.
pub static RETIRED: Record = Record {
    name: "retired",
    noun: "a retirement",
    keys: &[optional("since", Shape::Text, "Since when."), optional("note", Shape::Text, "Anything else.")],
};

/// An example.
pub static EXAMPLE: Record = Record {
    name: "example",
    noun: "an example",
    keys: &[
        optional("status", Shape::Number(100.0), "The status; left out for what is no HTTP response."),
        optional("headers", Shape::Map(&Shape::Text), "Headers and their values."),
        needed("body", Shape::Text, "The body, as text."),
        optional("cause", Shape::Text, "The cause that it must decode to."),
    ],
};

/// The JSON Schema (2020-12) of a catalog, for editors.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    let mut root = define(&CATALOG, &mut definitions);
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!("errbook catalog"));
    root.sort_keys();
    definitions.sort_keys();
    root.insert("$defs".into(), Value::Object(definitions));
    Value::Object(root)
}

fn define(record: &'static Record, definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in record.keys {
        let mut schema = of_shape(&key.shape, definitions);
        schema.insert("description".into(), json!(key.about));
        properties.insert(key.name.into(), Value::Object(schema));
    }
    let required: Vec<_> = record.keys.iter().filter(|key| key.needed).map(|key| key.name).collect();
    let mut out = Map::new();
    out.insert("type".into(), json!("object"));
    out.insert("additionalProperties".into(), json!(false));
    out.insert("properties".into(), Value::Object(properties));
    if !required.is_empty() {
        out.insert("required".into(), json!(required));
    }
    out
}

fn of_shape(shape: &'static Shape, definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let value = match shape {
        Shape::Text | Shape::Code => json!({ "type": ["string", "number", "boolean"] }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Pattern(pattern) => json!({ "type": "string", "pattern": pattern }),
        Shape::Number(least) if *least == f64::MIN => json!({ "type": "number" }),
        Shape::Number(least) => json!({ "type": "number", "minimum": least }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::One => json!({ "const": 1 }),
        Shape::Record(record) => {
            if !definitions.contains_key(record.name) {
                definitions.insert(record.name.into(), Value::Null);
                let definition = define(record, definitions);
                definitions.insert(record.name.into(), Value::Object(definition));
            }
            json!({ "$ref": format!("#/$defs/{}", record.name) })
        }
        Shape::List(item) => json!({ "type": "array", "items": of_shape(item, definitions) }),
        Shape::OneOrList(item) => {
            let one = Value::Object(of_shape(item, definitions));
            json!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
        }
        Shape::Map(value) => json!({ "type": "object", "additionalProperties": of_shape(value, definitions) }),
        Shape::Any(shapes) => {
            let shapes: Vec<_> = shapes.iter().map(|shape| of_shape(shape, definitions)).collect();
            json!({ "anyOf": shapes })
        }
    };
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
