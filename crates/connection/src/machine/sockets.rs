//! The life of a socket: asked for, opened, lost, failed, refused, let go.

use super::{
    CONNECT_TIMEOUT, Close, ConnectionId, Credential, Diagnosis, Effect, GivenUp, HELD_BACK_TIMEOUT, INSPECT_AFTER,
    Liveness, Machine, OPENS_WITHIN, Outage, Phase, Progress, Recheck, Recovered, STABLE, SignInAnswer, TokenLife,
    UNRELATED,
};
use crate::cause::{Cause, Need};
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::evidence::Reach;
use crate::history::Loss;
use crate::policy::{self, Next};
use crate::service::{LossCount, REQUEST_LIMIT};
use crate::time::Moment;
use crate::verdict;

impl Machine {
    pub(super) fn connect(&mut self, endpoint: Endpoint, credential: Credential, now: Moment, fx: &mut Vec<Effect>) {
        self.rest(Phase::Idle, fx);
        self.hold(credential, now);
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
                    self.cancel_diagnosis(fx);
                    self.diagnosis.reopen();
                    self.open(now, fx);
                }
            }
        }
    }

    /// The answer to the browser's question comes seconds later: it counts only where the permission is still missing.
    pub(super) fn permission_answered(&mut self, endpoint: &Endpoint, now: Moment, fx: &mut Vec<Effect>) {
        let missing = matches!(self.phase, Phase::NeedsYou { need: Need::Permission, .. });
        if missing && self.endpoint.as_ref() == Some(endpoint) {
            self.retry(now, fx);
        }
    }

    /// Lets go of everything that is under way.
    pub(super) fn rest(&mut self, phase: Phase, fx: &mut Vec<Effect>) {
        self.discard(CloseCode::NORMAL, fx);
        self.cancel_diagnosis(fx);
        if let Some(outage) = self.outage.take()
            && let (Some(cause), Some(loss)) = (self.kept(outage.named), self.history.last_mut())
        {
            loss.cause = Some(cause);
            fx.push(Effect::Save);
        }
        self.diagnosis = Diagnosis::default();
        self.phase = phase;
        self.recovered = None;
    }

    /// Takes note of what the portal signs in with from now on.
    pub(super) fn hold(&mut self, credential: Credential, now: Moment) {
        self.credential = credential;
        self.refresh_at = self.token().map(|life| life.refresh_due(now));
    }

    /// Drops what the portal signed in with.
    pub(super) fn forget(&mut self, fx: &mut Vec<Effect>) {
        self.credential = Credential::None;
        self.refresh_at = None;
        fx.push(Effect::Forget);
    }

    /// A fresh token came for one that still worked. Where a person was asked to sign in, it may be the answer.
    pub(super) fn token_refreshed(&mut self, life: TokenLife, now: Moment, fx: &mut Vec<Effect>) {
        self.hold(Credential::Token(Some(life)), now);
        if let Phase::NeedsYou { need, .. } = self.phase
            && need.is_sign_in()
        {
            self.discard(CloseCode::NORMAL, fx);
            self.open(now, fx);
        }
    }

    /// The request for a token has ended. Where nothing answered it, the socket is tried all the same: its close is what
    /// the browser has to say. But not where each failed socket makes the browser hold the next one back longer.
    pub(super) fn sign_in_answered(
        &mut self,
        id: ConnectionId,
        answer: SignInAnswer,
        now: Moment,
        random: u32,
        fx: &mut Vec<Effect>,
    ) {
        match answer {
            SignInAnswer::Token(life) => {
                self.hold(Credential::Token(Some(life)), now);
                self.restart_clock(now);
                fx.push(Effect::Open(id));
            }
            SignInAnswer::Unanswered if self.knocks() => {
                self.closed(Close::given_up(GivenUp::Unanswered), now, random, fx);
            }
            SignInAnswer::Unanswered => {
                self.restart_clock(now);
                fx.push(Effect::Open(id));
            }
            SignInAnswer::Refused(reach) => self.refused(reach, now, random, fx),
        }
    }

    /// The request that spares the socket has ended.
    pub(super) fn knocked(&mut self, id: ConnectionId, reach: Reach, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if reach.arrived() {
            self.restart_clock(now);
            fx.push(Effect::Open(id));
        } else {
            self.closed(Close::given_up(GivenUp::Unanswered), now, random, fx);
        }
    }

    /// The socket has its whole time, however long what came before it took.
    fn restart_clock(&mut self, now: Moment) {
        match &mut self.phase {
            Phase::Connecting { asked_at, .. } => *asked_at = now.mono,
            Phase::Offline { recheck: Recheck::Trying { since, .. }, .. }
            | Phase::NeedsYou { recheck: Recheck::Trying { since, .. }, .. } => *since = now.mono,
            Phase::Idle
            | Phase::Connected { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {}
        }
    }

    /// How long a try may take: longer where the browser itself holds the socket back, which is no fault of the
    /// endpoint's.
    pub(super) fn connect_timeout(&self) -> u64 {
        if self.knocks() { HELD_BACK_TIMEOUT } else { CONNECT_TIMEOUT }
    }

    /// How long the last try could take that was not answered, in milliseconds.
    pub fn gave_up_after(&self) -> u64 {
        self.outage.as_ref().map_or(CONNECT_TIMEOUT, |outage| outage.gave_up_after)
    }

    /// Since when the browser may be holding the socket of this try back, as the endpoint had answered just before; nothing
    /// where it does not, or has hardly had the time to open one.
    pub fn may_be_held_back(&self, now: Moment) -> Option<u64> {
        let Phase::Connecting { since, asked_at, .. } = self.phase else { return None };
        let waited = now.mono.saturating_sub(asked_at);
        (self.knocks() && asked_at > since.mono && waited >= OPENS_WITHIN).then_some(waited)
    }

    /// Whether a try begins with a request. The first one after a loss does not: how its socket ends says most.
    fn knocks(&self) -> bool {
        let failed = self.outage.as_ref().is_some_and(|outage| outage.attempts > 0);
        failed && self.client.browser.holds_sockets_back()
    }

    /// What a try begins with.
    pub(super) fn first_effect(&self, id: ConnectionId) -> Effect {
        match self.credential {
            Credential::Password => Effect::SignIn(id),
            Credential::None | Credential::Token(_) if self.knocks() => Effect::Knock(id),
            Credential::None | Credential::Token(_) => Effect::Open(id),
        }
    }

    pub(super) fn opened(&mut self, id: ConnectionId, now: Moment, fx: &mut Vec<Effect>) {
        self.phase = Phase::Connected { id, since: now, liveness: Liveness::heard_at(now) };
        self.inspect_at = Some(now.mono.saturating_add(INSPECT_AFTER));
        self.seen_healthy = false;
        self.cancel_diagnosis(fx);
        fx.push(Effect::Subscribe(id));
        if let Some(outage) = self.outage.take() {
            let down = now.since_wall(outage.since);
            let cause = verdict::of_recovery(&outage, &self.history, self.client, self.kept(outage.named));
            if let Some(loss) = self.history.last_mut() {
                (loss.down, loss.attempts, loss.cause) = (Some(down), outage.attempts.saturating_add(1), cause);
            }
            self.diagnosis.reconcile(cause, outage.first_close.is_some());
            self.recovered = Some(Recovered { at: now, down });
            if !self.counted {
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
            Phase::Connected { since, liveness, .. } => {
                self.lost(close, now.since(since), liveness.last_message_at, now, random, fx);
            }
            Phase::Connecting { .. } => self.failed(Some(close), now, random, fx),
            Phase::Offline { .. } | Phase::NeedsYou { .. } => self.recheck_failed(Some(close), now, fx),
            Phase::Idle | Phase::Waiting { .. } | Phase::Stopped => {}
        }
    }

    /// A connection that had stood has ended.
    pub(super) fn lost(
        &mut self,
        close: Close,
        up: u64,
        last_message_at: Moment,
        now: Moment,
        random: u32,
        fx: &mut Vec<Effect>,
    ) {
        if up >= STABLE {
            self.failures = 0;
        }
        let in_a_row = if self.streak.0 == close.code && up < UNRELATED { self.streak.1.saturating_add(1) } else { 1 };
        self.streak = (close.code, in_a_row);
        self.begin_outage(Some(close.clone()), Some(up), Some(now.since(last_message_at)), now, fx);
        match policy::after(close.code, self.failures, in_a_row, random) {
            Next::Retry { wait, not_before, failures } => {
                self.failures = failures;
                self.wait(wait, not_before, now);
            }
            Next::Person(need) => {
                self.failures = self.failures.saturating_add(1);
                self.phase = Phase::NeedsYou { need, recheck: Recheck::OnReturn };
                self.diagnose(now, fx);
            }
        }
    }

    /// A try has failed before a connection stood.
    pub(super) fn failed(&mut self, close: Option<Close>, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        let unlike = self.note_failure(close.clone(), now);
        if self.outage.is_none() {
            self.begin_outage(close, None, None, now, fx);
        }
        if let Some(outage) = &mut self.outage {
            outage.attempts = outage.attempts.saturating_add(1);
            if let Some(loss) = self.history.last_mut() {
                loss.attempts = outage.attempts;
            }
        }
        let (wait, failures) = policy::after_failure(self.failures, random);
        self.failures = failures;
        self.wait(wait, false, now);
        self.reconsider(now, random, fx);
        if unlike && self.diagnosis.progress() != Progress::Idle {
            self.look_again(now);
        }
        if unlike || self.diagnosis.progress() == Progress::Idle {
            self.diagnose(now, fx);
        }
    }

    /// Keeps when and how the last try failed, and tells whether it failed in another way than the one before.
    pub(super) fn note_failure(&mut self, close: Option<Close>, now: Moment) -> bool {
        let limit = self.connect_timeout();
        let Some(outage) = &mut self.outage else { return false };
        outage.failed_at = now;
        let Some(close) = close else { return false };
        match close.given_up {
            Some(GivenUp::ConnectTimeout) => outage.gave_up_after = limit,
            Some(GivenUp::Unanswered) => outage.gave_up_after = REQUEST_LIMIT,
            Some(GivenUp::Silence | GivenUp::NotMade) | None => {}
        }
        let unlike = outage.attempts > 0 && outage.last_close.as_ref().is_some_and(|last| close.is_unlike(last));
        // A request that was not answered in a socket's place tells less than the socket before it.
        if close.given_up != Some(GivenUp::Unanswered) || outage.last_close.is_none() {
            outage.last_close = Some(close);
            outage.closed_at = now;
        }
        unlike
    }

    /// The endpoint, or what answers in its place, gave no token.
    pub(super) fn refused(&mut self, reach: Reach, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        let (cause, _) = verdict::of_refusal(reach);
        if cause == Cause::Credentials {
            self.forget(fx);
        }
        let news = self.diagnosis.best().is_none_or(|(known, _)| known != cause);
        let rechecking = matches!(self.phase, Phase::NeedsYou { .. }) && !news;
        if rechecking || matches!(self.phase, Phase::Offline { .. }) {
            return self.recheck_failed(None, now, fx);
        }
        self.cancel_diagnosis(fx);
        self.diagnosis.set_from_sign_in(reach, now);
        self.note_cause(fx);
        match cause.need() {
            Some(need) => self.phase = Phase::NeedsYou { need, recheck: Recheck::after(cause, now) },
            None => self.failed(None, now, random, fx),
        }
    }

    pub(super) fn begin_outage(
        &mut self,
        close: Option<Close>,
        up: Option<u64>,
        quiet: Option<u64>,
        now: Moment,
        fx: &mut Vec<Effect>,
    ) {
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
        let down = None;
        self.history.push(Loss { number: 0, at: now.wall, code, reason, clean, up, quiet, down, attempts: 0, cause });
        let first_close = close.clone().filter(|_| up.is_some());
        let seen_healthy = up.is_some() && self.seen_healthy;
        self.counted = false;
        self.outage = Some(Outage {
            since: now,
            first_close,
            last_close: close,
            closed_at: now,
            failed_at: now,
            gave_up_after: CONNECT_TIMEOUT,
            uptime: up,
            attempts: 0,
            seen_healthy,
            named: cause,
        });
        fx.push(Effect::Save);
    }

    pub(super) fn wait(&mut self, wait: u64, not_before: bool, now: Moment) {
        self.phase = if self.environment.online {
            Phase::Waiting { until: now.mono.saturating_add(wait), not_before }
        } else {
            Phase::Offline { recheck: Recheck::next(now) }
        };
    }

    pub(super) fn open(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        let id = self.fresh_id();
        self.phase = Phase::Connecting { id, since: now, asked_at: now.mono };
        if self.token().is_some_and(|token| token.is_worth_refreshing(now)) {
            fx.push(Effect::RefreshToken);
        }
        let first = self.first_effect(id);
        fx.push(first);
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
