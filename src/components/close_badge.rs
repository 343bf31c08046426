//! A close code with its names and the way to its row in the table.

use connection::close_code::CloseCode;
use leptos::prelude::*;

use crate::base_path::below_base;

/// Code, registered name, the knowledge-base article's name, and a link to the row.
#[component]
pub fn CloseBadge(code: CloseCode) -> impl IntoView {
    let row = code.row();
    view! {
        <p class="flex flex-wrap items-center gap-x-3 gap-y-2">
            <span class="badge badge-bad">"Close code " {code.0}</span>
            <span>{row.name}</span>
            {row.alias.filter(|alias| *alias != row.name).map(|alias| view! { <span class="code">{alias}</span> })}
            <span class="ms-auto">
                <RowLink code>"About " {code.0}</RowLink>
            </span>
        </p>
    }
}

/// A link to the row that stands for a code. The router follows a plain link as well as its own, which would read the
/// address: these are drawn anew with each loss.
#[component]
pub fn RowLink(code: CloseCode, children: Children) -> impl IntoView {
    view! { <a href=row_address(code)>{children()}</a> }
}

/// Where the row that stands for a code is.
pub fn row_address(code: CloseCode) -> String {
    below_base(&format!("/troubleshooting#{}", code.row().code))
}
