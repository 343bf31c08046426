//! All that is known beyond the first screen: what speaks for the cause, what was checked, how the connection ended, and
//! the losses before.

use connection::time::Moment;
use connection::view::{CertificateFacts, in_two_lines};
use leptos::prelude::*;

use super::checklist::Checklist;
use super::copy_button::CopyButton;
use super::facts::LossFacts;
use super::report::DownloadReport;
use super::timeline::Timeline;
use super::verdict::Verdict;
use crate::portal::Portal;

/// Everything else.
#[component]
pub fn Details(portal: Portal, now: Signal<Moment>) -> impl IntoView {
    let state = portal.machine;
    let loss = Memo::new(move |_| state.with(|machine| machine.history().last().cloned()));
    let certificate = Memo::new(move |_| state.with(CertificateFacts::of));
    let known = Memo::new(move |_| state.with(|machine| machine.endpoint().is_some()));
    view! {
        <div class="details">
            <Verdict state now />
            <section hidden=move || !known.get()>
                <Checklist state dispatch=portal.dispatch />
            </section>
            {move || certificate.get().map(certificate_facts)}
            {move || {
                loss.get()
                    .map(|loss| {
                        view! {
                            <section>
                                <h3>"The last loss, as the browser reported it"</h3>
                                <LossFacts loss now />
                            </section>
                        }
                    })
            }}
            <section>
                <h3>"Losses in this tab"</h3>
                <Timeline state now />
            </section>
            <DownloadReport portal />
        </div>
    }
}

fn certificate_facts(CertificateFacts { issuer, until, fingerprint }: CertificateFacts) -> impl IntoView {
    let [one, other] = in_two_lines(&fingerprint);
    view! {
        <section>
            <h3>"The endpoint's certificate, as the portal's server sees it"</h3>
            <dl class="facts">
                <div>
                    <dt>"Issued by"</dt>
                    <dd>{issuer}</dd>
                </div>
                <div>
                    <dt>"Valid until"</dt>
                    <dd>{until}</dd>
                </div>
            </dl>
            <dl class="fingerprints">
                <div>
                    <dt>"SHA-256"</dt>
                    <dd>
                        <span>{one}</span>
                        <span>{other}</span>
                    </dd>
                </div>
            </dl>
            <CopyButton text=move |()| Some(fingerprint.clone()) label="Copy fingerprint" />
        </section>
    }
}
