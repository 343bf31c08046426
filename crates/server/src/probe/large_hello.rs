//! A TLS greeting larger than one packet.
//!
//! Browsers share a post-quantum key beside the usual one, which takes their greeting to 1,700 bytes and more. What reads
//! only its first packet fails on that. Here a key share that takes the greeting to the same size stands in its place, under
//! a number that RFC 8701 reserves: endpoints pass over groups that they do not know, and choose X25519 out of the same greeting.

use ring::rand::{SecureRandom, SystemRandom};
use rustls::crypto::ring::kx_group::X25519;
use rustls::crypto::{ActiveKeyExchange, CryptoProvider, GetRandomFailed, SharedSecret, SupportedKxGroup};
use rustls::{Error, NamedGroup, PeerMisbehaved};

/// What a client shares for X25519MLKEM768, and some 500 bytes of what else a browser's greeting holds and ours does not.
const SHARE: usize = 1_216 + 500;

/// The first group that RFC 8701 reserves.
const RESERVED: NamedGroup = NamedGroup::Unknown(0x0a0a);

/// The same algorithms with the large share in front.
pub(super) fn provider(usual: &CryptoProvider) -> CryptoProvider {
    let mut kx_groups: Vec<&'static dyn SupportedKxGroup> = vec![&Large];
    kx_groups.extend(usual.kx_groups.iter().copied());
    CryptoProvider { kx_groups, ..usual.clone() }
}

#[derive(Debug)]
struct Large;

impl SupportedKxGroup for Large {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        let mut share = vec![0; SHARE];
        SystemRandom::new().fill(&mut share).map_err(|_| GetRandomFailed)?;
        Ok(Box::new(Started { share, usual: X25519.start()? }))
    }

    fn name(&self) -> NamedGroup {
        RESERVED
    }
}

struct Started {
    share: Vec<u8>,
    usual: Box<dyn ActiveKeyExchange>,
}

impl ActiveKeyExchange for Started {
    /// Nobody may choose a reserved group.
    fn complete(self: Box<Self>, _peer: &[u8]) -> Result<SharedSecret, Error> {
        Err(PeerMisbehaved::WrongGroupForKeyShare.into())
    }

    fn hybrid_component(&self) -> Option<(NamedGroup, &[u8])> {
        Some((self.usual.group(), self.usual.pub_key()))
    }

    fn complete_hybrid_component(self: Box<Self>, peer: &[u8]) -> Result<SharedSecret, Error> {
        self.usual.complete(peer)
    }

    fn pub_key(&self) -> &[u8] {
        &self.share
    }

    fn group(&self) -> NamedGroup {
        RESERVED
    }
}
