//! A close code with its registered name and the way to its row in the table.

use connection::close_code::CloseCode;
use connection::words;
use leptos::prelude::*;

use crate::base_path::below_base;

/// The code with its registered name, as a link to its row.
#[component]
pub fn CodeLink(code: CloseCode) -> impl IntoView {
    view! {
        <RowLink code>
            <span class="sr-only">"Close code "</span>
            {words::close_code(code)}
        </RowLink>
    }
}

/// A link to the row that stands for a code. The router follows a plain link as well as its own, which would read the
/// address: these are drawn again with each loss.
#[component]
pub fn RowLink(code: CloseCode, children: Children) -> impl IntoView {
    view! { <a href=row_address(code)>{children()}</a> }
}

/// Where the row that stands for a code is.
pub fn row_address(code: CloseCode) -> String {
    below_base(&format!("/troubleshooting#{}", code.row_code()))
}
