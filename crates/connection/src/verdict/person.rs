//! What the person saw, who opened the endpoint in a tab or read the browser's console.
//!
//! It is seen by this browser, so it is certain; but not more than was seen: that the warning has no way on says nothing of
//! a certificate where the server met no TLS, and another issuer may stand for another machine.

use super::server::Reading;
use super::{Case, Finding, found};
use crate::cause::{Cause, Confidence};
use crate::evidence::{Check, PersonSaw};

use Confidence::{Certain, Possible, Probable};

/// What the person saw, where it names the cause by itself.
pub(super) fn of_person(case: &Case<'_>, reading: Option<Reading>) -> Option<Finding> {
    let saw = case.evidence.person()?;
    // Once DRP answers this page, what kept the person's tab from it is over.
    let answered = case.evidence.is_drp();
    let (cause, confidence) = match saw {
        PersonSaw::Code(cause) if is_unreached(cause) => return None,
        PersonSaw::Code(cause) if answered && cause.is_about_trust() => return None,
        PersonSaw::Code(cause) => (cause, Certain),
        PersonSaw::DeadEnd | PersonSaw::LoginPage | PersonSaw::OtherCertificate if answered => return None,
        PersonSaw::DeadEnd => match reading {
            Some(Reading::OnTheWay(cause)) if cause.is_about_trust() => (Cause::CannotAccept, Certain),
            Some(Reading::OnTheWay(cause)) if is_about_tls(cause) => (cause, Certain),
            Some(Reading::OnTheWay(_) | Reading::Healthy | Reading::AtTheSocket(_) | Reading::Unknown) | None => {
                (Cause::CannotAccept, Probable)
            }
        },
        PersonSaw::LoginPage => (Cause::LoginWall, Certain),
        // An endpoint that shows now one certificate and now another explains it, too; so does another machine of the name.
        PersonSaw::OtherCertificate if shows_several(case) => (Cause::Intercepted, Possible),
        PersonSaw::OtherCertificate => (Cause::Intercepted, Probable),
        PersonSaw::Warning | PersonSaw::Unreachable | PersonSaw::Endpoint => return None,
    };
    Some(found(cause, confidence, &[Check::Person]))
}

/// Whether this browser does not get as far as TLS, in the person's eyes; and by which cause, if a code named it.
pub(super) fn unreached(case: &Case<'_>) -> Option<Cause> {
    match case.evidence.person()? {
        PersonSaw::Unreachable => Some(Cause::Down),
        PersonSaw::Code(cause) if is_unreached(cause) => Some(cause),
        PersonSaw::Code(_)
        | PersonSaw::Warning
        | PersonSaw::DeadEnd
        | PersonSaw::LoginPage
        | PersonSaw::OtherCertificate
        | PersonSaw::Endpoint => None,
    }
}

/// Causes that may hold for this browser alone: whether they hold for the endpoint, only the server's look can tell.
fn is_unreached(cause: Cause) -> bool {
    matches!(cause, Cause::Down | Cause::NobodyBehind | Cause::NoAnswer | Cause::NoName)
}

fn is_about_tls(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::PlainHttp
            | Cause::OtherProtocol
            | Cause::OldTls
            | Cause::TlsFailed
            | Cause::WrongSite
            | Cause::NobodyBehind
    )
}

fn shows_several(case: &Case<'_>) -> bool {
    case.evidence.probe().is_some_and(|probe| !probe.compared.certificates.is_empty())
}
