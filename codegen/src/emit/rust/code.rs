//! `ErrorCode`: the codes, their documentation, and what the tables say of each.

use proc_macro2::TokenStream;
use quote::quote;

use super::Code;
use super::literal::{self, ident};
use super::text::Text;
use crate::emit::{prose, words};
use crate::model::Deprecation;
use crate::plan::ApiPlan;

pub(super) fn emit(api: &ApiPlan<'_>) -> Vec<Code> {
    let behaviour = [inherent(), formatting(), parsing(), serde()];
    vec![Code::Text(error_code(api)), Code::Text(all(api)), Code::Tokens(quote!(#(#behaviour)*))]
}

fn error_code(api: &ApiPlan<'_>) -> String {
    let mut text = Text::default();
    text.docs("", &format!("An error of the {} API.", prose::text(&api.catalog.api.title.value)));
    text.line(format_args!("#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]"));
    text.line(format_args!("#[non_exhaustive]"));
    text.line(format_args!("pub enum ErrorCode {{"));
    for error in &api.errors {
        text.docs("    ", &words::documentation(api.catalog, error.error));
        if let Some(deprecation) = &error.error.deprecated {
            let note = format!("note = {}", literal::string_text(&note(deprecation)));
            text.attribute("    ", "#[deprecated(", &note, ")]");
        }
        text.line(format_args!("    {},", ident(&error.variant)));
    }
    text.line(format_args!("}}"));
    text.finish()
}

/// What the compiler shows as it is, and rustdoc as Markdown.
fn note(deprecation: &Deprecation) -> String {
    let mut note = match &deprecation.since {
        Some(since) => format!("deprecated by the API since {}", prose::text(&since.value)),
        None => "deprecated by the API".to_owned(),
    };
    if let Some(other) = &deprecation.replaced_by {
        note.push_str(&format!("; {} takes its place", prose::text(&other.value)));
    }
    note
}

fn all(api: &ApiPlan<'_>) -> String {
    let codes: Vec<_> = api.errors.iter().map(|error| format!("ErrorCode::{}", ident(&error.variant))).collect();
    let mut text = Text::default();
    text.line(format_args!("impl ErrorCode {{"));
    text.docs("    ", "Every code, in the order of the catalog.");
    if api.errors.iter().any(|error| error.error.deprecated.is_some()) {
        text.line(format_args!("    #[allow(deprecated)]"));
    }
    text.list("    ", "pub const ALL: &'static [ErrorCode] = &[", &codes, "];");
    text.line(format_args!("}}"));
    text.finish()
}

fn inherent() -> TokenStream {
    quote! {
        impl ErrorCode {
            pub(super) fn at(row: usize) -> Option<Self> {
                Self::ALL.get(row).copied()
            }

            fn entry(self) -> ::errbook::__private::Entry<'static, 'static> {
                ::errbook::__private::Entry::new(&super::tables::API, self as usize)
            }

            /// The code on the wire, or the name of an error that has none.
            pub fn as_str(self) -> &'static str {
                self.entry().code()
            }

            /// The statuses that it is documented with; none where it is never an HTTP response, or no source says.
            pub fn statuses(self) -> &'static [::errbook::StatusRange] {
                self.entry().statuses()
            }

            /// Whether a request that met it may be repeated. A response can know better: see [`Error::retry`](super::Error::retry).
            pub fn retry(self) -> ::errbook::Verdict {
                self.entry().retry()
            }

            /// What a program does about it.
            pub fn action(self) -> Option<::errbook::Action> {
                self.entry().action()
            }

            /// When it happens, in Markdown; `None` where no source says.
            pub fn description(self) -> Option<&'static str> {
                self.entry().description()
            }

            /// What a person does about it, in Markdown; `None` where no source says.
            pub fn remediation(self) -> Option<&'static str> {
                self.entry().remediation()
            }

            /// The name of its group in the catalog.
            pub fn group(self) -> Option<&'static str> {
                self.entry().group()
            }

            /// The provider's page that states it.
            pub fn docs_url(self) -> Option<&'static str> {
                self.entry().docs_url()
            }
        }
    }
}

fn formatting() -> TokenStream {
    quote! {
        /// The name of the variant.
        impl ::std::fmt::Debug for ErrorCode {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.entry().name())
            }
        }

        /// The code on the wire.
        impl ::std::fmt::Display for ErrorCode {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for ErrorCode {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    }
}

fn parsing() -> TokenStream {
    quote! {
        /// From the code on the wire, or an alias of it.
        impl ::std::str::FromStr for ErrorCode {
            type Err = ::errbook::UnknownCode;

            fn from_str(code: &str) -> Result<Self, ::errbook::UnknownCode> {
                super::tables::API.find(code).and_then(Self::at).ok_or_else(|| ::errbook::UnknownCode::new(code))
            }
        }
    }
}

/// Whether there is anything to it is a feature of the runtime, not of the crate that this stands in.
fn serde() -> TokenStream {
    quote!(::errbook::__private::code_as_text!(ErrorCode);)
}
