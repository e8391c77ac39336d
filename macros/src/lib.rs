//! `catalog!`, the code of an error book without generated files. Use it as `errbook::catalog!`, with the feature `macros` of `errbook`.

use std::path::{Path, PathBuf};

use errbook_codegen::project;
use proc_macro::TokenStream;
use quote::quote;
use syn::{LitStr, parse_macro_input};

/// The types of one API, from its catalog: what the generated crate `<api>-errors` holds, in the module where this stands.
///
/// The path is relative to the `Cargo.toml` of the crate that uses it. Each catalog wants a module of its own:
///
/// ```ignore
/// pub mod acme {
///     errbook::catalog!("catalog/acme.yaml");
/// }
///
/// let error = acme::Error::from(response);
/// ```
///
/// The crate is compiled again when the catalog changes. Mistakes in the catalog are compile errors that show its line.
///
/// # Files or macro?
///
/// Prefer generated files: they show in a diff what an edit of the catalog did, they come with a TypeScript package and a page for each
/// error, and whoever uses the crate does not build the generator. The macro is for one program with a catalog of its own, a test, or a first try.
#[proc_macro]
pub fn catalog(input: TokenStream) -> TokenStream {
    let path = parse_macro_input!(input as LitStr);
    expand(&path).into()
}

fn expand(path: &LitStr) -> proc_macro2::TokenStream {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let file = root.join(path.value());
    let watched = watched(&file);
    match project::expand_macro(&root, &file) {
        Ok(items) => quote!(#watched #items),
        Err(project::Refused { shown, stub }) => {
            let error = syn::Error::new(path.span(), format!("the catalog has mistakes\n\n{}", shown.trim_end()))
                .into_compile_error();
            quote!(#error #watched #stub)
        }
    }
}

/// Makes the compiler watch the catalog: it compiles again what includes a file that changed.
fn watched(file: &Path) -> Option<proc_macro2::TokenStream> {
    let path = file.is_file().then(|| file.to_str()).flatten()?;
    Some(quote!(
        const _: &[u8] = include_bytes!(#path);
    ))
}
