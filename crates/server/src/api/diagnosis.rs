//! `GET /api/diagnosis?endpoint=…`: what is seen of an endpoint from the server's seat.

use super::Refusal;
use super::page_origin::page_origin;
use crate::lookout::NoLook;
use crate::portal::Portal;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use connection::endpoint::Endpoint;
use serde::Deserialize;
use std::sync::Arc;

/// The query.
#[derive(Deserialize)]
pub(crate) struct Asked {
    endpoint: String,
}

/// Looks at an endpoint, or refuses: 400 for what is no endpoint, 403 for one that the operator did not name, 503 with
/// `Retry-After` while too many are being looked at.
pub(crate) async fn show(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Refusal> {
    let Ok(Query(Asked { endpoint })) = asked else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "Name one endpoint, as in /api/diagnosis?endpoint=https://localhost:8092",
        ));
    };
    let endpoint =
        Endpoint::parse(&endpoint).map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    match portal.lookout.look(&endpoint, page_origin(&headers)).await {
        Ok(probe) => Ok(Json(&*probe).into_response()),
        Err(NoLook::NotNamed) => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!("This server looks only at endpoints named at its start; start it with --endpoint {endpoint}"),
        )),
        Err(NoLook::Busy) => {
            let refusal =
                Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "Too many looks are under way; ask again in 5 s");
            Ok(([(RETRY_AFTER, "5")], refusal).into_response())
        }
        Err(NoLook::CouldNot(want)) => Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, want.to_string())),
        Err(NoLook::Broken) => Err(Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The look at the endpoint broke; this is a fault of the server",
        )),
    }
}
