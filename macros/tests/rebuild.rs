//! A crate that uses the macro is compiled again when its catalog changes, and only then.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

#[test]
fn an_edit_of_the_catalog_compiles_again() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = std::env::current_exe().unwrap();
    let folder = program.ancestors().nth(3).unwrap().join("macro-rebuild");
    let runtime = here.parent().unwrap().join("runtime");
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         errbook = {{ path = {:?}, features = [\"macros\"] }}\n\n[workspace]\n",
        runtime.display().to_string()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(here.parent().unwrap().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let main =
        "mod acme { errbook::catalog!(\"acme.yaml\"); }\nfn main() { print!(\"{}\", acme::ErrorCode::ALL[0]); }\n";
    fs::write(folder.join("src/main.rs"), format!("#![allow(dead_code, unused_imports)]\n{main}")).unwrap();
    let catalog = fs::read_to_string(here.join("tests/ui/acme.yaml")).unwrap();
    let run = |text: &str| {
        let path = folder.join("acme.yaml");
        fs::write(&path, text).unwrap();
        fs::File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(SystemTime::now() + Duration::from_millis(20))
            .unwrap();
        std::thread::sleep(Duration::from_millis(60));
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["run", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(&catalog), "NO_SUCH_ROCKET");
    assert_eq!(run(&catalog.replace("NO_SUCH_ROCKET", "NO_SUCH_SHIP")), "NO_SUCH_SHIP");
}
