//! The life of a socket: asked for, opened, lost, failed, refused, let go.

use super::{
    Close, ConnectionId, Diagnosis, Effect, INSPECT_AFTER, Liveness, Machine, Outage, Phase, Progress, Recheck,
    Recovered, STABLE, TokenLife, UNRELATED,
};
use crate::backoff;
use crate::cause::{Cause, Need};
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::evidence::Reach;
use crate::history::Loss;
use crate::policy::{self, Next};
use crate::service::LossCount;
use crate::time::Moment;
use crate::verdict;

impl Machine {
    pub(super) fn connect(&mut self, endpoint: Endpoint, now: Moment, fx: &mut Vec<Effect>) {
        self.rest(Phase::Idle, fx);
        if self.endpoint.as_ref() != Some(&endpoint) {
            self.certificate = None;
        }
        self.endpoint = Some(endpoint);
        (self.failures, self.streak) = (0, (CloseCode::NORMAL, 0));
        self.open(now, fx);
    }

    pub(super) fn retry(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        match self.phase {
            Phase::Connected { .. } => self.ping(now, fx),
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {
                if self.endpoint.is_some() {
                    self.discard(CloseCode::NORMAL, fx);
                    self.diagnosis.reopen();
                    self.open(now, fx);
                }
            }
        }
    }

    /// Lets go of everything that is under way.
    pub(super) fn rest(&mut self, phase: Phase, fx: &mut Vec<Effect>) {
        self.discard(CloseCode::NORMAL, fx);
        self.cancel_diagnosis(fx);
        self.diagnosis = Diagnosis::default();
        self.phase = phase;
        self.outage = None;
        self.recovered = None;
    }

    pub(super) fn signed_in(&mut self, life: TokenLife, now: Moment, fx: &mut Vec<Effect>) {
        self.token = Some(life);
        self.refresh_at = Some(life.refresh_due(now));
        if let Phase::NeedsYou { need: Need::SignIn | Need::Rights, .. } = self.phase {
            self.discard(CloseCode::NORMAL, fx);
            self.open(now, fx);
        }
    }

    pub(super) fn opened(&mut self, id: ConnectionId, now: Moment, fx: &mut Vec<Effect>) {
        self.phase = Phase::Connected { id, since: now, liveness: Liveness::heard_at(now) };
        self.inspect_at = Some(now.mono.saturating_add(INSPECT_AFTER));
        self.cancel_diagnosis(fx);
        fx.push(Effect::Subscribe(id));
        if let Some(outage) = self.outage.take() {
            let down = now.since_wall(outage.since);
            let cause = verdict::of_recovery(&outage, &self.history, self.diagnosis.best());
            if let Some(loss) = self.history.last_mut() {
                (loss.down, loss.attempts, loss.cause) = (Some(down), outage.attempts.saturating_add(1), cause);
            }
            self.diagnosis.agree(cause);
            self.recovered = Some(Recovered { at: now, down });
            if !outage.counted {
                self.count(&outage, cause.map(|(cause, _)| cause), fx);
            }
            fx.push(Effect::Save);
        }
    }

    pub(super) fn closed(&mut self, close: Close, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.environment.leaving {
            return;
        }
        match self.phase {
            Phase::Connected { since, .. } => self.lost(close, now.since(since), now, random, fx),
            Phase::Connecting { .. } => self.failed(Some(close), now, random, fx),
            Phase::Offline { .. } | Phase::NeedsYou { .. } => self.recheck_failed(now, fx),
            Phase::Idle | Phase::Waiting { .. } | Phase::Stopped => {}
        }
    }

    /// A connection that had stood has ended.
    pub(super) fn lost(&mut self, close: Close, up: u64, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if up >= STABLE {
            self.failures = 0;
        }
        let in_a_row = if self.streak.0 == close.code && up < UNRELATED { self.streak.1.saturating_add(1) } else { 1 };
        self.streak = (close.code, in_a_row);
        self.begin_outage(Some(close.clone()), Some(up), now, fx);
        match policy::after(close.code, self.failures, in_a_row, random) {
            Next::Retry(wait) => self.wait(wait, false, now),
            Next::RetryNotBefore(wait) => {
                self.failures = self.failures.max(backoff::AT_CAP);
                self.wait(wait, true, now);
            }
            Next::Person(need) => {
                self.phase = Phase::NeedsYou { need, since: now, recheck: Recheck::OnReturn };
                self.diagnose(fx);
            }
        }
        self.failures = self.failures.saturating_add(1);
    }

    /// A try has failed before a connection stood.
    pub(super) fn failed(&mut self, close: Option<Close>, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        match &mut self.outage {
            Some(outage) => outage.last_close = close.or(outage.last_close.take()),
            None => self.begin_outage(close, None, now, fx),
        }
        if let Some(outage) = &mut self.outage {
            outage.attempts = outage.attempts.saturating_add(1);
            if let Some(loss) = self.history.last_mut() {
                loss.attempts = outage.attempts;
            }
        }
        self.wait(backoff::full_jitter(self.failures, random), false, now);
        self.failures = self.failures.saturating_add(1);
        if self.diagnosis.progress() == Progress::Idle {
            self.diagnose(fx);
        }
        self.reconsider(now, random, fx);
    }

    /// The endpoint, or what answers in its place, gave no token.
    pub(super) fn refused(&mut self, reach: Reach, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        let cause = verdict::of_refusal(reach);
        if cause == Cause::Credentials {
            fx.push(Effect::Forget);
        }
        let news = self.diagnosis.best().is_none_or(|(known, _)| known != cause);
        let looking = matches!(self.phase, Phase::NeedsYou { .. }) && !news;
        if looking || matches!(self.phase, Phase::Offline { .. }) {
            return self.recheck_failed(now, fx);
        }
        self.cancel_diagnosis(fx);
        self.diagnosis.set_from_sign_in(cause, reach);
        match cause.need() {
            Some(need) => self.phase = Phase::NeedsYou { need, since: now, recheck: Recheck::after(cause, now) },
            None => self.failed(None, now, random, fx),
        }
    }

    pub(super) fn begin_outage(&mut self, close: Option<Close>, up: Option<u64>, now: Moment, fx: &mut Vec<Effect>) {
        self.cancel_diagnosis(fx);
        let known = close.is_none();
        if !known {
            self.diagnosis = Diagnosis::default();
        }
        self.recovered = None;
        let (code, reason, clean) = close
            .as_ref()
            .map_or((CloseCode::ABNORMAL, String::new(), false), |it| (it.code, it.reason.clone(), it.clean));
        let cause = self.diagnosis.best();
        self.history.push(Loss { number: 0, at: now.wall, code, reason, clean, up, down: None, attempts: 0, cause });
        let first_close = close.clone().filter(|_| up.is_some());
        self.outage =
            Some(Outage { since: now, last_close: close, first_close, uptime: up, attempts: 0, counted: false });
        fx.push(Effect::Save);
    }

    pub(super) fn wait(&mut self, wait: u64, not_before: bool, now: Moment) {
        self.phase = if self.environment.online {
            Phase::Waiting { since: now, until: now.mono.saturating_add(wait), not_before }
        } else {
            Phase::Offline { since: now, recheck: Recheck::next(now) }
        };
    }

    pub(super) fn open(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        let id = self.fresh_id();
        self.phase = Phase::Connecting { id, since: now };
        if self.token.is_some_and(|token| token.is_worth_refreshing(now)) {
            fx.push(Effect::RefreshToken);
        }
        fx.push(Effect::Open(id));
    }

    pub(super) fn fresh_id(&mut self) -> ConnectionId {
        self.next_id = self.next_id.wrapping_add(1);
        ConnectionId(self.next_id)
    }

    pub(super) fn discard(&mut self, code: CloseCode, fx: &mut Vec<Effect>) {
        if let Some(id) = self.phase.live() {
            fx.push(Effect::Discard(id, code));
        }
    }

    pub(super) fn count(&mut self, outage: &Outage, cause: Option<Cause>, fx: &mut Vec<Effect>) {
        let Some(endpoint) = &self.endpoint else { return };
        let first = outage.first_close.as_ref().or(outage.last_close.as_ref());
        let code = first.map_or(CloseCode::ABNORMAL, |close| close.code).0;
        let cause = cause.map(|cause| cause.id().to_owned());
        fx.push(Effect::Count(LossCount { endpoint: endpoint.to_string(), code, cause }));
    }
}
