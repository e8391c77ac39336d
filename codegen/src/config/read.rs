//! From the text to the [`Config`]. Everything that is wrong is reported, not only the first.

use std::io;
use std::ops::Range;
use std::path::Path;

use toml_edit::{Document, Item, Key, TableLike};

use super::{Config, FILE, Mistakes, folder};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};
use crate::source::{FileId, Files, Span};

const KEYS: [&str; 3] = ["catalogs", "output", "runtime"];

pub(super) fn read(root: &Path) -> Result<Config, Mistakes> {
    let text = match std::fs::read_to_string(root.join(FILE)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Config::default()),
        read => read,
    };
    let mut files = Files::relative_to(root);
    let mut diagnostics = Diagnostics::default();
    let config = match text {
        Ok(text) => {
            let file = files.add(FILE, text.clone());
            Reader { file, diagnostics: &mut diagnostics }.config(&text)
        }
        Err(error) => {
            let span = Span::new(files.add(FILE, String::new()), 0, 0);
            let message = format!("cannot read `{FILE}`: {error}");
            diagnostics
                .push(Diagnostic::error("unreadable", span, message).help("check what it is and who may read it"));
            Config::default()
        }
    };
    if diagnostics.is_empty() { Ok(config) } else { Err(Mistakes { files, diagnostics }) }
}

struct Reader<'d> {
    file: FileId,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn config(&mut self, text: &str) -> Config {
        let mut config = Config::default();
        let document = match Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let help = "see https://toml.io for what TOML allows";
                self.report("syntax", error.span(), error.message().trim_end(), "", help);
                return config;
            }
        };
        let table = document.as_table();
        self.unknown_keys(table, &KEYS, FILE);
        self.folder(table, "catalogs", &mut config.catalogs);
        self.folder(table, "output", &mut config.output);
        config.runtime = table.get("runtime").and_then(|item| self.runtime(item));
        self.overlap(table, &config);
        config
    }

    fn unknown_keys(&mut self, table: &dyn TableLike, known: &[&'static str], noun: &str) {
        let keys: Vec<&Key> = table.iter().filter_map(|(key, _)| table.key(key)).collect();
        for key in keys.into_iter().filter(|key| !known.contains(&key.get())) {
            let span = self.span(key.span());
            let diagnostic = Diagnostic::error("unknown-key", span, format!("unknown key `{}`", key.get()))
                .label(format!("not a key of {noun}"));
            self.diagnostics.push(match did_you_mean(key.get(), known.iter().copied()) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")).replace(span, meant),
                None => diagnostic.help(format!("the keys are {}", known.join(", "))),
            });
        }
    }

    /// Reads a folder into `place`, which keeps what it holds where the key is not there or its value is none.
    fn folder(&mut self, table: &dyn TableLike, key: &str, place: &mut String) {
        let Some(item) = table.get(key) else { return };
        let Some(written) = self.text(item, key) else { return };
        match folder::below_root(written) {
            Ok(folder) => *place = folder,
            Err(why) => {
                let help = format!("write the name of a folder in this repository, as in `{key} = \"{place}\"`");
                self.report("value", item.span(), &format!("`{key}` {why}"), "", &help);
            }
        }
    }

    fn runtime(&mut self, item: &Item) -> Option<String> {
        const HELP: &str = "write `runtime = { path = \"...\" }`, with the path of the folder of the crate `errbook`";
        let Some(table) = item.as_table_like() else {
            self.wrong_type(item, "`runtime` is a table", HELP);
            return None;
        };
        self.unknown_keys(table, &["path"], "`runtime`");
        let Some(path) = table.get("path") else {
            if table.is_empty() {
                self.report("missing-key", item.span(), "`runtime` needs the key `path`", "", HELP);
            }
            return None;
        };
        let written = self.text(path, "path")?;
        if written.trim().is_empty() || written.contains(|c: char| c.is_control() || c == '\\') {
            self.report("value", path.span(), "`path` is no path with forward slashes", "", HELP);
            return None;
        }
        let runtime = written.strip_prefix("./").unwrap_or(written);
        Some(runtime.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(runtime).to_owned())
    }

    /// A build script watches the catalogs: what is written among them would start it again.
    fn overlap(&mut self, table: &dyn TableLike, config: &Config) {
        let Config { catalogs, output, .. } = config;
        if folder::is_within(catalogs, output) || folder::is_within(output, catalogs) {
            let item = table.get("output").or_else(|| table.get("catalogs"));
            let message = format!("the catalogs in `{catalogs}` and the outputs in `{output}` are not apart");
            self.report(
                "value",
                item.and_then(Item::span),
                &message,
                "",
                "choose two folders of which none is in the other",
            );
        }
    }

    fn text<'t>(&mut self, item: &'t Item, key: &str) -> Option<&'t str> {
        let text = item.as_str();
        if text.is_none() {
            self.wrong_type(item, &format!("`{key}` is a text"), "put it in quotes");
        }
        text
    }

    fn wrong_type(&mut self, item: &Item, wanted: &str, help: &str) {
        let found = match item.type_name() {
            "string" => "a text".to_owned(),
            name @ ("array" | "integer" | "array of tables") => format!("an {name}"),
            name => format!("a {name}"),
        };
        let (message, label) = (format!("{wanted}, this is {found}"), format!("{found} stands here"));
        self.report("wrong-type", item.span(), &message, &label, help);
    }

    fn report(&mut self, rule: &'static str, at: Option<Range<usize>>, message: &str, label: &str, help: &str) {
        let span = self.span(at);
        self.diagnostics.push(Diagnostic::error(rule, span, message).label(label).help(help));
    }

    /// A range of the text; its beginning, where the parser names none.
    fn span(&self, at: Option<Range<usize>>) -> Span {
        let at = at.unwrap_or_default();
        Span::new(self.file, at.start as u32, at.end as u32)
    }
}
