//! One file of the app with its compressed forms and the headers that let a browser keep it.

use super::content_type::{ContentType, content_type};
use super::encoding::{self, Encoding};
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use ring::digest::{SHA256, digest};

/// A file, ready to be sent.
pub(super) struct Asset {
    content_type: ContentType,
    cache_control: &'static str,
    identity: Form,
    gzip: Option<Form>,
    brotli: Option<Form>,
}

/// One form of a file: as it is, or compressed.
struct Form {
    bytes: Bytes,
    etag: HeaderValue,
}

impl Asset {
    /// Prepares a file, compressing it once for all requests.
    pub(super) fn new(path: &str, bytes: Vec<u8>) -> Self {
        let content_type = content_type(path);
        let name: String = digest(&SHA256, &bytes).as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let compressed = |encoding: Encoding, compress: fn(&[u8]) -> Option<Vec<u8>>| {
            let smaller = compress(&bytes).filter(|smaller| smaller.len() < bytes.len())?;
            Some(Form::new(smaller, &format!("{name}-{}", encoding.name())))
        };
        let (gzip, brotli) = if content_type.compressible {
            (compressed(Encoding::Gzip, encoding::gzip), compressed(Encoding::Brotli, encoding::brotli))
        } else {
            (None, None)
        };
        let cache_control = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
        Self { content_type, cache_control, gzip, brotli, identity: Form::new(bytes, &name) }
    }

    /// The file in the form that the request can take; 304 when it has that already.
    pub(super) fn response(&self, request: &HeaderMap) -> Response {
        let (form, _) = self.form(request);
        let known = request.get_all(IF_NONE_MATCH).iter().any(|etags| {
            let etags = String::from_utf8_lossy(etags.as_bytes());
            etags
                .split(',')
                .map(|etag| etag.trim().trim_start_matches("W/"))
                .any(|etag| etag == "*" || form.etag == etag)
        });
        let mut response = self.body(request);
        if known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = Body::empty();
            response.headers_mut().remove(CONTENT_LENGTH);
        }
        response
    }

    /// The file in the form that the request can take, whether it has it or not.
    pub(super) fn body(&self, request: &HeaderMap) -> Response {
        let (form, encoding) = self.form(request);
        let mut response = Response::new(Body::from(form.bytes.clone()));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type.name));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(form.bytes.len()));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache_control));
        headers.insert(ETAG, form.etag.clone());
        if self.content_type.compressible {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        response
    }

    fn form(&self, request: &HeaderMap) -> (&Form, Option<Encoding>) {
        let forms = [(Encoding::Brotli, &self.brotli), (Encoding::Gzip, &self.gzip)];
        forms
            .into_iter()
            .find_map(|(encoding, form)| {
                form.as_ref().filter(|_| encoding.is_accepted(request)).map(|form| (form, Some(encoding)))
            })
            .unwrap_or((&self.identity, None))
    }
}

impl Form {
    fn new(bytes: Vec<u8>, name: &str) -> Self {
        let etag = HeaderValue::try_from(format!("\"{name}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { bytes: bytes.into(), etag }
    }
}

/// Whether the build put a hash of the content into the name, as `portal-5f0c9d1e2b3a4c5d_bg.wasm`. Trunk writes 64 bits
/// in hex without leading zeros; fewer than 8 digits would be one name in four billion.
fn is_hashed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (8..=16).contains(&hash.len()) && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_hold_a_hash_are_kept_for_ever() {
        for path in ["/portal-5f0c9d1e2b3a4c5d_bg.wasm", "/portal-c0ffee12.js", "/fonts/lato-0123456789abcdef.woff2"] {
            assert!(is_hashed(path), "{path}");
        }
        for path in ["/index.html", "/config.json", "/favicon.svg", "/fonts/lato-regular.woff2", "/a-c0ffee.js"] {
            assert!(!is_hashed(path), "{path}");
        }
    }

    #[test]
    fn what_does_not_get_smaller_is_sent_as_it_is() {
        let asset = Asset::new("/a.txt", b"short".to_vec());
        assert!(asset.gzip.is_none() && asset.brotli.is_none());
    }

    #[test]
    fn every_form_has_a_tag_of_its_own() {
        let asset = Asset::new("/a.txt", vec![b'a'; 10_000]);
        let tags = [&asset.identity.etag, &asset.gzip.unwrap().etag, &asset.brotli.unwrap().etag].map(HeaderValue::len);
        assert_eq!(tags, [18, 23, 21]);
    }
}
