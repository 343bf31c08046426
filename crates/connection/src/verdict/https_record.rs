//! Whether DNS leads browsers elsewhere than the portal's server: a zone that answers for a name inside, and not for its
//! HTTPS record, lets that of the public zone through.

use super::server::{Reading, read, read_answers};
use crate::client::{Browser, Client};
use crate::endpoint::Endpoint;
use crate::evidence::Evidence;
use crate::probe::HttpsRecord;

/// The HTTPS record that can keep this browser away from an endpoint at which DRP answers the server. It is a reason at the
/// most, and never by itself a cause: where a record belongs to the endpoint, it does no harm.
pub fn leading_astray<'a>(evidence: &'a Evidence, endpoint: &Endpoint, client: Client) -> Option<&'a HttpsRecord> {
    let probe = evidence.probe()?;
    let record = probe.https_record.as_ref().filter(|record| record.leads_elsewhere())?;
    let reached = match read(probe, endpoint, client, evidence.known_certificate()) {
        Reading::Healthy => true,
        // A certificate that a person can accept is no sign of another server.
        Reading::OnTheWay(cause) => cause.is_about_trust() && read_answers(probe, endpoint) == Reading::Healthy,
        Reading::AtTheSocket(_) | Reading::Unknown => false,
    };
    (reached && follows(client.browser)).then_some(record)
}

/// Whether a browser asks DNS for HTTPS records.
fn follows(browser: Browser) -> bool {
    match browser {
        Browser::Chromium | Browser::Firefox | Browser::Safari | Browser::Other => true,
        Browser::WebKitGtk => false,
    }
}
