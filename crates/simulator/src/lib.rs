//! A stand-in for a Digital Rebar Provision endpoint: it speaks DRP's protocol on real sockets with real TLS, and fails
//! on request in the ways that endpoints, and what stands in front of them, fail in the field.
//!
//! # Layout
//!
//! | module | holds |
//! | --- | --- |
//! | `run` | the composition root: a simulator and its control |
//! | `control` | everything that a [`Simulator`] can do, over HTTP and JSON, and a page of buttons |
//! | `simulator` | [`Simulator`]: everything that can be done to the endpoint; its port, its generated events |
//! | `accepted` | an accepted connection, from its first byte to the HTTP within; `proxy_header` and `hostile` help |
//! | `endpoint` | DRP's HTTP API in good health; `fault_middleware` and `in_between` answer in its place |
//! | `socket`, `hub`, `pattern`, `event` | the WebSocket: its limits, who is connected, what each registered for |
//! | `shared` | the state that all connections share: the active fault, the open connections, the counters |
//! | `greeting`, `certificate` | what a new connection meets first; the kinds of certificate and how each is made |
//! | [`fault`] | every fault as a type, the table of them, and `effect`: what each changes, as plain data |
//! | `connection` | a TCP connection that can be paused, throttled or cut, whatever it carries |
//! | `auth`, `counters`, `protocol`, `event_source` | users and tokens; counts; numbers of the protocol; events from a seed |
//!
//! # Invariants
//!
//! - The simulator knows nothing of the crate `connection`, nor of any other of this workspace: a mistake in what the
//!   portal knows of DRP is not made a second time here. That both know 512 bytes or close code 1009 is on purpose.
//! - No module imports another in a circle. An effect is data, defined beside the faults; what acts on it imports it.
//! - A fault takes hold in one place, the module that carries out its effect. The routes of `endpoint` know of none.
//!
//! # Control
//!
//! Plain HTTP and JSON, on an address of its own; pages of loopback origins may call it. A missing body is `{}`; what is
//! unknown or out of range is answered 400 with `{"error": "…"}` that says what would be right. `GET /` lists all of
//! this, to a browser as a page of buttons.
//!
//! | request | body | does |
//! | --- | --- | --- |
//! | `GET /state` | | what it is doing and has counted: [`State`] |
//! | `PUT /fault` | `{"id": "idle-cut", "seconds": 30}` | sets one fault of [`fault::table::FAULTS`] |
//! | `DELETE /fault` | | clears it |
//! | `POST /close` | `{"code": 1012, "reason": "restart"}` | a close frame on every socket; code null: an empty one |
//! | `POST /cut` | `{"how": "fin"}` or `"reset"` | ends every connection without a close frame |
//! | `POST /violate` | `{"kind": "reserved-bit"}` | breaks the protocol on every socket: [`Violation`] |
//! | `POST /send` | `{"text": "…"}`, `{"binary_base64": "…"}` or `{"size": 1048576, "binary": true}` | any message |
//! | `POST /event` | `{"Type": "machines", "Action": "update", "Key": "…"}` | publishes one event |
//! | `POST /events` | `{"rate": 0.5}` | generated events per second, 0 to 20000 |
//! | `POST /stop`, `/start` | `{"how": "fin"}`; | closes the port and cuts; opens it again |
//! | `POST /restart` | `{"down_ms": 2000, "how": "fin"}` | both, and answers when it is up again |
//! | `PUT /certificate` | `{"tls": "private-ca", "cut": false}` | a new certificate of a kind: [`CertificateKind`], or `none` |
//! | `GET /certificate`, `/authority` | | the certificate shown, and the private authority's, as DER |
//! | `POST /tokens/expire` | | makes every token void |
//! | `POST /reset` | | back to the start state |
//!
//! # Where it differs from DRP
//!
//! It has only what a portal's connection needs. `ttl` takes whole seconds only. Text that is not UTF-8 is answered with
//! 1002, where DRP does not check. A user without rights is refused the socket itself, where DRP would accept it and
//! leave out the events. There is no certificate with an RSA key of 1024 bits: ring signs with 2048 bits or more.

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
pub use certificate::CertificateKind;
pub use connection::Cut;
pub use counters::Counts;
pub use event::Event;
pub use fault::{ExistingConnections, Fault, Layer, NewConnections};
pub use protocol::LONGEST_COMMAND;
pub use shared::Timing;
pub use simulator::{Options, RATE_LIMIT, Simulator, State, Tls, Violation};
