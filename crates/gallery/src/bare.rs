//! One state and nothing else: the product's own components in a portal that was made of a state.

use core::time::Duration;

use connection::endpoint::Endpoint;
use connection::machine::{Event, Machine};
use connection::scenario::{self, Direction, Inputs, Looks, Scenario, Shell, Stage, Time, View};
use connection::service::Config;
use connection::time::Moment;
use leptos::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::address;
use crate::components::{ConnectionDialog, Header, LiveRegion};
use crate::driver::feed::Feed;
use crate::driver::{Credentials, Now, host_page};
use crate::pages::{NotFound, Overview, Troubleshooting};
use crate::portal::Portal;
use crate::theme::Theme;

/// How often time goes on where it runs.
const TICK: Duration = Duration::from_millis(250);

/// What a frame says to the gallery around it.
pub(super) const STAGED: &str = "staged";

/// Shows a state, and shows it anew whenever the gallery around it sends another query.
pub(super) fn show(scenario: Scenario, inputs: Inputs) {
    dress(inputs.looks);
    tell_staged();
    match scenario.view {
        View::Shell(shell) => show_shell(shell, scenario, inputs),
        View::Megaphone | View::Dialog | View::Overview | View::Troubleshooting | View::NotFound => {
            mount(scenario, inputs);
        }
    }
}

/// Puts a state in the place of the static page.
fn mount(scenario: Scenario, inputs: Inputs) {
    host_page::remove_shell();
    let asked = RwSignal::new(inputs);
    listen(asked);
    leptos::mount::mount_to_body(move || {
        let scenario = scenario.clone();
        view! {
            // A link that leads out of the gallery leads to the portal itself.
            <Router base="/preview">
                {move || {
                    let inputs = asked.get();
                    let stage = scenario.stage(&inputs);
                    view! { <Bare scenario=scenario.clone() stage looks=inputs.looks /> }
                }}
            </Router>
        }
    });
    host_page::mark_ready();
}

#[component]
fn Bare(scenario: Scenario, stage: Stage, looks: Looks) -> impl IntoView {
    let view = scenario.view;
    let title = scenario.notes.title.clone();
    let portal = portal(&scenario, stage, looks);
    provide_context(portal);
    let body = match view {
        View::Megaphone | View::Dialog => view! { <h1>{title}</h1> }.into_any(),
        View::Overview | View::Shell(_) => view! { <Overview /> }.into_any(),
        View::Troubleshooting => view! { <Troubleshooting /> }.into_any(),
        View::NotFound => view! { <NotFound /> }.into_any(),
    };
    portal.dialog.set(view == View::Dialog);
    view! {
        <div data-state=scenario.id>
            <Header />
            <LiveRegion />
            <main class="page" id="main">
                {body}
            </main>
            <ConnectionDialog />
        </div>
    }
}

/// A portal without a driver: intents go through the machine, and what it asks for is left undone. So its buttons do
/// what they do in a world in which nothing answers.
pub(super) fn portal(scenario: &Scenario, stage: Stage, looks: Looks) -> Portal {
    let start = stage.now;
    let now = Now::still(start);
    let machine = RwSignal::new(stage.machine);
    let time = StoredValue::new(start);
    let step = move |event: Event| {
        machine.try_update(|machine| machine.step(event, time.get_value(), u32::MAX));
    };
    if looks.time == Some(Time::Run) {
        run(machine, now, time);
    }
    let offered = scenario.page.offered.iter().map(|endpoint| (*endpoint).to_owned()).collect();
    let config = Config { endpoints: offered, ..Config::default() };
    Portal {
        machine: machine.into(),
        dispatch: Callback::new(step),
        connect: Callback::new(move |(endpoint, _): (Endpoint, Credentials)| step(Event::Connect(endpoint))),
        ask_permission: Callback::new(|()| ()),
        now: StoredValue::new(now),
        feed: Feed::of(stage.messages.into_iter()),
        config: Signal::stored(Some(config)),
        recent: Signal::stored(Vec::new()),
        asked: StoredValue::new(None),
        browser: stage.browser,
        page: StoredValue::new(scenario.page.clone()),
        dialog: RwSignal::new(false),
        theme: theme(looks),
        // A choice that is made while looking at a state is none of the person's own portal.
        choose_theme: Theme::show,
    }
}

/// Lets time go on, and the machine's timer with it.
fn run(machine: RwSignal<Machine>, now: Now, time: StoredValue<Moment>) {
    let step = u64::try_from(TICK.as_millis()).unwrap_or_default();
    let tick = move || {
        let Some(next) = time.try_get_value().map(|time| time.plus(step)) else { return };
        time.set_value(next);
        now.set(next);
        if machine.with_untracked(|machine| machine.next_wake(next)) == Some(0) {
            machine.try_update(|machine| machine.step(Event::Tick, next, u32::MAX));
        }
    };
    if let Ok(interval) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || interval.clear());
    }
}

/// Takes the queries that the gallery around this frame sends.
fn listen(asked: RwSignal<Inputs>) {
    let listener = Closure::<dyn FnMut(_)>::new(move |event: web_sys::MessageEvent| {
        let own = window().location().origin().is_ok_and(|origin| origin == event.origin());
        if let (true, Some(query)) = (own, event.data().as_string()) {
            let (inputs, _) = address::read(&query);
            dress(inputs.looks);
            asked.set(inputs);
            tell_staged();
        }
    });
    // The frame lives as long as its page.
    let _ = window().add_event_listener_with_callback("message", listener.into_js_value().unchecked_ref());
}

/// Tells the gallery around this frame that the state stands, once all that follows from showing it is done.
fn tell_staged() {
    set_timeout(
        || {
            let parent = window().parent().ok().flatten().filter(|parent| *parent != window());
            if let (Some(parent), Ok(origin)) = (parent, window().location().origin()) {
                // A page of another origin cannot hold this frame, and would not hear it.
                let _ = parent.post_message(&JsValue::from_str(STAGED), &origin);
            }
        },
        Duration::ZERO,
    );
}

/// Puts the looks on the page's root, where the styles find them.
fn dress(looks: Looks) {
    theme(looks).show();
    let Some(root) = document().document_element() else { return };
    let attributes = [
        ("data-motion", looks.motion.map(|_| "reduce")),
        ("data-contrast", looks.contrast.map(|_| "more")),
        (
            "dir",
            looks.direction.map(|direction| match direction {
                Direction::Ltr => "ltr",
                Direction::Rtl => "rtl",
            }),
        ),
    ];
    for (name, value) in attributes {
        // An attribute that cannot be set leaves the page as the system has it.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// The theme that was asked for, or else the person's own.
fn theme(looks: Looks) -> Theme {
    match looks.theme {
        Some(scenario::Theme::Light) => Theme::Light,
        Some(scenario::Theme::Dark) => Theme::Dark,
        None => Theme::stored(),
    }
}

/// The static page, as it stands before the program, instead of it, or over it once it broke. Only the last is ready,
/// since that hides what stands before the program.
fn show_shell(shell: Shell, scenario: Scenario, inputs: Inputs) {
    let (Some(root), Some(body)) = (document().document_element(), document().body()) else { return };
    match shell {
        Shell::Broken => {
            mount(scenario, inputs);
            return host_page::reveal_panic();
        }
        Shell::Starting => {}
        Shell::CannotStart => {
            let _ = root.set_attribute("data-failed", "");
        }
        Shell::NoScript => {
            // Where programs run, the browser keeps what stands here as text.
            let block = document().query_selector("noscript").ok().flatten();
            let shown = document().create_element("div").ok();
            if let (Some(block), Some(shown)) = (block, shown) {
                shown.set_inner_html(&block.text_content().unwrap_or_default());
                let _ = block.replace_with_with_node_1(&shown);
            }
            if let Some(starting) = document().get_element_by_id("starting") {
                starting.remove();
            }
        }
    }
    let _ = body.set_attribute("data-state", &scenario.id);
}
