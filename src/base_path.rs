//! Where the app stands on its host: one build serves every path, and the page says which in its `<base>`.

use crate::browser::document;

/// The address of a page of the app, such as `/portal/troubleshooting` for `/troubleshooting` where `<base>` says
/// `/portal/`. For an empty `page` it is the path that the router calls its base.
pub fn below_base(page: &str) -> String {
    let base = document().base_uri().ok().flatten().and_then(|base| web_sys::Url::new(&base).ok());
    let path = base.map(|base| base.pathname()).unwrap_or_default();
    // The base's last segment is a file's name; usually it is empty.
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}{page}")
}
