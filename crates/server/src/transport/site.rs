//! What a listening address serves: the routes, below the base path.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use tower::ServiceExt as _;

use crate::base_path::{BasePath, Place, ToBase};

/// The routes of a listening address.
#[derive(Clone)]
pub(crate) struct Site {
    router: Router,
    base: BasePath,
}

impl Site {
    pub(crate) fn new(router: Router, base: BasePath) -> Self {
        Self { router, base }
    }

    /// Answers a request. The routes never see the base path.
    pub(super) async fn answer(self, mut request: Request) -> Result<Response<Body>, Infallible> {
        match self.base.place(request.uri()) {
            Place::Here(uri) => {
                *request.uri_mut() = uri;
                self.router.oneshot(request).await
            }
            Place::SlashMissing => {
                let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
                request.extensions_mut().insert(ToBase(format!("{}{query}", self.base)));
                self.router.oneshot(request).await
            }
        }
    }
}
