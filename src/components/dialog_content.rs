//! What the connection dialog holds: what happened, where, what to do now, and all the rest folded. A part of its own,
//! with every sentence about causes and remedies.

use connection::machine::{Alarm, Machine};
use connection::remedy::Step;
use connection::view::{Counting, Dialog, Fingerprint};
use connection::words;
use leptos::html;
use leptos::prelude::*;

use super::close_badge::CodeLink;
use super::controls::Controls;
use super::details::Details;
use super::facts::ConnectionFacts;
use super::focus::focus_soon;
use super::fold::Fold;
use super::question::Ask;
use super::remedy::{Remedy, press};
use super::report::CopyReport;
use super::sign_in::SignInAgain;
use super::way::picture;
use crate::icon::{Icon, icon};
use crate::part::part;
use crate::portal::Portal;

part! {
    dialog, fetch fetch,
    /// Draws what the dialog holds.
    pub(crate) fn content() -> fn(Portal) -> AnyView {
        |portal| Whole(WholeProps { portal }).into_any()
    }
}

#[component]
fn Whole(portal: Portal) -> impl IntoView {
    let open = portal.dialog;
    let title_node = NodeRef::<html::H2>::new();
    let shown = Memo::new(move |_| open.get().then(|| portal.machine.with(Dialog::of)));
    Effect::new(move || {
        let Some(title) = title_node.get() else { return };
        // A page in a frame takes the focus from nobody around it.
        if !document().has_focus().is_ok_and(|here| here) {
            return;
        }
        // Fails only for what is not in the document.
        let _ = title.focus();
        if shown.with_untracked(|shown| shown.as_ref().is_some_and(|it| it.sign_in)) {
            let field = if portal.user_to_offer().is_some() { "#again-password" } else { "#again-user" };
            focus_soon(field.to_owned());
        }
    });
    let part = move |part: fn(&Dialog) -> Option<String>| move || shown.with(|it| it.as_ref().and_then(part));
    let alarm = Memo::new(move |_| portal.machine.with(Machine::alarm));
    view! {
        <div class="dialog-head">
            <span
                class="mark"
                data-alarm=move || alarm.get().name()
                data-phase=move || shown.with(|it| it.as_ref().is_some_and(|it| it.live).then_some("connected"))
            >
                {move || icon(if alarm.get() == Alarm::Red { Icon::MegaphoneAlarm } else { Icon::Megaphone })}
            </span>
            <h2
                id="connection-dialog-title"
                tabindex="-1"
                node_ref=title_node
                data-cause=part(|it| it.cause.map(|(cause, _)| cause.to_owned()))
                data-confidence=part(|it| it.cause.map(|(_, confidence)| confidence.to_owned()))
            >
                {move || {
                    let badge = shown.with(|it| it.as_ref().and_then(|it| it.badge));
                    badge.map(|badge| view! { <span class="badge badge-warn">{badge} ":"</span> " " })
                }}
                {part(|it| Some(it.heading.clone()))}
            </h2>
            <button
                type="button"
                class="btn btn-quiet btn-icon"
                aria-label="Close"
                title="Close"
                on:click=move |_| open.set(false)
            >
                {icon(Icon::Cross)}
            </button>
        </div>
        <Content portal shown />
    }
}

#[component]
fn Content(portal: Portal, shown: Memo<Option<Dialog>>) -> impl IntoView {
    let state = portal.machine;
    let now = portal.now.get_value().watch();
    let dispatch = portal.dispatch;
    let press = press(portal);
    let counting = Memo::new(move |_| state.with(|machine| Counting::of(machine, now.get())));
    let is = move |test: fn(&Dialog) -> bool| move || shown.with(|it| it.as_ref().is_some_and(test));
    let steps = move |steps: fn(&Dialog) -> &Vec<Step>| {
        Memo::new(move |_| shown.with(|it| it.as_ref().map(steps).cloned().unwrap_or_default()))
    };
    let to_do = steps(|it| &it.now);
    let folded =
        [("further", "Further steps", steps(|it| &it.further)), ("for-good", "For good", steps(|it| &it.for_good))];
    let helper = Memo::new(move |_| shown.with(|it| it.as_ref().and_then(|it| it.helper)));
    let primary = Signal::derive(move || shown.with(|it| it.as_ref().and_then(|it| it.primary)));
    let none = Signal::stored(None::<usize>);
    // The form stays while what was sent in is on its way, or its fields would be gone when it was refused.
    let sent = RwSignal::new(false);
    let signs_in = Memo::new(move |_| {
        let (asked, busy) = shown.with(|it| it.as_ref().map_or((false, false), |it| (it.sign_in, it.busy)));
        asked || (sent.get() && busy)
    });
    let sign_in = move || {
        signs_in.get().then(|| {
            let sent = Callback::new(move |()| sent.set(true));
            view! { <SignInAgain portal busy=Signal::derive(is(|it| it.busy)) press sent /> }
        })
    };
    let changed = move || shown.with(|it| it.as_ref().and_then(|it| it.changed.clone())).map(fingerprints);
    let drawn = move || shown.with(|it| it.as_ref().and_then(|it| it.picture.clone())).map(picture);
    let question = Signal::derive(move || shown.with(|it| it.as_ref().and_then(|it| it.question.clone())));
    view! {
        <p class="dialog-about hint" hidden=move || shown.with(|it| it.as_ref().is_none_or(|it| it.endpoint.is_none()))>
            <span class="wrap-anywhere">{move || shown.with(|it| it.as_ref().and_then(|it| it.endpoint.clone()))}</span>
            <span data-since>{move || counting.with(|it| it.since.clone())}</span>
            {move || shown.with(|it| it.as_ref().and_then(|it| it.code)).map(|code| view! { <CodeLink code /> })}
        </p>
        <div class="dialog-body">
            <p id="connection-dialog-lead" class="dialog-lead" hidden=move || counting.with(|it| it.lead.is_none())>
                {move || counting.with(|it| it.lead.clone())}
            </p>
            // Shown by a mark that the first part makes (host_page.rs).
            <p class="checks-missing" role="status">
                {words::CHECKS_MISSING}
            </p>
            {changed}
            <div class="dialog-way">{drawn}</div>
            <section class="dialog-now" aria-label="What to do" hidden=move || to_do.with(Vec::is_empty) && !signs_in.get()>
                <Remedy steps=to_do press primary first_id="connection-dialog-step" />
                {sign_in}
            </section>
            <div hidden=move || !is(|it| it.live)()>
                <ConnectionFacts state now events=Signal::derive(move || portal.feed.received()) />
            </div>
            <div class="folds">
                <Ask state question dispatch />
                {folded
                    .map(|(name, summary, steps)| {
                        view! {
                            <Fold name summary hidden=Signal::derive(move || steps.with(Vec::is_empty))>
                                <Remedy steps press primary=none />
                            </Fold>
                        }
                    })
                    .into_iter()
                    .collect_view()}
                <Fold name="details" summary="Details" hidden=Signal::stored(false)>
                    <Details portal now />
                </Fold>
            </div>
        </div>
        <div class="dialog-foot">
            <div class="hint">
                <p data-countdown hidden=move || counting.with(|it| it.status.is_empty())>
                    {move || counting.with(|it| it.status.clone())}
                </p>
                {move || helper.get().map(|helper| view! { <p>{helper}</p> })}
            </div>
            <div class="dialog-buttons">
                <Controls controls=Signal::derive(move || shown.with(|it| it.as_ref().map_or(&[][..], |it| it.controls))) dispatch />
                <CopyReport portal />
            </div>
        </div>
    }
}

/// The certificate before and now, below each other, so that they can be compared.
fn fingerprints(pair: [Fingerprint; 2]) -> impl IntoView {
    let one = |it: Fingerprint| {
        let until = it.until.map(|until| [" · valid until ", &until].concat());
        view! {
            <div>
                <dt>{it.name} {until}</dt>
                <dd>{it.lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}</dd>
            </div>
        }
    };
    view! { <dl class="fingerprints">{pair.map(one).into_iter().collect_view()}</dl> }
}
