//! What each cause is called and what it says of the endpoint at hand.

use super::check::clock_off;
use super::{date, duration};
use crate::cause::{Cause, Confidence, Need};
use crate::evidence::{Check, Observation, Reach};
use crate::machine::Machine;
use crate::probe::{Certificate, DialOutcome, NAMES_LIMIT, TlsFailure};
use crate::time::Moment;
use crate::verdict::{Basis, Finding};

/// The cause as a clause that fits after a colon: no capital, no full stop.
pub fn title(cause: Cause) -> &'static str {
    match cause {
        Cause::Offline => "this computer is offline",
        Cause::Mixed => "browsers do not let an https:// page reach an http:// endpoint",
        Cause::Csp => "the portal's own policy does not allow this endpoint",
        Cause::LocalNetwork => "the browser's permission for local networks is missing",
        Cause::NoName => "the endpoint's name does not resolve",
        Cause::Down => "nothing answers on the endpoint's port",
        Cause::NoAnswer => "the endpoint takes connections but does not answer",
        Cause::Expired => "the endpoint's certificate has expired",
        Cause::NotYetValid => "the endpoint's certificate is not valid yet",
        Cause::WrongName => "the endpoint's certificate is for other names",
        Cause::SelfSigned => "this browser does not trust the endpoint's self-signed certificate",
        Cause::UnknownCa => "the issuer of the endpoint's certificate is not trusted",
        Cause::Replaced => "the endpoint's certificate was replaced",
        Cause::BadCertificate => "the endpoint's certificate is broken",
        Cause::PlainHttp => "the port speaks plain HTTP instead of TLS",
        Cause::OtherProtocol => "the port speaks another protocol instead of TLS",
        Cause::OldTls => "the endpoint speaks only TLS versions that browsers no longer accept",
        Cause::TlsFailed => "the TLS handshake with the endpoint fails",
        Cause::UnreachableOrUntrusted => {
            "the endpoint cannot be reached, or this browser does not accept its certificate"
        }
        Cause::SignIn => "the endpoint needs you to sign in",
        Cause::Credentials => "the endpoint does not accept this user and password",
        Cause::TokenExpired => "your sign-in has run out",
        Cause::NoRights => "your account lacks the right to follow events",
        Cause::NotDrp => "another server answers at this address, not DRP",
        Cause::BadGateway => "a proxy answers, but it cannot reach DRP",
        Cause::NotDrpOrBadGateway => {
            "what answers at this address is not DRP: another server, or a proxy that cannot reach DRP"
        }
        Cause::NoUpgrade => "something between this browser and DRP does not pass WebSockets on",
        Cause::ClockSkew => "the endpoint's clock differs from its partners'",
        Cause::Restart => "the endpoint restarted",
        Cause::Crash => "the endpoint went down",
        Cause::Cut => "the connection was cut",
        Cause::Silence => "the endpoint stopped answering on the open connection",
        Cause::IdleCut => "something ends every connection after the same time",
        Cause::Flapping => "the connection is lost again and again",
        Cause::TooLarge => "the portal sent a message that is larger than the endpoint takes",
        Cause::Violation => "the endpoint, or something in between, broke the WebSocket protocol",
        Cause::Closed => "the endpoint closed the connection",
    }
}

/// The cause as a sentence by itself, without facts.
pub fn plain(cause: Cause) -> String {
    sentence(title(cause))
}

/// What only a person can do, as a status.
pub fn need(need: Need) -> &'static str {
    match need {
        Need::SignIn => "You need to sign in",
        Need::Rights => "You need an account with more rights",
        Need::Certificate => "You need to deal with the certificate",
        Need::Address => "You need to check the address",
        Need::Permission => "You need to allow local networks in the browser",
        Need::Portal => "The portal's operator needs to change how it is served",
        Need::Attention => "You need to look into this",
    }
}

/// A finding as one sentence, with its facts; a guess says that it is one.
pub fn finding(finding: &Finding, machine: &Machine, now: Moment) -> String {
    let text = cause(finding.cause, machine, now);
    let hedge = match finding.confidence {
        Confidence::Certain => return text,
        Confidence::Probable => "Probably ",
        Confidence::Possible => "Possibly ",
    };
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase).into_iter().flatten();
    let keeps_capital = text.starts_with("TLS") || text.starts_with("DRP");
    if keeps_capital { format!("{hedge}{text}") } else { hedge.chars().chain(first).chain(letters).collect() }
}

/// A cause as one sentence, with the facts that the evidence holds.
pub fn cause(cause: Cause, machine: &Machine, now: Moment) -> String {
    with_facts(cause, machine, now).unwrap_or_else(|| sentence(title(cause)))
}

fn with_facts(cause: Cause, machine: &Machine, now: Moment) -> Option<String> {
    let evidence = machine.diagnosis().evidence();
    let probe = evidence.probe();
    let leaf = || probe?.tls.passed()?.chain.first();
    let host = machine.endpoint().map(|endpoint| endpoint.host()).unwrap_or_default();
    let today = i64::try_from(now.wall / 1_000).unwrap_or(i64::MAX);
    let days = |from: i64, to: i64| (to.saturating_sub(from)).div_euclid(86_400);
    match cause {
        Cause::Expired => {
            let end = leaf()?.not_after;
            Some(match days(end, today) {
                ..=0 => format!("The endpoint's certificate expired on {}, less than a day ago.", date(end)),
                1 => format!("The endpoint's certificate expired on {}, 1 day ago.", date(end)),
                days => format!("The endpoint's certificate expired on {}, {days} days ago.", date(end)),
            })
        }
        Cause::NotYetValid => Some(format!(
            "The endpoint's certificate is not valid before {}. A clock is wrong: the endpoint's, this computer's, or that of the computer that made it.",
            date(leaf()?.not_before)
        )),
        Cause::SelfSigned => {
            let leaf = leaf()?;
            let until = date(leaf.not_after);
            let print = &leaf.fingerprint;
            Some(format!(
                "The endpoint uses a self-signed certificate, as DRP does by default, valid until {until}, and this browser has not accepted it. Its SHA-256 fingerprint is {print}."
            ))
        }
        Cause::UnknownCa => {
            Some(format!("The endpoint's certificate was issued by “{}”, which is not trusted.", leaf()?.issuer))
        }
        Cause::WrongName => Some(format!("You asked for “{host}”, but the endpoint's certificate is for {}.", names(leaf()?))),
        Cause::Replaced => {
            let old = evidence.known_fingerprint()?;
            Some(format!(
                "The endpoint's certificate is not the one that was in use before. Its SHA-256 fingerprint was {old} and is now {}.",
                leaf()?.fingerprint
            ))
        }
        Cause::NoName => Some(format!("The name “{host}” does not resolve to an address.")),
        Cause::Down | Cause::Crash => {
            let port = machine.endpoint()?.port();
            let dials = probe?.tcp.failed()?;
            let refused = dials.iter().any(|dial| dial.outcome == DialOutcome::Refused);
            let what = if refused { "refuses connections" } else { "cannot be reached" };
            if cause == Cause::Down {
                return Some(format!("Nothing answers: port {port} on “{host}” {what}."));
            }
            let away = duration(now.since_wall(machine.outage()?.since) / 1_000 * 1_000);
            Some(format!("The endpoint went down {away} ago: port {port} on “{host}” {what}."))
        }
        Cause::OtherProtocol => {
            let TlsFailure::OtherProtocol { starts_with } = probe?.tls.failed()? else { return None };
            Some(format!("The port does not speak TLS. What it says starts with “{starts_with}”."))
        }
        Cause::PlainHttp => {
            Some(format!("Port {} speaks plain HTTP; there is no TLS on it.", machine.endpoint()?.port()))
        }
        Cause::BadGateway => {
            let page = evidence.info().or(evidence.signed_in()).and_then(Reach::status);
            let server = probe.and_then(|probe| probe.upgrade.passed()).map(|answer| answer.status);
            let status = [page, server].into_iter().flatten().find(|status| (502..=504).contains(status))?;
            Some(format!("A proxy in front of DRP answered {status}: it cannot reach DRP."))
        }
        Cause::NoUpgrade => {
            let status = probe?.upgrade.passed()?.status;
            Some(format!(
                "The request for a WebSocket was answered {status}: a proxy in between lacks WebSocket support."
            ))
        }
        Cause::NotDrp => {
            if let (None, Some(status)) = (evidence.info(), evidence.signed_in().and_then(Reach::status)) {
                return Some(format!("Another server answers at this address, not DRP: it gave {status} to the sign-in."));
            }
            let page = evidence.info().filter(|info| !info.is_drp()).and_then(Reach::status);
            let server = probe.and_then(|probe| probe.http.passed()).filter(|answer| !answer.drp);
            let status = page.or(server.map(|answer| answer.status))?;
            Some(format!("Another server answers at this address, not DRP: it gave {status} for /api/v3/info."))
        }
        Cause::Csp => {
            let Observation::Csp(Some(directive)) = evidence.of(Check::Csp)? else { return None };
            Some(format!("The portal's own content security policy does not allow this endpoint: {directive}."))
        }
        Cause::IdleCut => {
            let age = duration(machine.history().same_uptime()? / 1_000 * 1_000);
            Some(format!("Something ends every connection at the same age, about {age}, perhaps a proxy or a firewall."))
        }
        Cause::Flapping => {
            let (losses, span) = machine.history().flapping()?;
            Some(format!("The connection is lost again and again: {losses} losses in {}.", duration(span / 1_000 * 1_000)))
        }
        Cause::UnreachableOrUntrusted => Some(match evidence.of(Check::PlainHttp) {
            Some(Observation::PlainHttp(Some(reach))) if reach.arrived() => {
                "The endpoint is alive, but this browser cannot make a trusted TLS connection to it.".to_owned()
            }
            Some(_) | None if healthy_from_the_server(machine) => {
                "The server sees a healthy endpoint with a certificate it trusts, but this browser does not accept it or cannot reach it.".to_owned()
            }
            Some(_) | None => sentence(title(cause)),
        }),
        Cause::Closed => {
            let close = machine.outage()?.first_close.as_ref().or(machine.outage()?.last_close.as_ref())?;
            Some(format!("The endpoint closed the connection with code {} ({}).", close.code, close.code.name()))
        }
        Cause::Offline
        | Cause::Mixed
        | Cause::LocalNetwork
        | Cause::NoAnswer
        | Cause::BadCertificate
        | Cause::OldTls
        | Cause::TlsFailed
        | Cause::SignIn
        | Cause::Credentials
        | Cause::TokenExpired
        | Cause::NoRights
        | Cause::NotDrpOrBadGateway
        | Cause::ClockSkew
        | Cause::Restart
        | Cause::Cut
        | Cause::Silence
        | Cause::TooLarge
        | Cause::Violation => None,
    }
}

fn healthy_from_the_server(machine: &Machine) -> bool {
    machine
        .diagnosis()
        .evidence()
        .probe()
        .and_then(|probe| probe.tls.passed())
        .is_some_and(|tls| tls.problems.is_empty())
}

fn names(certificate: &Certificate) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = certificate.names.iter().take(SHOWN.min(NAMES_LIMIT)).map(String::as_str).collect();
    let total = usize::try_from(certificate.names_total).unwrap_or(usize::MAX);
    match (shown.len(), total.saturating_sub(shown.len())) {
        (0, _) => "no names at all".to_owned(),
        (_, 0) => shown.join(", "),
        (_, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// What speaks for a cause, as one line. A check speaks for itself in the checklist.
pub fn basis(basis: &Basis) -> Option<String> {
    Some(match basis {
        Basis::Check(_) => return None,
        Basis::NeverOpened => "The socket never opened, so it failed on the way there or was refused.".to_owned(),
        Basis::WasConnected => "The connection had stood before, so the address was right.".to_owned(),
        Basis::ConnectTimeout => "The socket did not open within 10 s.".to_owned(),
        Basis::ErrorFirst => "The browser reported an error on the open connection before it ended.".to_owned(),
        Basis::CloseCode(code) => format!("The endpoint gave close code {code}."),
        Basis::NoAnswer => "A command that DRP always acknowledges had no answer within 8 s.".to_owned(),
        Basis::SameUptime(ms) => {
            format!("The newest connections each ended after about {}.", duration(ms / 1_000 * 1_000))
        }
        Basis::ClockOff(skew) => {
            format!("{} With a wrong clock a browser refuses a certificate that is valid.", clock_off(*skew))
        }
        Basis::Repeated(losses, span) => format!("{losses} losses in {}.", duration(span / 1_000 * 1_000)),
    })
}

fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}
