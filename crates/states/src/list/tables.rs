//! The dialog for every cause and every close code: from their own tables, so that a new one of either is a new state.

use connection::cause::Cause;
use connection::client::Browser;
use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range};
use connection::words;

use super::cause_notes::{CauseNotes, notes};
use crate::group::Group;
use crate::inputs::{Inputs, LookedFrom};
use crate::notes::Notes;
use crate::setup::Setup;
use crate::state::{PageContent, State, View};

/// One state for each cause.
pub(super) fn causes() -> impl Iterator<Item = State> {
    Cause::all().map(cause)
}

/// One state for each close code, registered or of a range.
pub(super) fn codes() -> impl Iterator<Item = State> {
    CLOSE_CODES.iter().chain(Range::ALL.into_iter().map(Range::row)).map(code)
}

fn cause(cause: Cause) -> State {
    let CauseNotes { when, person } = notes(cause);
    let made_by: Vec<String> = MADE_BY.iter().filter(|(of, _)| *of == cause).map(|(_, id)| (*id).to_owned()).collect();
    let faults = if made_by.is_empty() { vec![cause.id().to_owned()] } else { made_by };
    let from_here = matches!(cause, Cause::UnreachableOrUntrusted | Cause::NotDrpOrBadGateway);
    let looked_from = from_here.then_some(LookedFrom::Page);
    // Only Firefox tells a page that it refused a certificate.
    let browser = (cause == Cause::Untrusted).then_some(Browser::Firefox);
    State {
        id: format!("cause-{}", cause.id()),
        group: Group::Causes,
        view: View::Dialog,
        setup: Setup::Named(cause),
        given: Inputs { looked_from, browser, ..Inputs::default() },
        page: PageContent::default(),
        notes: Notes {
            title: words::plain(cause).trim_end_matches('.').to_owned(),
            when: when.to_owned(),
            person: person.to_owned(),
            faults,
        },
    }
}

/// The faults behind a cause, where they are not called by its id alone.
const MADE_BY: [(Cause, &str); 25] = [
    (Cause::NobodyBehind, "accept-then-close"),
    (Cause::LargePackets, "large-packets"),
    (Cause::LargePackets, "large-hello"),
    (Cause::NotLoaded, "certificate"),
    (Cause::ChainIncomplete, "certificate"),
    (Cause::StaleCa, "certificate"),
    (Cause::BadCertificate, "certificate"),
    (Cause::CannotAccept, "certificate"),
    (Cause::CannotAccept, "hsts"),
    (Cause::ClientCertificate, "client-certificate"),
    (Cause::TlsFailed, "proxy-protocol"),
    (Cause::UnreachableOrUntrusted, "no-portal"),
    (Cause::Credentials, "sign-in"),
    (Cause::LoginWall, "login-wall"),
    (Cause::LoginWall, "captive-portal"),
    (Cause::BadGateway, "bad-gateway"),
    (Cause::BadGateway, "cloudflare"),
    (Cause::NotDrpOrBadGateway, "bad-gateway"),
    (Cause::NoUpgrade, "no-upgrade"),
    (Cause::NoUpgrade, "exact-connection"),
    (Cause::SocketOnly, "odd-upgrade"),
    (Cause::SocketOnly, "http2"),
    (Cause::Cut, "restart"),
    (Cause::Violation, "violation"),
    (Cause::Violation, "altered-frames"),
];

fn code(row: &'static CloseCodeRow) -> State {
    let own = CLOSE_CODES.iter().any(|it| it.code == row.code);
    // The first code of a range may have a row of its own.
    let shown =
        if own { row.code } else { (row.code..).find(|code| CloseCode(*code).row() == row).unwrap_or(row.code) };
    let reason = if row.code == CloseCode::ABNORMAL.0 { None } else { Some("said by the endpoint".to_owned()) };
    State {
        id: format!("code-{shown}"),
        group: Group::Codes,
        view: View::Dialog,
        setup: Setup::Closed(CloseCode(shown)),
        given: Inputs { reason, ..Inputs::default() },
        page: PageContent::default(),
        notes: Notes {
            title: format!("{shown} {}", row.name),
            when: row.meaning.to_owned(),
            person: row.for_drp.to_owned(),
            faults: vec!["closed".to_owned()],
        },
    }
}
