//! How far the sequences of faults are.

use std::collections::VecDeque;

use serde::Serialize;

use super::redact::Redactor;

/// How many sequences are kept; the one that was asked for longest ago is forgotten first.
const MOST: usize = 1_000;

/// How far the sequences of faults are.
#[derive(Default)]
pub(super) struct Sequences(VecDeque<Sequence>);

/// The answers to one client on one path.
#[derive(Clone, Serialize)]
pub(super) struct Sequence {
    path: String,
    client: String,
    answered: usize,
}

impl Sequences {
    /// How many answers there were before this one.
    pub(super) fn next(&mut self, path: &str, client: &str) -> usize {
        let known = self.0.iter().position(|sequence| sequence.path == path && sequence.client == client);
        let mut sequence = known.and_then(|index| self.0.remove(index)).unwrap_or_else(|| Sequence {
            path: path.to_owned(),
            client: client.to_owned(),
            answered: 0,
        });
        let before = sequence.answered;
        sequence.answered += 1;
        self.0.truncate(MOST - 1);
        self.0.push_front(sequence);
        before
    }

    /// Those of a client, or all, without what gives access.
    pub(super) fn of(&self, client: Option<&str>, redactor: &Redactor) -> Vec<Sequence> {
        let of_client = self.0.iter().filter(|sequence| client.is_none_or(|client| sequence.client == client));
        of_client.map(|sequence| Sequence { path: redactor.target(&sequence.path), ..sequence.clone() }).collect()
    }

    /// Begins those of a client, or all, from the beginning.
    pub(super) fn restart(&mut self, client: Option<&str>) {
        self.0.retain(|sequence| client.is_some_and(|client| sequence.client != client));
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Redactor, Sequences};

    #[test]
    fn each_client_and_path_counts_for_itself() {
        let mut sequences = Sequences::default();
        assert_eq!([sequences.next("/a", ""), sequences.next("/a", ""), sequences.next("/a", "")], [0, 1, 2]);
        assert_eq!([sequences.next("/b", ""), sequences.next("/a", "x"), sequences.next("/a", "")], [0, 0, 3]);
        sequences.restart(Some("x"));
        assert_eq!([sequences.next("/a", "x"), sequences.next("/a", "")], [0, 4]);
        sequences.restart(None);
        assert_eq!([sequences.next("/a", "x"), sequences.next("/a", "")], [0, 0]);
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut sequences = Sequences::default();
        sequences.next("/old", "");
        sequences.next("/used", "");
        for client in 1..MOST {
            sequences.next("/many", &client.to_string());
            assert_eq!(sequences.next("/used", ""), client);
        }
        assert_eq!(sequences.of(None, &Redactor::default()).len(), MOST);
        assert_eq!(sequences.next("/old", ""), 0);
    }
}
