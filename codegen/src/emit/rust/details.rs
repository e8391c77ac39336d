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
        let values = values(&error.error.fields);
        quote! {
            Case { code: ErrorCode::#variant, read: |values| Details::#variant(#details { #values }) },
        }
    });
    let arms = with_fields.iter().map(|error| {
        let variant = ident(&error.variant);
        quote!(Details::#variant(values) => Some((ErrorCode::#variant, values)),)
    });
    let tellers = with_fields.iter().map(|error| {
        let (details, told) = (struct_ident(error), told(&error.error.fields, "self"));
        quote! {
            impl Tell for #details {
                fn tell(&self, told: &mut Told) { #told }
            }
        }
    });
    let (count, allow) = (
        Literal::usize_unsuffixed(with_fields.len()),
        with_fields.iter().any(|e| e.error.deprecated.is_some()).then(|| quote!(#[allow(deprecated)])),
    );
    quote! {
        use super::ErrorCode;
        use ::errbook::__private::{Told, Values, View};

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
                match self.values() {
                    Some((_, values)) => values.fmt(f),
                    None => f.write_str("None_"),
                }
            }
        }

        impl Details {
            /// Whose values they are, and what is shown and sent of them.
            #allow
            fn values(&self) -> Option<(ErrorCode, &dyn Tell)> {
                match self {
                    #(#arms)*
                    Details::None_ => None,
                }
            }
        }

        #(#structs)*

        /// Values that can be sent.
        trait Tell: ::std::fmt::Debug {
            fn tell(&self, told: &mut Told);
        }

        #(#tellers)*

        /// How the values of an error are read.
        struct Case {
            code: ErrorCode,
            read: fn(&mut Values<'_, 'static>) -> Details,
        }

        /// One for each error that has values, by code.
        #allow
        static CASES: [Case; #count] = [#(#readers)*];

        pub(super) fn read(code: Option<ErrorCode>, view: &View<'_, 'static>) -> Details {
            let case = code.and_then(|code| CASES.binary_search_by_key(&code, |case| case.code).ok());
            case.map_or(Details::None_, |index| (CASES[index].read)(&mut view.values()))
        }

        pub(super) fn tell(details: &Details) -> (Option<ErrorCode>, Told) {
            let mut told = Told::default();
            let values = details.values();
            if let Some((_, values)) = values {
                values.tell(&mut told);
            }
            (values.map(|(code, _)| code), told)
        }
    }
}

/// Whether a response shape has fields.
pub(super) fn has_fields(api: &ApiPlan<'_>) -> bool {
    !shape_fields(api).is_empty()
}

/// `Fields`, where a response shape has any.
pub(super) fn emit_fields(api: &ApiPlan<'_>) -> TokenStream {
    let fields = shape_fields(api);
    let name = Ident::new("Fields", Span::call_site());
    let structure = structure(&name, "The values that any error response can carry.", fields.iter().copied());
    let (values, told) = (values(fields.iter().copied()), told(fields.iter().copied(), "fields"));
    quote! {
        #structure

        pub(super) fn read(view: &::errbook::__private::View<'_, 'static>) -> Fields {
            let mut values = view.shape_values();
            Fields { #values }
        }

        pub(super) fn tell(fields: Fields) -> ::errbook::__private::Told {
            let mut told = ::errbook::__private::Told::default();
            #told
            told
        }
    }
}

/// The fields of all shapes: of those with the same name, the first.
pub(super) fn shape_fields<'c>(api: &ApiPlan<'c>) -> Vec<&'c Field> {
    let mut fields: Vec<&Field> = Vec::new();
    for field in api.catalog.shape_fields() {
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
        #[derive(Debug, Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#members)* }
    }
}

fn values<'f>(fields: impl IntoIterator<Item = &'f Field>) -> TokenStream {
    let values = fields.into_iter().map(|field| {
        let (name, key) = (field_ident(&field.name.value), literal::string(&field.name.value));
        quote!(#name: values.take(#key),)
    });
    quote!(#(#values)*)
}

fn told<'f>(fields: impl IntoIterator<Item = &'f Field>, of: &str) -> TokenStream {
    let of = Ident::new(of, Span::call_site());
    let told = fields.into_iter().map(|field| {
        let (name, key) = (field_ident(&field.name.value), literal::string(&field.name.value));
        quote!(told.add(#key, #of.#name.as_ref());)
    });
    quote!(#(#told)*)
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
        ItemKind::Object | ItemKind::Any => quote!(::errbook::Json),
    }
}
