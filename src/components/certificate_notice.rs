//! That the endpoint's certificate ends soon, while there is still time, and how to replace it. Rarely there, so it comes with
//! the dialog, whose steps it shows.

use connection::remedy;
use connection::words;
use leptos::prelude::*;

use super::later::Later;
use super::remedy::{Remedy, press};
use crate::icon::{Icon, icon};
use crate::part::part;
use crate::portal::Portal;

part! {
    dialog, fetch fetch,
    /// Draws the notice.
    fn notice() -> fn(Portal) -> AnyView {
        |portal| Notice(NoticeProps { portal }).into_any()
    }
}

/// The notice, once there is one.
#[component]
pub fn CertificateNotice(portal: Portal) -> impl IntoView {
    let now = portal.now.get_value().watch();
    let soon = Memo::new(move |_| {
        portal.machine.with(|machine| machine.certificate().is_some_and(|it| words::ends_soon(it, now.get())))
    });
    view! {
        {move || soon.get().then(|| view! { <Later ask=notice with=portal /> }.into_any()).into_any()}
    }
}

#[component]
fn Notice(portal: Portal) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let press = press(portal);
    let notice = Memo::new(move |_| {
        state.with(|machine| machine.certificate().and_then(|it| words::certificate_notice(it, now.get())))
    });
    let steps = Memo::new(move |_| state.with(remedy::renewal));
    let draw = move |(text, ended): (String, bool)| {
        view! {
            <section class="notice mt-6 p-5" data-alarm=if ended { "red" } else { "amber" } aria-label="Certificate">
                <details>
                    <summary class="flex cursor-pointer flex-wrap items-center gap-3">
                        {icon(Icon::Warning)}
                        <span class="min-w-0 flex-1 basis-60 [font-weight:700]">{text}</span>
                        <span class="btn">"How to replace it"</span>
                    </summary>
                    <div class="mt-4">
                        <Remedy steps press />
                    </div>
                </details>
            </section>
        }
        .into_any()
    };
    view! { {move || notice.get().map(draw).into_any()} }
}
