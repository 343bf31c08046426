//! One diagnosis a loss: what the checks saw, what follows from it, and what the machine does about that.

use super::{Effect, Machine, Phase, Recheck};
use crate::backoff;
use crate::cause::{Cause, Confidence};
use crate::evidence::{Check, Evidence, Observation, Reach};
use crate::probe::Probe;
use crate::time::Moment;
use crate::verdict::{self, Basis, Finding};

/// How far the checks are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Not asked for since the loss.
    #[default]
    Idle,
    /// Under way.
    Running,
    /// All done, or stopped because the connection came back.
    Done,
}

/// The checks of the current loss and what follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnosis {
    progress: Progress,
    evidence: Evidence,
    findings: Vec<Finding>,
}

impl Diagnosis {
    /// How far the checks are.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What they saw.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The causes that fit, the likeliest first. Those of an earlier look stay until a new one has finished.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The likeliest cause.
    pub fn best(&self) -> Option<(Cause, Confidence)> {
        self.findings.first().map(|finding| (finding.cause, finding.confidence))
    }

    /// Makes room for another recheck, without forgetting what the last one found.
    pub(super) fn reopen(&mut self) {
        self.progress = Progress::Idle;
    }

    /// The connection is back, and with it what was behind the loss is known better than while it lasted: one loss has
    /// one cause, wherever it is shown.
    pub(super) fn agree(&mut self, cause: Option<(Cause, Confidence)>) {
        if let Some((cause, confidence)) = cause.filter(|_| self.best() != cause) {
            self.findings = vec![Finding { cause, confidence, why: vec![Basis::WasConnected] }];
        }
    }

    /// The cause is known without a look: by this answer to the sign-in.
    pub(super) fn set_from_sign_in(&mut self, cause: Cause, reach: Reach) {
        let mut evidence = Evidence::default();
        evidence.record(Observation::SignedIn(Some(reach)));
        // DRP gives 400 for other reasons too.
        let confidence = if cause == Cause::ClockSkew { Confidence::Probable } else { Confidence::Certain };
        let why = vec![Basis::Check(Check::SignedIn)];
        *self = Self { progress: Progress::Done, evidence, findings: vec![Finding { cause, confidence, why }] };
    }
}

impl Machine {
    pub(super) fn diagnose(&mut self, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress == Progress::Running || self.endpoint.is_none() {
            return;
        }
        self.diagnosis.progress = Progress::Running;
        self.diagnosis.evidence = Evidence::default();
        fx.push(Effect::Diagnose);
    }

    pub(super) fn cancel_diagnosis(&mut self, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress == Progress::Running {
            self.diagnosis.progress = Progress::Done;
            fx.push(Effect::CancelDiagnosis);
        }
    }

    pub(super) fn seen(&mut self, observation: Observation, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress != Progress::Running {
            return;
        }
        self.diagnosis.evidence.record(observation);
        let complete = self.diagnosis.evidence.is_complete();
        let findings = verdict::rank(self);
        let certain = findings.first().is_some_and(|finding| finding.confidence == Confidence::Certain);
        if complete || certain {
            self.diagnosis.findings = findings;
            self.conclude(now, random);
            // That the connection was cut is no cause to be kept while the checks look for one.
            if complete || self.diagnosis.best().is_some_and(|(cause, _)| cause != Cause::Cut) {
                self.note_cause(fx);
            }
        }
        if complete {
            self.diagnosis.progress = Progress::Done;
            self.count_loss(fx);
        }
    }

    /// One more try has failed. The checks are not made again for that, and what they saw may say more now: an endpoint
    /// that answered them and still gives no socket has not just been cut.
    pub(super) fn reconsider(&mut self, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress == Progress::Done && self.diagnosis.evidence.is_complete() {
            self.diagnosis.findings = verdict::rank(self);
            self.conclude(now, random);
            self.note_cause(fx);
        }
    }

    /// Acts on the likeliest cause: a person is asked only where the evidence bears it.
    fn conclude(&mut self, now: Moment, random: u32) {
        let need = self
            .diagnosis
            .best()
            .filter(|(_, confidence)| *confidence >= Confidence::Probable)
            .and_then(|(cause, _)| cause.need());
        let recheck = self.diagnosis.best().map_or(Recheck::next(now), |(cause, _)| Recheck::after(cause, now));
        match (self.phase, need) {
            (Phase::Waiting { .. }, Some(need)) => self.phase = Phase::NeedsYou { need, since: now, recheck },
            (Phase::Connecting { id, since }, Some(need)) if self.outage.is_some() => {
                let recheck = Recheck::Trying { id, since: since.mono, returned: false };
                self.phase = Phase::NeedsYou { need, since: now, recheck };
            }
            (Phase::NeedsYou { since, recheck, .. }, Some(need)) => {
                self.phase = Phase::NeedsYou { need, since, recheck }
            }
            // The cause that a person had to deal with is gone; what is left, the portal can wait for by itself.
            (Phase::NeedsYou { recheck: Recheck::At(_), .. }, None) => {
                self.wait(backoff::full_jitter(self.failures, random), false, now);
            }
            (
                Phase::Idle
                | Phase::Connecting { .. }
                | Phase::Connected { .. }
                | Phase::Waiting { .. }
                | Phase::Offline { .. }
                | Phase::NeedsYou { .. }
                | Phase::Stopped,
                _,
            ) => {}
        }
    }

    /// Keeps the likeliest cause with the loss.
    fn note_cause(&mut self, fx: &mut Vec<Effect>) {
        let best = self.diagnosis.best();
        if self.outage.is_some()
            && let Some(loss) = self.history.last_mut().filter(|loss| loss.cause != best)
        {
            loss.cause = best;
            fx.push(Effect::Save);
        }
    }

    fn count_loss(&mut self, fx: &mut Vec<Effect>) {
        let cause = self.diagnosis.best().map(|(cause, _)| cause);
        if let Some(outage) = self.outage.clone().filter(|outage| !outage.counted) {
            self.count(&outage, cause, fx);
        }
        if let Some(outage) = &mut self.outage {
            outage.counted = true;
        }
    }

    pub(super) fn inspected(&mut self, probe: &Probe) {
        self.certificate = probe.tls.passed().and_then(|tls| tls.chain.first()).cloned();
    }
}
