//! The macro and the files hold the same code: they come from the same emitter.

use bumpalo::Bump;
use errbook_codegen::emit::rust;
use errbook_codegen::plan;
use errbook_codegen::project::Project;

/// Items as a formatter prints them, so that only the tokens count; without the documentation of the whole file, which a macro gives to the module.
fn printed(mut file: syn::File) -> String {
    file.attrs.clear();
    prettyplease::unparse(&file)
}

#[test]
fn the_macro_expands_to_what_the_crates_hold() {
    let project = Project::at(tests::workspace()).unwrap();
    let catalogs = project.load().catalogs.unwrap();
    let bump = Bump::new();
    for api in plan::build(&bump, &catalogs).apis {
        let expanded: syn::File = syn::parse2(rust::expand(&api)).unwrap();
        let mut compared = 0;
        for item in expanded.items {
            let syn::Item::Mod(module) = item else { continue };
            let path = project.output.join(format!("rust/{}/src/{}.rs", api.package, module.ident));
            let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let (_, items) = module.content.unwrap();
            let inline = syn::File { items, ..file.clone() };
            let (expanded, written) = (printed(inline), printed(file));
            assert!(expanded == written, "{} differs from what the macro expands to", path.display());
            compared += 1;
        }
        assert!(compared >= 5, "{}", api.package);
    }
}
