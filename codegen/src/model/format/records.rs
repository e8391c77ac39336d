//! The records of the format, from the whole catalog to the smallest part.

use super::{Key, Record, Shape};

const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, needed: true, shape, about }
}

const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, needed: false, shape, about }
}

const POINTER: Shape = Shape::Pattern("^(/.*|header:.+|body(:/.*)?|message|code|path|)$");
const INNER: Shape = Shape::Pattern("^(/.*|)$");
const LOCATION: Shape = Shape::Any(&[POINTER, Shape::Record(&PART)]);
const LOCATIONS: Shape = Shape::OneOrList(&LOCATION);
const DURATION: Shape = Shape::Pattern("^[0-9]+(ms|s|m|h|d)$");
const CODE: Shape = Shape::Any(&[Shape::Code, Shape::Record(&CLASS), Shape::List(&CODE_PART)]);
const CODE_PART: Shape = Shape::Any(&[Shape::Code, Shape::Record(&CLASS)]);
const STATUS: Shape = Shape::Any(&[Shape::Number(100.0), Shape::Pattern("^[1-5]xx$")]);
const STATUS_OR_NONE: Shape = Shape::Any(&[STATUS, Shape::Word(&["none"])]);
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
    "minutes",
    "http-date",
    "epoch-seconds",
    "epoch-milliseconds",
    "iso8601",
    "duration",
];

/// The words for the forms of an instant.
pub const INSTANTS: &[&str] = &["iso8601", "http-date", "epoch-seconds", "epoch-milliseconds"];

/// The words for the types of a field.
pub const TYPES: &[&str] = &["string", "integer", "number", "boolean", "timestamp", "list", "object", "any"];

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
            Shape::OneOrList(&STATUS_OR_NONE),
            "Statuses that carry this shape, 4xx and 5xx unless said otherwise; none for what is no HTTP response.",
        ),
        optional(
            "content_type",
            Shape::Text,
            "Content type that it is sent with, where it is not that of JSON or plain text; decoding does not look at it.",
        ),
        optional("if", CONDITIONS, "Conditions that hold for this shape; below 400 they make the response an error."),
        optional("code", CODE_LOCATIONS, "Location of the code, or of its parts."),
        optional("own_status", LOCATIONS, "Location of the error's own status, where it is not the response's."),
        optional("message", LOCATIONS, "Location of the message for people."),
        optional("remediation", LOCATIONS, "Location of the server's own advice; it wins over the catalog's fix."),
        optional("request_id", LOCATIONS, "Location of the id that support asks for."),
        optional(
            "fields",
            Shape::Map(&Shape::Record(&FIELD)),
            "Further values of every error, and rate-limit headers.",
        ),
        optional("errors", Shape::Record(&SEVERAL), "Where several errors of one response stand."),
    ],
};

const CODE_LOCATIONS: Shape = Shape::Any(&[LOCATIONS, Shape::Record(&PARTS)]);

/// A location of a part of a text.
pub static PART: Record = Record {
    name: "part",
    noun: "a part of a text",
    keys: &[
        needed("in", POINTER, "Where the text stands."),
        optional("following", Shape::Text, "The mark behind which the part begins; without the mark there is no part."),
        optional("until", Shape::Text, "The mark before which it ends, or the end of the text."),
        optional("json", INNER, "The text is JSON: where in it the value stands."),
    ],
};

/// Where the parts of a code stand.
pub static PARTS: Record = Record {
    name: "parts",
    noun: "the parts of a code",
    keys: &[needed("parts", Shape::List(&LOCATIONS), "Location of each part, the coarsest first; four at most.")],
};

/// Several errors of one response.
pub static SEVERAL: Record = Record {
    name: "several",
    noun: "the place of several errors",
    keys: &[
        needed("in", Shape::Pattern("^/.*$"), "Pointer to each of them: * for any key or index, ** for any depth."),
        optional("primary", Shape::Word(PRIMARIES), "Which of them the response is known by: the first unless said."),
        optional("if", CONDITIONS, "Conditions that hold of each of them."),
        optional("code", CODE_LOCATIONS, "Location of the code in each of them."),
        optional("own_status", LOCATIONS, "Location of the status of each of them."),
        optional("message", LOCATIONS, "Location of the message."),
        optional("remediation", LOCATIONS, "Location of the server's own advice."),
        optional("request_id", LOCATIONS, "Location of the id that support asks for."),
        optional("fields", Shape::Map(&Shape::Record(&FIELD)), "Further values of each of them."),
    ],
};

/// The words for which of several errors a response is known by.
pub const PRIMARIES: &[&str] = &["first", "last", "innermost"];

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
        optional("range", RANGE, "The value is a whole number from the first to the last."),
        optional("present", Shape::Boolean, "The value is there and not null, or is not."),
    ],
};

const RANGE: Shape = Shape::List(&Shape::Number(f64::MIN));

/// A class of codes, or of a part of them; one of the keys.
pub static CLASS: Record = Record {
    name: "class",
    noun: "a class of codes",
    keys: &[
        optional("contains", Shape::Text, "Codes that contain this text."),
        optional("prefix", Shape::Text, "Codes that begin with this text."),
        optional("pattern", Shape::Text, "Codes that are this text, * standing for anything."),
        optional("range", RANGE, "Codes that are whole numbers from the first to the last."),
        optional("present", Shape::Boolean, "Any code."),
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
            Shape::OneOrList(&OVERRIDE_OR_LOCATION),
            "Location of the server's own verdict, true or false; it wins over the catalog.",
        ),
        optional(
            "after",
            Shape::OneOrList(&DELAY),
            "Sources of the delay, in order, for all that may be repeated and names none of its own.",
        ),
    ],
};

const OVERRIDE_OR_LOCATION: Shape = Shape::Any(&[POINTER, Shape::Record(&OVERRIDE)]);

/// The server's own verdict, where it is not just true or false.
pub static OVERRIDE: Record = Record {
    name: "override",
    noun: "the server's own verdict",
    keys: &[
        needed("in", POINTER, "Where it stands."),
        optional("following", Shape::Text, "The mark behind which it begins."),
        optional("until", Shape::Text, "The mark before which it ends."),
        optional("json", INNER, "The text is JSON: where in it the value stands."),
        optional("retry", Shape::OneOrList(&SCALAR), "Values that mean that the request may be repeated."),
        optional("never", Shape::OneOrList(&SCALAR), "Values that mean that it may not."),
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
        optional("repeat", REPEAT, "What a repeat does after it."),
        optional("source", SOURCES, "What states it."),
    ],
};

const RETRY: Shape = Shape::Any(&[Shape::Word(&["never", "backoff", "undocumented"]), Shape::Record(&RETRY_RECORD)]);
const BACKOFF_OR_WORD: Shape = Shape::Any(&[Shape::Word(&["backoff"]), Shape::Record(&BACKOFF)]);
// It contains itself.
static DELAY: Shape = Shape::Any(&[DURATION, Shape::Word(&["header:retry-after"]), Shape::Record(&DELAY_RECORD)]);

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
        optional("in", POINTER, "Where the delay stands."),
        optional("following", Shape::Text, "The mark behind which it begins."),
        optional("until", Shape::Text, "The mark before which it ends."),
        optional("json", INNER, "The text is JSON: where in it the value stands."),
        optional("form", Shape::Word(FORMS), "How it is written; needed with in."),
        optional("minus", MINUS, "A second value, which is taken off."),
        optional("per", LOCATION, "What the rest is divided by: how much comes back each second."),
        optional("longest", Shape::List(&DELAY), "Instead of in: the longest that any of these tells."),
    ],
};

const MINUS: Shape = Shape::Any(&[POINTER, Shape::Record(&MINUS_RECORD)]);

/// What is taken off a delay.
pub static MINUS_RECORD: Record = Record {
    name: "minus",
    noun: "what is taken off",
    keys: &[
        needed("in", POINTER, "Where it stands."),
        optional("following", Shape::Text, "The mark behind which it begins."),
        optional("until", Shape::Text, "The mark before which it ends."),
        optional("json", INNER, "The text is JSON: where in it the value stands."),
        optional("form", Shape::Word(FORMS), "How it is written, where not like the value that it is taken off."),
    ],
};

/// A field.
pub static FIELD: Record = Record {
    name: "field",
    noun: "a field",
    keys: &[
        needed("in", LOCATIONS, "Where the value stands."),
        optional("following", Shape::Text, "The mark behind which it begins."),
        optional("until", Shape::Text, "The mark before which it ends."),
        optional("json", INNER, "The text is JSON: where in it the value stands."),
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
        optional("code", CODE, "The code on the wire; a list of its parts; or a class of codes."),
        optional(
            "name",
            Shape::Text,
            "Name of an error without a code of its own; with a code, the name of its variant.",
        ),
        optional("match", CONDITIONS, "For an error without a code: conditions that tell it."),
        optional("aliases", Shape::List(&CODE), "Further codes on the wire that mean this error."),
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
        optional("repeat", REPEAT, "What a repeat does after it."),
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
