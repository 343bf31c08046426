//! The two compressions that the build makes and browsers take. The server compresses nothing itself but the pages that
//! it rewrites.

use std::io::Write;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// A content coding (RFC 9110 section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// In the order in which the server prefers them.
    pub(super) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// Its registered name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What the build adds to the name of a file.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Whether `Accept-Encoding` names it, with a weight above zero. A bare `*` gets the file as it is.
    pub(super) fn is_accepted(self, request: &HeaderMap) -> bool {
        request
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|coding| {
                let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
                let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
                name.trim().eq_ignore_ascii_case(self.name()) && weight.trim().parse::<f32>().is_ok_and(|q| q > 0.0)
            })
    }
}

/// Compresses a page that was rewritten at start: a millisecond for its 27 kB. `None` should the compressor fail.
pub(super) fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut compressed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    compressed.write_all(bytes).ok()?;
    compressed.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(header: &str) -> [bool; 2] {
        let headers = [(ACCEPT_ENCODING, header.parse().unwrap())].into_iter().collect();
        Encoding::ALL.map(|encoding| encoding.is_accepted(&headers))
    }

    #[test]
    fn a_weight_of_zero_forbids() {
        assert_eq!(accepted("gzip, deflate, br"), [true, true]);
        assert_eq!(accepted("br;q=0, GZIP;q=0.5"), [false, true]);
        assert_eq!(accepted("identity"), [false, false]);
        assert_eq!(accepted("*"), [false, false]);
    }
}
