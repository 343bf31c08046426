//! What is known of a certificate that stands in the way.

use super::Facts;
use crate::cause::Cause;
use crate::client::Browser;
use crate::probe::{Certificate, NAMES_LIMIT, TrustProblem};
use crate::time::SECOND;
use crate::verdict::refused_for_good;
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
        // What was trusted once is no stranger: whoever goes past the warning wants to know that.
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
            Some((subject, begin)) => format!("Its issuer “{subject}” is valid from {} on.", date_time(begin)),
            None => format!("It is valid from {} on. A clock may be wrong.", date_time(tls.chain.first()?.not_before)),
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
        if endpoint.is_under_preloaded_hsts() {
            let top = endpoint.host();
            let top = top.rsplit('.').next().unwrap_or_default();
            return Some(format!("Browsers take only trusted certificates for names under .{top} (HSTS)."));
        }
        let probe = evidence.probe()?;
        let tls = probe.tls.passed();
        let problems = tls.map(|tls| tls.problems.as_slice()).unwrap_or_default();
        let leaf = evidence.leaf();
        if problems.iter().any(|it| matches!(it, TrustProblem::KeyKind { .. })) {
            let key = leaf.map(|leaf| leaf.key.clone()).unwrap_or_default();
            return Some(format!("Its key is of a kind ({key}) that Chrome and Edge do not have."));
        }
        if problems.contains(&TrustProblem::KeyUsage) {
            return Some("Its key usage does not allow signing; Chrome and Edge refuse that.".to_owned());
        }
        let leaf = leaf?;
        let known = evidence.known_certificate();
        let reused = known.is_some_and(|it| (&it.issuer, &it.serial) == (&leaf.issuer, &leaf.serial));
        if reused && self.machine.client().browser == Browser::Firefox {
            return Some(
                "It repeats the serial number of an earlier certificate; Firefox offers no exception for that."
                    .to_owned(),
            );
        }
        if !probe.compared.hsts.is_empty() {
            return Some("Its host has told browsers to take only trusted certificates (HSTS).".to_owned());
        }
        refused_for_good(Cause::SelfSigned, leaf, endpoint, self.machine.client(), known, &[])
            .then(|| "It is valid for more than 825 days, which Apple's systems refuse.".to_owned())
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
