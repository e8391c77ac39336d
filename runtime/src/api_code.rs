//! One trait for the codes of every API.

use std::fmt;

use crate::__private::{Api, Told};

/// A code of some API: every generated `ErrorCode` is one. [`Reply`](crate::Reply) sends the error of any of them.
///
/// Generated code implements it, nothing else does: what it asks for follows the generator.
pub trait ApiCode: Copy + fmt::Debug + Send + Sync + 'static {
    /// The values that come with an error.
    type Details;
    /// The values that any error of the API can carry.
    type Fields;
    /// The causes that a response tells apart.
    type Cause;

    /// The tables of the API.
    #[doc(hidden)]
    fn tables() -> &'static Api<'static>;

    /// The row of the code in them.
    #[doc(hidden)]
    fn row(self) -> usize;

    /// The code that values belong to, and what they tell.
    #[doc(hidden)]
    fn tell_details(details: Self::Details) -> (Option<Self>, Told);

    /// What the values of a response tell.
    #[doc(hidden)]
    fn tell_fields(fields: Self::Fields) -> Told;

    /// The name that the tables know a cause by.
    #[doc(hidden)]
    fn cause_variant(cause: Self::Cause) -> &'static str;
}

/// Stands for what an API does not have: there is no value of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nothing {}
