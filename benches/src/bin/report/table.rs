//! A table in Markdown.

/// A table with these columns; the first is of names, the others of numbers.
pub(crate) fn markdown(columns: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
    let mut out = line(&mut columns.iter().copied());
    out += &line(&mut columns.iter().enumerate().map(|(index, _)| if index == 0 { "---" } else { "--:" }));
    for row in rows {
        out += &line(&mut row.iter().map(String::as_str));
    }
    out
}

/// Seconds, to three digits that count.
pub(crate) fn seconds(value: f64) -> String {
    if value >= 10.0 {
        format!("{value:.1}")
    } else if value >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}
