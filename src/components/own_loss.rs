//! What was lost, why, and the first thing to do, above everything else on the troubleshooting page.

use connection::close_code::CloseCode;
use connection::remedy::Button;
use connection::view::OwnLoss;
use leptos::prelude::*;

use super::close_badge::RowLink;
use super::remedy::Remedy;
use super::way::picture;

/// The card of the person's own loss. It is hidden while there is none.
#[component]
pub fn OwnLossCard(
    own_loss: Memo<Option<OwnLoss>>,
    press: Callback<Button>,
    /// Opens the dialog, where all steps are.
    open: RwSignal<bool>,
) -> impl IntoView {
    let part =
        move |part: fn(&OwnLoss) -> Option<String>| Memo::new(move |_| own_loss.with(|it| it.as_ref().and_then(part)));
    let badge = part(|it| it.badge.map(str::to_owned));
    let heading = part(|it| Some(it.heading.clone()));
    let facts = part(|it| it.facts.clone());
    let endpoint = part(|it| Some(it.endpoint.clone()));
    let since = part(|it| Some(it.since.clone()));
    let code = Memo::new(move |_| own_loss.with(|it| it.as_ref().and_then(|it| it.code)));
    let next = part(|it| Some(it.next.clone()));
    let helper = Memo::new(move |_| own_loss.with(|it| it.as_ref().and_then(|it| it.helper)));
    let way = Memo::new(move |_| own_loss.with(|it| it.as_ref().and_then(|it| it.picture.clone())));
    let step = Memo::new(move |_| {
        own_loss.with(|it| it.as_ref().and_then(|it| it.step.clone())).into_iter().collect::<Vec<_>>()
    });
    view! {
        <section class="card own-loss" aria-labelledby="own-loss" hidden=move || heading.with(Option::is_none)>
            <h2 id="own-loss">
                <span hidden=move || badge.with(Option::is_none)>
                    <span class="badge badge-warn">{badge} ":"</span>
                    " "
                </span>
                {heading}
            </h2>
            <p class="own-loss-facts" hidden=move || facts.with(Option::is_none)>{facts}</p>
            {move || way.get().map(picture)}
            <div class="own-loss-step" hidden=move || step.with(Vec::is_empty)>
                <Remedy steps=step press />
            </div>
            <div class="hint own-loss-next">
                <p>{next}</p>
                <p hidden=move || helper.with(Option::is_none)>{helper}</p>
            </div>
            <p class="hint own-loss-about">
                <span hidden=move || code.with(Option::is_none)>{move || code.get().map(named)}</span>
                <span>{since}</span>
                <span class="wrap-anywhere">{endpoint}</span>
                <button type="button" class="btn ms-auto" on:click=move |_| open.set(true)>
                    "All steps"
                </button>
            </p>
        </section>
    }
}

fn named(code: CloseCode) -> impl IntoView {
    view! {
        <RowLink code>
            <span class="sr-only">"Close code "</span>
            {code.0}
            " · "
            {code.name()}
        </RowLink>
    }
}
