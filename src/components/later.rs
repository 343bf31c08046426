//! What a part of the program draws, in its place. Once the part is there it is drawn at once; until then a line says so,
//! and where it cannot be fetched there are two ways on.

use core::pin::Pin;
use std::sync::Arc;

use connection::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::driver::host_page;
use crate::icon::{Icon, icon};
use crate::part::Missing;

/// What has become of the part.
#[derive(Clone)]
enum State {
    Waiting,
    Missing,
    Here(Arc<dyn Fn() -> AnyView + Send + Sync>),
}

/// What is asked for a part: each place the same type, so that the place is compiled once.
type Ask = Box<dyn Fn() -> Pin<Box<dyn Future<Output = State>>>>;

/// The place of a part.
#[component]
pub fn Later<T, A, F>(
    /// Has the part fetched, or only answers when it is there already.
    ask: A,
    /// What it is drawn from.
    with: T,
    /// The id of the first line, where something is named by it.
    #[prop(optional)]
    title: Option<&'static str>,
) -> impl IntoView
where
    T: Copy + Send + Sync + 'static,
    A: Fn() -> F + Copy + Send + Sync + 'static,
    F: Future<Output = Result<fn(T) -> AnyView, Missing>> + 'static,
{
    let ask = move || -> Pin<Box<dyn Future<Output = State>>> {
        Box::pin(async move { ask().await.map_or(State::Missing, |draw| State::Here(Arc::new(move || draw(with)))) })
    };
    place(Box::new(ask), title)
}

fn place(ask: Ask, title: Option<&'static str>) -> AnyView {
    let state = RwSignal::new(State::Waiting);
    spawn_local(async move {
        let mut said = false;
        loop {
            // From now on: the network may come back while the request is still failing for want of it.
            let news = host_page::news();
            let came = ask().await;
            let missing = matches!(came, State::Missing);
            // The place may be gone meanwhile. What it says already is not said, nor read out, again.
            let gone = if said && missing { state.is_disposed() } else { state.try_set(came).is_some() };
            if gone || !missing {
                return;
            }
            said = !news.await;
            if !said {
                state.try_set(State::Waiting);
            }
        }
    });
    let drawn = move || match state.get() {
        State::Here(draw) => draw(),
        State::Waiting => view! {
            <p class="later hint" role="status" id=title tabindex="-1">
                "Loading…"
            </p>
        }
        .into_any(),
        State::Missing => {
            host_page::mark_ready();
            view! {
                <div class="later" role="alert">
                    <p id=title tabindex="-1">
                        {words::PART_MISSING}
                    </p>
                    <p class="later-ways">
                        // Every press on the page has it tried again, so this one too.
                        <button type="button" class="btn btn-primary">
                            {icon(Icon::Retry)}
                            "Try again"
                        </button>
                        <button type="button" class="btn" data-reload>
                            "Load the page again"
                        </button>
                    </p>
                </div>
            }
            .into_any()
        }
    };
    view! { {move || drawn()} }.into_any()
}
