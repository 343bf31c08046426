//! The two compressions that browsers take, made once at start so that no request pays for them.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;
use std::io::Write;

/// A content coding (RFC 9110 section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    /// Its registered name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
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

/// Brotli's best in a release; unoptimised code would take half a minute for it.
const BROTLI_QUALITY: u32 = if cfg!(debug_assertions) { 5 } else { 11 };

/// `None` should the compressor fail.
pub(super) fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut compressed = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, BROTLI_QUALITY, 22);
    compressed.write_all(bytes).ok()?;
    Some(compressed.into_inner())
}

/// `None` should the compressor fail.
pub(super) fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut compressed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    compressed.write_all(bytes).ok()?;
    compressed.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn accepted(header: &str) -> [bool; 2] {
        let headers = [(ACCEPT_ENCODING, header.parse().unwrap())].into_iter().collect();
        [Encoding::Brotli, Encoding::Gzip].map(|encoding| encoding.is_accepted(&headers))
    }

    #[test]
    fn a_weight_of_zero_forbids() {
        assert_eq!(accepted("gzip, deflate, br"), [true, true]);
        assert_eq!(accepted("br;q=0, GZIP;q=0.5"), [false, true]);
        assert_eq!(accepted("identity"), [false, false]);
        assert_eq!(accepted("*"), [false, false]);
    }

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let text = "the quick brown fox ".repeat(500).into_bytes();
        let (mut br, mut gz) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&*brotli(&text).unwrap(), 4096).read_to_end(&mut br).unwrap();
        flate2::read::GzDecoder::new(&*gzip(&text).unwrap()).read_to_end(&mut gz).unwrap();
        assert!(br == text && gz == text);
    }
}
