//! Which web application firewall or content delivery network answered, by the headers that these set.

use super::headers::Headers;

/// The name of the one that the headers give away.
pub(super) fn named(headers: &Headers) -> Option<String> {
    let server = headers.first("server").unwrap_or_default().to_ascii_lowercase();
    let via = headers.first("via").unwrap_or_default().to_ascii_lowercase();
    let cookie = |start: &str| headers.all("set-cookie").any(|cookie| cookie.starts_with(start));
    let has = |start: &str| headers.any_name(start);
    let known = [
        ("cloudflare", server.contains("cloudflare") || has("cf-ray") || has("cf-mitigated")),
        ("sucuri", server.contains("sucuri") || has("x-sucuri-")),
        ("aws waf", has("x-amzn-waf-") || cookie("aws-waf-token")),
        ("cloudfront", server.contains("cloudfront") || via.contains("cloudfront") || has("x-amz-cf-id")),
        ("akamai", server.contains("akamai") || has("x-akamai-") || has("akamai-")),
        (
            "imperva",
            has("x-iinfo") || headers.holds_token("x-cdn", "imperva") || cookie("incap_ses_") || cookie("visid_incap_"),
        ),
        ("f5", server.contains("bigip") || server.contains("big-ip") || has("x-wa-info") || cookie("BIGipServer")),
        ("modsecurity", server.contains("mod_security") || server.contains("modsecurity")),
        ("fastly", has("x-fastly-") || has("fastly-")),
        ("azure front door", has("x-azure-ref")),
        ("fortiweb", server.contains("fortiweb") || cookie("FORTIWAFSID")),
        ("barracuda", cookie("barra_counter_session") || cookie("BNI__BARRACUDA")),
    ];
    known.into_iter().find(|(_, is)| *is).map(|(name, _)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_known_by_its_headers_and_an_ordinary_server_is_none() {
        let of = |name, value| named(&Headers::of(&[(name, value)]));
        for (header, value, expected) in [
            ("Server", "cloudflare", "cloudflare"),
            ("CF-RAY", "8a1b2c3d4e5f-FRA", "cloudflare"),
            ("X-Sucuri-ID", "15008", "sucuri"),
            ("x-amzn-waf-action", "challenge", "aws waf"),
            ("Server", "AkamaiGHost", "akamai"),
            ("X-Iinfo", "10-1-2 NNNN", "imperva"),
            ("Set-Cookie", "BIGipServerpool=1.2.3; path=/", "f5"),
            ("Server", "Apache/2.4 mod_security2/2.9", "modsecurity"),
        ] {
            assert_eq!(of(header, value).as_deref(), Some(expected), "{header}: {value}");
        }
        assert_eq!(of("Server", "nginx"), None);
    }
}
