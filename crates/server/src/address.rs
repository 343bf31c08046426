//! The server's own addresses, as paths below the base path; all others are the app's.

pub(crate) const CONFIG: &str = "/api/config";
pub(crate) const DIAGNOSIS: &str = "/api/diagnosis";
pub(crate) const LOSSES: &str = "/api/losses";
pub(crate) const HEALTHZ: &str = "/healthz";
pub(crate) const METRICS: &str = "/metrics";
pub(crate) const READYZ: &str = "/readyz";

/// The label of requests for the app's files and pages; the paths themselves are what clients make of them.
pub(crate) const APP: &str = "app";

/// The label of requests below `/api` for nothing that is there.
const UNKNOWN_API: &str = "api";

/// Whether a path belongs to the API, also where the API has nothing.
pub(crate) fn is_api(path: &str) -> bool {
    path.strip_prefix("/api").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What stands for a path in the metrics: one of few, whatever clients ask for.
pub(crate) fn label(path: &str) -> &'static str {
    let known = [CONFIG, DIAGNOSIS, LOSSES, HEALTHZ, METRICS, READYZ].into_iter().find(|known| *known == path);
    known.unwrap_or(if is_api(path) { UNKNOWN_API } else { APP })
}
