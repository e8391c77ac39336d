//! The keys of the format, once: unknown keys are found by it, the JSON Schema is made from it, the reference is tested against it.

mod records;
mod schema;

pub use self::records::*;
pub use self::schema::schema;

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
