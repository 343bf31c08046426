//! The dialog for every cause and every close code: from their own tables, so that a new one of either is a new state.

use connection::cause::Cause;
use connection::close_code::{CLOSE_CODES, CloseCode, CloseCodeRow, Range};
use connection::words;

use super::Entry;
use crate::inputs::{Inputs, Vantage};
use crate::notes::Notes;
use crate::setup::Setup;
use crate::{Group, PageContent, State, View};

/// One state for each cause, and one in which the server sees what the browser does not.
pub(super) fn causes() -> impl Iterator<Item = State> {
    Cause::ALL.into_iter().map(cause).chain([healthy_from_the_server()])
}

/// One state for each close code, registered or of a range.
pub(super) fn codes() -> impl Iterator<Item = State> {
    CLOSE_CODES.iter().chain(Range::ALL.into_iter().map(Range::row)).map(code)
}

fn cause(cause: Cause) -> State {
    let person = match cause.need() {
        Some(need) => format!("{}. The portal goes on by itself as soon as this is done.", words::need(need)),
        None => "The portal goes on by itself; the steps say what helps it along.".to_owned(),
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
    State {
        id: format!("cause-{}", cause.id()),
        group: Group::Causes,
        view: View::Dialog,
        setup: Setup::Named(cause),
        given: Inputs { vantage, ..Inputs::default() },
        page: PageContent::default(),
        notes: Notes {
            title: words::plain(cause).trim_end_matches('.').to_owned(),
            when: format!("The checks say: {}", words::plain(cause)),
            person,
            faults: vec![fault.to_owned()],
        },
    }
}

fn healthy_from_the_server() -> State {
    let entry = Entry {
        id: "cause-trusted-elsewhere",
        title: "Trusted by the server, not by this browser",
        setup: Setup::Named(Cause::UnreachableOrUntrusted),
        given: &[("vantage", "server")],
        when: "The portal's server sees a healthy endpoint with a certificate that it trusts; this browser gets nowhere.",
        person: "The difference lies between this browser and the endpoint: a proxy, a certificate store, a network.",
        faults: &["unknown-ca"],
    };
    entry.state(Group::Causes, View::Dialog)
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
