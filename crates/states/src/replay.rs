//! What happened in a state, told to the machine step by step.

use super::evidence::{self, Facts};
use super::messages::{self, Message};
use super::teller::{Teller, abnormal};
use super::{Inputs, Vantage};
use crate::cause::{Cause, Need};
use crate::close_code::CloseCode;
use crate::endpoint::Endpoint;
use crate::evidence::{Body, Observation, Reach};
use crate::machine::{Close, Event, Machine, Phase};
use crate::policy::BOUNDED_TRIES;
use crate::remedy::Browser;
use crate::time::{MINUTE, Moment, SECOND};

/// The shape of a story; the [`Inputs`] fill in the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plot {
    /// Nothing was chosen yet.
    Idle,
    /// The first try takes its time.
    FirstTry,
    /// A connection stands.
    Connected,
    /// A connection was lost this moment.
    Interrupted,
    /// A connection was lost, tries have failed, and the next one is due after a countdown.
    Waiting,
    /// The same, with the next try on its way.
    Trying,
    /// The checks are under way.
    FindingOut,
    /// The checks have named this cause.
    Named(Cause),
    /// The endpoint closed the connection with this code.
    Closed(CloseCode),
    /// It did so again and again, until the portal asks a person to look.
    GivenUp,
    /// This computer lost its network.
    Offline,
    /// The person paused the connection.
    Paused,
    /// The connection is back.
    Recovered,
}

/// A state as it is shown.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The connection.
    pub machine: Machine,
    /// The time.
    pub now: Moment,
    /// The feed, newest first.
    pub messages: Vec<(Moment, Message)>,
    /// The person's browser.
    pub browser: Browser,
    /// What was asked for and cannot be in this state, a sentence each.
    pub remarks: Vec<String>,
}

/// How long a connection stood before something happened to it.
const UP: u64 = 94 * MINUTE;

/// Plays a plot with what was asked for, and where nothing was, with what the state has.
pub(super) fn play(plot: Plot, asked: &Inputs, given: &Inputs) -> Stage {
    let story = Story { inputs: asked.or(given), teller: Teller::new() };
    let inputs = story.inputs.clone();
    let plot = match (plot, inputs.cause, inputs.code) {
        (Plot::Named(_), Some(cause), _) => Plot::Named(cause),
        (Plot::Closed(_), _, Some(code)) => Plot::Closed(code),
        (plot, _, _) => plot,
    };
    let Teller { machine, now, .. } = story.tell(plot);
    let messages = messages::fleet(inputs.events.unwrap_or_default(), now);
    let remarks = remarks(asked, &machine, now);
    Stage { machine, now, messages, browser: inputs.browser.unwrap_or_default(), remarks }
}

struct Story {
    inputs: Inputs,
    teller: Teller,
}

impl Story {
    fn tell(mut self, plot: Plot) -> Teller {
        match plot {
            Plot::Idle => {}
            Plot::FirstTry => {
                self.begin(Cause::Down, false);
                self.teller.wait(2 * SECOND);
            }
            Plot::Connected => {
                self.begin(Cause::Closed, true);
                let probe = evidence::probe(Cause::Closed, &self.facts(Cause::Closed).facts());
                self.teller.tell(Event::Inspected(Box::new(probe)));
            }
            Plot::Interrupted => {
                self.lose(Cause::Crash);
                self.teller.wait(200);
            }
            Plot::Waiting => self.away(self.inputs.cause.unwrap_or(Cause::Crash), 4),
            Plot::Trying => {
                self.away(self.inputs.cause.unwrap_or(Cause::Crash), 4);
                self.teller.next_try();
                self.teller.wait(2 * SECOND);
            }
            Plot::FindingOut => self.finding_out(),
            Plot::Named(cause) => self.named(cause),
            Plot::Closed(code) => self.closed(code),
            Plot::GivenUp => self.given_up(),
            Plot::Offline => self.offline(Vec::new()),
            Plot::Paused => {
                self.begin(Cause::Closed, true);
                self.teller.tell(Event::Pause);
            }
            Plot::Recovered => self.recovered(self.inputs.attempt.unwrap_or(3)),
        }
        self.teller
    }

    /// The endpoint of a story: one without TLS where the cause needs that.
    fn endpoint(&self, cause: Cause) -> Endpoint {
        let asked = self.inputs.endpoint.clone();
        asked.unwrap_or_else(|| Endpoint::named("drp.example.com", cause != Cause::Mixed))
    }

    /// Up to where the story begins: a connection that stands, or a first try that is on its way.
    fn begin(&mut self, cause: Cause, stood: bool) {
        let endpoint = self.endpoint(cause);
        let losses = self.inputs.losses.unwrap_or_default();
        self.teller.sign_in(endpoint.clone());
        if stood || losses > 0 {
            self.teller.open();
        }
        for n in 0..u64::from(losses) {
            self.teller.flap((7 + n * 13 % 29) * MINUTE);
        }
        if stood {
            self.teller.wait(UP);
        } else if losses > 0 {
            self.teller.tell(Event::Connect(endpoint));
        }
    }

    fn lose(&mut self, cause: Cause) {
        self.begin(cause, true);
        let close = self.close_with(CloseCode::ABNORMAL);
        self.teller.close(close);
    }

    /// The end of a connection: by the code that was asked for, else by this one.
    fn close_with(&self, code: CloseCode) -> Close {
        let code = self.inputs.code.unwrap_or(code);
        let reason = self.inputs.reason.clone().unwrap_or_default();
        if code == CloseCode::ABNORMAL {
            return Close { reason, ..abnormal(false) };
        }
        Close { code, reason, clean: true, error: false, given_up: None }
    }

    fn facts(&self, cause: Cause) -> FactsOf<'_> {
        FactsOf { story: self, endpoint: self.endpoint(cause) }
    }

    fn observations(&self, cause: Cause) -> Vec<Observation> {
        evidence::observations(cause, &self.facts(cause).facts())
    }

    /// A cause that keeps the portal from connecting, found after the first failed try.
    fn away(&mut self, cause: Cause, attempt: u32) {
        let stood = matches!(cause, Cause::Crash | Cause::TokenExpired | Cause::Replaced);
        if stood {
            self.lose(cause);
            self.teller.next_try();
        } else {
            self.begin(cause, false);
        }
        if cause == Cause::NoAnswer {
            self.teller.time_out();
        } else {
            self.teller.fail();
        }
        let observations = self.observations(cause);
        self.teller.see(observations);
        let attempt = self.inputs.attempt.unwrap_or(attempt);
        while self.teller.machine.attempt() < attempt && matches!(self.teller.machine.phase(), Phase::Waiting { .. }) {
            self.teller.next_try();
            self.teller.fail();
        }
        self.count_down();
    }

    /// Goes on until as many seconds are left as were asked for.
    fn count_down(&mut self) {
        let Phase::Waiting { until, .. } = self.teller.machine.phase() else { return };
        let left = until.saturating_sub(self.teller.now.mono);
        let wanted = self.inputs.seconds.map_or(7 * SECOND, |seconds| u64::from(seconds) * SECOND);
        // At its end the next try begins: one millisecond before it is “now”.
        self.teller.wait(left.saturating_sub(wanted.max(1)));
    }

    fn finding_out(&mut self) {
        self.lose(Cause::Crash);
        self.teller.next_try();
        self.teller.fail();
        let observations = self.observations(self.inputs.cause.unwrap_or(Cause::Crash));
        let half = observations.len() / 2;
        self.teller.see(observations.into_iter().take(half));
    }

    fn named(&mut self, cause: Cause) {
        match cause {
            Cause::Credentials => {
                self.begin(cause, false);
                if let Some(id) = self.teller.machine.phase().live() {
                    self.teller.tell(Event::Refused(id, Reach::Answered { status: 401, body: Body::Empty, ms: 30 }));
                }
            }
            Cause::Restart => self.recovered(3),
            Cause::Offline => self.offline(self.observations(cause)),
            Cause::Cut => self.ended(cause, abnormal(false)),
            Cause::Violation => self.ended(cause, abnormal(true)),
            Cause::TooLarge => self.ended(cause, self.close_with(CloseCode::MESSAGE_TOO_BIG)),
            Cause::Closed => self.ended(cause, self.close_with(CloseCode(1011))),
            Cause::Silence => {
                self.begin(cause, true);
                self.teller.speaks = false;
                self.teller.wait(30 * SECOND);
                self.looked(cause);
            }
            Cause::IdleCut | Cause::Flapping => {
                let ups: [u64; 5] = if cause == Cause::IdleCut { [60; 5] } else { [11, 24, 9, 17, 13] };
                self.begin(cause, false);
                self.teller.open();
                for up in ups {
                    self.teller.flap(up * SECOND);
                }
                self.teller.wait(if cause == Cause::IdleCut { 60 } else { 21 } * SECOND);
                self.teller.close(abnormal(false));
                self.looked(cause);
            }
            Cause::Mixed
            | Cause::Csp
            | Cause::LocalNetwork
            | Cause::NoName
            | Cause::Down
            | Cause::NoAnswer
            | Cause::Expired
            | Cause::NotYetValid
            | Cause::WrongName
            | Cause::SelfSigned
            | Cause::UnknownCa
            | Cause::Replaced
            | Cause::BadCertificate
            | Cause::PlainHttp
            | Cause::OtherProtocol
            | Cause::OldTls
            | Cause::TlsFailed
            | Cause::UnreachableOrUntrusted
            | Cause::SignIn
            | Cause::TokenExpired
            | Cause::NoRights
            | Cause::NotDrp
            | Cause::BadGateway
            | Cause::NotDrpOrBadGateway
            | Cause::NoUpgrade
            | Cause::ClockSkew
            | Cause::Crash => self.away(cause, 2),
        }
    }

    /// A connection that stood has ended in this way.
    fn ended(&mut self, cause: Cause, close: Close) {
        self.begin(cause, true);
        self.teller.close(close);
        self.looked(cause);
    }

    /// The person had the checks made right after the loss, and the next try is on its way.
    fn looked(&mut self, cause: Cause) {
        let observations = self.observations(cause);
        self.teller.see(observations);
        if let Phase::Waiting { not_before: false, .. } = self.teller.machine.phase() {
            self.teller.next_try();
            self.teller.wait(2 * SECOND);
        }
    }

    fn closed(&mut self, code: CloseCode) {
        self.begin(Cause::Closed, true);
        let close = self.close_with(code);
        self.teller.close(close);
        match self.teller.machine.phase() {
            Phase::Waiting { not_before: true, .. } => {
                self.teller.wait(2 * SECOND);
                self.count_down();
            }
            Phase::NeedsYou { need, .. } => {
                let cause = if need == Need::Rights { Cause::NoRights } else { Cause::TokenExpired };
                let observations = self.observations(cause);
                self.teller.see(observations);
            }
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Connected { .. }
            | Phase::Waiting { .. }
            | Phase::Offline { .. }
            | Phase::Stopped => {
                self.teller.next_try();
                self.teller.wait(2 * SECOND);
            }
        }
    }

    fn given_up(&mut self) {
        self.begin(Cause::TooLarge, true);
        for _ in 0..BOUNDED_TRIES {
            let close = self.close_with(CloseCode::MESSAGE_TOO_BIG);
            self.teller.close(close);
            if let Phase::Waiting { .. } = self.teller.machine.phase() {
                self.teller.next_try();
                self.teller.open();
                self.teller.wait(2 * SECOND);
            }
        }
        let observations = self.observations(Cause::TooLarge);
        self.teller.see(observations);
    }

    fn offline(&mut self, observations: Vec<Observation>) {
        self.lose(Cause::Offline);
        self.teller.tell(Event::Offline);
        if !observations.is_empty() {
            self.teller.see(observations);
        }
        self.teller.wait(5 * SECOND);
    }

    /// After this many tries, the one that succeeded included. A first one comes so soon that the amber still stands.
    fn recovered(&mut self, attempt: u32) {
        self.lose(Cause::Crash);
        for _ in 1..attempt {
            self.teller.next_try();
            self.teller.fail();
        }
        self.teller.next_try();
        self.teller.open();
        self.teller.wait(if attempt <= 1 { 500 } else { 4 * SECOND });
    }
}

/// [`Facts`] with the endpoint that they borrow.
struct FactsOf<'a> {
    story: &'a Story,
    endpoint: Endpoint,
}

impl FactsOf<'_> {
    fn facts(&self) -> Facts<'_> {
        let inputs = &self.story.inputs;
        Facts {
            endpoint: &self.endpoint,
            now: self.story.teller.now,
            vantage: inputs.vantage.unwrap_or(Vantage::Server),
            days: inputs.days,
            issuer: inputs.issuer.as_deref(),
            names: inputs.names.as_deref(),
        }
    }
}

/// What was asked for, against what came of it.
fn remarks(asked: &Inputs, machine: &Machine, now: Moment) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(code) = asked.code.filter(|code| machine.close_code() != Some(*code)) {
        remarks.push(match machine.close_code() {
            Some(last) => format!("The code is that of the last try, {last}, not {code}."),
            None => format!("In this state there is no close code, so {code} is not shown."),
        });
    }
    if let Some(attempt) = asked.attempt.filter(|attempt| machine.attempt() != *attempt) {
        remarks.push(format!("In this state the next try is number {}, not {attempt}.", machine.attempt()));
    }
    if let Some(cause) = asked.cause {
        let best = machine.diagnosis().best().map(|(best, _)| best);
        if best != Some(cause) {
            let named = best.map_or_else(|| "none".to_owned(), |best| best.id().to_owned());
            remarks.push(format!("What could be seen of {} in this state names {named}.", cause.id()));
        }
    }
    if let Some(seconds) = asked.seconds {
        let left = match machine.phase() {
            Phase::Waiting { until, .. } => Some(until.saturating_sub(now.mono).div_ceil(SECOND)),
            Phase::Idle
            | Phase::Connecting { .. }
            | Phase::Connected { .. }
            | Phase::Offline { .. }
            | Phase::NeedsYou { .. }
            | Phase::Stopped => None,
        };
        match left {
            Some(left) if left < u64::from(seconds) => {
                remarks.push(format!("The longest wait here leaves {left} s, not {seconds} s."));
            }
            Some(_) => {}
            None => remarks.push("In this state nothing counts down.".to_owned()),
        }
    }
    remarks
}
