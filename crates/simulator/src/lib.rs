//! A stand-in for a Digital Rebar Provision endpoint: it speaks DRP's protocol on real sockets with real TLS, and fails
//! on request in every way that an endpoint can.
//!
//! # Layout
//!
//! | module | holds |
//! | --- | --- |
//! | `simulator` | [`Simulator`]: starting it, and everything that can be done to it |
//! | `control` | the same over HTTP and JSON, and a page of buttons |
//! | [`fault`] | every fault as a type, the one table of them, the one place where each takes hold |
//! | `connection` | a TCP connection that can be held or cut whatever it carries |
//! | `accepted` | a connection from its first byte to the HTTP within; `certificate` makes what it shows |
//! | `endpoint` | DRP's HTTP API in good health, and `fault_middleware`, the answers in its place; `hostile` writes the rest |
//! | `socket`, `hub`, `pattern`, `event` | the WebSocket: its limits, who is connected, what each registered for |
//! | `auth`, `shared`, `counters` | users and tokens; what all connections share; what has been counted |
//! | `event_source` | generates events from a seed |
//!
//! # Control
//!
//! Plain HTTP and JSON, on an address of its own; pages of loopback origins may call it. A body that is left out is
//! `{}`; what is unknown or out of range is answered 400 with `{"error": "…"}` that says what would be right.
//! `GET /` lists all of this, to a browser as a page of buttons.
//!
//! | request | body | does |
//! | --- | --- | --- |
//! | `GET /state` | | what it is doing and has counted: [`State`] |
//! | `PUT /fault` | `{"id": "idle-cut", "seconds": 30}` | sets one fault of [`fault::table::FAULTS`] |
//! | `DELETE /fault` | | clears it |
//! | `POST /close` | `{"code": 1012, "reason": "restart"}` | a close frame on every socket; code null: an empty one |
//! | `POST /cut` | `{"how": "fin"}` or `"reset"` | ends every connection without a word |
//! | `POST /violate` | `{"kind": "reserved-bit"}` | breaks the protocol on every socket: [`Violation`] |
//! | `POST /send` | `{"text": "…"}`, `{"binary_base64": "…"}` or `{"size": 1048576, "binary": true}` | any message |
//! | `POST /event` | `{"Type": "machines", "Action": "update", "Key": "…"}` | publishes one event |
//! | `POST /events` | `{"rate": 0.5}` | generated events per second, 0 to 20000 |
//! | `POST /stop`, `/start` | `{"how": "fin"}`; | closes the port and cuts; opens it again |
//! | `POST /restart` | `{"down_ms": 2000, "how": "fin"}` | both, and answers when it is up again |
//! | `PUT /certificate` | `{"tls": "private-ca", "cut": false}` | a fresh certificate of a kind: [`Tls`] |
//! | `GET /certificate`, `/authority` | | the certificate shown, and the private authority's, as DER |
//! | `POST /tokens/expire` | | makes every token void |
//! | `POST /reset` | | back to the start state |
//!
//! # Where it differs from DRP
//!
//! Only what a portal's connection needs is there. `ttl` takes whole seconds only. Text that is not UTF-8 is answered
//! with 1002, where DRP does not look. A user without rights is refused the socket itself, where DRP would let it in
//! and leave out the events.

mod accepted;
mod auth;
mod certificate;
mod connection;
mod control;
mod counters;
mod endpoint;
mod event;
mod event_source;
pub mod fault;
mod greeting;
mod hostile;
mod hub;
mod pattern;
mod protocol;
mod proxy_header;
mod run;
mod shared;
mod simulator;
mod socket;

pub use auth::{USERS, User};
pub use certificate::Kind;
pub use connection::Cut;
pub use counters::Counts;
pub use event::Event;
pub use fault::{ExistingConnections, Fault, Layer, NewConnections};
pub use protocol::LONGEST_COMMAND;
pub use shared::Timing;
pub use simulator::{Options, RATE_LIMIT, Simulator, State, Tls, Violation};
