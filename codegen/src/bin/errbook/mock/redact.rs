//! What may give access is not shown: of headers and parameters only the values of those that are known to be harmless are.

use percent_encoding::percent_decode_str;

/// What stands in place of a value.
const HIDDEN: &str = "(hidden)";

/// The headers whose values are shown: what a client says of itself, of what it sends and of what it wants.
const HEADERS: [&str; 21] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "errbook-client",
    "expect",
    "host",
    "idempotency-key",
    "if-modified-since",
    "origin",
    "range",
    "retry-after",
    "sec-fetch-mode",
    "transfer-encoding",
    "user-agent",
    "x-idempotency-key",
];

/// The options of the mock whose values are shown.
const OPTIONS: [&str; 10] =
    ["cause", "client", "cut", "delay", "message", "proxy", "request_id", "status", "truncate", "wait"];

/// Hides what is not known to be harmless.
#[derive(Default)]
pub(super) struct Redactor {
    /// The headers in which APIs want idempotency keys: tests read them.
    pub(super) readable: Vec<&'static str>,
}

impl Redactor {
    /// The value of a header.
    pub(super) fn header(&self, name: &str, value: &str) -> String {
        if !self.is_shown(name) {
            return HIDDEN.to_owned();
        }
        match value.rsplit_once('@') {
            Some((_, host)) if name.eq_ignore_ascii_case("host") => format!("{HIDDEN}@{host}"),
            _ => value.to_owned(),
        }
    }

    /// A path with its query.
    pub(super) fn target(&self, text: &str) -> String {
        let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
        let segments: Vec<_> = path.split('/').map(|segment| self.segment(segment)).collect();
        let mut shown = segments.join("/");
        if let Some(query) = query {
            let pairs: Vec<_> = query.split('&').map(|pair| self.pair(pair)).collect();
            shown.extend(["?", &pairs.join("&")]);
        }
        shown
    }

    /// A segment of a path, with the options behind it. What follows a value that is hidden may be more of it.
    fn segment(&self, segment: &str) -> String {
        let decoded = percent_decode_str(segment).decode_utf8_lossy();
        if let Some(bot) = telegram(&decoded) {
            return format!("{bot}:{HIDDEN}");
        }
        if decoded.split_once('@').is_some_and(|(user, _)| user.contains(':')) {
            return HIDDEN.to_owned();
        }
        let mut shown = String::with_capacity(segment.len());
        for piece in segment.split_inclusive([';', ',']) {
            let option = piece.trim_end_matches([';', ',']);
            if !percent_decode_str(option).any(|byte| byte == b'=') {
                shown.push_str(piece);
                continue;
            }
            let option_shown = self.pair(option);
            if option_shown != option {
                shown.push_str(&option_shown);
                break;
            }
            shown.push_str(piece);
        }
        shown
    }

    /// `name=value`, or what is to be taken for a value.
    fn pair(&self, pair: &str) -> String {
        match pair.split_once('=') {
            None if pair.is_empty() => String::new(),
            None => HIDDEN.to_owned(),
            Some((name, _)) if self.is_shown_option(name) => pair.to_owned(),
            Some((name, _)) => format!("{name}={HIDDEN}"),
        }
    }

    fn is_shown_option(&self, name: &str) -> bool {
        let name = percent_decode_str(name).decode_utf8_lossy();
        name.strip_prefix("header.").map_or_else(|| OPTIONS.contains(&&*name), |header| self.is_shown(header))
    }

    fn is_shown(&self, header: &str) -> bool {
        HEADERS.iter().chain(&self.readable).any(|one| one.eq_ignore_ascii_case(header))
    }
}

/// `bot123` of the segment `bot123:TOKEN`: Telegram has the token of a bot in its paths.
fn telegram(segment: &str) -> Option<&str> {
    let (bot, _) = segment.split_once(':')?;
    let digits = bot.strip_prefix("bot")?;
    (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(bot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor() -> Redactor {
        Redactor { readable: vec!["Request-Token"] }
    }

    #[test]
    fn values_of_headers_are_hidden_unless_they_are_known() {
        for name in
            ["authorization", "cookie", "x-api-key", "dpop", "forwarded", "referer", "x-pin", "x-idempotency-token"]
        {
            assert_eq!(redactor().header(name, "k"), HIDDEN, "{name}");
        }
        for name in ["accept", "User-Agent", "content-type", "idempotency-key", "x-idempotency-key", "request-token"] {
            assert_eq!(redactor().header(name, "k"), "k", "{name}");
        }
        assert_eq!(redactor().header("host", "127.0.0.1:80"), "127.0.0.1:80");
        assert_eq!(redactor().header("Host", "me:k@127.0.0.1:80"), "(hidden)@127.0.0.1:80");
    }

    #[test]
    fn targets_are_shown_without_values() {
        for (target, want) in [
            ("/v1/videos?size=2&x=%26", "/v1/videos?size=(hidden)&x=(hidden)"),
            ("/v1?a=b;c,d=&&k&=k", "/v1?a=(hidden)&&(hidden)&=(hidden)"),
            ("/v1?t%6fken%3Dk&%7B%22token%22:%22k%22%7D", "/v1?(hidden)&(hidden)"),
            ("/v1?u=http://me:k@h/?token=k&status=503", "/v1?u=(hidden)&status=503"),
            (
                "/v1?header.Retry-After=1&header.authorization=k&field.key=k",
                "/v1?header.Retry-After=1&header.authorization=(hidden)&field.key=(hidden)",
            ),
            ("/v1/token=k/x;jsessionid=k,k;k/b", "/v1/token=(hidden)/x;jsessionid=(hidden)/b"),
            ("/v1/x;token%3Dk;k/b", "/v1/x;(hidden)/b"),
            (
                "/vivix/KEY_REVOKED,429;delay=1s;header.retry-after=2,ok/v1",
                "/vivix/KEY_REVOKED,429;delay=1s;header.retry-after=2,ok/v1",
            ),
            ("/telegram/ok/bot12:AA-b/sendMessage", "/telegram/ok/bot12:(hidden)/sendMessage"),
            ("/telegram/ok/bot12%3aAA-b/sendMessage", "/telegram/ok/bot12:(hidden)/sendMessage"),
            ("/models/a:generate/robots:x/a@b", "/models/a:generate/robots:x/a@b"),
            ("/me:k@host/b", "/(hidden)/b"),
            ("/me%3ak%40host/b", "/(hidden)/b"),
            ("/é?é=1", "/é?é=(hidden)"),
            ("*", "*"),
        ] {
            assert_eq!(redactor().target(target), want);
        }
    }
}
