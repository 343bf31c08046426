//! The server as operators and browsers meet it: real sockets, real TLS, real endpoints that misbehave.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test that panics is one that fails")]

mod api;
mod probe_answers;
mod probe_browser;
mod probe_certificates;
mod probe_network;
mod probe_simulator;
mod program;
mod serving;
mod states;
mod support;
