//! The world around the connection: network, visibility, leaving and coming back, and sleep.

use super::{Effect, Event, Machine, Phase, Recheck};
use crate::backoff;
use crate::close_code::CloseCode;
use crate::time::{Moment, SECOND};

/// A timer that fires this much too late, in milliseconds, was throttled or slept through.
pub(super) const LATE: u64 = 5 * SECOND;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Environment {
    pub(super) online: bool,
    pub(super) visible: bool,
    pub(super) leaving: bool,
    last: Option<Moment>,
}

impl Default for Environment {
    fn default() -> Self {
        Self { online: true, visible: true, leaving: false, last: None }
    }
}

impl Environment {
    /// Whether the computer slept since the last event: the wall clock went on without the other one, or the timer
    /// that was due came far too late.
    pub(super) fn slept(&mut self, event: &Event, now: Moment, due: Option<u64>) -> bool {
        let Some(last) = self.last.replace(now) else { return false };
        let drift = now.wall.saturating_sub(last.wall).saturating_sub(now.since(last));
        let late = *event == Event::Tick && due.is_some_and(|due| now.mono.saturating_sub(due) > LATE);
        self.visible && (drift > LATE || late)
    }
}

impl Machine {
    /// The computer slept: nothing that was true before is believed without asking.
    pub(super) fn woke(&mut self, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        match &mut self.phase {
            Phase::Connected { .. } => {
                self.ping(now, fx);
                if let Phase::Connected { liveness, .. } = &mut self.phase {
                    liveness.ping_repeated = true;
                }
            }
            Phase::Waiting { until, not_before: false, .. } => *until = soon(now, random).min(*until),
            Phase::Offline { recheck: recheck @ Recheck::At(_), .. }
            | Phase::NeedsYou { recheck: recheck @ Recheck::At(_), .. } => {
                *recheck = Recheck::At(now.mono);
            }
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {}
        }
    }

    pub(super) fn online(&mut self, now: Moment, random: u32, fx: &mut Vec<Effect>) {
        self.environment.online = true;
        match &mut self.phase {
            Phase::Connected { .. } => self.ping(now, fx),
            Phase::Offline { recheck, .. } => {
                let recheck = *recheck;
                self.phase = match recheck {
                    // A whole office comes back to its network at the same moment.
                    Recheck::At(_) | Recheck::OnReturn | Recheck::Never => {
                        Phase::Waiting { until: soon(now, random), not_before: false }
                    }
                    Recheck::Trying { id, since: asked_at, .. } => Phase::Connecting { id, since: now, asked_at },
                };
            }
            Phase::Waiting { until, not_before: false, .. } => *until = soon(now, random).min(*until),
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {}
        }
    }

    /// The browser's word is worth something only when nothing else speaks against it, so a connection that stands is
    /// asked and not given up.
    pub(super) fn offline(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        self.environment.online = false;
        match self.phase {
            Phase::Connected { .. } => self.ping(now, fx),
            Phase::Waiting { .. } => self.phase = Phase::Offline { recheck: Recheck::next(now) },
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {}
        }
    }

    /// The person is back, perhaps from accepting a certificate: find out at once.
    pub(super) fn returned(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        self.environment.visible = true;
        match self.phase {
            Phase::Waiting { not_before: false, .. } => self.open(now, fx),
            Phase::Offline { recheck: Recheck::At(_), .. }
            | Phase::NeedsYou { recheck: Recheck::At(_) | Recheck::OnReturn, .. } => {
                self.recheck(true, now, fx);
            }
            Phase::Connected { liveness, .. } => {
                if now.since(liveness.last_message_at) > SECOND && liveness.ping_sent_at.is_none() {
                    self.ping(now, fx);
                }
            }
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => {}
        }
    }

    /// The page was kept frozen; its socket was not.
    pub(super) fn restored(&mut self, now: Moment, fx: &mut Vec<Effect>) {
        (self.environment.leaving, self.environment.visible) = (false, true);
        match self.phase {
            Phase::Connecting { .. } | Phase::Connected { .. } | Phase::Waiting { .. } => {
                self.discard(CloseCode::NORMAL, fx);
                self.open(now, fx);
            }
            Phase::Offline { .. } | Phase::NeedsYou { .. } => self.returned(now, fx),
            Phase::Idle | Phase::Stopped => {}
        }
    }
}

/// Soon, but not all portals at once.
fn soon(now: Moment, random: u32) -> u64 {
    now.mono.saturating_add(backoff::full_jitter(0, random))
}
