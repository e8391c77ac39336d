//! A catalog that is not there is named, and nothing else is wrong.

pub mod missing {
    errbook::catalog!("ui/missing.yaml");
}

use missing::Error;

fn main() {
    println!("{}", Error::from_parts(None, errbook::http::HeaderMap::new(), "{}"));
}
