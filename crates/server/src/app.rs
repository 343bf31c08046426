//! The built app, held in memory from start to end: what is served, its compressed forms and the policy that allows its
//! inline script always belong to the same build, whatever happens to the folder meanwhile.

mod asset;
mod content_type;
#[cfg(feature = "embed-app")]
mod embedded;
mod encoding;
mod folder;
mod inline;
mod page;

pub use folder::AppError;

use std::collections::HashMap;
use std::path::Path;

use axum::body::Bytes;
use axum::http::header::{ACCEPT, ALLOW, CACHE_CONTROL, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::base_path::BasePath;
use asset::Asset;
use encoding::Encoding;
pub(crate) use inline::Hashes;

/// The page that the app knows beside `/`, and its file, which holds the article: read until the program has drawn its own,
/// and without JavaScript.
const TROUBLESHOOTING: &str = "/troubleshooting";
const TROUBLESHOOTING_FILE: &str = "/troubleshooting/index.html";

/// The page of the gallery, and the folder of its files.
const GALLERY_PAGE: &str = "/preview.html";
const GALLERY_FOLDER: &str = "/preview/";

/// The built app.
pub(crate) struct App {
    index: Page,
    /// Absent from an app that has one page for all.
    troubleshooting: Option<Page>,
    /// The page of the gallery, a program of its own; absent where the build or the operator left it out.
    gallery: Option<Page>,
    /// By request path, such as `/portal-0123456789abcdef.js`.
    assets: HashMap<String, Asset>,
    inline: Hashes,
}

/// How the app is served.
#[derive(Clone, Debug, Default)]
pub(crate) struct Serving {
    pub(crate) base: BasePath,
    pub(crate) without_gallery: bool,
}

impl App {
    /// Where the app is when no folder is named.
    pub(crate) const DEFAULT: &str = if cfg!(feature = "embed-app") { "the one inside the program" } else { "dist" };

    /// Reads the folder that the build made; the app inside the program without a folder.
    ///
    /// # Errors
    /// When there is no app in it, a file cannot be read, or the folder is too large to be the app.
    pub(crate) fn read(folder: Option<&Path>, serving: &Serving) -> Result<Self, AppError> {
        #[cfg(feature = "embed-app")]
        if folder.is_none() {
            return Self::of(embedded::files(), serving)
                .unwrap_or_else(|| Err(AppError::NotThePage("it is not inside the program".to_owned())));
        }
        let folder = folder.unwrap_or(Path::new(Self::DEFAULT));
        let files = folder::read(folder)?;
        Self::of(files, serving).unwrap_or_else(|| Err(AppError::NotBuilt(folder.to_owned())))
    }

    /// `None` without a page.
    fn of(mut files: HashMap<String, Bytes>, serving: &Serving) -> Option<Result<Self, AppError>> {
        if serving.without_gallery {
            files.retain(|path, _| path != GALLERY_PAGE && !path.starts_with(GALLERY_FOLDER));
        }
        let index = read_page(&files, "/index.html", &serving.base)?;
        if let Err(why) = inline::starts_the_app(&index.html, |path| is_own(&files, path, &serving.base)) {
            return Some(Err(AppError::NotThePage(why)));
        }
        let gallery = read_page(&files, GALLERY_PAGE, &serving.base);
        let troubleshooting = read_page(&files, TROUBLESHOOTING_FILE, &serving.base);
        let mut inline = Hashes::default();
        [Some(&index), gallery.as_ref(), troubleshooting.as_ref()]
            .into_iter()
            .flatten()
            .for_each(|page| inline.add(&page.html));
        let mut assets: HashMap<_, _> = files.iter().filter_map(|(path, bytes)| asset(&files, path, bytes)).collect();
        assets.remove("/index.html");
        assets.remove(GALLERY_PAGE);
        assets.remove(TROUBLESHOOTING_FILE);
        Some(Ok(Self { index, troubleshooting, gallery, assets, inline }))
    }

    /// What the policy must list for the scripts and styles that stand in the pages.
    pub(crate) fn inline(&self) -> &Hashes {
        &self.inline
    }

    /// Whether the gallery is served.
    pub(crate) fn has_gallery(&self) -> bool {
        self.gallery.is_some()
    }

    /// Answers a request that is for no other part of the server.
    pub(crate) fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        if !matches!(*method, Method::GET | Method::HEAD) {
            let allow = [(ALLOW, HeaderValue::from_static("GET, HEAD"))];
            return (StatusCode::METHOD_NOT_ALLOWED, allow).into_response();
        }
        if let Some(asset) = self.assets.get(path) {
            return asset.response(headers);
        }
        if let Some(gallery) = self.gallery.as_ref().filter(|_| is_preview(path)) {
            return gallery.at(path).response(headers);
        }
        if is_troubleshooting(path) {
            return self.troubleshooting.as_ref().unwrap_or(&self.index).at(path).response(headers);
        }
        if path == "/" || path == "/index.html" {
            return self.index.at(path).response(headers);
        }
        let mut response = if wants_html(headers) {
            // A person came by a wrong link: the app says so, and the status says so to everyone else.
            self.index.at(path).body(headers)
        } else {
            (StatusCode::NOT_FOUND, "no such file\n").into_response()
        };
        *response.status_mut() = StatusCode::NOT_FOUND;
        // A hashed file that is missing during an update must not be missing for as long as a cache likes.
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept, accept-encoding"));
        response
    }
}

/// A page, as text and as it is sent.
struct Page {
    html: String,
    /// With addresses that hold at every path.
    anywhere: Asset,
    /// As the build made and compressed it. Its addresses are relative, and nothing is above the root of a host.
    as_built: Option<Asset>,
    /// How many folders down that still leads to the root.
    folders: usize,
}

impl Page {
    /// What is sent for a path.
    fn at(&self, path: &str) -> &Asset {
        let folders = path.matches('/').count();
        self.as_built.as_ref().filter(|_| folders <= self.folders).unwrap_or(&self.anywhere)
    }
}

fn read_page(files: &HashMap<String, Bytes>, path: &str, base: &BasePath) -> Option<Page> {
    let bytes = files.get(path)?;
    let built = String::from_utf8_lossy(bytes).into_owned();
    let html = page::below(&built, base, |path| files.contains_key(path) || is_page(path) || is_preview(path));
    let gzip = encoding::gzip(html.as_bytes()).map(|bytes| (Encoding::Gzip, Bytes::from(bytes)));
    let anywhere = Asset::new(path, Bytes::from(html.clone()), gzip.into_iter().collect());
    let as_built = (*base == BasePath::default()).then(|| asset(files, path, bytes).map(|(_, asset)| asset));
    Some(Page { html, anywhere, as_built: as_built.flatten(), folders: path.matches('/').count() })
}

/// A file with its compressed forms; `None` for those themselves.
fn asset(files: &HashMap<String, Bytes>, path: &str, bytes: &Bytes) -> Option<(String, Asset)> {
    let is_form =
        |encoding: Encoding| path.strip_suffix(encoding.suffix()).is_some_and(|file| files.contains_key(file));
    if Encoding::ALL.into_iter().any(is_form) {
        return None;
    }
    let form = |encoding: Encoding| Some((encoding, files.get(&format!("{path}{}", encoding.suffix()))?.clone()));
    let compressed = Encoding::ALL.into_iter().filter_map(form).collect();
    Some((path.to_owned(), Asset::new(path, bytes.clone(), compressed)))
}

/// Whether an address that stands in a page is one of the app's files.
fn is_own(files: &HashMap<String, Bytes>, address: &str, base: &BasePath) -> bool {
    let from_root = address.strip_prefix(base.without_slash()).unwrap_or(address);
    let path = from_root.strip_prefix("./").or(from_root.strip_prefix('/')).unwrap_or(from_root);
    files.contains_key(&format!("/{path}"))
}

fn is_page(path: &str) -> bool {
    path == "/" || is_troubleshooting(path)
}

fn is_troubleshooting(path: &str) -> bool {
    path == TROUBLESHOOTING_FILE || path.strip_suffix('/').unwrap_or(path) == TROUBLESHOOTING
}

/// Whether the gallery answers: every address below its own is one of its pages.
fn is_preview(path: &str) -> bool {
    path == "/preview" || path == GALLERY_PAGE || path.starts_with(GALLERY_FOLDER)
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
