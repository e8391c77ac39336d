//! `Details` and `Fields`: the typed values of errors and of response shapes.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::literal::{self, field_ident, ident};
use crate::emit::prose;
use crate::model::{Field, FieldKind, ItemKind};
use crate::plan::{ApiPlan, ErrorPlan};

/// The struct of one error's values. The ending keeps it apart from every other name that the module uses.
fn struct_ident(error: &ErrorPlan<'_>) -> Ident {
    Ident::new(&format!("{}Details", error.variant), Span::call_site())
}

pub(super) fn emit(api: &ApiPlan<'_>) -> TokenStream {
    let with_fields: Vec<_> = api.errors.iter().filter(|error| !error.error.fields.is_empty()).collect();
    let variants = with_fields.iter().map(|error| {
        let docs = literal::docs(&format!("With {}.", prose::code_span(error.error.id())));
        let (variant, details) = (ident(&error.variant), struct_ident(error));
        quote!(#docs #variant(#details),)
    });
    let structs = with_fields.iter().map(|error| {
        let about = format!("The values of [`ErrorCode::{}`].", ident(&error.variant));
        structure(&struct_ident(error), &about, &error.error.fields)
    });
    let readers = with_fields.iter().map(|error| {
        let (variant, details) = (ident(&error.variant), struct_ident(error));
        let values = values(&error.error.fields, &quote!(field));
        quote!((ErrorCode::#variant, |view| Details::#variant(#details { #values })),)
    });
    let (count, allow) = (
        Literal::usize_unsuffixed(with_fields.len()),
        with_fields.iter().any(|e| e.error.deprecated.is_some()).then(|| quote!(#[allow(deprecated)])),
    );
    quote! {
        use super::ErrorCode;
        use ::errbook::__private::View;

        /// The values that came with an error: a variant for each error that has some.
        ///
        /// A value that was not sent, or is of another type than the catalog says, is `None`; the body has it as it came.
        #[non_exhaustive]
        pub enum Details {
            #(#variants)*
            /// No listed error, or one without values. The underscore keeps it apart from any code.
            None_,
        }

        impl ::std::fmt::Debug for Details {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Details").finish_non_exhaustive()
            }
        }

        #(#structs)*

        type Reader = fn(&View<'_, 'static>) -> Details;

        /// How the values of each error are read, by code.
        #allow
        static READERS: [(ErrorCode, Reader); #count] = [#(#readers)*];

        pub(super) fn read(code: Option<ErrorCode>, view: &View<'_, 'static>) -> Details {
            let reader = code.and_then(|code| READERS.binary_search_by_key(&code, |(of, _)| *of).ok());
            reader.map_or(Details::None_, |index| READERS[index].1(view))
        }
    }
}

/// `Fields`, where a response shape has any.
pub(super) fn emit_fields(api: &ApiPlan<'_>) -> Option<TokenStream> {
    let fields = shape_fields(api);
    if fields.is_empty() {
        return None;
    }
    let name = Ident::new("Fields", Span::call_site());
    let structure = structure(&name, "The values that any error response can carry.", fields.iter().copied());
    let values = values(fields.iter().copied(), &quote!(shape_field));
    Some(quote! {
        #structure

        pub(super) fn read(view: &::errbook::__private::View<'_, 'static>) -> Fields {
            Fields { #values }
        }
    })
}

/// The fields of all shapes: of those with the same name, the first.
pub(super) fn shape_fields<'c>(api: &ApiPlan<'c>) -> Vec<&'c Field> {
    let mut fields: Vec<&Field> = Vec::new();
    for field in api.catalog.shapes.iter().flat_map(|shape| &shape.fields) {
        if !fields.iter().any(|other| other.name.value == field.name.value) {
            fields.push(field);
        }
    }
    fields
}

fn structure<'f>(name: &Ident, about: &str, fields: impl IntoIterator<Item = &'f Field>) -> TokenStream {
    let about = literal::docs(about);
    let members = fields.into_iter().map(|field| {
        let about = field
            .about
            .as_ref()
            .map_or_else(|| "Its meaning is undocumented.".to_owned(), |about| prose::inline(&about.value));
        let places: Vec<_> = field.at.iter().map(|at| prose::code_span(&at.value.to_string())).collect();
        let docs = literal::docs(&format!("{about} Sent at {}.", places.join(" or ")));
        let (name, kind) = (field_ident(&field.name.value), rust_type(field.kind));
        quote!(#docs pub #name: Option<#kind>,)
    });
    quote! {
        #about
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#members)* }
    }
}

fn values<'f>(fields: impl IntoIterator<Item = &'f Field>, method: &TokenStream) -> TokenStream {
    let values = fields.into_iter().map(|field| {
        let (name, key) = (field_ident(&field.name.value), literal::string(&field.name.value));
        quote!(#name: view.#method(#key).and_then(::errbook::__private::FromValue::from_value),)
    });
    quote!(#(#values)*)
}

fn rust_type(kind: FieldKind) -> TokenStream {
    match kind {
        FieldKind::One(item) => item_type(item),
        FieldKind::List(Some(item)) => {
            let item = item_type(item);
            quote!(Vec<#item>)
        }
        FieldKind::List(None) => quote!(Vec<::errbook::Json>),
    }
}

fn item_type(kind: ItemKind) -> TokenStream {
    match kind {
        ItemKind::String => quote!(String),
        ItemKind::Integer => quote!(i128),
        ItemKind::Number => quote!(::errbook::Number),
        ItemKind::Boolean => quote!(bool),
        ItemKind::Timestamp(_) => quote!(::std::time::SystemTime),
        ItemKind::Object => quote!(::errbook::Json),
    }
}
