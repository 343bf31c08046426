//! The path below which the portal stands on its host, such as `/portal/`.

use std::fmt;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// The first parts of the server's own addresses. A portal below one of them could not be told from it where a proxy cuts
/// the base path off.
const TAKEN: [&str; 6] = ["api", "healthz", "metrics", "preview", "readyz", "troubleshooting"];

/// A path that begins and ends with a slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

/// Where a request belongs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// To the server's own routes, as it is.
    Here,
    /// To this one of their addresses, in front of which the base path stood.
    Below(Uri),
    /// To the base path itself, which was asked for without its slash.
    SlashMissing,
}

impl BasePath {
    /// Reads a base path; the slashes at its ends may be left out.
    ///
    /// # Errors
    /// Says what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let path = text.trim_matches('/');
        let is_plain = |segment: &str| {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
            !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(allowed)
        };
        let first = path.split('/').next().unwrap_or_default();
        if TAKEN.contains(&first) {
            Err(format!("the server itself has addresses below /{first}: expected another path, such as /portal/"))
        } else if path.is_empty() {
            Ok(Self("/".to_owned()))
        } else if path.split('/').all(is_plain) {
            Ok(Self(format!("/{path}/")))
        } else {
            Err("expected a path of letters, digits and - _ . ~, such as /portal/".to_owned())
        }
    }

    /// Such as `/portal/`.
    pub(crate) fn with_slash(&self) -> &str {
        &self.0
    }

    /// Such as `/portal`; empty at the root.
    pub(crate) fn without_slash(&self) -> &str {
        self.0.strip_suffix('/').unwrap_or_default()
    }

    /// Where a request belongs. A proxy may have cut the base path off, or may have left it.
    pub(crate) fn place(&self, uri: &Uri) -> Place {
        let prefix = self.without_slash();
        if prefix.is_empty() {
            return Place::Here;
        }
        let own = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        match own.strip_prefix(prefix) {
            Some("") => Place::SlashMissing,
            Some(rest) if rest.starts_with('?') => Place::SlashMissing,
            Some(rest) if rest.starts_with('/') => rest.parse().map_or(Place::Here, Place::Below),
            Some(_) | None => Place::Here,
        }
    }
}

impl Default for BasePath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slashes_at_the_ends_may_be_left_out() {
        for (text, path) in [
            ("/portal/", "/portal/"),
            ("portal", "/portal/"),
            ("/", "/"),
            ("", "/"),
            ("a/b", "/a/b/"),
            ("apis", "/apis/"),
        ] {
            assert_eq!(BasePath::parse(text).unwrap().to_string(), path, "{text}");
        }
        for text in ["/a//b/", "/../", "/a b/", "/a\"/", "https://portal/", "/ü/", "/a?b", "/api/", "preview/x"] {
            assert!(BasePath::parse(text).unwrap_err().contains("such as /portal/"), "{text}");
        }
    }

    #[test]
    fn a_request_is_understood_with_the_base_path_and_without() {
        let place = |path: &str| BasePath::parse("/portal/").unwrap().place(&path.parse().unwrap());
        for (asked, own) in [
            ("/portal/", "/"),
            ("/portal/api/config?a=b", "/api/config?a=b"),
            ("/api/config", "/api/config"),
            ("/portals/", "/portals/"),
            ("/portal/portal/", "/portal/"),
            ("/portal//evil.example", "//evil.example"),
        ] {
            let below = if asked == own { Place::Here } else { Place::Below(own.parse().unwrap()) };
            assert_eq!(place(asked), below, "{asked}");
        }
        assert_eq!(place("/portal"), Place::SlashMissing);
        assert_eq!(place("/portal?endpoint=a"), Place::SlashMissing);
        assert_eq!(BasePath::default().place(&"/?a".parse().unwrap()), Place::Here);
    }
}
