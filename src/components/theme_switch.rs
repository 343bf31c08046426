//! The switch between light, dark and the system's theme.

use leptos::prelude::*;

use crate::icon::{Icon, icon};
use crate::theme::Theme;

/// Three radio buttons that look like one control; the arrow keys work as in every radio group.
#[component]
pub fn ThemeSwitch(
    /// The theme that the page has.
    theme: Theme,
    choose: fn(Theme),
) -> impl IntoView {
    let shown = theme;
    let choice = |theme: Theme| {
        let drawing = match theme {
            Theme::System => Icon::System,
            Theme::Light => Icon::Sun,
            Theme::Dark => Icon::Moon,
        };
        view! {
            <label title=theme.label()>
                <input type="radio" name="theme" checked=theme == shown on:change=move |_| choose(theme) />
                {icon(drawing)}
                <span class="sr-only">{theme.label()}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="segments">
            <legend class="sr-only">"Theme"</legend>
            {Theme::ALL.map(choice).into_iter().collect_view()}
        </fieldset>
    }
}
