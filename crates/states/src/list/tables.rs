//! The dialog for every cause and every close code: from their own tables, so that a new one of either is a new state.

use connection::cause::Cause;
use connection::client::Browser;
use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range};
use connection::words;

use crate::inputs::{Inputs, Vantage};
use crate::notes::Notes;
use crate::setup::Setup;
use crate::{Group, PageContent, State, View};

/// One state for each cause.
pub(super) fn causes() -> impl Iterator<Item = State> {
    Cause::all().map(cause)
}

/// One state for each close code, registered or of a range.
pub(super) fn codes() -> impl Iterator<Item = State> {
    CLOSE_CODES.iter().chain(Range::ALL.into_iter().map(Range::row)).map(code)
}

fn cause(cause: Cause) -> State {
    let person = match cause.need() {
        Some(need) => format!("{}. The portal reconnects on its own then.", words::need(need)),
        None => "The portal keeps trying on its own; the steps say what helps it along.".to_owned(),
    };
    // What the endpoint's side has no fault of its own for is met with these.
    const MADE_BY: [(Cause, &str); 6] = [
        (Cause::Credentials, "sign-in"),
        (Cause::UnreachableOrUntrusted, "no-portal"),
        (Cause::NotDrpOrBadGateway, "bad-gateway"),
        (Cause::Cut, "restart"),
        (Cause::BadCertificate, "old-tls"),
        (Cause::TlsFailed, "old-tls"),
    ];
    let fault = MADE_BY.iter().find(|(of, _)| *of == cause).map_or(cause.id(), |(_, id)| id);
    let from_here = matches!(cause, Cause::UnreachableOrUntrusted | Cause::NotDrpOrBadGateway);
    let vantage = from_here.then_some(Vantage::Page);
    // Only Firefox tells a page that it refused a certificate.
    let browser = (cause == Cause::Untrusted).then_some(Browser::Firefox);
    State {
        id: format!("cause-{}", cause.id()),
        group: Group::Causes,
        view: View::Dialog,
        setup: Setup::Named(cause),
        given: Inputs { vantage, browser, ..Inputs::default() },
        page: PageContent::default(),
        notes: Notes {
            title: words::plain(cause).trim_end_matches('.').to_owned(),
            when: format!("The checks say: {}", words::plain(cause)),
            person,
            faults: vec![fault.to_owned()],
        },
    }
}

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
