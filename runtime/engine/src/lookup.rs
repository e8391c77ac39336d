//! From a code to its row: one hash table for every API, filled by the generator, read by the engine.

use crate::table::{Api, NONE, Shape};

/// The hash of a code. Generator and runtime share it, so it is part of [`crate::table::TABLES`].
pub fn hash(key: &str) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let fold = |h: u64, word: u64| {
        let wide = u128::from(h ^ word) * u128::from(K);
        (wide as u64) ^ (wide >> 64) as u64
    };
    let bytes = key.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    let mut h = K ^ bytes.len() as u64;
    for word in words {
        h = fold(h, u64::from_le_bytes(*word));
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    fold(fold(h, u64::from_le_bytes(last)), 0)
}

/// Fills a table for `keys`: the index of a key stands in the first free slot from its hash on. At most half of the slots are taken.
pub fn slots<'k>(keys: impl ExactSizeIterator<Item = &'k str>) -> Vec<u16> {
    let size = (keys.len() * 2).next_power_of_two().max(1);
    let mut slots = vec![NONE; size];
    for (index, key) in keys.enumerate() {
        let mut at = hash(key) as usize & (size - 1);
        while slots[at] != NONE {
            at = (at + 1) & (size - 1);
        }
        slots[at] = index as u16;
    }
    slots
}

impl<'a> Api<'a> {
    /// The row of a code, of an alias, or of the name of an error without a code; before it the index of the key itself.
    pub(crate) fn find_key(&self, code: &str) -> Option<(usize, usize)> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash(code) as usize & mask;
        loop {
            let index = *self.slots.get(at)?;
            if index == NONE {
                return None;
            }
            let (key, row) = self.key(index as usize)?;
            if key == code {
                return Some((index as usize, row));
            }
            at = (at + 1) & mask;
        }
    }

    /// The parts of a listed code or alias.
    pub(crate) fn parts_of<'c>(&self, code: &'c str) -> Vec<&'c str> {
        let key = self.find_key(code).map(|(key, _)| key);
        let slashes = code.bytes().enumerate().filter(|(_, byte)| *byte == b'/').map(|(at, _)| at);
        let joints = slashes.zip(0u16..).filter(|(_, slash)| key.is_some_and(|key| self.joins(key, *slash)));
        let mut start = 0;
        let mut parts = Vec::new();
        for (at, _) in joints {
            parts.push(&code[start..at]);
            start = at + 1;
        }
        parts.push(&code[start..]);
        parts
    }

    /// Whether a listed code, the text of which is that of these parts, has them.
    pub(crate) fn has_parts<T: AsRef<str>>(&self, key: usize, parts: &[T]) -> bool {
        if !self.can_join() {
            return parts.len() <= 1;
        }
        let mut slash = 0u16;
        parts.iter().enumerate().all(|(index, part)| {
            let within = part.as_ref().bytes().filter(|byte| *byte == b'/').count() as u16;
            let is_whole = (slash..slash.saturating_add(within)).all(|slash| !self.joins(key, slash));
            slash = slash.saturating_add(within);
            let is_last = index + 1 == parts.len();
            let ends = is_last || self.joins(key, slash);
            slash = slash.saturating_add(1);
            is_whole && ends
        })
    }

    /// Whether a `/` of a listed code, counted from 0, joins two parts of it.
    fn joins(&self, key: usize, slash: u16) -> bool {
        self.can_join()
            && match self.slashed.binary_search_by_key(&key, |(key, _)| usize::from(*key)) {
                Ok(index) => self.slashed[index].1.contains(&slash),
                Err(_) => true,
            }
    }

    /// Whether any code can have more than one part.
    fn can_join(&self) -> bool {
        let of = |shape: &Shape<'_>| shape.code.len() > 1;
        self.shapes.iter().any(|shape| of(shape) || shape.errors.is_some_and(|errors| of(&errors.shape)))
    }

    fn key(&self, index: usize) -> Option<(&'a str, usize)> {
        match self.rows.get(index) {
            Some(row) => Some((row.code, index)),
            None => self.aliases.get(index - self.rows.len()).map(|(alias, row)| (*alias, usize::from(*row))),
        }
    }
}
