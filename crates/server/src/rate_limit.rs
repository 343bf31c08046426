//! How often one client address may ask for something: a token bucket for each address.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Seconds of the rate that an address may use at once: a loss at the endpoint has every page behind one address ask in
/// the same second.
const BURST: u32 = 20;

/// After this many requests the addresses whose buckets are full again are forgotten.
const FORGET_EVERY: u32 = 10_000;

/// The buckets of one kind of request; without a limit every request passes.
pub(crate) struct RateLimit {
    buckets: Option<DefaultKeyedRateLimiter<IpAddr>>,
    requests: AtomicU32,
    clock: DefaultClock,
}

impl RateLimit {
    /// This many requests a second for each address; 0 for no limit.
    pub(crate) fn new(per_second: u32) -> Self {
        match NonZeroU32::new(per_second) {
            Some(rate) => {
                let burst = NonZeroU32::new(BURST).map_or(rate, |burst| rate.saturating_mul(burst));
                Self::with_burst(rate, burst)
            }
            None => Self { buckets: None, requests: AtomicU32::new(0), clock: DefaultClock::default() },
        }
    }

    /// One line of the log a second for each address: no client can fill it.
    pub(crate) fn of_lines() -> Self {
        Self::with_burst(NonZeroU32::MIN, NonZeroU32::MIN)
    }

    fn with_burst(rate: NonZeroU32, burst: NonZeroU32) -> Self {
        let buckets = RateLimiter::keyed(Quota::per_second(rate).allow_burst(burst));
        Self { buckets: Some(buckets), requests: AtomicU32::new(0), clock: DefaultClock::default() }
    }

    /// Takes a token of the address's bucket.
    ///
    /// # Errors
    /// How long to wait for the next token.
    pub(crate) fn take(&self, client: IpAddr) -> Result<(), Duration> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        if self.requests.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            buckets.retain_recent();
            buckets.shrink_to_fit();
        }
        buckets.check_key(&network(client)).map_err(|full| full.wait_time_from(self.clock.now()))
    }
}

/// One customer of a provider has a whole /64 of IPv6 addresses.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(limit: &RateLimit, client: &str, times: u32) -> u32 {
        let client = client.parse().unwrap();
        (0..times).filter(|_| limit.take(client).is_ok()).count() as u32
    }

    #[test]
    fn an_address_has_its_burst_and_no_more() {
        let limit = RateLimit::new(1);
        assert_eq!(passed(&limit, "192.0.2.1", BURST + 10), BURST);
        assert!(limit.take("192.0.2.1".parse().unwrap()).unwrap_err() <= Duration::from_secs(1));
        assert_eq!(passed(&limit, "192.0.2.2", 1), 1, "another address has a bucket of its own");
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_share_a_bucket() {
        let limit = RateLimit::new(1);
        assert_eq!(passed(&limit, "2001:db8::1", BURST), BURST);
        assert_eq!(passed(&limit, "2001:db8::2", 1), 0);
        assert_eq!(passed(&limit, "2001:db8:0:1::1", 1), 1);
        assert_eq!(passed(&limit, "192.0.2.1", BURST), BURST);
        assert_eq!(passed(&limit, "::ffff:192.0.2.1", 1), 0, "a mapped IPv4 address is that IPv4 address");
    }

    #[test]
    fn zero_is_no_limit() {
        assert_eq!(passed(&RateLimit::new(0), "192.0.2.1", 10_000), 10_000);
    }

    #[test]
    fn addresses_that_ask_no_more_are_forgotten() {
        let limit = RateLimit::new(1_000_000);
        for address in 0..FORGET_EVERY {
            let _ = limit.take(IpAddr::V4(address.into()));
        }
        assert!(limit.buckets.unwrap().len() < FORGET_EVERY as usize);
    }
}
