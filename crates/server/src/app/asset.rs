//! One file of the app with its compressed forms and the headers that let a browser keep it.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use ring::digest::{SHA256, digest};

use super::content_type::{ContentType, content_type};
use super::encoding::Encoding;

/// A file, ready to be sent.
pub(super) struct Asset {
    content_type: ContentType,
    cache_control: &'static str,
    identity: Form,
    /// In the order in which the server prefers them.
    compressed: Vec<(Encoding, Form)>,
}

/// One form of a file: as it is, or compressed.
struct Form {
    bytes: Bytes,
    etag: HeaderValue,
}

impl Asset {
    /// A file with its compressed forms; those that are not smaller are left out.
    pub(super) fn new(path: &str, bytes: Bytes, compressed: Vec<(Encoding, Bytes)>) -> Self {
        let name: String = digest(&SHA256, &bytes).as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let compressed = compressed
            .into_iter()
            .filter(|(_, smaller)| smaller.len() < bytes.len())
            .map(|(encoding, smaller)| (encoding, Form::new(smaller, &format!("{name}-{}", encoding.name()))))
            .collect();
        let cache_control = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
        Self { content_type: content_type(path), cache_control, compressed, identity: Form::new(bytes, &name) }
    }

    /// The file in the form that the request can take; 304 when it has that already.
    pub(super) fn response(&self, request: &HeaderMap) -> Response {
        let (form, encoding) = self.form(request);
        let known = request.get_all(IF_NONE_MATCH).iter().any(|etags| {
            let etags = String::from_utf8_lossy(etags.as_bytes());
            etags
                .split(',')
                .map(|etag| etag.trim().trim_start_matches("W/"))
                .any(|etag| etag == "*" || form.etag == etag)
        });
        let mut response = self.sent(form, encoding);
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
        self.sent(form, encoding)
    }

    fn sent(&self, form: &Form, encoding: Option<Encoding>) -> Response {
        let mut response = Response::new(Body::from(form.bytes.clone()));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type.0));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(form.bytes.len()));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache_control));
        headers.insert(ETAG, form.etag.clone());
        if !self.compressed.is_empty() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
        response
    }

    fn form(&self, request: &HeaderMap) -> (&Form, Option<Encoding>) {
        self.compressed
            .iter()
            .find(|(encoding, _)| encoding.is_accepted(request))
            .map_or((&self.identity, None), |(encoding, form)| (form, Some(*encoding)))
    }
}

impl Form {
    fn new(bytes: Bytes, name: &str) -> Self {
        let etag = HeaderValue::try_from(format!("\"{name}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { bytes, etag }
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

    fn compressed(sizes: [usize; 2]) -> Vec<(Encoding, Bytes)> {
        Encoding::ALL.into_iter().zip(sizes.map(|size| Bytes::from(vec![0; size]))).collect()
    }

    #[test]
    fn a_form_that_is_not_smaller_is_not_sent() {
        assert!(Asset::new("/a.txt", Bytes::from_static(b"short"), compressed([5, 6])).compressed.is_empty());
    }

    #[test]
    fn every_form_has_a_tag_of_its_own() {
        let asset = Asset::new("/a.txt", Bytes::from(vec![b'a'; 10_000]), compressed([50, 100]));
        let tags = [&asset.identity, &asset.compressed[0].1, &asset.compressed[1].1].map(|form| form.etag.len());
        assert_eq!(tags, [18, 21, 23]);
    }
}
