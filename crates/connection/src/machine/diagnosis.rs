//! The looks of an outage: what the checks saw, what follows from it, and what the machine does about that. The first one
//! is made when a try has failed; the world may move, so more follow while the outage lasts.

use super::{Effect, Machine, Outage, Phase, Recheck};
use crate::backoff;
use crate::cause::{Cause, Confidence};
use crate::evidence::{Check, Evidence, KnownCertificate, Observation, PersonSaw, Reach, ServerCheck};
use crate::probe::Probe;
use crate::time::{MINUTE, Moment, SECOND};
use crate::verdict::{self, Basis, Case, Finding, Reading};

/// The shortest and the longest time between two looks of one outage, in milliseconds.
pub const LOOK_EVERY: (u64, u64) = (10 * SECOND, MINUTE);
/// Between two looks passes this part of the time that the outage has lasted, within [`LOOK_EVERY`].
const LOOK_PART: u64 = 8;

/// How long after a look the next one comes, in an outage that has lasted so long: both in milliseconds. Sooner in a young
/// outage than in an old one.
pub fn look_wait(lasted: u64) -> u64 {
    (lasted / LOOK_PART).clamp(LOOK_EVERY.0, LOOK_EVERY.1)
}

/// The longest pause that is kept because an answer asked for it, in milliseconds.
const LONGEST_PAUSE: u64 = 5 * MINUTE;

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

/// The checks of the current outage and what follows from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnosis {
    progress: Progress,
    evidence: Evidence,
    findings: Vec<Finding>,
    /// When the look began that is under way, or was the last one.
    began: Moment,
    /// When that was seen on which the findings rest.
    as_of: Option<Moment>,
    /// When the next look is due, by the clock that never jumps.
    due: Option<u64>,
    /// What the checks had seen when the person told what they saw.
    told_in: Option<Scene>,
}

/// What the server read, and in which way this page's own request ended. Where it changes, the world has moved.
type Scene = (Option<Reading>, Option<core::mem::Discriminant<Reach>>);

impl Diagnosis {
    /// How far the checks are.
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// What they saw: in the look that is under way, and before it what that has not replaced yet.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What was seen in the look that is under way, or was the last one.
    pub fn fresh_evidence(&self) -> Evidence {
        self.evidence.since(self.began)
    }

    /// The causes that fit, the likeliest first. Those of an earlier look stay until a new one has finished.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The likeliest cause.
    pub fn best(&self) -> Option<(Cause, Confidence)> {
        self.findings.first().map(|finding| (finding.cause, finding.confidence))
    }

    /// When that was seen on which the findings rest; `None` while there are none.
    pub fn as_of(&self) -> Option<Moment> {
        self.as_of
    }

    /// Whether nothing has happened since that could have changed what was seen: no try has failed. Only then may words
    /// speak of it in the present tense.
    pub fn is_current(&self, outage: Option<&Outage>) -> bool {
        match (self.as_of, outage) {
            (Some(as_of), Some(outage)) => as_of.mono >= outage.failed_at.mono,
            (_, None) => true,
            (None, Some(_)) => false,
        }
    }

    /// Makes room for another look, without forgetting what the last one found.
    pub(super) fn reopen(&mut self) {
        self.progress = Progress::Idle;
    }

    /// The connection is back, and with it what was behind the loss is known better than while it lasted: one loss has
    /// one cause, wherever it is shown.
    pub(super) fn reconcile(&mut self, cause: Option<(Cause, Confidence)>, stood_before: bool) {
        if let Some((cause, confidence)) = cause.filter(|_| self.best() != cause) {
            let why = if stood_before { vec![Basis::WasConnected] } else { Vec::new() };
            self.findings = vec![Finding { cause, confidence, why }];
        }
    }

    /// The cause is known without a look: by this answer to the sign-in.
    pub(super) fn set_from_sign_in(&mut self, reach: Reach, now: Moment) {
        let mut evidence = Evidence::default();
        evidence.record(Observation::SignedIn(Some(reach)), now);
        let (cause, confidence) = verdict::of_refusal(reach);
        let why = vec![Basis::Check(Check::SignedIn)];
        let findings = vec![Finding { cause, confidence, why }];
        *self = Self { progress: Progress::Done, evidence, findings, as_of: Some(now), began: now, ..Self::default() };
    }
}

impl Machine {
    pub(super) fn diagnose(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress == Progress::Running || self.endpoint.is_none() {
            return;
        }
        self.diagnosis.progress = Progress::Running;
        self.diagnosis.began = now;
        self.diagnosis.due = None;
        fx.push(Effect::Diagnose);
    }

    pub(super) fn cancel_diagnosis(&mut self, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress == Progress::Running {
            self.diagnosis.progress = Progress::Done;
            fx.push(Effect::CancelDiagnosis);
        }
    }

    /// A try has failed in another way than the one before, so what was seen may no longer hold: look again at once, or
    /// once more as soon as the look under way has ended.
    pub(super) fn look_again(&mut self, now: Moment) {
        self.diagnosis.due = Some(now.mono);
    }

    /// When the next look of this outage is due, by the clock that never jumps.
    pub(super) fn look_due(&self) -> Option<u64> {
        let away = match self.phase {
            Phase::Connecting { .. } | Phase::Waiting { .. } | Phase::Offline { .. } | Phase::NeedsYou { .. } => true,
            Phase::Idle | Phase::Connected { .. } | Phase::Stopped => false,
        };
        let at_rest = self.diagnosis.progress != Progress::Running;
        self.diagnosis.due.filter(|_| away && at_rest && self.outage.is_some())
    }

    pub(super) fn seen(&mut self, observation: Observation, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.diagnosis.progress != Progress::Running {
            return;
        }
        if let Observation::Server(ServerCheck::Looked { probe, .. }) = &observation {
            self.note_certificate(probe);
        }
        self.diagnosis.evidence.record(observation, now);
        let mut fresh = self.diagnosis.evidence.since(self.diagnosis.began);
        let complete = fresh.is_complete();
        if complete && self.is_told_of_the_past(&fresh) {
            self.diagnosis.evidence.forget(Check::Person);
            fresh.forget(Check::Person);
        }
        let findings = self.rank(&fresh);
        let known = findings.first().is_some_and(|it| it.confidence == Confidence::Certain && it.cause.is_seen_alone());
        if complete || known {
            self.diagnosis.findings = findings;
            self.diagnosis.as_of = Some(now);
            self.conclude(now, random);
            // That the connection was cut is no cause to be kept while the checks look for one.
            if complete || self.diagnosis.best().is_some_and(|(cause, _)| cause != Cause::Cut) {
                self.note_cause(fx);
            }
        }
        if complete {
            self.diagnosis.progress = Progress::Done;
            self.count_loss(fx);
            self.plan_look(now);
        }
    }

    /// When to look again.
    fn plan_look(&mut self, now: Moment) {
        let lasts = self.diagnosis.best().is_some_and(|(cause, _)| cause.lasts_as_long_as_the_page());
        let Some(outage) = self.outage.as_ref().filter(|_| !lasts) else { return };
        let wait = look_wait(now.since(outage.since));
        // A try that failed otherwise meanwhile has asked for one at once.
        self.diagnosis.due.get_or_insert(now.mono.saturating_add(wait));
    }

    /// The person said what they saw, or took it back: it counts at once, with what the checks saw last.
    pub(super) fn told(&mut self, saw: Option<PersonSaw>, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        match saw {
            Some(saw) => self.diagnosis.evidence.record(Observation::Person(saw), now),
            None => self.diagnosis.evidence.forget(Check::Person),
        }
        self.diagnosis.told_in = self.scene(&self.diagnosis.evidence);
        let fresh = self.diagnosis.evidence.since(self.diagnosis.began);
        if self.outage.is_some() && self.diagnosis.progress == Progress::Done {
            self.diagnosis.findings = self.rank(&fresh);
            self.conclude(now, random);
            self.note_cause(fx);
        }
    }

    /// One more try has failed. The checks are not made again for that, and what they saw may say more now: an endpoint
    /// that answered them and still gives no socket has not just been cut.
    pub(super) fn reconsider(&mut self, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        let fresh = self.diagnosis.evidence.since(self.diagnosis.began);
        if self.diagnosis.progress == Progress::Done && fresh.is_complete() {
            self.diagnosis.findings = self.rank(&fresh);
            self.conclude(now, random);
            self.note_cause(fx);
        }
    }

    /// What the person saw does not age by itself, as nobody looks again for them; it is over once the checks see
    /// something else than they did then.
    fn is_told_of_the_past(&self, fresh: &Evidence) -> bool {
        let told = fresh.seen(Check::Person);
        told.is_some_and(|told| told.at.mono < self.diagnosis.began.mono) && self.scene(fresh) != self.diagnosis.told_in
    }

    fn scene(&self, evidence: &Evidence) -> Option<Scene> {
        let endpoint = self.endpoint.as_ref()?;
        let known = evidence.known_certificate();
        let probe = evidence.probe().zip(self.judge);
        let reading = probe.map(|(probe, judge)| (judge.read)(probe, endpoint, self.client, known));
        Some((reading, evidence.opaque().as_ref().map(core::mem::discriminant)))
    }

    fn rank(&self, evidence: &Evidence) -> Vec<Finding> {
        let (Some(endpoint), Some(outage), Some(judge)) = (&self.endpoint, &self.outage, self.judge) else {
            return Vec::new();
        };
        let (history, client, credential) = (&self.history, self.client, self.credential);
        (judge.rank)(&Case { endpoint, outage, began: self.diagnosis.began, history, evidence, client, credential })
    }

    /// The pause that was asked for with an answer of “too many requests”, in milliseconds.
    fn asked_pause(&self) -> Option<u64> {
        let probe = self
            .diagnosis
            .evidence
            .probe()
            .filter(|_| self.diagnosis.best().is_some_and(|(cause, _)| cause == Cause::TooMany))?;
        let answers = [probe.http.passed(), probe.upgrade.passed()];
        let seconds = answers.into_iter().flatten().filter_map(|answer| answer.retry_after_s).max()?;
        Some((u64::from(seconds) * SECOND).min(LONGEST_PAUSE))
    }

    /// Acts on the likeliest cause: a person is asked only where the evidence bears it.
    fn conclude(&mut self, now: Moment, random: u32) {
        if let (Phase::Waiting { until, not_before: false, .. }, Some(pause)) = (self.phase, self.asked_pause()) {
            let until = until.max(now.mono.saturating_add(pause));
            self.phase = Phase::Waiting { until, not_before: true };
        }
        let need = self
            .diagnosis
            .best()
            .filter(|(_, confidence)| *confidence >= Confidence::Probable)
            .and_then(|(cause, _)| cause.need());
        let recheck = self.diagnosis.best().map_or(Recheck::next(now), |(cause, _)| Recheck::after(cause, now));
        match (self.phase, need) {
            (Phase::Waiting { .. }, Some(need)) => self.phase = Phase::NeedsYou { need, recheck },
            (Phase::Connecting { id, asked_at, .. }, Some(need)) if self.outage.is_some() => {
                let recheck = Recheck::Trying { id, since: asked_at, returned: false };
                self.phase = Phase::NeedsYou { need, recheck };
            }
            (Phase::NeedsYou { recheck, .. }, Some(need)) => self.phase = Phase::NeedsYou { need, recheck },
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
    pub(super) fn note_cause(&mut self, fx: &mut Vec<Effect>) {
        let best = self.diagnosis.best();
        // What a person says can be taken back, so it counts only as long as it stands.
        let of_person = |finding: &Finding| finding.why.contains(&Basis::Check(Check::Person));
        let Some(named) = self.outage.as_ref().map(|outage| outage.named) else { return };
        let kept = self.kept(named);
        if let Some(outage) = self.outage.as_mut().filter(|_| !self.diagnosis.findings.first().is_some_and(of_person)) {
            outage.named = kept;
        }
        if let Some(loss) = self.history.last_mut().filter(|loss| loss.cause != best) {
            loss.cause = best;
            fx.push(Effect::Save);
        }
    }

    /// What explains a loss best: what the looks had named before, or what is named now.
    #[inline(never)]
    pub(super) fn kept(&self, named: Option<(Cause, Confidence)>) -> Option<(Cause, Confidence)> {
        let best = self.diagnosis.best();
        self.judge.map_or(best, |judge| (judge.kept)(named, best))
    }

    fn count_loss(&mut self, fx: &mut Vec<Effect>) {
        let cause = self.diagnosis.best().map(|(cause, _)| cause);
        if let Some(outage) = self.outage.clone().filter(|_| !self.counted) {
            self.count(&outage, cause, fx);
            self.counted = true;
        }
    }

    /// The server looked while the connection stood: what it saw is in use here, or at least not in the way. So it saw a
    /// healthy endpoint where it was answered well, whatever it holds against the certificate.
    pub(super) fn inspected(&mut self, probe: &Probe, fx: &mut Vec<Effect>) {
        self.note_certificate(probe);
        let Some(endpoint) = &self.endpoint else { return };
        self.seen_healthy = self.judge.is_some_and(|judge| (judge.read_answers)(probe, endpoint) == Reading::Healthy);
        if let Some(leaf) = probe.leaf() {
            fx.push(Effect::Remember(endpoint.clone(), KnownCertificate::from(leaf)));
        }
    }

    /// Keeps the endpoint's certificate, whichever look saw it.
    fn note_certificate(&mut self, probe: &Probe) {
        if let Some(leaf) = probe.leaf() {
            self.certificate = Some(leaf.clone());
        }
    }
}
