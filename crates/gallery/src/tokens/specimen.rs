//! A piece of the product beside what the browser computes of it, so that nothing here can differ from what is shown.

use leptos::html;
use leptos::prelude::*;

/// What is in it is looked at, not used. The part with `data-measured` is the one whose `properties` are told.
#[component]
pub(super) fn Specimen(
    #[prop(into)] about: String,
    properties: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let seen = RwSignal::new(Vec::<String>::new());
    Effect::new(move || {
        let Some(sample) = node.get() else { return };
        let Ok(Some(measured)) = sample.query_selector("[data-measured]") else { return };
        let Ok(Some(style)) = window().get_computed_style(&measured) else { return };
        let value = |name: &&str| Some(format!("{name}: {}", style.get_property_value(name).ok()?));
        seen.set(properties.iter().filter_map(value).collect());
    });
    view! {
        <li class="gallery-specimen">
            <div node_ref=node aria-hidden="true" inert>{children()}</div>
            <p>{about}</p>
            <p class="gallery-names">{move || seen.get().join("; ")}</p>
        </li>
    }
}
