//! The Rust crates: enums, documentation and static tables. Items are made with `quote` and printed by a formatter, but for those that have a part
//! for each error: `text` writes them at once.
//!
//! Invariant: every text of a catalog gets into the code as a literal or as documentation, through `literal`; every name through `ident`.

mod cause;
mod code;
mod details;
mod error;
mod literal;
mod package;
mod tables;
mod text;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::licenses;
use crate::output::Output;
use crate::plan::{ApiPlan, Plan};

/// A module of a generated crate.
pub struct Module {
    /// Its name.
    pub name: &'static str,
    /// Its items.
    pub items: Vec<Code>,
}

/// Items of a module.
pub enum Code {
    /// Still to be printed.
    Tokens(TokenStream),
    /// As they are printed; a macro reads them.
    Text(String),
}

impl From<TokenStream> for Code {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Tokens(items) => items.to_tokens(tokens),
            Self::Text(text) => tokens.extend(read(text)),
        }
    }
}

/// Text as tokens. Only a fault of the emitter does not read back; the compiler shows it.
fn read(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| syn::Error::from(error).into_compile_error())
}

/// The modules of an API's crate, and what the crate exports of them.
pub struct Items {
    /// The modules, in the order in which they are declared.
    pub modules: Vec<Module>,
    /// The exports.
    pub exports: TokenStream,
}

/// The files of all crates, and the library of the `generated` package that compiles them as modules.
pub fn emit(plan: &Plan<'_>) -> Vec<Output> {
    let mut outputs: Vec<Output> = plan.apis.iter().flat_map(crate_files).collect();
    outputs.push(Output { path: "lib.rs".to_owned(), text: package::library(plan) });
    outputs
}

/// The items of one API, wherever they stand: in the files of a crate, or where a macro puts them.
pub fn items(api: &ApiPlan<'_>) -> Items {
    let cause = cause::emit(api);
    let fields = details::emit_fields(api);
    let (has_causes, has_fields) = (cause.is_some(), fields.is_some());
    let module = |name, items| Module { name, items };
    let mut modules = vec![module("code", code::emit(api)), module("details", vec![details::emit(api).into()])];
    modules.push(module("error", vec![error::emit(api, has_causes, has_fields).into()]));
    modules.extend(cause.map(|items| module("cause", vec![items.into()])));
    modules.extend(fields.map(|items| module("fields", vec![items.into()])));
    modules.push(module("tables", tables::emit(api)));
    modules.push(module("texts", tables::emit_texts(api)));
    let cause = has_causes.then(|| {
        quote!(
            pub use self::cause::Cause;
        )
    });
    let fields = has_fields.then(|| {
        quote!(
            pub use self::fields::Fields;
        )
    });
    let exports = quote! {
        pub use self::code::ErrorCode;
        #[doc(inline)]
        pub use self::details::Details;
        pub use self::error::Error;
        #cause
        #fields
        pub use ::errbook::{self, Action, ApiError, Verdict, http};
    };
    Items { modules, exports }
}

/// The items of one API as they stand in the module that a macro fills.
pub fn expand(api: &ApiPlan<'_>) -> TokenStream {
    let Items { modules, exports } = items(api);
    let modules = modules.into_iter().map(|Module { name, items }| {
        let visibility = (name == "details").then(|| quote!(pub));
        let docs = literal::docs(about(name));
        let name = literal::ident(name);
        quote!(#docs #visibility mod #name { #(#items)* })
    });
    quote!(#(#modules)* #exports)
}

fn crate_files(api: &ApiPlan<'_>) -> Vec<Output> {
    let folder = format!("rust/{}", api.package);
    let output = |path: &str, text: String| Output { path: format!("{folder}/{path}"), text };
    let Items { modules, exports } = items(api);
    let declarations = modules.iter().map(|module| {
        let name = literal::ident(module.name);
        // The structs of the values are reached through their module.
        if module.name == "details" { quote!(pub mod #name;) } else { quote!(mod #name;) }
    });
    let docs = quote!(#![doc = include_str!("../README.md")]);
    let root = quote! { #docs #(#declarations)* #exports };
    let mut outputs = vec![
        output("Cargo.toml", package::manifest(api)),
        output("README.md", package::readme(api)),
        output("src/lib.rs", source(api, "", vec![root.into()])),
    ];
    outputs.extend(licenses::files(api, &folder));
    for Module { name, items } in modules {
        outputs.push(output(&format!("src/{name}.rs"), source(api, about(name), items)));
    }
    outputs
}

/// What a module holds, for the head of its file.
fn about(module: &str) -> &'static str {
    match module {
        "code" => "The codes of the API.",
        "details" => "The typed values that come with errors.",
        "error" => "An error response of the API.",
        "cause" => "Causes that share a code.",
        "fields" => "The typed values that any error response can carry.",
        "tables" => "What the engine decodes with.",
        _ => "What is told to people, apart from the tables.",
    }
}

/// A file: the marker, what it holds, and its items as the formatter prints them.
fn source(api: &ApiPlan<'_>, about: &str, items: Vec<Code>) -> String {
    let marker = crate::emit::marker(&api.source());
    let about = if about.is_empty() { String::new() } else { format!("//! {about}\n\n") };
    let items = items.into_iter().map(|code| match code {
        Code::Tokens(tokens) => print(tokens),
        Code::Text(text) => text,
    });
    format!("// {marker}\n{about}{}", items.collect::<Vec<_>>().join("\n"))
}

/// Tokens as formatted source, with a blank line between items that are more than a line.
fn print(items: TokenStream) -> String {
    // Only a fault of the emitter does not parse; the compiler will show where.
    let Ok(syn::File { attrs, items, .. }) = syn::parse2::<syn::File>(items.clone()) else { return items.to_string() };
    let mut out = prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items: Vec::new() });
    let mut before: Option<bool> = None;
    for item in items {
        let short = is_short(&item);
        if before.is_some_and(|before| !before || !short) || before.is_none() && !out.is_empty() {
            out.push('\n');
        }
        before = Some(short);
        out.push_str(&prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        }));
    }
    out
}

/// Whether an item is one of several lines that stand together.
fn is_short(item: &syn::Item) -> bool {
    match item {
        syn::Item::Use(_) => true,
        syn::Item::Mod(module) => module.content.is_none(),
        _ => false,
    }
}
