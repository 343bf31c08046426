//! The few drawings that the portal uses: one list, so that none is drawn twice and nothing unused is shipped.
//!
//! The paths are from Lucide (ISC licence, `public/LICENSE-icons.txt`); the megaphones of the alarms are changed.

use leptos::prelude::*;

use crate::face;

/// A drawing on a grid of 24 by 24. It never carries meaning by itself: text stands beside it or in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon {
    markup: &'static str,
    class: &'static str,
}

/// Each by itself, so that a part of the program has only those that it draws.
#[allow(non_upper_case_globals, reason = "they are used like variants")]
impl Icon {
    /// The megaphone at rest.
    pub const Megaphone: Self = Self { markup: face::CALM, class: "icon" };
    /// The megaphone with waves: something is going on.
    pub const MegaphoneWaves: Self = Self { markup: face::AMBER, class: "icon" };
    /// The filled megaphone with an exclamation mark: the alarm.
    pub const MegaphoneAlarm: Self = Self { markup: face::RED, class: "icon" };
    /// Something is in order.
    pub const Check: Self = Self { markup: r#"<path d="M20 6 9 17l-5-5"/>"#, class: "icon" };
    /// Something is wrong; also closes a dialog.
    pub const Cross: Self = Self { markup: r#"<path d="M18 6 6 18"/><path d="m6 6 12 12"/>"#, class: "icon" };
    /// Something does not apply.
    pub const Dash: Self = Self { markup: r#"<path d="M5 12h14"/>"#, class: "icon" };
    /// Something has not begun.
    pub const Circle: Self = Self { markup: r#"<circle cx="12" cy="12" r="9"/>"#, class: "icon" };
    /// Something is under way; turns.
    pub const Spinner: Self = Self { markup: r#"<path d="M21 12a9 9 0 1 1-6.219-8.56"/>"#, class: "icon icon-spin" };
    /// A mistake in a field.
    pub const Mistake: Self =
        Self { markup: r#"<circle cx="12" cy="12" r="10"/><path d="M12 8v4"/><path d="M12 16h.01"/>"#, class: "icon" };
    /// Something to be careful with.
    pub const Warning: Self = Self {
        markup: r#"<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>"#,
        class: "icon",
    };
    /// A cut connection.
    pub const Unplugged: Self = Self {
        markup: r#"<path d="m19 5 3-3"/><path d="m2 22 3-3"/><path d="M6.3 20.3a2.4 2.4 0 0 0 3.4 0L12 18l-6-6-2.3 2.3a2.4 2.4 0 0 0 0 3.4Z"/><path d="M7.5 13.5 10 11"/><path d="M10.5 16.5 13 14"/><path d="m12 6 6 6 2.3-2.3a2.4 2.4 0 0 0 0-3.4l-2.6-2.6a2.4 2.4 0 0 0-3.4 0Z"/>"#,
        class: "icon",
    };
    /// A standing connection.
    pub const Plugged: Self = Self {
        markup: r#"<path d="M12 22v-5"/><path d="M15 8V2"/><path d="M17 8a1 1 0 0 1 1 1v4a4 4 0 0 1-4 4h-4a4 4 0 0 1-4-4V9a1 1 0 0 1 1-1z"/><path d="M9 8V2"/>"#,
        class: "icon",
    };
    /// Try again.
    pub const Retry: Self = Self {
        markup: r#"<path d="M3 12a9 9 0 0 1 9-9 9.75 9.75 0 0 1 6.74 2.74L21 8"/><path d="M21 3v5h-5"/><path d="M21 12a9 9 0 0 1-9 9 9.75 9.75 0 0 1-6.74-2.74L3 16"/><path d="M8 16H3v5"/>"#,
        class: "icon",
    };
    /// Hold a list still.
    pub const Pause: Self = Self {
        markup: r#"<rect x="14" y="4" width="4" height="16" rx="1"/><rect x="6" y="4" width="4" height="16" rx="1"/>"#,
        class: "icon",
    };
    /// Stop trying.
    pub const Stop: Self = Self { markup: r#"<rect width="14" height="14" x="5" y="5" rx="2"/>"#, class: "icon" };
    /// Go on.
    pub const Resume: Self = Self {
        markup: r#"<path d="M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z"/>"#,
        class: "icon",
    };
    /// Sign in.
    pub const SignIn: Self = Self {
        markup: r#"<path d="m10 17 5-5-5-5"/><path d="M15 12H3"/><path d="M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4"/>"#,
        class: "icon icon-directed",
    };
    /// Look for the cause.
    pub const Diagnose: Self = Self {
        markup: r#"<path d="M11 2v2"/><path d="M5 2v2"/><path d="M5 3H4a2 2 0 0 0-2 2v4a6 6 0 0 0 12 0V5a2 2 0 0 0-2-2h-1"/><path d="M8 15a6 6 0 0 0 12 0v-3"/><circle cx="20" cy="10" r="2"/>"#,
        class: "icon",
    };
    /// Copy to the clipboard.
    pub const Copy: Self = Self {
        markup: r#"<rect width="14" height="14" x="8" y="8" rx="2"/><path d="M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"/>"#,
        class: "icon",
    };
    /// Save as a file.
    pub const Download: Self = Self {
        markup: r#"<path d="M12 15V3"/><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/><path d="m7 10 5 5 5-5"/>"#,
        class: "icon",
    };
    /// Leads to another tab.
    pub const External: Self = Self {
        markup: r#"<path d="M15 3h6v6"/><path d="M10 14 21 3"/><path d="M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6"/>"#,
        class: "icon icon-directed",
    };
    /// Opens, or leads on.
    pub const Chevron: Self = Self { markup: r#"<path d="m9 18 6-6-6-6"/>"#, class: "icon icon-directed" };
    /// Used before.
    pub const Recent: Self = Self {
        markup: r#"<path d="M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8"/><path d="M3 3v5h5"/><path d="M12 7v5l4 2"/>"#,
        class: "icon",
    };
    /// The portal's server.
    pub const Server: Self = Self {
        markup: r#"<rect width="20" height="8" x="2" y="2" rx="2"/><rect width="20" height="8" x="2" y="14" rx="2"/><path d="M6 6h.01"/><path d="M6 18h.01"/>"#,
        class: "icon",
    };
    /// The person.
    pub const Person: Self = Self {
        markup: r#"<circle cx="12" cy="7" r="4"/><path d="M5 21v-1a5 5 0 0 1 5-5h4a5 5 0 0 1 5 5v1"/>"#,
        class: "icon",
    };
    /// Something was made.
    pub const Create: Self = Self { markup: r#"<path d="M5 12h14"/><path d="M12 5v14"/>"#, class: "icon" };
    /// Something was changed.
    pub const Update: Self =
        Self { markup: r#"<path d="m4 20 1-5L16 4l4 4L9 19z"/><path d="m13 7 4 4"/>"#, class: "icon" };
    /// Something was deleted.
    pub const Delete: Self =
        Self { markup: r#"<path d="M4 7h16"/><path d="M9 7V4h6v3"/><path d="m6 7 1 13h10l1-13"/>"#, class: "icon" };
    /// The system's theme; also this browser's page.
    pub const System: Self = Self {
        markup: r#"<rect width="20" height="14" x="2" y="3" rx="2"/><path d="M8 21h8"/><path d="M12 17v4"/>"#,
        class: "icon",
    };
    /// The light theme.
    pub const Sun: Self = Self {
        markup: r#"<circle cx="12" cy="12" r="4"/><path d="M12 2v2"/><path d="M12 20v2"/><path d="m4.93 4.93 1.41 1.41"/><path d="m17.66 17.66 1.41 1.41"/><path d="M2 12h2"/><path d="M20 12h2"/><path d="m6.34 17.66-1.41 1.41"/><path d="m19.07 4.93-1.41 1.41"/>"#,
        class: "icon",
    };
    /// The dark theme.
    pub const Moon: Self = Self {
        markup: r#"<path d="M20.985 12.486a9 9 0 1 1-9.473-9.472c.405-.022.617.46.402.803a6 6 0 0 0 8.268 8.268c.344-.215.825-.004.803.401"/>"#,
        class: "icon",
    };
}

/// Draws an icon in the colour and about the size of the text around it, hidden from screen readers.
pub fn icon(icon: Icon) -> AnyView {
    view! { <svg class=icon.class viewBox="0 0 24 24" aria-hidden="true" inner_html=icon.markup></svg> }.into_any()
}
