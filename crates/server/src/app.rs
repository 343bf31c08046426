//! The built app, held in memory from start to end: what is served, its compressed forms and the policy that allows its
//! inline script always belong to the same build, whatever happens to the folder meanwhile.

mod asset;
mod content_type;
mod encoding;
mod folder;
mod inline_script;

pub use folder::AppError;

use asset::Asset;
use axum::http::header::{ACCEPT, ALLOW};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::path::Path;

/// The pages that the app knows beside `/`.
const PAGES: [&str; 1] = ["/troubleshooting"];

/// The built app.
pub(crate) struct App {
    index: Asset,
    /// The page of the gallery, a program of its own. A build without it has the app answer in its place.
    gallery: Option<Asset>,
    /// By request path, such as `/portal-0123456789abcdef.js`.
    assets: HashMap<String, Asset>,
    script_hashes: Vec<String>,
}

impl App {
    /// Reads the folder that the build made.
    ///
    /// # Errors
    /// When there is no `index.html`, a file cannot be read, or the folder is too large to be the app.
    pub(crate) fn read(folder: &Path) -> Result<Self, AppError> {
        let mut files = folder::read(folder)?;
        let mut page = |path| files.remove(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let Some(index) = page("/index.html") else { return Err(AppError::NotBuilt(folder.to_owned())) };
        let gallery = page("/preview.html");
        let pages = [Some(&index), gallery.as_ref()].into_iter().flatten();
        let script_hashes = pages.flat_map(|page| inline_script::hashes(page)).collect();
        let assets = std::thread::scope(|scope| {
            let made: Vec<_> = files
                .into_iter()
                .map(|(path, bytes)| (path.clone(), scope.spawn(move || Asset::new(&path, bytes))))
                .collect();
            made.into_iter().filter_map(|(path, asset)| Some((path, asset.join().ok()?))).collect()
        });
        Ok(Self {
            index: Asset::new("/index.html", index.into_bytes()),
            gallery: gallery.map(|page| Asset::new("/preview.html", page.into_bytes())),
            assets,
            script_hashes,
        })
    }

    /// What `script-src` must list for the inline scripts of the pages.
    pub(crate) fn script_hashes(&self) -> &[String] {
        &self.script_hashes
    }

    /// Answers a request that is for no other part of the server.
    pub(crate) fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let allow = [(ALLOW, HeaderValue::from_static("GET, HEAD"))];
            return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
        }
        if let Some(asset) = self.assets.get(path) {
            asset.response(headers)
        } else if is_preview(path) {
            self.gallery.as_ref().unwrap_or(&self.index).response(headers)
        } else if is_page(path) || path == "/index.html" {
            self.index.response(headers)
        } else if wants_html(headers) {
            // A person came by a wrong link: the app says so, and the status says so to everyone else.
            let mut response = self.index.body(headers);
            *response.status_mut() = StatusCode::NOT_FOUND;
            response
        } else {
            (StatusCode::NOT_FOUND, "no such file\n").into_response()
        }
    }
}

fn is_page(path: &str) -> bool {
    path == "/" || PAGES.contains(&path.strip_suffix('/').unwrap_or(path))
}

/// Whether the gallery answers: every address below its own is one of its pages.
fn is_preview(path: &str) -> bool {
    path == "/preview" || path.starts_with("/preview/")
}

fn wants_html(headers: &HeaderMap) -> bool {
    headers.get_all(ACCEPT).iter().any(|accept| String::from_utf8_lossy(accept.as_bytes()).contains("text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_with_and_without_a_slash_at_the_end() {
        for path in ["/", "/troubleshooting", "/troubleshooting/"] {
            assert!(is_page(path), "{path}");
        }
        for path in ["/preview", "/preview/", "/preview/megaphone-red"] {
            assert!(is_preview(path) && !is_page(path), "{path}");
        }
        for path in ["/troubleshooting/1006", "/previews", "/portal.js", "//", ""] {
            assert!(!is_page(path), "{path}");
        }
    }
}
