//! `Reply`: an error as the API's owner sends it. All of its behaviour is the runtime's.

use proc_macro2::TokenStream;
use quote::quote;

use super::{cause, details};
use crate::plan::ApiPlan;

pub(super) fn emit(api: &ApiPlan<'_>) -> TokenStream {
    let nothing = || quote!(::errbook::__private::Nothing);
    let (fields, told) = match details::has_fields(api) {
        true => (quote!(super::Fields), quote!(super::fields::tell(fields))),
        false => (nothing(), quote!(match fields {})),
    };
    let (cause, variant) = match cause::is_there(api) {
        true => (quote!(super::Cause), quote!(cause.variant())),
        false => (nothing(), quote!(match cause {})),
    };
    quote! {
        use super::{ErrorCode, details, tables};
        use ::errbook::__private::{Api, Told};

        /// An error of the API that is to be sent.
        pub type Reply = ::errbook::Reply<ErrorCode>;

        impl ErrorCode {
            /// The error as a response to send, for the owner of the API: add what it tells, and build it.
            pub fn reply(self) -> Reply {
                Reply::new(self)
            }
        }

        impl ::errbook::ApiCode for ErrorCode {
            type Details = super::Details;
            type Fields = #fields;
            type Cause = #cause;

            fn tables() -> &'static Api<'static> {
                &tables::API
            }

            fn row(self) -> usize {
                self as usize
            }

            fn tell_details(details: super::Details) -> (Option<Self>, Told) {
                details::tell(&details)
            }

            fn tell_fields(fields: #fields) -> Told {
                #told
            }

            fn cause_variant(cause: #cause) -> &'static str {
                #variant
            }
        }
    }
}
