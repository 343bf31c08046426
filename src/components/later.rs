//! What a part of the program draws, in its place. Once the part is there it is drawn at once; until then a line says so,
//! and where it cannot be fetched there are two ways on.

use connection::words;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::driver::host_page;
use crate::icon::{Icon, icon};
use crate::part::Missing;

/// What has become of the part.
enum State<T> {
    Waiting,
    Missing,
    Here(fn(T) -> AnyView),
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

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
    let state = RwSignal::new(State::Waiting);
    let fetch = move || {
        spawn_local(async move {
            let came = ask().await;
            // The place may be gone meanwhile.
            state.try_set(came.map_or(State::Missing, State::Here));
        });
    };
    fetch();
    let again = move || {
        if matches!(state.try_get_untracked(), Some(State::Missing)) {
            state.set(State::Waiting);
            fetch();
        }
    };
    let listener = window_event_listener(ev::online, move |_| again());
    on_cleanup(move || listener.remove());
    move || match state.get() {
        State::Here(draw) => draw(with),
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
                        <button type="button" class="btn btn-primary" on:click=move |_| again()>
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
    }
}
