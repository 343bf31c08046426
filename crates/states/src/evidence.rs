//! What the checks see when something is wrong: for each cause the observations that a page and its server would have. The
//! verdict is not told what they stand for.

use connection::cause::Cause;
use connection::endpoint::Endpoint;
use connection::evidence::{Body, KnownCertificate, Observation, Permission, PortalCheck, Reach, ServerCheck};
use connection::probe::{
    AddressCheck, AddressOutcome, Certificate, Compared, Dial, DialOutcome, HelloOutcome, HttpAnswer, HttpOutcome,
    NAMES_LIMIT, NameFailure, Probe, StepResult, Tls, TlsFailure, TrustProblem,
};
use connection::time::{Moment, SECOND};

use crate::inputs::LookedFrom;

const DAY: i64 = 86_400;

/// The facts that may be set.
pub(super) struct Facts<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) now: Moment,
    pub(super) looked_from: LookedFrom,
    pub(super) days: Option<i32>,
    pub(super) issuer: Option<&'a str>,
    pub(super) names: Option<&'a [String]>,
}

/// How far this browser's own requests come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Path {
    /// To DRP, which answers as it should.
    Drp,
    /// Nowhere, and the browser does not say why.
    Dark,
    /// To something that takes the request and keeps silent.
    Silent,
    /// To a server that answers with this status and is not DRP.
    Other(u16),
    /// To a server whose answer the browser does not let the page read.
    Unreadable,
}

/// All ten observations of a diagnosis that has this cause before it.
pub(super) fn observations(cause: Cause, facts: &Facts<'_>) -> Vec<Observation> {
    let path = path(cause);
    let (info, opaque) = match path {
        Path::Drp => (answered(401, Body::Empty), Reach::Arrived { ms: 31 }),
        Path::Dark => (Reach::Failed { ms: 57 }, Reach::Failed { ms: 54 }),
        Path::Silent => (Reach::TimedOut { ms: 8_000 }, Reach::TimedOut { ms: 8_000 }),
        Path::Other(status) => (answered(status, Body::Foreign), Reach::Arrived { ms: 31 }),
        Path::Unreadable => (Reach::Failed { ms: 33 }, Reach::Arrived { ms: 31 }),
    };
    let portal = match facts.looked_from {
        // A computer whose battery ran out begins in the past.
        LookedFrom::Server if cause == Cause::YourClock => Some(PortalCheck { ms: 4, skew: Some(1_000 * DAY * 1_000) }),
        LookedFrom::Server | LookedFrom::Files => Some(PortalCheck { ms: 4, skew: Some(0) }),
        LookedFrom::Page => None,
    };
    let permission = if cause == Cause::LocalNetwork { Permission::Denied } else { Permission::Granted };
    vec![
        Observation::Network(cause != Cause::Offline),
        Observation::MixedContent(cause == Cause::Mixed),
        Observation::Portal(portal),
        Observation::Permission(permission),
        Observation::Info(info),
        Observation::Csp((cause == Cause::Csp).then(|| "connect-src".to_owned())),
        Observation::Opaque(opaque),
        Observation::PlainHttp((cause == Cause::PlainHttp).then_some(Reach::Arrived { ms: 12 })),
        Observation::SignedIn(signed_in(cause, path)),
        Observation::Server(server_check(cause, facts)),
    ]
}

/// What one look sees while something is wrong with an endpoint: for tests in which the world moves.
pub fn recorded(cause: Cause, endpoint: &Endpoint, now: Moment) -> Vec<Observation> {
    observations(
        cause,
        &Facts { endpoint, now, looked_from: LookedFrom::Server, days: None, issuer: None, names: None },
    )
}

fn answered(status: u16, body: Body) -> Reach {
    Reach::Answered { status, body, ms: 28 }
}

fn path(cause: Cause) -> Path {
    match cause {
        Cause::SignIn
        | Cause::Credentials
        | Cause::TokenExpired
        | Cause::NoRights
        | Cause::NoUpgrade
        | Cause::SocketOnly
        | Cause::OriginRefused
        | Cause::HeadTooLarge
        | Cause::ClientCertificate
        | Cause::SomeAddresses
        | Cause::CutInUse
        | Cause::ClockSkew
        | Cause::Restart
        | Cause::Cut
        | Cause::Silence
        | Cause::IdleCut
        | Cause::Flapping
        | Cause::TooLarge
        | Cause::Violation
        | Cause::Closed => Path::Drp,
        Cause::NotDrp => Path::Other(404),
        Cause::BadGateway => Path::Other(502),
        Cause::NotDrpOrBadGateway | Cause::LoginWall | Cause::Moved | Cause::Firewall => Path::Unreadable,
        Cause::TooMany => Path::Other(429),
        Cause::NoAnswer => Path::Silent,
        Cause::Offline
        | Cause::Mixed
        | Cause::Csp
        | Cause::BrowserRefuses
        | Cause::LocalNetwork
        | Cause::NoName
        | Cause::NobodyBehind
        | Cause::LargePackets
        | Cause::BrowserOnly
        | Cause::Proxy
        | Cause::Blocked
        | Cause::Intercepted
        | Cause::TooManySockets
        | Cause::NotLoaded
        | Cause::YourClock
        | Cause::WrongSite
        | Cause::ChainIncomplete
        | Cause::StaleCa
        | Cause::Forgotten
        | Cause::CannotAccept
        | Cause::Untrusted
        | Cause::Down
        | Cause::Expired
        | Cause::NotYetValid
        | Cause::WrongName
        | Cause::SelfSigned
        | Cause::UnknownCa
        | Cause::Replaced
        | Cause::BadCertificate
        | Cause::PlainHttp
        | Cause::OtherProtocol
        | Cause::OldTls
        | Cause::TlsFailed
        | Cause::UnreachableOrUntrusted
        | Cause::Crash => Path::Dark,
    }
}

fn signed_in(cause: Cause, path: Path) -> Option<Reach> {
    match (cause, path) {
        (Cause::SignIn, _) => None,
        (Cause::TokenExpired, _) => Some(answered(403, Body::Empty)),
        (Cause::NoRights, _) => Some(answered(403, Body::Error)),
        (Cause::ClockSkew, _) => Some(answered(400, Body::Error)),
        (_, Path::Drp) => Some(answered(200, Body::Info)),
        (_, Path::Dark | Path::Unreadable) => Some(Reach::Failed { ms: 49 }),
        (_, Path::Silent) => Some(Reach::TimedOut { ms: 8_000 }),
        (_, Path::Other(status)) => Some(answered(status, Body::Foreign)),
    }
}

fn server_check(cause: Cause, facts: &Facts<'_>) -> ServerCheck {
    match (facts.looked_from, cause) {
        (LookedFrom::Files, _) => ServerCheck::Absent,
        (LookedFrom::Page, _) | (_, Cause::Offline) => ServerCheck::Away,
        (LookedFrom::Server, _) => {
            let seed = if cause == Cause::Replaced { Some(0x5c) } else { (cause == Cause::Forgotten).then_some(0xa3) };
            let known = seed.map(|seed| KnownCertificate {
                fingerprint: fingerprint(seed),
                issuer: "O=Acme Co".to_owned(),
                serial: "77".to_owned(),
                not_after: i64::try_from(facts.now.wall / SECOND).unwrap_or_default() + 30 * DAY,
                ..KnownCertificate::default()
            });
            ServerCheck::Looked { probe: Box::new(probe(cause, facts)), known }
        }
    }
}

/// What the portal's server sees.
pub(super) fn probe(cause: Cause, facts: &Facts<'_>) -> Probe {
    let endpoint = facts.endpoint;
    let address = "10.10.10.10".to_owned();
    let dial = |outcome, ms| Dial { address: format!("{address}:{}", endpoint.port()), ms, outcome };
    let healthy = Probe {
        endpoint: endpoint.to_string(),
        at_ms: facts.now.wall,
        took_ms: 42,
        name: StepResult::Passed { ms: 2, saw: vec![address.clone()] },
        tcp: StepResult::Passed { ms: 1, saw: vec![dial(DialOutcome::Connected, 1)] },
        tls: if endpoint.is_secure() {
            StepResult::Passed { ms: 9, saw: tls(cause, facts) }
        } else {
            StepResult::Skipped
        },
        http: StepResult::Passed { ms: 12, saw: HttpAnswer { date_ms: Some(facts.now.wall), ..answer(401, true) } },
        upgrade: StepResult::Passed { ms: 8, saw: answer(401, true) },
        compared: Compared::default(),
        https_record: None,
    };
    let on_the_way =
        Probe { tls: StepResult::Skipped, http: StepResult::Skipped, upgrade: StepResult::Skipped, ..healthy.clone() };
    let failed_tls = |why| Probe { tls: StepResult::Failed { ms: 11, why }, ..on_the_way.clone() };
    match cause {
        Cause::NoName => Probe {
            name: StepResult::Failed { ms: 18, why: NameFailure::NotFound },
            tcp: StepResult::Skipped,
            ..on_the_way
        },
        Cause::Down | Cause::Crash => {
            Probe { tcp: StepResult::Failed { ms: 1, why: vec![dial(DialOutcome::Refused, 1)] }, ..on_the_way }
        }
        Cause::NoAnswer => failed_tls(TlsFailure::Timeout),
        Cause::PlainHttp => failed_tls(TlsFailure::PlainHttp),
        Cause::OtherProtocol => failed_tls(TlsFailure::OtherProtocol { starts_with: "SSH-2.0-OpenSSH_9.6".to_owned() }),
        Cause::OldTls => failed_tls(TlsFailure::OldVersion),
        Cause::TlsFailed => failed_tls(TlsFailure::Alert { name: "handshake_failure".to_owned() }),
        Cause::NotDrp => Probe {
            http: StepResult::Passed { ms: 12, saw: answer(404, false) },
            upgrade: StepResult::Passed { ms: 8, saw: answer(404, false) },
            ..healthy
        },
        Cause::BadGateway => Probe {
            http: StepResult::Passed { ms: 12, saw: answer(502, false) },
            upgrade: StepResult::Passed { ms: 8, saw: answer(502, false) },
            ..healthy
        },
        Cause::NoUpgrade => answers(&healthy, None, answer(200, false)),
        Cause::NobodyBehind => failed_tls(TlsFailure::NoBytes { reset: false }),
        Cause::WrongSite => failed_tls(TlsFailure::Alert { name: "unrecognized_name".to_owned() }),
        Cause::LoginWall => answers(&healthy, Some(redirect(302)), redirect(302)),
        Cause::Moved => answers(&healthy, Some(redirect(301)), redirect(301)),
        Cause::Firewall => answers(&healthy, Some(firewall()), firewall()),
        Cause::TooMany => answers(&healthy, Some(busy()), busy()),
        Cause::OriginRefused => Probe {
            compared: Compared { without_origin: Some(HttpOutcome::Answered(401)), ..Compared::default() },
            ..answers(&healthy, None, answer(403, false))
        },
        Cause::HeadTooLarge => Probe {
            compared: Compared { large_head: Some(HttpOutcome::Answered(431)), ..Compared::default() },
            ..healthy
        },
        Cause::LargePackets => {
            Probe { compared: Compared { large_hello: Some(HelloOutcome::Silent), ..Compared::default() }, ..healthy }
        }
        Cause::SomeAddresses => {
            let check = |address: &str, outcome| AddressCheck { address: address.to_owned(), outcome };
            let bad = check("[fd00::10]:8092", AddressOutcome::Tls(TlsFailure::Timeout));
            let addresses = vec![bad, check("10.10.10.10:8092", AddressOutcome::Drp)];
            Probe { compared: Compared { addresses, ..Compared::default() }, ..healthy }
        }
        Cause::Offline
        | Cause::Mixed
        | Cause::Csp
        | Cause::BrowserRefuses
        | Cause::LocalNetwork
        | Cause::BrowserOnly
        | Cause::Proxy
        | Cause::Blocked
        | Cause::Intercepted
        | Cause::TooManySockets
        | Cause::NotLoaded
        | Cause::YourClock
        | Cause::ChainIncomplete
        | Cause::StaleCa
        | Cause::Forgotten
        | Cause::CannotAccept
        | Cause::Untrusted
        | Cause::ClientCertificate
        | Cause::SocketOnly
        | Cause::CutInUse
        | Cause::Expired
        | Cause::NotYetValid
        | Cause::WrongName
        | Cause::SelfSigned
        | Cause::UnknownCa
        | Cause::Replaced
        | Cause::BadCertificate
        | Cause::UnreachableOrUntrusted
        | Cause::NotDrpOrBadGateway
        | Cause::SignIn
        | Cause::Credentials
        | Cause::TokenExpired
        | Cause::NoRights
        | Cause::ClockSkew
        | Cause::Restart
        | Cause::Cut
        | Cause::Silence
        | Cause::IdleCut
        | Cause::Flapping
        | Cause::TooLarge
        | Cause::Violation
        | Cause::Closed => healthy,
    }
}

/// An endpoint that is well but for these answers.
fn answers(healthy: &Probe, info: Option<HttpAnswer>, upgrade: HttpAnswer) -> Probe {
    let http = info.map_or(healthy.http.clone(), |saw| StepResult::Passed { ms: 12, saw });
    Probe { http, upgrade: StepResult::Passed { ms: 8, saw: upgrade }, ..healthy.clone() }
}

fn redirect(status: u16) -> HttpAnswer {
    let host = if status == 302 { "https://sso.example.com/login" } else { "https://drp2.example.com:8092/" };
    HttpAnswer { location: Some(host.to_owned()), ..answer(status, false) }
}

fn firewall() -> HttpAnswer {
    let (firewall, content_type) = (Some("cloudflare".to_owned()), Some("text/html".to_owned()));
    HttpAnswer { firewall, content_type, ..answer(403, false) }
}

fn busy() -> HttpAnswer {
    HttpAnswer { retry_after_s: Some(30), ..answer(429, false) }
}

fn answer(status: u16, drp: bool) -> HttpAnswer {
    let server = (!drp).then(|| "nginx".to_owned());
    HttpAnswer { status, drp, server, cors: drp, ..HttpAnswer::default() }
}

fn tls(cause: Cause, facts: &Facts<'_>) -> Tls {
    const PROBLEMS: [(Cause, TrustProblem); 13] = [
        (Cause::Expired, TrustProblem::Expired),
        (Cause::NotYetValid, TrustProblem::NotYetValid),
        (Cause::WrongName, TrustProblem::WrongName),
        (Cause::SelfSigned, TrustProblem::SelfSigned),
        (Cause::Replaced, TrustProblem::SelfSigned),
        (Cause::UnknownCa, TrustProblem::UnknownIssuer),
        (Cause::BadCertificate, TrustProblem::BadSignature),
        (Cause::NotLoaded, TrustProblem::Expired),
        (Cause::ChainIncomplete, TrustProblem::ChainIncomplete),
        (Cause::StaleCa, TrustProblem::OtherIssuerKey),
        (Cause::Forgotten, TrustProblem::SelfSigned),
        (Cause::CannotAccept, TrustProblem::SelfSigned),
        (Cause::Intercepted, TrustProblem::SelfSigned),
    ];
    let problems = PROBLEMS.into_iter().filter(|(of, _)| *of == cause).map(|(_, problem)| problem).collect();
    Tls {
        protocol: "TLSv1.3".to_owned(),
        chain: vec![certificate(cause, facts)],
        problems,
        asks_for_certificate: cause == Cause::ClientCertificate,
    }
}

/// The certificate that the endpoint serves.
fn certificate(cause: Cause, facts: &Facts<'_>) -> Certificate {
    let today = i64::try_from(facts.now.wall / SECOND).unwrap_or_default();
    let days = facts.days.unwrap_or(if matches!(cause, Cause::Expired | Cause::NotLoaded) { -9 } else { 200 });
    let not_after = today + i64::from(days) * DAY;
    let not_before = if cause == Cause::NotYetValid { today + 3 * DAY } else { not_after - 365 * DAY };
    let own = vec!["localhost".to_owned(), "greg.fill.in".to_owned(), "10.10.10.10".to_owned()];
    let named = if cause == Cause::WrongName { own } else { vec![facts.endpoint.host()] };
    let names = facts.names.map_or(named, <[String]>::to_vec);
    let names_total = u32::try_from(names.len()).unwrap_or(u32::MAX);
    let authority = matches!(
        cause,
        Cause::UnknownCa | Cause::BadCertificate | Cause::ChainIncomplete | Cause::StaleCa | Cause::Untrusted
    );
    let issuer = facts.issuer.unwrap_or(if cause == Cause::NotLoaded {
        "CN=R11,O=Let's Encrypt,C=US"
    } else if authority {
        "CN=Example Lab CA, O=Example"
    } else {
        "O=Acme Co"
    });
    Certificate {
        subject: if authority { format!("CN={}", facts.endpoint.host()) } else { "O=Acme Co".to_owned() },
        issuer: issuer.to_owned(),
        names: names.into_iter().take(NAMES_LIMIT).collect(),
        names_total,
        not_before,
        not_after,
        self_signed: !authority,
        fingerprint: fingerprint(0xa3),
        serial: "3A:5C".to_owned(),
        key: "RSA 2048".to_owned(),
        is_ca: false,
        issuer_key: String::new(),
    }
}

/// Something that looks like a SHA-256 fingerprint.
fn fingerprint(seed: u8) -> String {
    let pairs = (0..32_u8).map(|n| format!("{:02X}", n.wrapping_mul(73).wrapping_add(seed)));
    pairs.collect::<Vec<_>>().join(":")
}
