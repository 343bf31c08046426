//! Light, dark, or as the system has it. `index.html` applies the stored choice before the first paint; this keeps it.

use leptos::prelude::*;

use crate::browser::kept_in_browser;

/// Where the choice is kept; `index.html` reads the same key.
const KEY: &str = "theme";

/// The person's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The choice made on an earlier visit. A browser that keeps nothing for this page has [`Theme::System`].
    pub fn stored() -> Self {
        let stored = kept_in_browser().and_then(|storage| storage.get_item(KEY).ok().flatten());
        Self::ALL.into_iter().find(|theme| theme.attribute() == stored.as_deref()).unwrap_or_default()
    }

    /// Shows the page in this theme from now on, on later visits too where the browser keeps anything.
    pub fn choose(self) {
        let storage = kept_in_browser();
        // A refusal to store leaves later visits as they were, which is all that can be done about it.
        let _ = storage.map(|storage| match self.attribute() {
            Some(value) => storage.set_item(KEY, value),
            None => storage.remove_item(KEY),
        });
        self.show();
    }

    /// Shows the page in this theme as long as it stands.
    pub fn show(self) {
        let _ = document().document_element().map(|root| match self.attribute() {
            Some(value) => root.set_attribute("data-theme", value),
            None => root.remove_attribute("data-theme"),
        });
    }

    /// What the switch calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The value of `data-theme` and of the store; none for the system's.
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}
