//! Two views beside each other at one address: `/preview/compare?a=STATE&b=STATE&vary=…` and the inputs of both.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use states::{Appearance, Chrome, Inputs, Picture, Theme, pictures};

use crate::address;
use crate::frame::Frame;
use crate::listed::{Listed, listed};
use crate::pictures::picture_address;
use crate::together::scroll_together;

/// What differs between the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Vary {
    /// The state.
    #[default]
    State,
    /// The theme: light and dark.
    Theme,
    /// The width: a phone's and a desktop's.
    Width,
    /// The time: the stored picture and now.
    Time,
}

impl Vary {
    const ALL: [Self; 4] = [Self::State, Self::Theme, Self::Width, Self::Time];

    /// Its name in the address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Theme => "theme",
            Self::Width => "width",
            Self::Time => "time",
        }
    }

    /// What it is called.
    fn label(self) -> &'static str {
        match self {
            Self::State => "Two states",
            Self::Theme => "Light and dark",
            Self::Width => "390 and 1280 pixels",
            Self::Time => "Stored picture and now",
        }
    }
}

/// One of the two.
#[derive(Clone, PartialEq)]
enum Side {
    /// A state with what its frame says.
    Live { id: String, caption: String, inputs: Inputs },
    /// The picture that the suite keeps.
    Stored { address: String },
    /// A state of which no picture is kept.
    NotStored,
}

/// The page.
#[component]
pub(super) fn Compare() -> impl IntoView {
    document().set_title("Compare – Every state of Megaphone");
    scroll_together();
    let search = use_location().search;
    let pairs = Memo::new(move |_| search.with(|search| address::pairs(search)));
    let asked = move |key: &'static str| {
        Memo::new(move |_| pairs.with(|pairs| pairs.iter().find(|(it, _)| it == key).map(|(_, value)| value.clone())))
    };
    let first = listed().first().map(|it| it.state.id.clone()).unwrap_or_default();
    let (a, b, vary) = (asked("a"), asked("b"), asked("vary"));
    let a = Memo::new(move |_| a.get().unwrap_or_else(|| first.clone()));
    let b = Memo::new(move |_| b.get().unwrap_or_else(|| a.get()));
    let vary = Memo::new(move |_| {
        vary.with(|asked| Vary::ALL.into_iter().find(|it| asked.as_deref() == Some(it.name()))).unwrap_or_default()
    });
    let read = Memo::new(move |_| {
        let others = pairs.get().into_iter().filter(|(key, _)| !["a", "b", "vary"].contains(&key.as_str()));
        Inputs::read(others)
    });
    let navigate = use_navigate();
    let change = Callback::new(move |(key, value): (&'static str, String)| {
        let mut query = read.with_untracked(|(inputs, _)| address::query(inputs)).replacen('?', "&", 1);
        for (name, is) in
            [("a", a.get_untracked()), ("b", b.get_untracked()), ("vary", vary.get_untracked().name().to_owned())]
        {
            let is = if name == key { value.clone() } else { is };
            query = format!("&{name}={}{query}", js_sys::encode_uri_component(&is));
        }
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("/compare?{}", query.trim_start_matches('&')), options);
    });
    let sides = Memo::new(move |_| sides(vary.get(), &a.get(), &b.get(), &read.get().0));
    let choice = move |key: &'static str, label: &'static str, is: Memo<String>, off: Signal<bool>| {
        view! {
            <div hidden=off>
                <label class="label" for=key>{label}</label>
                <select id=key class="input" prop:value=is on:change=move |event| change.run((key, event_target_value(&event)))>
                    {listed()
                        .iter()
                        .map(|Listed { state, .. }| {
                            let chosen = is.get_untracked() == state.id;
                            view! { <option value=state.id.clone() selected=chosen>{state.id.clone()}</option> }
                        })
                        .collect_view()}
                </select>
            </div>
        }
    };
    let one = Signal::derive(move || vary.get() != Vary::State);
    view! {
        <h1 tabindex="-1">"Compare"</h1>
        <div class="gallery-controls">
            <div>
                <label class="label" for="vary">"What differs"</label>
                <select
                    id="vary"
                    class="input"
                    prop:value=move || vary.get().name()
                    on:change=move |event| change.run(("vary", event_target_value(&event)))
                >
                    {Vary::ALL
                        .map(|it| {
                            view! { <option value=it.name() selected=vary.get_untracked() == it>{it.label()}</option> }
                        })
                        .into_iter()
                        .collect_view()}
                </select>
            </div>
            {choice("a", "State", a, Signal::stored(false))}
            {choice("b", "Other state", b, one)}
        </div>
        <div role="status">
            <ul class="gallery-warnings">
                {move || read.get().1.into_iter().map(|warning| view! { <li>{warning}</li> }).collect_view()}
            </ul>
        </div>
        {move || match sides.get() {
            [Side::Stored { address }, live] => view! { <OneOverTheOther address live /> }.into_any(),
            sides => view! { <div class="gallery-sides">{sides.map(side).into_iter().collect_view()}</div> }.into_any(),
        }}
    }
}

/// The two, for what is to differ.
fn sides(vary: Vary, a: &str, b: &str, inputs: &Inputs) -> [Side; 2] {
    let live = |id: &str, caption: &str, change: fn(&mut Appearance)| {
        let mut inputs = inputs.clone();
        change(&mut inputs.appearance);
        Side::Live { id: id.to_owned(), caption: caption.to_owned(), inputs }
    };
    match vary {
        Vary::Theme => {
            [live(a, "Light", |it| it.theme = Some(Theme::Light)), live(a, "Dark", |it| it.theme = Some(Theme::Dark))]
        }
        Vary::Width => {
            [live(a, "390 pixels", |it| it.width = Some(390)), live(a, "1280 pixels", |it| it.width = Some(1280))]
        }
        Vary::Time => {
            let kept = states::find(a).is_some_and(|state| pictures(&state).contains(&Picture::LightWide));
            let now = live(a, "Now", |it| {
                it.width = Some(1280);
                it.theme = Some(Theme::Light);
            });
            let stored = Side::Stored { address: picture_address(Picture::LightWide, a) };
            [if kept { stored } else { Side::NotStored }, now]
        }
        Vary::State => [live(a, a, |_| ()), live(b, b, |_| ())],
    }
}

fn side(side: Side) -> AnyView {
    match side {
        Side::Live { id, caption, inputs } => {
            let (width, vision) = (inputs.appearance.width, inputs.appearance.vision);
            let appearance = Appearance { width: None, chrome: Some(Chrome::Off), ..inputs.appearance };
            let query = address::query(&Inputs { appearance, ..inputs });
            let bare = Memo::new(move |_| query.clone());
            view! {
                <figure>
                    <figcaption class="label">{caption}</figcaption>
                    <Frame id bare width=Signal::stored(width) vision=Signal::stored(vision) text=RwSignal::new(String::new()) />
                </figure>
            }
            .into_any()
        }
        Side::Stored { address } => view! { <img class="gallery-stored" src=address alt="The stored picture" /> }.into_any(),
        Side::NotStored => {
            view! {
                <p class="empty">
                    "No picture is stored of this state: its shape is that of another, and its text is held by its accessibility tree."
                </p>
            }
            .into_any()
        }
    }
}

/// The stored picture over the present state; the slider says how far.
#[component]
fn OneOverTheOther(address: String, live: Side) -> impl IntoView {
    let shown = RwSignal::new("50".to_owned());
    view! {
        <label class="label mt-4" for="difference">"Stored picture, from the left"</label>
        <input
            id="difference"
            class="gallery-slider"
            type="range"
            min="0"
            max="100"
            prop:value=shown
            on:input=move |event| shown.set(event_target_value(&event))
        />
        <div class="gallery-over" style:--shown=move || shown.get() + "%">
            {side(live)} <img class="gallery-stored" src=address alt="The stored picture" />
        </div>
    }
}
