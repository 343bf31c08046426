//! What is known of a cause beyond its heading, from the evidence at hand.

mod certificate;

use super::check::clock_off;
use super::said::said;
use super::{ago, date, duration};
use crate::cause::Cause;
use crate::evidence::{Check, Observation, Reach, ServerCheck, is_gateway, is_head_too_large};
use crate::machine::{Machine, PING_TIMEOUT};
use crate::probe::{AddressOutcome, DialOutcome, HttpAnswer, TlsFailure};
use crate::time::{Moment, SECOND};
use crate::verdict::leading_astray;

/// What is known of a cause beyond its heading: one or two short sentences. Of what was seen before the last try failed
/// they speak in the past tense and say how long ago it was.
pub fn facts(cause: Cause, machine: &Machine, now: Moment) -> Option<String> {
    let current = machine.diagnosis().is_current(machine.outage());
    let text = Facts { machine, now, current }.of(cause)?;
    match machine.diagnosis().as_of().filter(|_| !current && !cause.lasts_as_long_as_the_page()) {
        Some(as_of) => Some(format!("{text} Seen {}.", ago(now.since_wall(as_of) / SECOND * SECOND))),
        None => Some(text),
    }
}

/// With what the facts of a cause are told.
struct Facts<'a> {
    machine: &'a Machine,
    now: Moment,
    current: bool,
}

impl Facts<'_> {
    /// The verb as the age of the evidence wants it.
    fn verb(&self, present: &'static str, past: &'static str) -> &'static str {
        if self.current { present } else { past }
    }

    fn of(&self, cause: Cause) -> Option<String> {
        let evidence = self.machine.diagnosis().evidence();
        let probe = evidence.probe();
        let endpoint = self.machine.endpoint();
        let host = endpoint.map(crate::endpoint::Endpoint::host).unwrap_or_default();
        let port = endpoint.map(crate::endpoint::Endpoint::port).unwrap_or_default();
        Some(match cause {
            Cause::Expired | Cause::NotLoaded => self.ended()?,
            Cause::NotYetValid => self.begins()?,
            Cause::SelfSigned => {
                let until = date(evidence.leaf()?.not_after);
                format!("It {} self-signed, as DRP makes its own, and valid until {until}.", self.verb("is", "was"))
            }
            Cause::UnknownCa => format!("It was issued by “{}”.", evidence.leaf()?.issuer),
            Cause::StaleCa => {
                let issuer = &evidence.leaf()?.issuer;
                format!("“{issuer}” {} another key than before.", self.verb("has", "had"))
            }
            Cause::ChainIncomplete => {
                format!(
                    "The endpoint {} only its own certificate, without that of “{}”.",
                    self.verb("sends", "sent"),
                    evidence.leaf()?.issuer
                )
            }
            Cause::WrongName => self.other_names(&host)?,
            Cause::Replaced => {
                let known = evidence.known_certificate()?;
                if known.fingerprint == evidence.leaf()?.fingerprint {
                    return None;
                }
                "It may have been renewed, or something stands in between.".to_owned()
            }
            Cause::Forgotten => "It is the same certificate as before.".to_owned(),
            Cause::CannotAccept => self.why_not_acceptable()?,
            Cause::BadCertificate => self.broken()?,
            Cause::Untrusted => match evidence.leaf() {
                Some(_) => format!(
                    "The portal's server {} the certificate that it {}.",
                    self.verb("accepts", "accepted"),
                    self.verb("sees", "saw")
                ),
                None => "Open the endpoint in a tab to see what the browser holds against it.".to_owned(),
            },
            Cause::YourClock => clock_off(evidence.clock_off()?, self.verb("is", "was")),
            Cause::NoName => {
                format!("“{host}” {} no address, as the portal's server sees it.", self.verb("has", "had"))
            }
            Cause::Down | Cause::Crash => format!("Port {port} on “{host}” {}.", self.dialled()?),
            Cause::NobodyBehind => {
                format!(
                    "Port {port} {} connections and {} them at once.",
                    self.verb("accepts", "accepted"),
                    self.verb("closes", "closed")
                )
            }
            Cause::SomeAddresses => self.bad_address()?,
            Cause::OtherProtocol => {
                let TlsFailure::OtherProtocol { starts_with } = probe?.tls.failed()? else { return None };
                format!("What it {} starts with “{starts_with}”.", self.verb("says", "said"))
            }
            Cause::PlainHttp => format!("Port {port} {} HTTP without TLS.", self.verb("answers", "answered")),
            Cause::TlsFailed => match probe?.tls.failed()? {
                TlsFailure::Alert { name } => {
                    format!("The other side {} to set up encryption ({name}).", self.verb("refuses", "refused"))
                }
                TlsFailure::Malformed { text } => {
                    format!("What {} is not the TLS that browsers know: {text}.", self.verb("comes", "came"))
                }
                TlsFailure::Timeout
                | TlsFailure::PlainHttp
                | TlsFailure::OtherProtocol { .. }
                | TlsFailure::OldVersion
                | TlsFailure::CertificateRequired
                | TlsFailure::NoBytes { .. }
                | TlsFailure::Closed => return None,
            },
            Cause::WrongSite => match (self.https_record(), evidence.leaf()) {
                (Some(text), _) => text,
                (None, Some(leaf)) => format!(
                    "It {} its built-in certificate, “{}”. Do not accept it.",
                    self.verb("shows", "showed"),
                    leaf.subject
                ),
                (None, None) => {
                    format!("It {} the name “{host}” in the TLS handshake.", self.verb("refuses", "refused"))
                }
            },
            Cause::LoginWall | Cause::Moved => {
                let answer = self.answer()?;
                format!(
                    "It {} {} and {} you on to {}.",
                    self.verb("answers", "answered"),
                    answer.status,
                    self.verb("sends", "sent"),
                    answer.location.as_deref()?
                )
            }
            Cause::Firewall => {
                let answer = self.answer()?;
                let by = answer.firewall.as_deref().or(answer.server.as_deref());
                let by = by.map_or_else(|| "Something".to_owned(), |name| format!("“{name}”"));
                let (answers, is) = (self.verb("answers", "answered"), self.verb("is", "was"));
                format!("{by} {answers} {}; the answer {is} not DRP's.", answer.status)
            }
            Cause::OriginRefused => {
                format!(
                    "It {} {} to connections that come from this portal.",
                    self.verb("answers", "answered"),
                    probe?.upgrade.passed()?.status
                )
            }
            Cause::HeadTooLarge => {
                match self.answer().map(|answer| answer.status).filter(|it| is_head_too_large(*it)) {
                    Some(status) => format!("It {} {status}.", self.verb("answers", "answered")),
                    None => "A test request of the portal's server with many cookies was refused.".to_owned(),
                }
            }
            Cause::TooMany => {
                let answer = self.answer()?;
                match answer.retry_after_s {
                    Some(seconds) => format!(
                        "It {} {} and {} to wait {}.",
                        self.verb("answers", "answered"),
                        answer.status,
                        self.verb("asks", "asked"),
                        duration(u64::from(seconds) * SECOND)
                    ),
                    None => format!("It {} {}.", self.verb("answers", "answered"), answer.status),
                }
            }
            Cause::BadGateway => match self.status(is_gateway) {
                Some(status) => format!("The proxy {} {status}.", self.verb("answers", "answered")),
                None => format!(
                    "The connection {}.",
                    self.verb("ends before an answer comes", "ended before an answer came")
                ),
            },
            Cause::NoUpgrade => self.upgrade_problem()?,
            Cause::NotDrp => {
                let status = self.status(|_| true)?;
                format!("It {} {status}, and not the way DRP does.", self.verb("answers", "answered"))
            }
            Cause::Csp => {
                let Observation::Csp(Some(directive)) = evidence.of(Check::Csp)? else { return None };
                format!("The policy ({directive}) lists where pages of this portal may connect.")
            }
            Cause::BrowserRefuses => format!("Port {port} is on the list of ports that no browser connects to."),
            Cause::BrowserOnly => self.https_record().or_else(|| self.only_here())?,
            Cause::UnreachableOrUntrusted if evidence.server() == Some(&ServerCheck::Away) => {
                "The browser doesn't say which; the portal's server did not answer.".to_owned()
            }
            Cause::UnreachableOrUntrusted => "The browser doesn't say which.".to_owned(),
            Cause::IdleCut => {
                let (uptime, _) = self.machine.history().same_uptime()?;
                format!("The newest connections each ended after about {}.", duration(uptime / SECOND * SECOND))
            }
            Cause::CutInUse => {
                let (uptime, _) = self.machine.history().same_uptime()?;
                format!(
                    "Each ended after about {}, although data had just come through.",
                    duration(uptime / SECOND * SECOND)
                )
            }
            Cause::Flapping => {
                let (losses, span) = self.machine.history().flapping()?;
                format!("{losses} losses in {}.", duration(span / SECOND * SECOND))
            }
            Cause::Closed => {
                return said(self.machine.outage()?);
            }
            Cause::NoAnswer => format!("Nothing came back within {}.", duration(self.machine.gave_up_after())),
            Cause::Silence => {
                format!("The portal asked for a reply and got none within {}.", duration(PING_TIMEOUT))
            }
            Cause::Restart => "It was cut and came back soon.".to_owned(),
            Cause::ClientCertificate => "On a live connection a browser cannot ask you for it, so it fails.".to_owned(),
            Cause::SocketOnly => {
                let (answers, does) = (self.verb("answers", "answered"), self.verb("does", "did"));
                format!("DRP {answers} requests from here; only the WebSocket {does} not open.")
            }
            Cause::LargePackets => {
                format!("Small packets {} through, large ones {} not.", self.verb("get", "got"), self.verb("do", "did"))
            }
            Cause::Intercepted => "Whatever replaces it can read what you send, passwords included.".to_owned(),
            Cause::Offline
            | Cause::Mixed
            | Cause::LocalNetwork
            | Cause::Proxy
            | Cause::Blocked
            | Cause::TooManySockets
            | Cause::OldTls
            | Cause::SignIn
            | Cause::Credentials
            | Cause::TokenExpired
            | Cause::NoRights
            | Cause::NotDrpOrBadGateway
            | Cause::ClockSkew
            | Cause::Cut
            | Cause::TooLarge
            | Cause::Violation => return None,
        })
    }

    /// The answer that names the cause: the server's to the first request that was not well.
    fn answer(&self) -> Option<&HttpAnswer> {
        let probe = self.machine.diagnosis().evidence().probe()?;
        let info = probe.http.passed()?;
        if info.is_healthy() { probe.upgrade.passed() } else { Some(info) }
    }

    /// The first status of this kind that somebody was answered: this page before the server.
    fn status(&self, fits: fn(u16) -> bool) -> Option<u16> {
        let evidence = self.machine.diagnosis().evidence();
        let foreign = |reach: &Reach| !reach.is_drp();
        let page = [evidence.info().filter(foreign), evidence.signed_in().filter(foreign)];
        let probe = evidence.probe();
        let marked = |answer: &&HttpAnswer| !answer.drp;
        let server = [probe.and_then(|it| it.http.passed()), probe.and_then(|it| it.upgrade.passed())];
        let page = page.into_iter().flatten().filter_map(Reach::status);
        page.chain(server.into_iter().flatten().filter(marked).map(|answer| answer.status)).find(|status| fits(*status))
    }

    fn upgrade_problem(&self) -> Option<String> {
        let probe = self.machine.diagnosis().evidence().probe()?;
        let upgrade = probe.upgrade.passed()?;
        if upgrade.drp || (upgrade.status == 101 && upgrade.upgrade_problem.is_none()) {
            let (promises, refuses) = (self.verb("promises", "promised"), self.verb("refuses", "refused"));
            let broken = probe.compared.http2_refuses;
            return broken.then(|| format!("It {promises} WebSockets over HTTP/2 and {refuses} them."));
        }
        Some(match upgrade.upgrade_problem {
            Some(_) => format!(
                "A proxy {} 101, which opens a WebSocket, but not as the protocol wants it.",
                self.verb("answers", "answered")
            ),
            None => format!(
                "A proxy {} {} in place of 101, which would open the WebSocket.",
                self.verb("answers", "answered"),
                upgrade.status
            ),
        })
    }

    /// How the port took the server's connections.
    fn dialled(&self) -> Option<&'static str> {
        let dials = self.machine.diagnosis().evidence().probe()?.tcp.failed()?;
        let any = |outcome: &DialOutcome| dials.iter().any(|dial| dial.outcome == *outcome);
        Some(if any(&DialOutcome::Refused) {
            self.verb("refuses connections", "refused connections")
        } else if any(&DialOutcome::Timeout) {
            self.verb("does not answer", "did not answer")
        } else {
            self.verb("cannot be reached", "could not be reached")
        })
    }

    fn bad_address(&self) -> Option<String> {
        let addresses = &self.machine.diagnosis().evidence().probe()?.compared.addresses;
        let bad = addresses.iter().find(|it| !matches!(it.outcome, AddressOutcome::Drp | AddressOutcome::Tcp(_)))?;
        let good = addresses.iter().find(|it| it.outcome == AddressOutcome::Drp)?;
        Some(format!(
            "For the portal's server {} {}, {} {} not.",
            good.address,
            self.verb("works", "worked"),
            bad.address,
            self.verb("does", "did")
        ))
    }

    /// That DNS may lead this browser elsewhere than the server.
    fn https_record(&self) -> Option<String> {
        let evidence = self.machine.diagnosis().evidence();
        let record = leading_astray(evidence, self.machine.endpoint()?, self.machine.client())?;
        let has = self.verb("has", "had");
        Some(match record.hints.first().filter(|_| !record.ech) {
            Some(hint) => {
                format!("The name {has} an HTTPS record that {} browsers to {hint}.", self.verb("leads", "led"))
            }
            None => format!("The name {has} an HTTPS record with ECH, which only browsers follow."),
        })
    }

    /// That the server gets there, and where it finds the endpoint's name, for a person to compare.
    fn only_here(&self) -> Option<String> {
        let found = self.machine.diagnosis().evidence().probe()?.name.passed()?.first()?;
        let reaches = self.verb("reaches", "reached");
        Some(if self.machine.endpoint()?.is_name() {
            format!("The portal's server {reaches} it at {found}; here the name may lead elsewhere.")
        } else {
            format!("The portal's server {reaches} it.")
        })
    }
}
