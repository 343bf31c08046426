//! Plain facts: of the standing connection, and of how the last one ended.

use connection::history::Loss;
use connection::machine::Machine;
use connection::time::Moment;
use connection::view::{certificate_end, last_message, standing};
use connection::words;
use leptos::prelude::*;

use super::time::{clock, iso};

/// Since when the connection stands or is away, what came through it, and when something was last heard: each in the same
/// place before and after a loss.
#[component]
pub fn ConnectionFacts(
    state: Signal<Machine>,
    now: Signal<Moment>,
    /// How many events came in this session, where nothing else beside it says so.
    #[prop(optional)]
    events: Option<Signal<u64>>,
) -> impl IntoView {
    let since = Memo::new(move |_| state.with(standing));
    let for_how_long = move |since| words::duration(now.get().since_wall(since) / 1_000 * 1_000);
    let heard = Memo::new(move |_| {
        let ago = state.with(last_message).map(|at| words::ago(now.get().wall.saturating_sub(at)));
        ago.unwrap_or_else(|| words::NO_MESSAGE.to_owned())
    });
    let certificate = Memo::new(move |_| {
        state.with(certificate_end).map(|end| end.map_or_else(|| "not known".to_owned(), words::date))
    });
    view! {
        <dl class="facts">
            <div hidden=move || since.get().is_none()>
                <dt>{move || since.get().map(|(name, _)| name.to_owned()).into_any()}</dt>
                <dd>
                    {move || match since.get().and_then(|(_, since)| since) {
                        None => "not yet".into_any(),
                        Some(since) => {
                            view! {
                                {time(since.wall, now.get_untracked())} ", "
                                <span class="whitespace-nowrap">"for " {move || for_how_long(since).into_any()}</span>
                            }
                                .into_any()
                        }
                    }}
                </dd>
            </div>
            {events.map(|events| view! { <Fact name="Events">{move || events.get().to_string().into_any()}</Fact> })}
            <div hidden=move || since.get().is_none()>
                <dt>"Last message"</dt>
                <dd class="tabular">{move || heard.get().into_any()}</dd>
            </div>
            <div hidden=move || certificate.get().is_none()>
                <dt>"Certificate valid until"</dt>
                <dd>{move || certificate.get().into_any()}</dd>
            </div>
        </dl>
    }
}

/// How a connection ended, as the browser reported it. The endpoint's words are shown as text, whatever they hold.
#[component]
pub fn LossFacts(loss: Loss, now: Signal<Moment>) -> impl IntoView {
    let opened = match loss.up {
        Some(up) => ["Yes, for ", &words::duration(up)].concat(),
        None => "No".to_owned(),
    };
    view! {
        <dl class="facts">
            <Fact name="When">{time(loss.at, now.get_untracked())}</Fact>
            <Fact name="Close code">{loss.code.0}</Fact>
            <Fact name="Clean close">{if loss.clean { "Yes" } else { "No" }}</Fact>
            <Fact name="Opened">{opened}</Fact>
            <Fact name="Attempts since">{loss.attempts}</Fact>
            <div class="col-span-full">
                <dt>"Reason from the endpoint"</dt>
                <dd dir="auto">{if loss.reason.is_empty() { "None given".to_owned() } else { loss.reason }}</dd>
            </div>
        </dl>
    }
}

#[component]
fn Fact(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// A point in time, readable for people and machines; `now` tells which day is today.
pub fn time(ms: u64, now: Moment) -> impl IntoView {
    view! { <time datetime=iso(ms)>{clock(ms, now)}</time> }
}
