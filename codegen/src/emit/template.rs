//! Templates: how the emitters whose language is not Rust print.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// The templates of one emitter. Values are inserted as they are: what a language needs escaped is escaped before.
pub(super) struct Templates(Environment<'static>);

impl Templates {
    /// Compiles templates; each is a name and its text.
    ///
    /// A template with a mistake prints nothing; every template is rendered by the tests.
    pub(super) fn new(templates: &[(&'static str, &'static str)]) -> Self {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.unwrap_or_default());
        for (name, source) in templates {
            let added = environment.add_template(name, source);
            debug_assert!(added.is_ok(), "{name}: {added:?}");
        }
        Self(environment)
    }

    /// A template with its values filled in.
    pub(super) fn render(&self, name: &str, context: &impl Serialize) -> String {
        let rendered = self.0.get_template(name).and_then(|template| template.render(Serde(context)));
        debug_assert!(rendered.is_ok(), "{name}: {rendered:?}");
        rendered.unwrap_or_default()
    }
}
