//! The engine: compiled from `runtime/typescript` by its `npm run build`, and copied into every package.

/// The files of a list of modules: for each its code and its types.
macro_rules! files {
    ($($module:literal)*) => {
        &[$(
            (concat!($module, ".js"), include_str!(concat!("engine/", $module, ".js"))),
            (concat!($module, ".d.ts"), include_str!(concat!("engine/", $module, ".d.ts"))),
        )*]
    };
}

/// Every file of the engine: its name and its text.
pub(super) const FILES: &[(&str, &str)] = files! {
    "api-error" "base64" "brand" "build" "bytes" "clock" "collect" "condition" "decode" "delay" "document" "ending" "entry" "fetch" "form" "idempotency-key" "identify" "index"
    "instant" "json" "json-of" "json-string" "lookup" "number" "one-line" "policy" "raw-json" "response" "retry" "scanner" "several" "table" "texts"
    "value" "view" "vocabulary" "with-retry"
};

/// A file of the engine as packages have it.
pub(super) fn marked(text: &str) -> String {
    format!("// {}\n{text}", crate::emit::marker("errbook's engine"))
}
