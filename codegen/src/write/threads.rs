//! Files side by side: most of the time that one takes is the system's.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// Fewer items than this are not worth a thread.
const FEW: usize = 32;

/// More threads than this wait for one another: they write into the same folders.
const MOST: usize = 8;

/// What `job` makes of each item, in the order of the items; or one of the errors, after which no further item is begun.
pub(super) fn try_map<T: Sync, R: Send, E: Send>(
    items: &[T],
    job: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST).min(items.len() / FEW);
    if threads <= 1 {
        return items.iter().map(job).collect();
    }
    let (next, failed) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = || -> Result<Vec<(usize, R)>, E> {
        let mut done = Vec::new();
        while !failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            let result = job(item).inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
            done.push((index, result));
        }
        Ok(done)
    };
    let parts: Result<Vec<_>, E> = thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let own = work();
        let others =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(own).chain(others).collect()
    });
    let mut done: Vec<_> = parts?.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        for count in [0, 1, 31, 64, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Result<Vec<usize>, ()> = try_map(&items, |item| Ok(item * 2));
            assert_eq!(doubled.unwrap(), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<usize> = (0..100_000).collect();
        let begun = AtomicUsize::new(0);
        let result: Result<Vec<()>, usize> = try_map(&items, |item| {
            begun.fetch_add(1, Ordering::Relaxed);
            if *item == 100 { Err(*item) } else { Ok(()) }
        });
        assert_eq!(result, Err(100));
        assert!(begun.into_inner() < items.len());
    }
}
