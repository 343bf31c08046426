//! Everything the portal knows about a connection to a DRP endpoint, and nothing that it does.
//!
//! No I/O, no clock, no randomness: time and random numbers come in as arguments, so every rule is a plain function
//! and every test is instant. `src` carries out what [`machine`] decides, `crates/server` fills in a [`probe::Probe`].
//!
//! | module | holds |
//! | --- | --- |
//! | [`close_code`] | the one table of WebSocket close codes |
//! | [`endpoint`] | the address of a DRP endpoint: what a person may type and what it means |
//! | [`credential`] | what the portal signs in with, without the secret |
//! | [`client`] | the person's browser and system |
//! | [`loss`] | how a connection ended, and the outage since |
//! | [`machine`] | the reducer: event → new state and effects |
//! | [`policy`], [`backoff`] | whether and when to try again |
//! | [`history`] | the losses of this session |
//! | [`evidence`] | what the checks saw |
//! | [`probe`] | what the portal's server saw when it looked at an endpoint |
//! | [`verdict`] | evidence → causes, the likeliest first |
//! | [`command`], [`secret`] | what is sent over the socket, and what of an event is never shown |
//! | [`cause`] | everything that can be wrong, as one enum |
//! | [`way`] | the way to live data, station by station, as each vantage saw it, and where it breaks |
//! | [`view`] | what a screen shows of a state, as plain data |
//! | [`words`], [`remedy`] | every sentence about the connection, and what to do |
//! | [`report`] | all of it for the person who helps, readable or for machines |
//! | [`console`] | what a line of the browser's console means |
//! | [`sign_in`] | what the form asks for, and what is wrong with what was typed |
//! | [`service`] | the other messages between the page and the portal's server |
//! | [`time`] | the two clocks |

#![cfg_attr(
    test,
    allow(
        clippy::wildcard_enum_match_arm,
        clippy::string_slice,
        reason = "a test that panics has failed, as it should"
    )
)]

pub mod backoff;
pub mod cause;
pub mod client;
pub mod close_code;
pub mod command;
pub mod console;
pub mod credential;
pub mod endpoint;
pub mod evidence;
pub mod history;
pub mod loss;
pub mod machine;
pub mod policy;
pub mod probe;
pub mod remedy;
pub mod report;
pub mod secret;
pub mod service;
pub mod sign_in;
pub mod time;
pub mod verdict;
pub mod view;
pub mod way;
pub mod words;
