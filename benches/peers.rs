//! The code of the peers: for each size a type that has an enum, a map and a `match`.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

/// The longest `match`: one of ten thousand arms compiles for minutes. In its place stands the map, which is to the peer's favour.
const MOST_ARMS: usize = 1_000;

/// Writes `codes.rs`.
pub(crate) fn write(counts: &[usize]) -> io::Result<()> {
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    let texts: Vec<String> = counts.iter().map(|count| of(*count)).collect();
    fs::write(Path::new(&folder).join("codes.rs"), texts.concat())
}

fn of(count: usize) -> String {
    let codes: Vec<String> = (0..count).map(crate::catalog::code).collect();
    let mut map = phf_codegen::Map::new();
    let (mut variants, mut arms) = (String::new(), String::new());
    for (number, code) in codes.iter().enumerate() {
        map.entry(code.as_str(), number.to_string());
        let _ = write!(variants, "#[serde(rename = \"{code}\")] E{number},");
        if count <= MOST_ARMS {
            let _ = write!(arms, "\"{code}\" => {number},");
        }
    }
    let map = map.build();
    let matched = match count {
        0..=MOST_ARMS => format!("Some(match code {{ {arms} _ => return None }})"),
        _ => "MAP.get(code).copied()".to_owned(),
    };
    format!(
        "
#[doc = \"{count} codes.\"]
pub struct Of{count};

const _: () = {{
    #[derive(::serde::Deserialize)]
    #[repr(u16)]
    pub enum Code {{ {variants} }}

    static MAP: ::phf::Map<&'static str, u16> = {map};

    impl Codes for Of{count} {{
        type Code = Code;

        fn number(code: Code) -> usize {{
            usize::from(code as u16)
        }}

        fn map() -> &'static ::phf::Map<&'static str, u16> {{
            &MAP
        }}

        fn matched(code: &str) -> Option<u16> {{
            {matched}
        }}
    }}
}};
"
    )
}
