//! The server as operators and browsers meet it: real sockets, real TLS, real endpoints that misbehave.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that panics is one that fails"
)]

mod api;
mod attacks;
mod balancer;
mod base_path;
mod configuration;
mod file_hosts;
mod fuzz;
mod logs;
mod operations;
mod probe_answers;
mod probe_browser;
mod probe_certificates;
mod probe_network;
mod probe_simulator;
mod program;
mod service;
mod serving;
mod support;
mod tls;
