//! The numbers and paths of DRP's WebSocket protocol that more than one module needs.

/// Where the WebSocket is.
pub(crate) const SOCKET_PATH: &str = "/api/v3/ws";

/// The longest message that DRP takes from a client, in bytes; one more and it closes with 1009.
pub const LONGEST_COMMAND: usize = 512;

/// Messages that wait for one socket before further ones are dropped (DRP's melody configuration).
pub(crate) const QUEUE_LENGTH: usize = 256;

/// What fits into a close frame beside the code, in bytes (RFC 6455, 5.5).
pub(crate) const LONGEST_REASON: usize = 123;
