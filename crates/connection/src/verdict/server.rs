//! What the portal's server saw, read once: everything else that needs to know whether it saw a healthy endpoint, and
//! what it held against it, asks here.

use super::status::of_foreign;
use crate::cause::Cause;
use crate::client::{Browser, Client, System};
use crate::endpoint::Endpoint;
use crate::evidence::{Evidence, KnownCertificate};
use crate::probe::{
    AddressOutcome, Certificate, DialOutcome, HelloOutcome, Hsts, HttpAnswer, HttpFailure, HttpOutcome, NameFailure,
    Probe, StepResult, TlsFailure, TrustProblem,
};

/// A look of the server, read for a person's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// DRP answered, and as it should.
    Healthy,
    /// Something is wrong before an answer comes: with the name, the port, TLS or the certificate.
    OnTheWay(Cause),
    /// An answer came, and it is not the one that opens a live connection.
    AtTheSocket(Cause),
    /// The server could not tell, for a want of its own or of its resolver.
    Unknown,
}

/// Reads a look. `known` is the certificate that was in use when this browser was last connected.
pub fn read(probe: &Probe, endpoint: &Endpoint, client: Client, known: Option<&KnownCertificate>) -> Reading {
    if let Some(why) = probe.name.failed() {
        return match why {
            NameFailure::NotFound => Reading::OnTheWay(Cause::NoName),
            NameFailure::Timeout | NameFailure::Other { .. } => Reading::Unknown,
        };
    }
    if some_addresses_fail(probe) {
        return Reading::OnTheWay(Cause::SomeAddresses);
    }
    if probe.tcp.failed().is_some() {
        return Reading::OnTheWay(if is_reset(probe) { Cause::NobodyBehind } else { Cause::Down });
    }
    match &probe.tls {
        StepResult::Failed { why, .. } => return Reading::OnTheWay(of_tls(why)),
        StepResult::Passed { saw, .. } => {
            let trust = saw.chain.first().and_then(|leaf| {
                of_trust(&saw.problems, leaf, &Seen { endpoint, client, known, hsts: &probe.compared.hsts })
            });
            if let Some(cause) = trust {
                return match read_answers(probe, endpoint) {
                    // Nobody is led to accept the certificate of something that is not DRP.
                    elsewhere @ Reading::AtTheSocket(Cause::NotDrp | Cause::LoginWall | Cause::Moved)
                        if cause.is_about_trust() && is_not_drp(probe) =>
                    {
                        elsewhere
                    }
                    Reading::AtTheSocket(_) | Reading::Healthy | Reading::OnTheWay(_) | Reading::Unknown => {
                        Reading::OnTheWay(cause)
                    }
                };
            }
            if saw.chain.is_empty() {
                return Reading::OnTheWay(Cause::BadCertificate);
            }
        }
        StepResult::Skipped => {}
    }
    read_answers(probe, endpoint)
}

/// Reads what was answered, whatever the certificate is worth: a browser that accepted it gets this far.
pub(super) fn read_answers(probe: &Probe, endpoint: &Endpoint) -> Reading {
    let over_tls = probe.tls.passed().is_some();
    if let Some(failure) = probe.http.failed().or(probe.upgrade.failed()) {
        return Reading::AtTheSocket(of_http_failure(failure, over_tls));
    }
    match (probe.http.passed(), probe.upgrade.passed()) {
        (Some(info), Some(upgrade)) => of_answers(info, upgrade, probe, endpoint),
        (None | Some(_), _) => Reading::Unknown,
    }
}

/// Whether both requests were answered, and neither answer bears DRP's marks.
fn is_not_drp(probe: &Probe) -> bool {
    let foreign = |step: &StepResult<HttpAnswer, HttpFailure>| step.passed().is_some_and(|answer| !answer.drp);
    foreign(&probe.http) && foreign(&probe.upgrade)
}

/// Some address of the endpoint leads to DRP and another one accepts connections and does not: a browser that got the
/// other one does not go on to the next, as it does after a refusal.
pub fn some_addresses_fail(probe: &Probe) -> bool {
    let mut drp = false;
    let mut bad = false;
    for address in &probe.compared.addresses {
        match &address.outcome {
            AddressOutcome::Drp => drp = true,
            AddressOutcome::Answered(_) | AddressOutcome::Tls(_) | AddressOutcome::Http(_) => bad = true,
            AddressOutcome::Tcp(_) => {}
        }
    }
    drp && bad
}

/// Whether the port took a connection of the server's, and nobody behind it did.
pub fn is_reset(probe: &Probe) -> bool {
    probe.tcp.failed().is_some_and(|dials| dials.iter().any(|dial| dial.outcome == DialOutcome::Reset))
}

fn of_tls(failure: &TlsFailure) -> Cause {
    match failure {
        TlsFailure::Timeout => Cause::NoAnswer,
        TlsFailure::PlainHttp => Cause::PlainHttp,
        TlsFailure::OtherProtocol { .. } => Cause::OtherProtocol,
        TlsFailure::OldVersion => Cause::OldTls,
        TlsFailure::NoBytes { .. } => Cause::NobodyBehind,
        TlsFailure::Alert { name } => match name.as_str() {
            "unrecognized_name" => Cause::WrongSite,
            "certificate_required" | "bad_certificate" | "unknown_ca" => Cause::ClientCertificate,
            _ => Cause::TlsFailed,
        },
        TlsFailure::CertificateRequired => Cause::ClientCertificate,
        TlsFailure::Closed | TlsFailure::Malformed { .. } => Cause::TlsFailed,
    }
}

/// With what a certificate is judged.
struct Seen<'a> {
    endpoint: &'a Endpoint,
    client: Client,
    known: Option<&'a KnownCertificate>,
    hsts: &'a [Hsts],
}

/// What a person's browser holds against the chain, the weightiest first.
fn of_trust(problems: &[TrustProblem], leaf: &Certificate, seen: &Seen<'_>) -> Option<Cause> {
    if is_built_into_a_proxy(leaf) && !problems.is_empty() {
        return Some(Cause::WrongSite);
    }
    let cause = problems.iter().find_map(|problem| of_problem(problem, leaf, seen.client.browser))?;
    if refusal(cause, leaf, seen).is_some() {
        return Some(Cause::CannotAccept);
    }
    let only_trust = matches!(cause, Cause::SelfSigned | Cause::UnknownCa | Cause::ChainIncomplete | Cause::StaleCa);
    Some(match seen.known {
        Some(known) if only_trust && known.fingerprint == leaf.fingerprint => Cause::Forgotten,
        Some(known) if only_trust && has_another_key_under_its_name(leaf, known) => Cause::StaleCa,
        Some(_) if only_trust => Cause::Replaced,
        Some(_) | None => cause,
    })
}

/// Whether the issuer is the one that issued the certificate before, by its name, and another one by its key: a browser
/// that has imported the former finds the signature false.
fn has_another_key_under_its_name(leaf: &Certificate, known: &KnownCertificate) -> bool {
    !leaf.self_signed
        && leaf.issuer == known.issuer
        && ![&leaf.issuer_key, &known.issuer_key].iter().any(|key| key.is_empty())
        && leaf.issuer_key != known.issuer_key
}

fn of_problem(problem: &TrustProblem, leaf: &Certificate, browser: Browser) -> Option<Cause> {
    Some(match problem {
        TrustProblem::KeyKind { firefox } => {
            if *firefox && browser == Browser::Firefox {
                return None;
            }
            Cause::CannotAccept
        }
        TrustProblem::KeyUsage => match browser {
            Browser::Chromium => Cause::CannotAccept,
            Browser::Firefox | Browser::Safari | Browser::WebKitGtk | Browser::Other => return None,
        },
        TrustProblem::Expired if is_renewed_by_itself(leaf) => Cause::NotLoaded,
        TrustProblem::Expired | TrustProblem::IssuerExpired { .. } => Cause::Expired,
        TrustProblem::NotYetValid | TrustProblem::IssuerNotYetValid { .. } => Cause::NotYetValid,
        TrustProblem::WrongName | TrustProblem::NoNames => Cause::WrongName,
        TrustProblem::SelfSigned => Cause::SelfSigned,
        TrustProblem::UnknownIssuer => Cause::UnknownCa,
        TrustProblem::ChainIncomplete => Cause::ChainIncomplete,
        TrustProblem::OtherIssuerKey => Cause::StaleCa,
        // Chromium takes a short key under an authority that was added by hand.
        TrustProblem::WeakKey if browser == Browser::Chromium => return None,
        TrustProblem::WrongPurposeForFirefox if browser != Browser::Firefox => return None,
        TrustProblem::Malformed { .. }
        | TrustProblem::NameConstraint
        | TrustProblem::BadSignature
        | TrustProblem::WeakKey
        | TrustProblem::WeakSignature
        | TrustProblem::WrongPurpose
        | TrustProblem::WrongPurposeForFirefox
        | TrustProblem::Other { .. } => Cause::BadCertificate,
    })
}

/// Why the browser offers no way to accept a certificate, so that telling people to accept it would be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The name's top-level domain takes only trusted certificates (HSTS, built into browsers).
    Preloaded,
    /// Its host has told browsers to take only trusted certificates (HSTS).
    Hsts,
    /// Its key, or what the key may be used for.
    Key,
    /// It repeats the serial number of another certificate of its issuer.
    Reused,
    /// It is valid for longer than Apple's systems allow.
    TooLong,
}

/// Why this browser offers no way to accept the certificate that the server saw; `None` where it does, or where the
/// certificate is trusted.
pub fn why_refused(evidence: &Evidence, endpoint: &Endpoint, client: Client) -> Option<Refusal> {
    if endpoint.is_under_preloaded_hsts() {
        return Some(Refusal::Preloaded);
    }
    let probe = evidence.probe()?;
    let tls = probe.tls.passed()?;
    let leaf = evidence.leaf()?;
    let cause = tls.problems.iter().find_map(|problem| of_problem(problem, leaf, client.browser))?;
    let seen = Seen { endpoint, client, known: evidence.known_certificate(), hsts: &probe.compared.hsts };
    refusal(cause, leaf, &seen)
}

fn refusal(cause: Cause, leaf: &Certificate, seen: &Seen<'_>) -> Option<Refusal> {
    if seen.endpoint.is_under_preloaded_hsts() {
        return Some(Refusal::Preloaded);
    }
    if seen.hsts.iter().any(|it| it.covers(seen.endpoint)) {
        return Some(Refusal::Hsts);
    }
    if cause == Cause::CannotAccept {
        return Some(Refusal::Key);
    }
    let reused = seen.known.is_some_and(|it| {
        !it.serial.is_empty()
            && (&it.issuer, &it.serial) == (&leaf.issuer, &leaf.serial)
            && it.fingerprint != leaf.fingerprint
    });
    let too_long = leaf.not_after.saturating_sub(leaf.not_before) > APPLE_LONGEST && leaf.not_before > 0;
    match seen.client.browser {
        Browser::Firefox => reused.then_some(Refusal::Reused),
        Browser::Safari => too_long.then_some(Refusal::TooLong),
        Browser::Chromium => (too_long && seen.client.system == System::MacOs).then_some(Refusal::TooLong),
        Browser::WebKitGtk | Browser::Other => None,
    }
}

/// The longest validity that Apple's systems accept, in days.
pub const APPLE_LONGEST_DAYS: i64 = 825;
const APPLE_LONGEST: i64 = APPLE_LONGEST_DAYS * 86_400;

impl Hsts {
    /// Whether browsers that saw it accept only trusted certificates for this endpoint. Addresses are never covered.
    fn covers(&self, endpoint: &Endpoint) -> bool {
        let host = endpoint.host();
        let below = host.strip_suffix(self.host.as_str()).is_some_and(|rest| rest.ends_with('.'));
        self.max_age_s > 0 && endpoint.is_name() && (host == self.host || (self.subdomains && below))
    }
}

/// The certificate that a proxy shows for a name that it does not know.
fn is_built_into_a_proxy(leaf: &Certificate) -> bool {
    ["TRAEFIK DEFAULT CERT", "Kubernetes Ingress Controller Fake Certificate"]
        .into_iter()
        .any(|name| leaf.subject.contains(name))
}

/// Whether the issuer is an authority whose certificates are renewed by a program (ACME), so that the new one is probably
/// there and not loaded.
fn is_renewed_by_itself(leaf: &Certificate) -> bool {
    ["Let's Encrypt", "ZeroSSL", "Google Trust Services", "Buypass"].into_iter().any(|name| leaf.issuer.contains(name))
}

fn of_http_failure(failure: &HttpFailure, over_tls: bool) -> Cause {
    match failure {
        HttpFailure::Timeout => Cause::NoAnswer,
        // What answers TLS and ends there is a proxy whose endpoint is away; without TLS nobody has answered at all.
        HttpFailure::Closed if over_tls => Cause::BadGateway,
        HttpFailure::Closed => Cause::NobodyBehind,
        HttpFailure::CertificateRequired => Cause::ClientCertificate,
        HttpFailure::TooLarge | HttpFailure::Malformed { .. } => Cause::NotDrp,
    }
}

/// What the answers to the two requests mean. A 401 to a look without credentials is DRP's healthy answer and evidence for
/// nothing; a number without DRP's fingerprint is not DRP's.
fn of_answers(info: &HttpAnswer, upgrade: &HttpAnswer, probe: &Probe, endpoint: &Endpoint) -> Reading {
    let opens = upgrade.opens();
    if info.is_healthy() && opens {
        return Reading::Healthy;
    }
    let without_origin = probe.compared.without_origin;
    if !opens && without_origin.is_some_and(HttpOutcome::opens) {
        return Reading::AtTheSocket(Cause::OriginRefused);
    }
    // What is asked first names the cause, unless it is well.
    let answer = if info.is_healthy() { upgrade } else { info };
    let page = answer.content_type.as_deref().is_some_and(|it| it.starts_with("text/html"));
    Reading::AtTheSocket(match answer.status {
        301 | 308 => Cause::Moved,
        300..=399 if leaves(answer, endpoint) => Cause::LoginWall,
        300..=399 => Cause::Moved,
        407 => Cause::Proxy,
        503 if answer.retry_after_s.is_some() && !page => Cause::TooMany,
        403 if answer.drp => Cause::NoRights,
        status => match of_foreign(status) {
            // DRP answers: what spoils the upgrade alone is something between, a firewall only if it says so.
            None | Some(Cause::NotDrp) if info.is_healthy() => Cause::NoUpgrade,
            Some(Cause::Firewall) if info.is_healthy() && answer.firewall.is_none() && !page => Cause::NoUpgrade,
            named => named.unwrap_or(Cause::NotDrpOrBadGateway),
        },
    })
}

/// Whether a redirect leads to a sign-in: to another host, or to a path that says so.
fn leaves(answer: &HttpAnswer, endpoint: &Endpoint) -> bool {
    let Some(location) = &answer.location else { return false };
    let elsewhere = location
        .split_once("://")
        .is_some_and(|(_, rest)| rest.split(['/', '?', '#']).next() != Some(endpoint.authority().as_str()));
    let says_so = ["login", "signin", "sign-in", "auth", "sso", "oauth", "saml"];
    elsewhere || says_so.into_iter().any(|word| location.to_ascii_lowercase().contains(word))
}

/// What can keep this browser away from an endpoint that is healthy for the server, as far as the server could compare.
pub(super) fn beyond(probe: &Probe) -> Option<Cause> {
    if matches!(probe.compared.large_hello, Some(HelloOutcome::Ended | HelloOutcome::Silent)) {
        return Some(Cause::LargePackets);
    }
    probe.tls.passed().is_some_and(|tls| tls.asks_for_certificate).then_some(Cause::ClientCertificate)
}

/// What can keep the socket alone away, where requests get through.
pub(super) fn beyond_requests(probe: &Probe) -> Option<Cause> {
    let refused = |outcome: Option<HttpOutcome>| outcome.is_some_and(|it| !it.opens());
    if refused(probe.compared.large_head) {
        return Some(Cause::HeadTooLarge);
    }
    if probe.compared.http2_refuses || refused(probe.compared.two_tokens) {
        return Some(Cause::NoUpgrade);
    }
    beyond(probe)
}
