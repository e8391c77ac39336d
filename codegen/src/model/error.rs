//! Errors, their causes and examples.

use errbook::Action;

use super::{Condition, Field, Prose, Repeat, RetryRule, StatusRange, StatusSet, Test, Text};
use crate::source::{Span, Spanned};

/// One error.
#[derive(Debug)]
pub struct ErrorDef {
    /// Where it stands: its code or name.
    pub span: Span,
    /// How it is told.
    pub identity: Identity,
    /// The name of its variant, where the catalog gives one to an error with a code.
    pub name: Option<Text>,
    /// Further codes.
    pub aliases: Vec<Code>,
    /// Its statuses.
    pub status: Spanned<StatusSet>,
    /// Its group.
    pub group: Option<Text>,
    /// When it happens; `None` is undocumented.
    pub when: Option<Prose>,
    /// What to do about it; `None` is undocumented.
    pub fix: Option<Prose>,
    /// The literal message that is documented.
    pub message: Option<Text>,
    /// What a program does about it.
    pub action: Option<Spanned<Action>>,
    /// Whether it may be repeated.
    pub retry: Option<RetryRule>,
    /// What a repeat does after it.
    pub repeat: Option<Repeat>,
    /// Further values.
    pub fields: Vec<Field>,
    /// Its causes.
    pub causes: Vec<Cause>,
    /// Anything else.
    pub note: Option<Prose>,
    /// What states it.
    pub sources: Vec<Text>,
    /// What brought it.
    pub since: Option<Text>,
    /// Whether it is on its way out.
    pub deprecated: Option<Deprecation>,
    /// Whether it is no longer sent.
    pub retired: Option<Retirement>,
    /// Responses that must decode to it.
    pub examples: Vec<Example>,
}

/// How an error is told.
#[derive(Debug)]
pub enum Identity {
    /// By its code.
    Code(Code),
    /// By the class that its code is in; it has a name instead.
    Class {
        /// What it is called.
        name: Text,
        /// What must hold of each part of the code.
        parts: Spanned<Vec<Test>>,
    },
    /// By conditions; it has a name instead.
    Match {
        /// What it is called.
        name: Text,
        /// What must hold.
        conditions: Vec<Condition>,
    },
}

/// A code on the wire.
#[derive(Debug, Clone)]
pub struct Code {
    /// Its parts, joined by `/`.
    pub text: Text,
    /// Its parts.
    pub parts: Vec<String>,
    /// The parts that look like numbers and are in quotes in the catalog: they are texts on the wire.
    pub text_parts: Vec<u8>,
}

/// One of several causes of an error.
#[derive(Debug)]
pub struct Cause {
    /// Where it stands.
    pub span: Span,
    /// Its name; every cause that can be told has one.
    pub name: Option<Text>,
    /// What must hold.
    pub conditions: Vec<Condition>,
    /// Statuses that tell it.
    pub statuses: Vec<StatusRange>,
    /// When it happens; `None` is undocumented.
    pub when: Option<Prose>,
    /// What to do about it.
    pub fix: Option<Prose>,
    /// The literal message that is documented.
    pub message: Option<Text>,
    /// What a program does about it.
    pub action: Option<Action>,
    /// Whether it may be repeated.
    pub retry: Option<RetryRule>,
    /// What a repeat does after it.
    pub repeat: Option<Repeat>,
}

/// That an error is on its way out.
#[derive(Debug)]
pub struct Deprecation {
    /// Since when.
    pub since: Option<Text>,
    /// The error that replaces it.
    pub replaced_by: Option<Text>,
    /// Anything else.
    pub note: Option<Prose>,
}

/// That an error is no longer sent.
#[derive(Debug)]
pub struct Retirement {
    /// Since when.
    pub since: Option<Text>,
    /// Anything else.
    pub note: Option<Prose>,
}

/// A response from the provider's documents.
#[derive(Debug)]
pub struct Example {
    /// Where it stands.
    pub span: Span,
    /// Its status.
    pub status: Option<u16>,
    /// Its headers.
    pub headers: Vec<(Text, Text)>,
    /// Its body.
    pub body: Text,
    /// The cause that it must decode to.
    pub cause: Option<Text>,
}
