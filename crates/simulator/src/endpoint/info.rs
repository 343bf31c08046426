//! `GET /api/v3/info`: the endpoint's description of itself, in the format of v4.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error;
use crate::auth::User;
use crate::shared::Shared;

pub(super) async fn get(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    match shared.tokens.authenticate(&request.into_parts().0) {
        Ok(User { has_rights: true, .. }) => Json(body(shared.address)).into_response(),
        Ok(User { has_rights: false, .. }) => error::no_rights("/api/v3/info", "info get *"),
        Err(refusal) => refusal.into_response(),
    }
}

/// The endpoint at `address`; the other ports are DRP's defaults, and nothing listens on them here.
pub(super) fn body(address: SocketAddr) -> Value {
    json!({
        "arch": "amd64",
        "os": "linux",
        "version": "v4.8.0-simulated",
        "id": "52:54:00:5e:ed:01",
        "local_id": "52:54:00:5e:ed:01",
        "ha_id": "",
        "address": address.ip().to_string(),
        "server_hostname": "drp-simulator",
        "api_port": address.port(),
        "file_port": 8091,
        "secure_file_port": 8090,
        "dhcp_port": 67,
        "binl_port": 4011,
        "tftp_port": 69,
        "tftp_enabled": true,
        "dhcp_enabled": true,
        "binl_enabled": true,
        "prov_enabled": true,
        "secure_prov_enabled": true,
        "manager": false,
        "stats": [
            {"name": "machines.count", "count": crate::event_source::MACHINES},
            {"name": "subnets.count", "count": 1},
            {"name": "contexts.count", "count": 1},
        ],
        "features": ["api-v3", "sane-exit-codes", "websocket", "multiboot", "secure-params-in-content-packs"],
        "scopes": {"machines": {"get": {}, "list": {}, "update": {}}, "events": {"post": {}}, "info": {"get": {}}},
        "errors": [],
        "ha_enabled": false,
        "ha_virtual_address": "",
        "ha_is_active": true,
        "ha_status": "Up",
        "ha_active_id": "",
        "ha_passive_state": [],
        "License": license(),
        "ClusterState": cluster(),
    })
}

fn license() -> Value {
    json!({
        "Contact": "", "ContactEmail": "", "ContactId": "", "Owner": "", "OwnerEmail": "", "OwnerId": "",
        "Grantor": "", "GrantorEmail": "", "Version": "", "GenerationVersion": "", "Endpoints": [],
        "MaxDrpVersion": "", "Licenses": [],
    })
}

fn cluster() -> Value {
    json!({
        "LoadBalanced": false, "Enabled": false, "ConsensusEnabled": false, "ConsensusJoin": "", "VirtAddr": "",
        "ServerHostname": "drp-simulator", "ActiveUri": "", "Token": "", "HaID": "", "Valid": true, "Roots": [],
        "Nodes": [],
    })
}
