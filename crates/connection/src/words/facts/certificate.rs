//! What is known of a certificate that stands in the way.

use super::Facts;
use crate::probe::{Certificate, NAMES_LIMIT, TrustProblem};
use crate::time::SECOND;
use crate::verdict::{self, APPLE_LONGEST_DAYS, Refusal};
use crate::words::check;
use crate::words::{date, date_time};

impl Facts<'_> {
    /// That a certificate has ended: the endpoint's own, or one that vouches for it.
    pub(super) fn ended(&self) -> Option<String> {
        let tls = self.machine.diagnosis().evidence().probe()?.tls.passed()?;
        let leaf = tls.chain.first()?;
        let issuer = tls.problems.iter().find_map(|problem| {
            let TrustProblem::IssuerExpired { subject, not_after } = problem else { return None };
            Some((subject, *not_after))
        });
        let own = tls.problems.contains(&TrustProblem::Expired);
        let (whose, end) = match issuer.filter(|_| !own) {
            Some((subject, end)) => (format!("That of its issuer “{subject}”"), end),
            None => ("It".to_owned(), leaf.not_after),
        };
        let today = i64::try_from(self.now.wall / SECOND).unwrap_or(i64::MAX);
        let days = today.saturating_sub(end).div_euclid(86_400);
        let since = match days {
            ..=0 => "less than a day ago".to_owned(),
            1 => "1 day ago".to_owned(),
            days => format!("{days} days ago"),
        };
        // Somebody who goes past the warning wants to know that it was trusted before.
        let known = self.machine.diagnosis().evidence().known_certificate();
        let same = known.is_some_and(|known| known.fingerprint == leaf.fingerprint);
        let same = if same { " It is the one that was in use before." } else { "" };
        Some(format!("{whose} ended on {}, {since}.{same}", date(end)))
    }

    /// From when on a certificate is valid: the endpoint's own, or one that vouches for it.
    pub(super) fn begins(&self) -> Option<String> {
        let tls = self.machine.diagnosis().evidence().probe()?.tls.passed()?;
        let issuer = tls.problems.iter().find_map(|problem| {
            let TrustProblem::IssuerNotYetValid { subject, not_before } = problem else { return None };
            Some((subject, *not_before))
        });
        let own = tls.problems.contains(&TrustProblem::NotYetValid);
        Some(match issuer.filter(|_| !own) {
            Some((subject, begin)) => format!("Its issuer “{subject}” is valid from {}.", date_time(begin)),
            None => format!("It is valid from {}. A clock may be wrong.", date_time(tls.chain.first()?.not_before)),
        })
    }

    /// For which names the certificate is.
    pub(super) fn other_names(&self, host: &str) -> Option<String> {
        let tls = self.machine.diagnosis().evidence().probe()?.tls.passed()?;
        let leaf = tls.chain.first()?;
        if leaf.names_total == 0 {
            return Some(format!(
                "It {} no names in subjectAltName; a common name no longer counts.",
                self.verb("has", "had")
            ));
        }
        Some(format!("You asked for “{host}”; it {} for {}.", self.verb("is", "was"), names(leaf)))
    }

    /// What is broken about the certificate.
    pub(super) fn broken(&self) -> Option<String> {
        let tls = self.machine.diagnosis().evidence().probe()?.tls.passed()?;
        let problem = tls.problems.first()?;
        Some(format!("It {}.", check::problem(problem)))
    }

    /// Why no person can accept the certificate.
    pub(super) fn why_not_acceptable(&self) -> Option<String> {
        let evidence = self.machine.diagnosis().evidence();
        let endpoint = self.machine.endpoint()?;
        Some(match verdict::why_refused(evidence, endpoint, self.machine.client())? {
            Refusal::Preloaded => {
                let host = endpoint.host();
                let top = host.rsplit('.').next().unwrap_or_default();
                format!("Browsers take only trusted certificates for names under .{top} (HSTS).")
            }
            Refusal::Hsts => "Its host has told browsers to take only trusted certificates (HSTS).".to_owned(),
            Refusal::Key => {
                let problems = &evidence.probe()?.tls.passed()?.problems;
                if problems.iter().any(|it| matches!(it, TrustProblem::KeyKind { .. })) {
                    format!("Its key is of a kind ({}) that Chrome and Edge do not have.", evidence.leaf()?.key)
                } else {
                    "Its key usage does not allow signing; Chrome and Edge refuse that.".to_owned()
                }
            }
            Refusal::Reused => {
                "It repeats the serial number of an earlier certificate; Firefox offers no exception for that."
                    .to_owned()
            }
            Refusal::TooLong => {
                format!("It is valid for more than {APPLE_LONGEST_DAYS} days, which Apple's systems refuse.")
            }
        })
    }
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
