//! `Cause`: the causes that a response tells apart, where a catalog has some.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::literal::{self, ident};
use crate::emit::{prose, words};
use crate::plan::ApiPlan;

/// Whether any error has causes that a response tells apart.
pub(super) fn is_there(api: &ApiPlan<'_>) -> bool {
    api.errors.iter().any(|error| !error.error.told_causes().is_empty())
}

pub(super) fn emit(api: &ApiPlan<'_>) -> TokenStream {
    let causes: Vec<_> = api
        .errors
        .iter()
        .flat_map(|error| error.error.told_causes().into_iter().map(move |cause| (error, cause)))
        .collect();
    let variants: Vec<_> = causes.iter().map(|(error, cause)| ident(&cause.variant(&error.variant))).collect();
    let documented = causes.iter().zip(&variants).map(|((error, cause), variant)| {
        let head = format!("A cause of {}", prose::code_span(error.error.id()));
        let when = match &cause.when {
            Some(when) => words::led(&format!("{head}:"), &when.value),
            None => format!("{head}; when it happens is undocumented."),
        };
        let fix = cause.fix.as_ref().map(|fix| format!("\n\n{}", words::led("**What to do:**", &fix.value)));
        let docs = literal::docs(&format!("{when}{}", fix.unwrap_or_default()));
        quote!(#docs #variant,)
    });
    let names = causes.iter().map(|(_, cause)| literal::string(cause.name.as_ref().map_or("", |name| &name.value)));
    let keys = variants.iter().map(|variant| literal::string(&variant.to_string()));
    let count = Literal::usize_unsuffixed(causes.len());
    quote! {
        /// One of several causes of an error, where a response tells which.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Cause { #(#documented)* }

        /// Each cause with the name that the tables know it by, and its name in the catalog.
        static CAUSES: [(Cause, &str, &str); #count] = [#((Cause::#variants, #keys, #names),)*];

        impl Cause {
            /// Its name in the catalog.
            pub fn as_str(self) -> &'static str {
                CAUSES[self as usize].2
            }

            pub(super) fn variant(self) -> &'static str {
                CAUSES[self as usize].1
            }

            pub(super) fn of(cause: &::errbook::__private::Cause<'_>) -> Option<Self> {
                CAUSES.iter().find(|(_, variant, _)| *variant == cause.variant).map(|(cause, ..)| *cause)
            }
        }

        impl ::std::fmt::Display for Cause {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    }
}
