//! The Rust crates: enums, documentation and static tables. Items are made with `quote` and printed by a formatter, but for those that have a part
//! for each error: `text` writes them at once.
//!
//! Invariant: every text of a catalog gets into the code as a literal or as documentation, through `literal`; every name through `ident`.

mod cause;
mod code;
mod details;
mod error;
pub(crate) mod literal;
mod package;
mod reply;
mod tables;
mod text;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::licenses;
use crate::output::Draft;
use crate::plan::{ApiPlan, Plan};

/// A module of a generated crate.
struct Module {
    name: &'static str,
    /// What it holds, for the head of its file.
    about: &'static str,
    /// Whether the crate of an API has it.
    is_there: fn(&ApiPlan<'_>) -> bool,
    items: fn(&ApiPlan<'_>) -> Vec<Code>,
}

/// The modules, in the order in which they are declared.
const MODULES: [Module; 8] = [
    Module { name: "code", about: "The codes of the API.", is_there: |_| true, items: code::emit },
    Module {
        name: "details",
        about: "The typed values that come with errors.",
        is_there: |_| true,
        items: |api| vec![details::emit(api).into()],
    },
    Module {
        name: "error",
        about: "An error response of the API.",
        is_there: |_| true,
        items: |api| vec![error::emit(api).into()],
    },
    Module {
        name: "cause",
        about: "Causes that share a code.",
        is_there: cause::is_there,
        items: |api| vec![cause::emit(api).into()],
    },
    Module {
        name: "fields",
        about: "The typed values that any error response can carry.",
        is_there: details::has_fields,
        items: |api| vec![details::emit_fields(api).into()],
    },
    Module {
        name: "reply",
        about: "Errors of the API as its owner sends them.",
        is_there: |_| true,
        items: |api| vec![reply::emit(api).into()],
    },
    Module { name: "tables", about: "What the engine decodes with.", is_there: |_| true, items: tables::emit },
    Module {
        name: "texts",
        about: "What is told to people, apart from the tables.",
        is_there: |_| true,
        items: tables::emit_texts,
    },
];

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

/// The files of all crates, and the library of the `generated` package that compiles them as modules.
pub fn emit<'p>(plan: &'p Plan<'_>) -> Vec<Draft<'p>> {
    let mut drafts: Vec<_> = plan.apis.iter().flat_map(crate_files).collect();
    drafts.push(Draft::new("lib.rs", || package::library(plan)));
    drafts
}

/// The items of one API as they stand in the module that a macro fills.
pub fn expand(api: &ApiPlan<'_>) -> TokenStream {
    let modules = modules(api).map(|Module { name, about, items, .. }| {
        let visibility = (*name == "details").then(|| quote!(pub));
        let (docs, name, items) = (literal::docs(about), literal::ident(name), items(api));
        quote!(#docs #visibility mod #name { #(#items)* })
    });
    let exports = exports(api);
    quote!(#(#modules)* #exports)
}

fn crate_files<'p>(api: &'p ApiPlan<'_>) -> Vec<Draft<'p>> {
    let folder = format!("rust/{}", api.package);
    let modules = modules(api).map(|module| {
        Draft::new(format!("{folder}/src/{}.rs", module.name), || source(api, module.about, (module.items)(api)))
    });
    let mut drafts: Vec<_> = modules.collect();
    drafts.push(Draft::new(format!("{folder}/src/lib.rs"), || source(api, "", vec![root(api).into()])));
    drafts.push(Draft::new(format!("{folder}/Cargo.toml"), || package::manifest(api)));
    drafts.push(Draft::new(format!("{folder}/README.md"), || package::readme(api)));
    drafts.extend(licenses::files(api, &folder));
    drafts
}

/// The modules of an API's crate.
fn modules(api: &ApiPlan<'_>) -> impl Iterator<Item = &'static Module> {
    MODULES.iter().filter(|module| (module.is_there)(api))
}

/// The library of a crate.
fn root(api: &ApiPlan<'_>) -> TokenStream {
    let declarations = modules(api).map(|Module { name, .. }| {
        let ident = literal::ident(name);
        // The structs of the values are reached through their module.
        if *name == "details" { quote!(pub mod #ident;) } else { quote!(mod #ident;) }
    });
    let exports = exports(api);
    quote! { #![doc = include_str!("../README.md")] #(#declarations)* #exports }
}

/// What a crate exports of its modules.
fn exports(api: &ApiPlan<'_>) -> TokenStream {
    let cause = cause::is_there(api).then(|| {
        quote!(
            pub use self::cause::Cause;
        )
    });
    let fields = details::has_fields(api).then(|| {
        quote!(
            pub use self::fields::Fields;
        )
    });
    quote! {
        pub use self::code::ErrorCode;
        #[doc(inline)]
        pub use self::details::Details;
        pub use self::error::Error;
        #cause
        #fields
        pub use self::reply::Reply;
        pub use ::errbook::{self, Action, ApiError, Verdict, http};
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
