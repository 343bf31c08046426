//! What the megaphone, the dialog's head and the live region say.

use super::{certainty, duration, heading};
use crate::cause::{Cause, Confidence, Need};
use crate::history::{History, Loss};
use crate::machine::{
    Alarm, CONNECT_TIMEOUT, GivenUp, HELD_BACK_TIMEOUT, Machine, Phase, Progress, RECHECK_EVERY, Recheck,
};
use crate::probe::Certificate;
use crate::time::{MINUTE, Moment, SECOND};
use crate::way::leading;

/// Shown where the list of losses would be.
pub const ZERO_LOSSES: &str = "No connection has been lost in this tab.";

/// There, while what an earlier page of this tab has left is not read yet.
pub const LOSSES_UNREAD: &str = "Losses from before this page was loaded have not been read yet.";

/// Where the time of the last message would be.
pub const NO_MESSAGE: &str = "none yet";

/// Where the cause of a loss would be.
const CAUSE_UNKNOWN: &str = "cause not known";

/// The connect form's answer to a refused sign-in.
pub const SIGN_IN_REFUSED: &str = "The endpoint does not accept this user and password. Check both and try again.";

/// What the dialog says while the checks cannot be made for want of the part of the page that makes them.
pub const CHECKS_MISSING: &str = "The part of this page that finds out why a connection was lost has not arrived yet. It is asked for again every half minute.";

/// Where a part of the page would be that was asked for in vain.
pub const PART_MISSING: &str = "This part of the page has not arrived. The network or the portal's server may be away, or the portal may have a new version.";

/// What a button says where the browser does not let this page copy.
pub const COPY_REFUSED: &str = "Not allowed here; select the text and copy it";

/// What a button says while the part that does it is on its way.
pub const NOT_HERE: &str = "Not here yet; press again";

/// What it says once that part has not come.
pub const DID_NOT_COME: &str = "Did not come: no network, or a new version";

/// [`waiting`] says a minute.
const _: () = assert!(HELD_BACK_TIMEOUT - CONNECT_TIMEOUT == MINUTE);

/// From how many failed tries on the words stop promising that it will be fine.
const FAILING: u32 = 3;

/// What the red alarm says, wherever it is said: other programs look for it.
pub const RED: &str = "Unable to access DRP";

/// What stands before a page's name in its tab.
pub fn tab(alarm: Alarm) -> &'static str {
    match alarm {
        Alarm::Calm => "",
        Alarm::Amber => "Reconnecting… – ",
        Alarm::Red => "Unable to access DRP – ",
    }
}

/// What the button says that has the checks made.
pub fn run_checks(progress: Progress) -> &'static str {
    match progress {
        Progress::Idle => "Run the checks",
        Progress::Running => "Checking…",
        Progress::Done => "Check again",
    }
}

/// The megaphone's text.
pub fn megaphone(machine: &Machine) -> &'static str {
    match (machine.alarm(), machine.phase()) {
        (Alarm::Red, _) => RED,
        (Alarm::Amber, Phase::Connected { .. }) => "Connected again",
        (Alarm::Amber, _) if machine.outage().is_none() => "Connecting…",
        (Alarm::Amber, _) => "Reconnecting…",
        (Alarm::Calm, phase) => match phase {
            Phase::Idle => "Not connected",
            Phase::Connecting { .. } => "Connecting…",
            Phase::Connected { .. } => "Connected",
            Phase::Waiting { .. } | Phase::Offline { .. } => "Not connected",
            Phase::NeedsYou { .. } => "Waiting for you",
            Phase::Stopped => "Stopped",
        },
    }
}

/// The status word of a phase.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Idle => "Not connected",
        Phase::Connecting { .. } => "Connecting",
        Phase::Connected { .. } => "Connected",
        Phase::Waiting { .. } => "Waiting for the next try",
        Phase::Offline { .. } => "This computer is offline",
        Phase::NeedsYou { need, .. } => super::need(need),
        Phase::Stopped => "Stopped by you",
    }
}

/// What happened, in one sentence.
pub fn headline(machine: &Machine, now: Moment) -> String {
    let Some(outage) = machine.outage() else { return without_outage(machine, now) };
    let lost = match (outage.uptime, outage.last_close.as_ref().and_then(|close| close.given_up)) {
        (Some(up), _) => format!("The connection to DRP was lost after {}", duration(up)),
        (None, Some(GivenUp::ConnectTimeout)) => {
            let limit = duration(machine.gave_up_after());
            format!("DRP did not answer within {limit}, so the connection could not be made")
        }
        (None, Some(GivenUp::NotMade)) => "The browser refused to open a connection to DRP".to_owned(),
        (None, Some(GivenUp::Silence | GivenUp::Unanswered) | None) => {
            "The connection to DRP could not be made".to_owned()
        }
    };
    match (leading(machine), machine.diagnosis().progress()) {
        (Some((cause, confidence)), _) if confidence >= Confidence::Probable && cause != Cause::Cut => {
            let hedge = certainty(confidence).map(|hedge| format!("{hedge}: ")).unwrap_or_default();
            format!("{lost}. {hedge}{}.", heading(cause, machine))
        }
        (_, Progress::Running) => format!("{lost}. Finding out why…"),
        (_, Progress::Idle | Progress::Done) if outage.attempts >= FAILING => {
            format!("{lost}, and {} tries since have failed.", outage.attempts)
        }
        (_, Progress::Idle | Progress::Done) => format!("{lost}."),
    }
}

fn without_outage(machine: &Machine, now: Moment) -> String {
    match (machine.phase(), machine.recovered()) {
        (Phase::Connected { .. }, Some(recovered)) => format!("Connected again after {}.", duration(recovered.down)),
        (Phase::Connected { since, .. }, None) => {
            format!("Connected to DRP for {}.", duration(now.since_wall(since) / SECOND * SECOND))
        }
        (Phase::Connecting { .. }, _) => "Connecting to DRP…".to_owned(),
        (Phase::NeedsYou { .. }, _) if matches!(machine.diagnosis().best(), Some((Cause::Credentials, _))) => {
            SIGN_IN_REFUSED.to_owned()
        }
        (Phase::NeedsYou { need, .. }, _) => format!("{}.", super::need(need)),
        (Phase::Stopped, _) => "Stopped by you. The portal shows what it last knew.".to_owned(),
        (Phase::Idle | Phase::Waiting { .. } | Phase::Offline { .. }, _) => "Not connected to an endpoint.".to_owned(),
    }
}

/// The status line below the headline: what the portal does next. It counts down, so it is never read out.
pub fn waiting(machine: &Machine, now: Moment) -> String {
    match machine.phase() {
        Phase::Idle => "Choose an endpoint and sign in.".to_owned(),
        Phase::Connecting { since, .. } => match machine.may_be_held_back(now) {
            Some(waited) => format!(
                "The endpoint answered. {} may hold the connection back for up to a minute: {} so far",
                machine.client().browser.name(),
                duration(waited / SECOND * SECOND)
            ),
            None => format!("Trying now, {} so far", duration(now.since(since) / SECOND * SECOND)),
        },
        Phase::Connected { liveness, .. } => {
            format!("Last message {}", super::ago(now.since_wall(liveness.last_message_at)))
        }
        Phase::Waiting { until, .. } => match until.saturating_sub(now.mono).div_ceil(SECOND) {
            0 => "Trying now".to_owned(),
            // A try that cannot help is announced, and not as if it would.
            seconds if leading(machine).is_some_and(|(cause, _)| cause.lasts()) => {
                format!("Next try in {}", duration(seconds * SECOND))
            }
            seconds => format!("Next try in {}, by itself", duration(seconds * SECOND)),
        },
        Phase::Offline { .. } => "Reconnects as soon as there is a network.".to_owned(),
        Phase::NeedsYou { need: Need::Portal, .. } => "Reload this page once this is fixed.".to_owned(),
        Phase::NeedsYou { recheck: Recheck::Never, .. } => "Not trying: it would fail again.".to_owned(),
        Phase::NeedsYou { need, .. } if need.is_sign_in() => "The portal reconnects once you are signed in.".to_owned(),
        Phase::NeedsYou { recheck: Recheck::OnReturn, .. } => {
            "Next try when you come back to this tab or press Retry now.".to_owned()
        }
        Phase::NeedsYou { recheck: Recheck::At(_) | Recheck::Trying { .. }, .. } => {
            format!("Reconnects within {} once this is fixed.", duration(RECHECK_EVERY))
        }
        Phase::Stopped => "Resume when you want to go on.".to_owned(),
    }
}

/// What the live region says: nothing during a countdown, and the urgent part once when a person is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// For the polite region.
    pub polite: String,
    /// For the assertive region.
    pub assertive: String,
}

/// What a screen reader hears in this state.
pub fn announcement(machine: &Machine) -> Announcement {
    let polite = |text: &str| Announcement { polite: text.to_owned(), assertive: String::new() };
    if let (Phase::Connected { .. }, Some(recovered)) = (machine.phase(), machine.recovered()) {
        return polite(&format!("Connected again after {}.", duration(recovered.down)));
    }
    if machine.outage().is_none() {
        return Announcement::default();
    }
    // In one tense: each later try and look would turn it, and what changes is read out again.
    let cause = match leading(machine) {
        Some((cause, confidence)) if confidence >= Confidence::Probable => {
            let hedge = certainty(confidence).map(|hedge| format!("{hedge}: ")).unwrap_or_default();
            format!(" {hedge}{}.", cause.title())
        }
        Some(_) | None => String::new(),
    };
    match (machine.alarm(), machine.phase()) {
        (Alarm::Red, Phase::NeedsYou { need, .. }) => {
            Announcement { polite: String::new(), assertive: format!("{RED}.{cause} {}.", super::need(need)) }
        }
        (Alarm::Red, Phase::Offline { .. }) => {
            polite(&format!("{RED}.{cause} The portal reconnects once there is a network."))
        }
        (Alarm::Red, _) => polite(&format!("{RED}.{cause} The portal keeps trying.")),
        (Alarm::Amber, _) => polite("Connection interrupted. Reconnecting."),
        (Alarm::Calm, _) => Announcement::default(),
    }
}

/// One line on a loss for the timeline.
pub fn loss_line(loss: &Loss) -> String {
    let up = match loss.up {
        Some(up) => format!("lost after {}", duration(up)),
        None => "never opened".to_owned(),
    };
    let tries = if loss.attempts == 1 { "1 try".to_owned() } else { format!("{} tries", loss.attempts) };
    match loss.down {
        Some(down) => format!("{up}, back after {} and {tries}", duration(down)),
        None if loss.attempts == 0 => up,
        None => format!("{up}, {tries}"),
    }
}

/// The cause of a loss as a line: of the one that lasts as the rest of the screen tells it, of one that is over in the past.
pub fn loss_cause(loss: &Loss, machine: &Machine) -> String {
    let newest = machine.history().last().is_some_and(|last| last.number == loss.number);
    let lasts = newest && machine.outage().is_some();
    let Some((cause, confidence)) = leading(machine).filter(|_| lasts).or(loss.cause) else {
        return CAUSE_UNKNOWN.to_owned();
    };
    let title = if lasts { heading(cause, machine) } else { cause.past_title() };
    certainty(confidence).map_or_else(|| title.to_owned(), |hedge| format!("{hedge}: {title}"))
}

/// `6 losses in 2 min`, or the plain count.
pub fn count_losses(history: &History) -> String {
    match (history.flapping(), history.total()) {
        (Some((losses, span)), _) => format!("{losses} losses in {}", duration(span / SECOND * SECOND)),
        (None, 0) => ZERO_LOSSES.to_owned(),
        (None, 1) => "1 loss in this tab".to_owned(),
        (None, total) => format!("{total} losses in this tab"),
    }
}

/// A certificate that ends within so many days ends soon: time enough to have another one made.
const SOON_DAYS: i64 = 30;

/// Whether a certificate ends soon, or has ended.
pub fn ends_soon(certificate: &Certificate, now: Moment) -> bool {
    days_left(certificate, now) <= SOON_DAYS
}

/// Below 0 once it has ended.
fn days_left(certificate: &Certificate, now: Moment) -> i64 {
    let seconds = i64::try_from(now.wall / SECOND).unwrap_or(i64::MAX);
    certificate.not_after.saturating_sub(seconds).div_euclid(86_400)
}

/// What to say of a certificate that ends soon, and whether it has ended; nothing of any other.
pub fn certificate_notice(certificate: &Certificate, now: Moment) -> Option<(String, bool)> {
    let days = days_left(certificate, now);
    let on = super::date(certificate.not_after);
    let text = match days {
        ..0 => format!("The endpoint's certificate expired on {on}. New connections may be refused."),
        0 => format!("The endpoint's certificate expires today, {on}."),
        1 => format!("The endpoint's certificate expires tomorrow, {on}."),
        2..=SOON_DAYS => format!("The endpoint's certificate expires in {days} days, on {on}."),
        _ => return None,
    };
    Some((text, days < 0))
}
