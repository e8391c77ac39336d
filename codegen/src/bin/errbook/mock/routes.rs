//! What there is to ask for, for who starts the mock in a terminal.

use std::net::SocketAddr;

use textwrap::core::display_width;

use super::book::{Api, Book};
use crate::output::visible;

/// The address, then the routes: of each API with an example, and the mock's own.
pub(super) fn table(book: &Book, address: SocketAddr) -> String {
    let own = [("/", "a list of all errors"), ("/_errbook/requests", "the requests that were served")];
    let own = own.map(|(route, what)| [route.to_owned(), what.to_owned(), String::new()]);
    let rows: Vec<_> = book.apis().iter().map(|api| of_api(api, address)).chain(own).collect();
    format!("http://{address}\n{}Sequences, delays and more: errbook mock --help\n", aligned(&rows))
}

fn of_api(api: &Api, address: SocketAddr) -> [String; 3] {
    let errors = api.catalog.errors.len();
    let what = format!("{}, {errors} error{}", api.catalog.api.title.value, if errors == 1 { "" } else { "s" });
    let example = api.shown_first().map_or_else(|| format!("/{}", api.id()), |row| api.path(row));
    [format!("/{}/{{code}}", api.id()), what, format!("http://{address}{example}")].map(|text| visible(&text))
}

/// Rows with their columns one below the other.
fn aligned(rows: &[[String; 3]]) -> String {
    let width = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0) + 2;
    let widths = [width(0), width(1)];
    let line = |[route, what, example]: &[String; 3]| {
        let pad = |text: &str, width: usize| " ".repeat(width - display_width(text));
        let line = format!("{route}{}{what}{}{example}", pad(route, widths[0]), pad(what, widths[1]));
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}
