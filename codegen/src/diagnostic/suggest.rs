//! Did you mean ...

use strsim::damerau_levenshtein;

/// Longer words are no slips of the finger, and comparing them takes the product of their lengths.
const MAX_LENGTH: usize = 100;

/// The candidate that `word` is most likely a slip of: one that differs in case or in `-`, `_` and spaces only, else
/// the one with the fewest wrong, missing, superfluous or swapped characters, at most one in three. The earlier one
/// where two are as near.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length == 0 || length > MAX_LENGTH {
        return None;
    }
    let most = length.max(3) / 3;
    let folded = fold(word);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = damerau_levenshtein(&folded, &fold(candidate));
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn fold(word: &str) -> String {
    word.chars().map(|c| if matches!(c, '-' | ' ') { '_' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::did_you_mean;

    #[test]
    fn finds_slips() {
        let keys = ["code", "name", "match", "aliases", "status", "retry", "request_id", "idempotency_key"];
        let mean = |word| did_you_mean(word, keys);
        assert_eq!(mean("staus"), Some("status"));
        assert_eq!(mean("Retry"), Some("retry"));
        assert_eq!(mean("request-id"), Some("request_id"));
        assert_eq!(mean("idempotencykey"), Some("idempotency_key"));
        assert_eq!(mean("mathc"), Some("match"));
        assert_eq!(mean("alias"), None, "two of five are too many");
        assert_eq!(mean("wholly_else"), None);
        assert_eq!(mean(""), None);
        assert_eq!(mean(&"x".repeat(1_000_000)), None);
    }

    #[test]
    fn prefers_the_nearest_and_then_the_first() {
        assert_eq!(did_you_mean("abcx", ["abcy", "abcz"]), Some("abcy"));
        assert_eq!(did_you_mean("abcdef", ["abcdxx", "abcdex"]), Some("abcdex"));
        assert_eq!(did_you_mean("RATE-LIMIT", ["RATE_LIMITS", "RATE_LIMIT"]), Some("RATE_LIMIT"));
        assert_eq!(did_you_mean("a", ["b"]), Some("b"));
    }
}
