//! The headings under which states are listed.

/// Where a state stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The button.
    Megaphone,
    /// The dialog in every phase.
    Phases,
    /// The dialog for every cause.
    Causes,
    /// The dialog for every close code.
    Codes,
    /// The dialog with texts that test its limits.
    Limits,
    /// The overview.
    Overview,
    /// The form that connects.
    Connect,
    /// The troubleshooting page.
    Troubleshooting,
    /// What stands when nothing else does.
    Pages,
}

impl Group {
    /// Every group, in order.
    pub const ALL: [Self; 9] = [
        Self::Megaphone,
        Self::Phases,
        Self::Causes,
        Self::Codes,
        Self::Limits,
        Self::Overview,
        Self::Connect,
        Self::Troubleshooting,
        Self::Pages,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Megaphone => "Megaphone",
            Self::Phases => "Dialog: phases",
            Self::Causes => "Dialog: causes",
            Self::Codes => "Dialog: close codes",
            Self::Limits => "Dialog: limits",
            Self::Overview => "Overview",
            Self::Connect => "Connect form",
            Self::Troubleshooting => "Troubleshooting",
            Self::Pages => "Other pages",
        }
    }
}
