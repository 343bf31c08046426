//! The headers that confine each answer to what it needs, should anything foreign ever get into it.

use std::collections::BTreeSet;

use axum::http::HeaderName;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderValue, InvalidHeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use crate::app::Hashes;

/// The policy of what is no page: it may do nothing. It is also a tenth of the app's, on an answer of some hundred bytes.
const NO_PAGE: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The content security policy of the app as it is in this start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Csp(HeaderValue);

impl Csp {
    /// For an app with these scripts and styles in its pages, and these sources in `connect-src`.
    ///
    /// # Errors
    /// When a source cannot stand in a header; [`crate::options::ConnectSrc`] keeps that from happening.
    pub(crate) fn new(inline: &Hashes, connect_src: &str) -> Result<Self, InvalidHeaderValue> {
        let list = |hashes: &BTreeSet<String>| hashes.iter().flat_map(|hash| [" ", hash]).collect::<String>();
        let (scripts, styles) = (list(&inline.scripts), list(&inline.styles));
        let policy = format!(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
             img-src 'self' data:; connect-src {connect_src}; object-src 'none'; base-uri 'self'; form-action 'self'; \
             frame-ancestors 'self'"
        );
        HeaderValue::try_from(policy).map(Self)
    }

    /// The headers of an answer.
    ///
    /// `Cross-Origin-Opener-Policy` parts this page from the tab in which it opens an endpoint; that tab is opened with
    /// `noopener` and needs nothing from here. `Permissions-Policy` must never name `local-network`, `loopback-network` or
    /// `local-network-access`: endpoints stand on local networks.
    pub(super) fn headers(&self, is_app: bool) -> [(HeaderName, HeaderValue); 5] {
        [
            (CONTENT_SECURITY_POLICY, if is_app { self.0.clone() } else { NO_PAGE }),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
            (
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::ANYWHERE;

    fn policy(scripts: &[&str], styles: &[&str], connect_src: &str) -> String {
        let set = |hashes: &[&str]| hashes.iter().map(ToString::to_string).collect();
        let inline = Hashes { scripts: set(scripts), styles: set(styles) };
        Csp::new(&inline, connect_src).unwrap().0.to_str().unwrap().to_owned()
    }

    #[test]
    fn the_policy_allows_what_stands_in_the_pages_by_hash_and_nothing_else() {
        let policy = policy(&["'sha256-a='", "'sha256-b='"], &["'sha256-c='"], ANYWHERE);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-a=' 'sha256-b=';"), "{policy}");
        assert!(policy.contains("style-src 'self' 'sha256-c=';"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }

    #[test]
    fn any_endpoint_can_be_reached_unless_the_operator_says_otherwise() {
        assert!(policy(&[], &[], ANYWHERE).contains("; connect-src 'self' ws: wss: http: https:;"));
        assert!(policy(&[], &[], "'self'").contains("script-src 'self' 'wasm-unsafe-eval'; "));
        assert!(policy(&[], &[], "'self' wss://drp:8092").contains("; connect-src 'self' wss://drp:8092;"));
    }

    #[test]
    fn local_networks_are_never_forbidden() {
        let headers = Csp::new(&Hashes::default(), ANYWHERE).unwrap().headers(true);
        let permissions = headers.iter().find(|(name, _)| name == "permissions-policy").unwrap().1.to_str().unwrap();
        assert!(!permissions.contains("local-network") && !permissions.contains("loopback"), "{permissions}");
    }
}
