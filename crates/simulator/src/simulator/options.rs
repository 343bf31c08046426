//! The options of a simulator.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::Deserialize;

use crate::certificate::CertificateKind;
use crate::shared::Timing;

/// The rates at which events can be generated, per second.
pub const RATE_LIMIT: RangeInclusive<f64> = 0.0..=20_000.0;

/// The options of a simulator. The defaults are the program's, except that the system chooses the ports.
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
        let (tls, timing) = (Tls::Certificate(CertificateKind::SelfSigned), Timing::default());
        Self { listen: anywhere, control: anywhere, tls, rate: 0.5, seed: 1, timing }
    }
}

/// What the endpoint shows when no fault says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Tls {
    /// Plain HTTP.
    None,
    /// A certificate of this kind.
    Certificate(CertificateKind),
}

impl Tls {
    pub(crate) fn kind(self) -> Option<CertificateKind> {
        match self {
            Self::None => None,
            Self::Certificate(kind) => Some(kind),
        }
    }
}

impl FromStr for Tls {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::None);
        }
        text.parse().map(Self::Certificate).map_err(|error: String| format!("{error}, none"))
    }
}

impl TryFrom<String> for Tls {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

pub(super) fn is_rate(rate: f64) -> bool {
    RATE_LIMIT.contains(&rate)
}
