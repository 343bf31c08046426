//! What happens until a cause is named.

use super::Replay;
use connection::cause::Cause;
use connection::close_code::CloseCode;
use connection::evidence::{Body, PersonSaw, Reach};
use connection::machine::{Close, Credential, Event, SignInAnswer};
use connection::time::SECOND;

use crate::runner::abnormal;

impl Replay {
    /// Up to where this cause is named.
    pub(super) fn named(&mut self, cause: Cause) {
        match cause {
            Cause::Credentials => {
                self.runner.send(Event::Connect(self.endpoint(cause), Credential::Password));
                if let Some(id) = self.runner.machine.phase().live() {
                    let refused = Reach::Answered { status: 401, body: Body::Empty, ms: 30 };
                    self.runner.send(Event::SignInAnswered(id, SignInAnswer::Refused(refused)));
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
                self.runner.answers = false;
                self.runner.wait(30 * SECOND);
                self.looked(cause);
            }
            Cause::CutInUse => {
                self.begin(cause, false);
                self.runner.open();
                for _ in 0..3 {
                    self.runner.wait(239 * SECOND);
                    self.runner.hear();
                    self.runner.flap(SECOND);
                }
                self.runner.wait(239 * SECOND);
                self.runner.hear();
                self.runner.wait(SECOND);
                self.runner.close(abnormal(false));
                self.looked(cause);
            }
            Cause::Untrusted => {
                self.begin(cause, false);
                let refused = Close { code: CloseCode::TLS_HANDSHAKE, ..abnormal(true) };
                self.runner.close(refused);
                let observations = self.observations(cause);
                self.runner.see(observations);
            }
            Cause::Proxy | Cause::Blocked | Cause::Intercepted | Cause::TooManySockets => {
                self.away(Cause::BrowserOnly, 2);
                let saw =
                    if cause == Cause::Intercepted { PersonSaw::OtherCertificate } else { PersonSaw::Code(cause) };
                self.runner.send(Event::Told(Some(saw)));
            }
            Cause::IdleCut | Cause::Flapping => {
                let ups: [u64; 5] = if cause == Cause::IdleCut { [12; 5] } else { [11, 24, 9, 17, 13] };
                self.begin(cause, false);
                self.runner.open();
                for up in ups {
                    self.runner.flap(up * SECOND);
                }
                self.runner.wait(if cause == Cause::IdleCut { 12 } else { 21 } * SECOND);
                self.runner.close(abnormal(false));
                self.looked(cause);
            }
            Cause::Mixed
            | Cause::Csp
            | Cause::BrowserRefuses
            | Cause::NobodyBehind
            | Cause::SomeAddresses
            | Cause::LargePackets
            | Cause::BrowserOnly
            | Cause::NotLoaded
            | Cause::YourClock
            | Cause::WrongSite
            | Cause::ChainIncomplete
            | Cause::StaleCa
            | Cause::Forgotten
            | Cause::CannotAccept
            | Cause::ClientCertificate
            | Cause::LoginWall
            | Cause::Moved
            | Cause::Firewall
            | Cause::OriginRefused
            | Cause::HeadTooLarge
            | Cause::TooMany
            | Cause::SocketOnly
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
}
