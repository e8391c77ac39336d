//! The argument is the path of a catalog.

errbook::catalog!(acme);

fn main() {}
