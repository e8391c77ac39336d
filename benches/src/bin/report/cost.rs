//! What a process costs.

use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

use crate::Result;

/// What one run of a process, and of those that it started, took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of the processor: what is left of a time on a machine that has other things to do.
    pub(crate) cpu: f64,
    /// The most memory that any one of the processes held, in MB.
    pub(crate) peak: f64,
}

impl Cost {
    /// Runs a command to its end. Its output is of no interest unless it fails.
    pub(crate) fn of(command: &mut Command) -> Result<Self> {
        let start = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let used = child.wait4()?;
        let wall = start.elapsed().as_secs_f64();
        if !used.status.success() {
            return Err(format!("{command:?} failed").into());
        }
        let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
        Ok(Self { wall, cpu, peak: used.rusage.maxrss as f64 / 1e6 })
    }

    fn median_by(costs: &[Self], value: impl Fn(&Self) -> f64) -> f64 {
        let mut values: Vec<f64> = costs.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    }

    /// The median of each value.
    pub(crate) fn median(costs: &[Self]) -> Self {
        Self {
            wall: Self::median_by(costs, |cost| cost.wall),
            cpu: Self::median_by(costs, |cost| cost.cpu),
            peak: Self::median_by(costs, |cost| cost.peak),
        }
    }
}

/// Something to measure again and again: its name, and one run of it.
pub(crate) struct Contender<'c> {
    pub(crate) name: String,
    pub(crate) run: Box<dyn FnMut() -> Result<Cost> + 'c>,
}

impl<'c> Contender<'c> {
    pub(crate) fn new(name: impl Into<String>, run: impl FnMut() -> Result<Cost> + 'c) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }
}

/// Runs the contenders in turns, and gives the median of each. What takes longer than a few seconds is not run again.
pub(crate) fn in_turns(mut contenders: Vec<Contender<'_>>, rounds: usize) -> Result<Vec<(String, Cost)>> {
    const LONG: f64 = 8.0;
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds {
        for (contender, costs) in contenders.iter_mut().zip(&mut costs) {
            if costs.iter().all(|cost| cost.wall < LONG) {
                costs.push((contender.run)()?);
            }
        }
    }
    Ok(contenders.into_iter().zip(costs).map(|(contender, costs)| (contender.name, Cost::median(&costs))).collect())
}
