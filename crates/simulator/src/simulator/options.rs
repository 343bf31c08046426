//! What a simulator is started with.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::shared::Timing;

/// The rates at which events can be generated, per second.
pub const RATE_LIMIT: RangeInclusive<f64> = 0.0..=20_000.0;

/// What a simulator is started with. The defaults are those of the program, but for ports that the system chooses.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the endpoint listens; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// Where the control listens; port 0 lets the system choose.
    pub control: SocketAddr,
    /// The certificate, or none.
    pub tls: Tls,
    /// Generated events per second, within [`RATE_LIMIT`].
    pub rate: f64,
    /// The seed of the generated events.
    pub seed: u64,
    /// The clocks of a socket.
    pub timing: Timing,
}

impl Default for Options {
    fn default() -> Self {
        let anywhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let (tls, timing) = (Tls::SelfSigned, Timing::default());
        Self { listen: anywhere, control: anywhere, tls, rate: 0.5, seed: 1, timing }
    }
}

/// The certificate that the endpoint shows when no fault says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Self-signed, as DRP makes its own.
    SelfSigned,
    /// The same, expired a week ago.
    Expired,
    /// The same, valid from next week on.
    NotYetValid,
    /// The same, for other names.
    WrongHost,
    /// Signed by a private authority.
    PrivateCa,
    /// Plain HTTP.
    None,
}

pub(super) fn is_rate(rate: f64) -> bool {
    RATE_LIMIT.contains(&rate)
}
