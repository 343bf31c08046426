//! What pages are made of. Below the header, the live region and the dialog, which read the one context, components get
//! signals and callbacks and know nothing else.
//!
//! What comes and goes with each loss is hidden, not taken away: a signal keeps a few bytes of every reader that it ever
//! had (reactive_graph 0.2.16 unsubscribes none that is dropped). Only what reads no signal is drawn again.
//! `cargo xtask soak` sees it.
//!
//! What a closure in a view gives is an `AnyView`: each other type is the framework's code once more, together a twelfth of the
//! app. So is each `<Show>`.

#![allow(unreachable_pub, reason = "`#[component]` makes items of its own `pub`, whatever the function is")]

mod certificate_notice;
mod checklist;
mod close_badge;
mod code_table;
mod connect_form;
mod controls;
mod copy_button;
mod decoder;
mod details;
mod dialog;
mod dialog_content;
mod facts;
mod feed;
mod field;
mod focus;
mod fold;
mod header;
mod heading;
mod later;
mod live_region;
mod megaphone;
mod own_loss;
mod question;
mod remedy;
mod report;
mod sign_in;
mod status_row;
mod theme_switch;
mod time;
mod timeline;
mod verdict;
mod way;

pub(crate) use certificate_notice::CertificateNotice;
pub(crate) use close_badge::RowLink;
pub(crate) use code_table::CodeTable;
pub(crate) use connect_form::ConnectForm;
pub use copy_button::CopyButton;
pub(crate) use decoder::Decoder;
pub use dialog::ConnectionDialog;
pub(crate) use dialog_content::fetch as fetch_dialog;
pub(crate) use facts::ConnectionFacts;
pub(crate) use feed::FeedList;
pub(crate) use focus::keep_focus;
pub(crate) use header::BarRest;
pub use header::Header;
pub(crate) use heading::Heading;
pub(crate) use later::Later;
pub use live_region::LiveRegion;
pub use megaphone::Megaphone;
pub(crate) use own_loss::OwnLossCard;
pub(crate) use remedy::{Command, OpenLink, press};
pub(crate) use report::fetch as fetch_report;
pub(crate) use status_row::StatusRow;
pub(crate) use timeline::Losses;
pub use way::picture;
