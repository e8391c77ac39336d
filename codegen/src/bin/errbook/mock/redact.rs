//! What gives access is not shown.

use percent_encoding::percent_decode_str;

/// What stands in place of a credential.
const HIDDEN: &str = "(hidden)";

/// What the name of a credential has in it.
const WORDS: [&str; 11] =
    ["auth", "cookie", "credential", "jwt", "key", "passw", "pwd", "secret", "session", "signature", "token"];

/// Hides credentials by their names.
#[derive(Default)]
pub(super) struct Redactor {
    /// The headers in which APIs want idempotency keys: tests read them.
    pub(super) readable: Vec<&'static str>,
}

impl Redactor {
    /// The value of a header.
    pub(super) fn header(&self, name: &str, value: &str) -> String {
        if self.is_credential(name) {
            return HIDDEN.to_owned();
        }
        // Some headers hold where a request came from.
        if value.contains("://") || value.starts_with('/') { self.target(value) } else { value.to_owned() }
    }

    /// A path with its query, or a whole URL.
    pub(super) fn target(&self, text: &str) -> String {
        let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
        let (scheme, path) = path.split_once("://").map_or(("", path), |(scheme, path)| (scheme, path));
        let mut shown = String::with_capacity(text.len());
        if !scheme.is_empty() {
            shown.extend([scheme, "://"]);
        }
        for (index, segment) in path.split('/').enumerate() {
            shown.push_str(if index > 0 { "/" } else { "" });
            self.segment(segment, index == 0 && !scheme.is_empty(), &mut shown);
        }
        if let Some(query) = query {
            shown.push('?');
            for (index, pair) in query.split('&').enumerate() {
                shown.push_str(if index > 0 { "&" } else { "" });
                self.pairs(pair, &[';'], &mut shown);
            }
        }
        shown
    }

    fn segment(&self, segment: &str, is_authority: bool, shown: &mut String) {
        match segment.rsplit_once('@') {
            Some((_, host)) if is_authority => shown.extend([HIDDEN, "@", host]),
            _ => match telegram(segment) {
                Some(bot) => shown.extend([bot, ":", HIDDEN]),
                None => self.pairs(segment, &[';', ','], shown),
            },
        }
    }

    /// `name=value` between marks. A value that is hidden is so to its end, whatever marks are in it.
    fn pairs(&self, text: &str, marks: &[char], shown: &mut String) {
        let mut rest = text;
        loop {
            if let Some((name, _)) = rest.split_once('=')
                && !name.contains(marks)
                && self.is_credential(&percent_decode_str(name).decode_utf8_lossy())
            {
                return shown.extend([name, "=", HIDDEN]);
            }
            let Some(mark) = rest.find(marks) else { return shown.push_str(rest) };
            let (piece, after) = rest.split_at(mark + 1);
            shown.push_str(piece);
            rest = after;
        }
    }

    fn is_credential(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let is_readable = name.contains("idempoten") || self.readable.iter().any(|one| one.eq_ignore_ascii_case(&name));
        !is_readable && (name == "sig" || WORDS.iter().any(|word| name.contains(word)))
    }
}

/// `bot123` of the segment `bot123:TOKEN`: Telegram has the token of a bot in its paths.
fn telegram(segment: &str) -> Option<&str> {
    let decoded = percent_decode_str(segment).decode_utf8_lossy();
    let digits = decoded.strip_prefix("bot")?.split_once(':')?.0;
    let is_bot = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_bot.then(|| segment.split([':', '%']).next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor() -> Redactor {
        Redactor { readable: vec!["Request-Token"] }
    }

    #[test]
    fn headers_are_hidden_by_name() {
        for name in [
            "authorization",
            "proxy-authorization",
            "cookie",
            "x-api-key",
            "api-key",
            "X-Goog-Api-Key",
            "x-auth-token",
            "x-amz-security-token",
            "x-hub-signature-256",
            "x-secret",
            "x-password",
        ] {
            assert_eq!(redactor().header(name, "k"), HIDDEN, "{name}");
        }
        for name in ["accept", "user-agent", "content-type", "idempotency-key", "x-idempotency-key", "request-token"] {
            assert_eq!(redactor().header(name, "k"), "k", "{name}");
        }
    }

    #[test]
    fn targets_are_shown_without_credentials() {
        for (target, want) in [
            ("/v1/videos?size=2&x=%26", "/v1/videos?size=2&x=%26"),
            ("/v1?api_key=k", "/v1?api_key=(hidden)"),
            ("/v1?a=1&Access_Token=a/b,c;d=&b=2&sig=x", "/v1?a=1&Access_Token=(hidden)&b=2&sig=(hidden)"),
            ("/v1?a=1;token=k", "/v1?a=1;token=(hidden)"),
            ("/v1?api%5Fkey=k&%6Bey=k", "/v1?api%5Fkey=(hidden)&%6Bey=(hidden)"),
            ("/v1?X-Amz-Signature=k&X-Amz-Credential=c", "/v1?X-Amz-Signature=(hidden)&X-Amz-Credential=(hidden)"),
            ("/v1/token=k/x;jsessionid=k", "/v1/token=(hidden)/x;jsessionid=(hidden)"),
            ("/vivix/KEY_REVOKED,429;delay=1s,ok/v1", "/vivix/KEY_REVOKED,429;delay=1s,ok/v1"),
            ("/telegram/ok/bot12:AA-b/sendMessage", "/telegram/ok/bot12:(hidden)/sendMessage"),
            ("/telegram/ok/bot12%3aAA-b/sendMessage", "/telegram/ok/bot12:(hidden)/sendMessage"),
            ("/models/a:generate/robots:x", "/models/a:generate/robots:x"),
            ("http://me:k@host:80/v1?password=k", "http://(hidden)@host:80/v1?password=(hidden)"),
            ("https://host/a@b", "https://host/a@b"),
            ("/a=b?idempotency_key=1&c", "/a=b?idempotency_key=1&c"),
            ("/é?é=1", "/é?é=1"),
        ] {
            assert_eq!(redactor().target(target), want);
            assert_eq!(redactor().header("referer", target), want);
        }
    }
}
