//! How a state is displayed: its theme, motion, contrast, colours and direction, on the page's root, where the styles find them.

use leptos::prelude::*;
use portal::theme::Theme;
use states::{Appearance, Direction};

use crate::forced_colors;

/// Puts the appearance on the page's root.
pub(crate) fn apply_appearance(appearance: Appearance) {
    theme(appearance).show();
    forced_colors::imitate(appearance.colors.is_some());
    let Some(root) = document().document_element() else { return };
    let attributes = [
        ("data-motion", appearance.motion.map(|_| "reduce")),
        ("data-text", appearance.text.map(|_| "200")),
        ("data-contrast", appearance.contrast.map(|_| "more")),
        ("data-colors", appearance.colors.map(|_| "forced")),
        (
            "dir",
            appearance.direction.map(|direction| match direction {
                Direction::Ltr => "ltr",
                Direction::Rtl => "rtl",
            }),
        ),
    ];
    for (name, value) in attributes {
        // An attribute that cannot be set leaves the page in the system's appearance.
        let _ = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
    }
}

/// The theme that was asked for, or else the person's own.
pub(crate) fn theme(appearance: Appearance) -> Theme {
    match appearance.theme {
        Some(states::Theme::Light) => Theme::Light,
        Some(states::Theme::Dark) => Theme::Dark,
        None => Theme::stored(),
    }
}
