//! What a tick brings: time limits, due retries, liveness, upkeep and rechecks.

use super::phase::Pulse;
use super::{
    Close, ConnectionId, Effect, GivenUp, INSPECT_EVERY, Machine, Phase, RECOVERED_SHOWN, REFRESH_EVERY, Recheck,
};
use crate::close_code::CloseCode;
use crate::time::Moment;

impl Machine {
    pub(super) fn tick(&mut self, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        if self.recovered.is_some_and(|it| now.since(it.at) >= RECOVERED_SHOWN) {
            self.recovered = None;
        }
        if self.environment.visible && self.look_due().is_some_and(|due| now.mono >= due) {
            self.diagnose(now, fx);
        }
        match self.phase {
            Phase::Idle | Phase::Stopped => {}
            Phase::Connecting { id, asked_at, .. } => {
                if now.mono.saturating_sub(asked_at) >= self.connect_timeout() {
                    fx.push(Effect::Discard(id, CloseCode::NORMAL));
                    self.failed(Some(Close::given_up(GivenUp::ConnectTimeout)), now, random, fx);
                }
            }
            Phase::Connected { id, since, liveness } => match liveness.verdict(now) {
                Pulse::Fine => self.upkeep(id, now, fx),
                Pulse::Ask => self.ping(now, fx),
                Pulse::AskAgain => {
                    self.ping(now, fx);
                    if let Phase::Connected { liveness, .. } = &mut self.phase {
                        liveness.ping_repeated = true;
                    }
                }
                Pulse::Dead => {
                    fx.push(Effect::Discard(id, Close::SILENCE));
                    let (up, heard) = (now.since(since), liveness.last_message_at);
                    self.lost(Close::given_up(GivenUp::Silence), up, heard, now, random, fx);
                }
            },
            Phase::Waiting { until, .. } => {
                if self.environment.visible && now.mono >= until {
                    self.open(now, fx);
                }
            }
            Phase::Offline { recheck, .. } | Phase::NeedsYou { recheck, .. } => match recheck {
                Recheck::At(due) if self.environment.visible && now.mono >= due => self.recheck(false, now, fx),
                Recheck::Trying { id, since, .. } if now.mono.saturating_sub(since) >= self.connect_timeout() => {
                    fx.push(Effect::Discard(id, CloseCode::NORMAL));
                    self.recheck_failed(Some(Close::given_up(GivenUp::ConnectTimeout)), now, fx);
                }
                Recheck::At(_) | Recheck::Trying { .. } | Recheck::OnReturn | Recheck::Never => {}
            },
        }
    }

    /// What a standing connection wants done from time to time.
    pub(super) fn upkeep(&mut self, id: ConnectionId, now: Moment, fx: &mut Vec<Effect>) {
        if self.inspect_at.is_some_and(|due| now.mono >= due) {
            self.inspect_at = Some(now.mono.saturating_add(INSPECT_EVERY));
            fx.push(Effect::Inspect(id));
        }
        if self.refresh_at.is_some_and(|due| now.mono >= due) {
            self.refresh_at = Some(now.mono.saturating_add(REFRESH_EVERY));
            fx.push(Effect::RefreshToken);
        }
    }

    pub(super) fn ping(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        if let Phase::Connected { id, liveness, .. } = &mut self.phase {
            liveness.ping_sent_at = Some(now.mono);
            fx.push(Effect::Ping(*id));
        }
    }

    pub(super) fn recheck(&mut self, returned: bool, now: Moment, fx: &mut Vec<Effect>) {
        let id = self.fresh_id();
        let try_first = self.first_effect(id);
        if let Phase::Offline { recheck, .. } | Phase::NeedsYou { recheck, .. } = &mut self.phase {
            *recheck = Recheck::Trying { id, since: now.mono, returned };
            fx.push(try_first);
        }
    }

    pub(super) fn recheck_failed(&mut self, close: Option<Close>, now: Moment, fx: &mut Vec<Effect>) {
        let unlike = self.note_failure(close, now);
        let seen_at = self.diagnosis.as_of().map_or(0, |seen| seen.mono);
        if let Phase::Offline { recheck, .. } | Phase::NeedsYou { recheck, .. } = &mut self.phase {
            // A person was asked while this try was under way: its end is newer than what they are asked for.
            let outlasted = matches!(recheck, Recheck::Trying { since, .. } if *since < seen_at);
            let returned = matches!(recheck, Recheck::Trying { returned: true, .. });
            *recheck = Recheck::next(now);
            if returned || unlike || outlasted {
                self.look_again(now);
                self.diagnose(now, fx);
            }
        }
    }
}
