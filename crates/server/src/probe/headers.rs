//! The header lines of an HTTP answer.

use httparse::Header;

use super::printable::printable;

/// Name and value of each line, in the order in which they came.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Headers(Vec<(String, String)>);

impl Headers {
    pub(super) fn new(lines: &[Header<'_>]) -> Self {
        let owned =
            |line: &Header<'_>| (line.name.to_ascii_lowercase(), String::from_utf8_lossy(line.value).into_owned());
        Self(lines.iter().map(owned).collect())
    }

    /// Every value under a name in lower case.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// The first value under a name.
    pub(super) fn first<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// The first value under a name, fit to be shown.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.first(name).map(printable)
    }

    /// Whether a list of tokens holds one of them, in any case.
    pub(super) fn holds_token(&self, name: &str, token: &str) -> bool {
        self.all(name).flat_map(|value| value.split(',')).any(|part| part.trim().eq_ignore_ascii_case(token))
    }

    /// Whether any line has a name that begins so.
    pub(super) fn any_name(&self, start: &str) -> bool {
        self.0.iter().any(|(name, _)| name.starts_with(start))
    }

    /// `Strict-Transport-Security` (RFC 6797 section 6.1): seconds, and whether subdomains are included. Only the first
    /// line counts.
    pub(super) fn strict_transport(&self) -> Option<(u64, bool)> {
        let mut seconds = None;
        let mut subdomains = false;
        for directive in self.first("strict-transport-security")?.split(';') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            if name.trim().eq_ignore_ascii_case("max-age") {
                seconds = value.trim().trim_matches('"').parse().ok();
            }
            subdomains |= name.trim().eq_ignore_ascii_case("includesubdomains");
        }
        seconds.map(|seconds| (seconds, subdomains))
    }
}

#[cfg(test)]
impl Headers {
    pub(super) fn of(lines: &[(&str, &str)]) -> Self {
        Self(lines.iter().map(|(name, value)| (name.to_ascii_lowercase(), (*value).to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strict_transport_is_read_as_a_browser_does() {
        let of = |value| Headers::of(&[("Strict-Transport-Security", value)]).strict_transport();
        assert_eq!(of("max-age=31536000"), Some((31_536_000, false)));
        assert_eq!(of("Max-Age=\"60\" ; IncludeSubDomains; preload"), Some((60, true)));
        assert_eq!(of("includeSubDomains"), None);
        assert_eq!(Headers::default().strict_transport(), None);
    }

    #[test]
    fn a_token_is_found_in_a_list() {
        let headers = Headers::of(&[("Connection", "keep-alive, Upgrade")]);
        assert!(headers.holds_token("connection", "upgrade"));
        assert!(!headers.holds_token("connection", "up"));
    }
}
