//! What has to stand where for a wait to be told.

use super::form;
use super::said::Said;
use crate::table::{Computed, Delay, Form, Place};

/// Each way in which sources can tell a wait of `ms` from `now` on: what stands where.
pub(super) fn tellings<'a>(sources: &[Delay<'a>], ms: i64, now: i64) -> Vec<Vec<(Place<'a>, Said)>> {
    let mut out = Vec::new();
    for source in sources {
        match source {
            Delay::Fixed(fixed) => out.extend((i64::try_from(*fixed) == Ok(ms)).then(Vec::new)),
            Delay::Told { at, form } => out.extend(form::wait(ms, now, *form).map(|said| vec![(*at, said)])),
            Delay::Computed(computed) => out.extend(compute(computed, ms, now)),
            Delay::Longest(sources) => out.extend(tellings(sources, ms, now)),
        }
    }
    out
}

/// A value with nothing to take off, and a rate of one.
fn compute<'a>(computed: &Computed<'a>, ms: i64, now: i64) -> Option<Vec<(Place<'a>, Said)>> {
    let (at, written) = computed.of;
    // An instant less another: from a whole second on, so that the one that is taken off is not rounded.
    let now = if computed.minus.is_some() { now - now.rem_euclid(1_000) } else { now };
    let mut out = vec![(at, form::wait(ms, now, written)?)];
    if let Some((at, written)) = computed.minus {
        let zero = if written.is_instant() { form::wait(0, now, written)? } else { zero(written)? };
        out.push((at, zero));
    }
    if let Some(at) = computed.per {
        out.push((at, Said::bare("1")));
    }
    Some(out)
}

fn zero(written: Form) -> Option<Said> {
    form::wait(0, 0, written)
}
