//! What can be unfolded, drawn as the portal's own folds are.

use leptos::prelude::*;
use portal::icon::{Icon, icon};

/// A summary, and below it what it hides.
#[component]
pub(crate) fn Fold(
    /// Classes beside those of every fold.
    #[prop(default = "")]
    class: &'static str,
    /// Whether it is unfolded; from then on as the person leaves it.
    #[prop(into)]
    open: Signal<bool>,
    #[prop(into)] summary: ViewFn,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=format!("fold {class}") prop:open=open>
            <summary>{icon(Icon::Chevron)} {summary.run()}</summary>
            {children()}
        </details>
    }
}
