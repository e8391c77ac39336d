//! From a catalog to everything that comes from it, in a process of its own.

use std::collections::HashMap;

use crate::Result;
use crate::cost::{Contender, Cost, in_turns};
use crate::project::{Project, errbook};
use crate::table::{markdown, seconds};

const SIZES: [usize; 4] = [100, 1_000, 10_000, 50_000];
const ROUNDS: usize = 5;

pub(crate) fn report() -> Result<String> {
    let errbook = errbook()?;
    let mut of: HashMap<String, Vec<Cost>> = HashMap::new();
    let mut names = Vec::new();
    for size in SIZES {
        let project = Project::new(size)?;
        let contenders = vec![
            Contender::new("`errbook generate`, into an empty folder", || {
                project.clear()?;
                project.run(&errbook, &["generate"])
            }),
            Contender::new("`errbook generate`, nothing to do", || project.run(&errbook, &["generate"])),
            Contender::new("`errbook check`", || project.run(&errbook, &["check"])),
            #[cfg(feature = "typify")]
            Contender::new("typify, Rust alone, not formatted", || crate::peer::typify(&project, size)),
            #[cfg(feature = "typify")]
            Contender::new("`cp -r` of the outputs", || crate::peer::copy(&project)),
        ];
        for (name, cost) in in_turns(contenders, ROUNDS)? {
            if !names.contains(&name) {
                names.push(name.clone());
            }
            of.entry(name).or_default().push(cost);
        }
    }
    let rows: Vec<Vec<String>> = names.iter().map(|name| row(name, &of[name])).collect();
    Ok(markdown(
        &[
            "seconds on the clock / of the processor (peak MB)",
            "100",
            "1,000",
            "10,000",
            "50,000",
            "growth from 10,000",
        ],
        &rows,
    ))
}

fn row(name: &str, costs: &[Cost]) -> Vec<String> {
    let mut row = vec![name.to_owned()];
    row.extend(costs.iter().map(|cost| format!("{} / {} ({:.0})", seconds(cost.wall), seconds(cost.cpu), cost.peak)));
    row.push(match costs {
        [.., small, large] => format!("{:.2}", (large.cpu / small.cpu).ln() / 5f64.ln()),
        _ => String::new(),
    });
    row
}
