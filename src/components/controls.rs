//! The buttons that can be pressed at any time: try now, stop, go on.

use connection::machine::Event;
use connection::view::Control;
use leptos::prelude::*;

use crate::icon::{Icon, icon};

/// The buttons of a state, quiet: none of them is what a cause asks for. Where the person has stopped everything, going on
/// is the one thing to do.
#[component]
pub fn Controls(#[prop(into)] controls: Signal<&'static [Control]>, dispatch: Callback<Event>) -> impl IntoView {
    let button = move |control: Control| {
        let drawing = match control {
            Control::Retry | Control::Check => Icon::Retry,
            Control::Resume => Icon::Resume,
            Control::Stop => Icon::Stop,
            Control::Disconnect => Icon::Unplugged,
        };
        let run = move |_| match control {
            Control::Retry | Control::Check | Control::Resume => dispatch.run(Event::Retry),
            Control::Stop | Control::Disconnect => dispatch.run(Event::Pause),
        };
        let class = if control == Control::Resume { "btn btn-primary" } else { "btn btn-quiet" };
        view! {
            <button type="button" class=class on:click=run>
                {icon(drawing)}
                {control.label()}
            </button>
        }
        .into_any()
    };
    view! { {move || controls.get().iter().map(|control| button(*control)).collect_view().into_any()} }
}
