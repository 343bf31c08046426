//! How a state is displayed, and the few words that an address has for it.

/// How a state is displayed; none of it changes what the state is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Light or dark; as the system has it if absent.
    pub theme: Option<Theme>,
    /// As the system has it if absent.
    pub motion: Option<Motion>,
    /// As the system has it if absent.
    pub contrast: Option<Contrast>,
    /// Whether the system's colours take the place of the product's; as the system has it if absent.
    pub colors: Option<Colors>,
    /// Width of the screen in CSS pixels; as wide as there is room if absent.
    pub width: Option<u32>,
    /// The direction of the text.
    pub direction: Option<Direction>,
    /// Size of the text; as the reader has it if absent.
    pub text: Option<TextSize>,
    /// As whom it is looked at; as one who tells all colours apart if absent.
    pub vision: Option<Vision>,
    /// Whether time runs; still if absent.
    pub time: Option<Time>,
    /// Whether the gallery stands around the state; it does if absent.
    pub chrome: Option<Chrome>,
}

impl Appearance {
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            theme: self.theme.or(other.theme),
            motion: self.motion.or(other.motion),
            contrast: self.contrast.or(other.contrast),
            colors: self.colors.or(other.colors),
            width: self.width.or(other.width),
            direction: self.direction.or(other.direction),
            text: self.text.or(other.text),
            vision: self.vision.or(other.vision),
            time: self.time.or(other.time),
            chrome: self.chrome.or(other.chrome),
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Theme {
    Light,
    Dark,
}

/// Whether things may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Motion {
    Reduce,
}

/// How much things stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Contrast {
    More,
}

/// Whose colours are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colors {
    /// The system's few colours, as in a contrast theme of Windows.
    Forced,
}

/// Where lines begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Ltr,
    Rtl,
}

/// The size of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSize {
    /// 200 %, as WCAG 1.4.4 asks for.
    Double,
}

/// Which colours are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    /// Without the cones for long waves: red.
    Protanopia,
    /// Without the cones for middle waves: green.
    Deuteranopia,
    /// Without the cones for short waves: blue.
    Tritanopia,
    /// Light and dark alone.
    Achromatopsia,
}

/// Whether time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// The state stays as it is.
    Still,
    /// The machine goes on, in a world in which nothing answers.
    Run,
}

/// Whether the gallery stands around a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Chrome {
    On,
    Off,
}

/// From where the cause was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedFrom {
    /// The page and the portal's server.
    Server,
    /// The page alone, because its server is away.
    Page,
    /// The page alone, because it is served as files.
    Files,
}
