//! The ports of the demo and of `cargo xtask dev`, and what to do when somebody else has one.

use std::net::TcpListener;

use crate::failure::{Failure, Outcome};
use crate::options;

/// The last port that leaves room for the three after it.
const LAST: u16 = u16::MAX - 3;

/// Where each part of the demo listens, always on 127.0.0.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ports {
    pub(crate) portal: u16,
    pub(crate) plain: u16,
    pub(crate) plain_control: u16,
    pub(crate) tls: u16,
    pub(crate) tls_control: u16,
}

impl Ports {
    pub(crate) fn from_arguments(arguments: &[String]) -> Outcome<Self> {
        let (mut portal, mut endpoint) = (8080, 8092);
        for (name, value) in options::parse(arguments, &["portal", "endpoint"])? {
            let port = port(name, value)?;
            if name == "portal" { portal = port } else { endpoint = port }
        }
        let ports = Self::new(portal, endpoint);
        if ports.endpoints().contains(&portal) {
            let last = ports.tls_control;
            return Err(Failure::Usage(format!(
                "--portal {portal} is one of the endpoints' ports, {endpoint} to {last}"
            )));
        }
        Ok(ports)
    }

    /// Refuses with the first port that is taken, what it was for, and a command that would work.
    pub(crate) fn check_free(&self) -> Outcome {
        if !is_free(self.portal) {
            let other = later(self.portal).find(|port| is_free(*port));
            return Err(taken(self.portal, "the portal", "portal", other));
        }
        let Some(port) = self.endpoints().into_iter().find(|port| !is_free(*port)) else {
            return Ok(());
        };
        let all_free = |first: &u16| Self::new(self.portal, *first).endpoints().into_iter().all(is_free);
        Err(taken(port, "a simulated endpoint", "endpoint", later(self.plain).find(all_free)))
    }

    /// The two ports after the portal's, for the programs behind it. They must be free and none of the endpoints'.
    pub(crate) fn after_portal(&self) -> Outcome<[u16; 2]> {
        let ports = [1, 2].map(|steps| self.portal.saturating_add(steps));
        match ports.into_iter().find(|port| self.endpoints().contains(port) || !is_free(*port)) {
            Some(port) => Err(Failure::step(format!(
                "port {port} is in use; the two ports after --portal {} must be free",
                self.portal
            ))),
            None => Ok(ports),
        }
    }

    fn new(portal: u16, endpoint: u16) -> Self {
        let after = |steps| endpoint.saturating_add(steps);
        Self { portal, plain: endpoint, plain_control: after(1), tls: after(2), tls_control: after(3) }
    }

    fn endpoints(&self) -> [u16; 4] {
        [self.plain, self.plain_control, self.tls, self.tls_control]
    }
}

fn port(name: &str, value: &str) -> Outcome<u16> {
    let number = value.parse().ok().filter(|port| (1..=LAST).contains(port));
    number.ok_or_else(|| Failure::Usage(format!("--{name}: expected a port from 1 to {LAST}, got `{value}`")))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// Other ports to offer, far enough from `port` that a person sees the pattern: 8080, 9080, 10080…
fn later(port: u16) -> impl Iterator<Item = u16> {
    (port..LAST).step_by(1000).skip(1)
}

fn taken(port: u16, what: &str, option: &str, other: Option<u16>) -> Failure {
    let instead = other.map_or_else(String::new, |other| format!(", or add --{option} {other}"));
    Failure::step(format!("port {port} is in use; {what} needs it. Stop the program that uses it{instead}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_options_the_ports_are_those_of_the_documentation() {
        let ports = Ports::from_arguments(&[]).unwrap();
        assert_eq!((ports.portal, ports.endpoints()), (8080, [8092, 8093, 8094, 8095]));
    }

    #[test]
    fn the_endpoints_take_four_ports_in_a_row() {
        let ports = Ports::from_arguments(&words("--endpoint 9000 --portal 9004")).unwrap();
        assert_eq!((ports.portal, ports.endpoints()), (9004, [9000, 9001, 9002, 9003]));
    }

    #[test]
    fn a_portal_among_the_endpoints_is_refused() {
        assert!(Ports::from_arguments(&words("--portal 8094")).is_err());
    }

    #[test]
    fn the_two_ports_after_the_portals_are_not_the_endpoints() {
        let problem = Ports::new(9_000, 9_002).after_portal().unwrap_err().to_string();
        assert!(problem.contains("port 9002 is in use") || problem.contains("port 9001"), "{problem}");
    }

    #[test]
    fn what_is_not_a_port_is_refused() {
        for value in ["0", "65533", "http"] {
            assert!(matches!(Ports::from_arguments(&words(&format!("--portal {value}"))), Err(Failure::Usage(_))));
        }
    }

    #[test]
    fn a_taken_port_is_named_with_the_option_that_moves_it() {
        let somebody = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = somebody.local_addr().unwrap().port();
        let text = Ports::new(port, 8092).check_free().unwrap_err().to_string();
        assert!(text.contains(&format!("port {port} is in use")) && text.contains("--portal "), "{text}");
    }
}
