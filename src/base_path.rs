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

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The first page.
    Overview,
    /// The page about lost connections.
    Troubleshooting,
    /// No page.
    None,
}

impl Page {
    /// The page at a path of the host: also by the name of its file, as hosts of files may serve it (DRP does).
    pub fn at(path: &str) -> Self {
        let page = path.strip_prefix(&below_base("")).unwrap_or("?");
        match page.strip_suffix("/index.html").unwrap_or(page) {
            "" | "/" => Self::Overview,
            "/troubleshooting" | "/troubleshooting/" => Self::Troubleshooting,
            _ => Self::None,
        }
    }
}
