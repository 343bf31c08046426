//! What DNS has of type HTTPS for an endpoint (type 65, RFC 9460): browsers follow it, and the portal's server does not.

use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;

/// An HTTPS record, as far as it leads browsers another way than the addresses of the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HttpsRecord {
    /// Whether it has a key with which browsers encrypt their greeting (ECH).
    pub ech: bool,
    /// Addresses that it gives and that are none of the name's, at most [`HINTS_LIMIT`] of them.
    pub hints: Vec<String>,
    /// The name that it leads to, where that is another one.
    pub target: Option<String>,
}

/// The most addresses that [`HttpsRecord::hints`] lists.
pub const HINTS_LIMIT: usize = 4;

impl HttpsRecord {
    /// Whether a browser that follows it greets or reaches something else than one that knows only the addresses.
    pub fn leads_elsewhere(&self) -> bool {
        self.ech || !self.hints.is_empty()
    }

    /// The name that browsers ask for it: the endpoint's, with the port in front unless that is 443 (RFC 9460 section
    /// 9.1). There is none for an address, for a name of one label, which DNS knows only with a domain that it is searched
    /// in, and without TLS.
    pub fn name(endpoint: &Endpoint) -> Option<String> {
        let host = endpoint.host();
        let host = host.trim_end_matches('.');
        let asked = endpoint.is_secure() && endpoint.is_name() && !endpoint.is_loopback() && host.contains('.');
        asked.then(|| match endpoint.port() {
            443 => host.to_owned(),
            port => format!("_{port}._https.{host}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::Probe;

    #[test]
    fn it_is_asked_for_by_the_name_that_browsers_use() {
        for (endpoint, name) in [
            ("https://drp.example.com:443", Some("drp.example.com")),
            ("https://drp.example.com.:443", Some("drp.example.com")),
            ("https://drp.example.com:8092", Some("_8092._https.drp.example.com")),
            ("https://drp:8092", None),
            ("https://localhost:8092", None),
            ("https://drp.localhost:8092", None),
            ("https://10.0.0.7:8092", None),
            ("https://[fd00::7]:8092", None),
            ("http://drp.example.com:8092", None),
        ] {
            let endpoint = Endpoint::parse(endpoint).unwrap();
            assert_eq!(HttpsRecord::name(&endpoint).as_deref(), name, "{endpoint}");
        }
    }

    #[test]
    fn a_look_of_a_server_that_does_not_ask_for_it_is_read() {
        let step = r#""skipped""#;
        let json = format!(
            r#"{{"endpoint":"https://drp.example:8092","at_ms":1,"took_ms":1,"name":{step},"tcp":{step},"tls":{step},"http":{step},"upgrade":{step}}}"#
        );
        let probe: Probe = serde_json::from_str(&json).unwrap();
        assert_eq!(probe.https_record, None);
        let json = json.replace(r#""at_ms""#, r#""https_record":{"ech":true},"at_ms""#);
        let probe: Probe = serde_json::from_str(&json).unwrap();
        assert_eq!(probe.https_record, Some(HttpsRecord { ech: true, ..HttpsRecord::default() }));
    }
}
