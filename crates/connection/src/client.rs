//! The browser and the system that a person uses, as far as what is true or possible differs.

/// The browser, told by its engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Browser {
    /// Chrome, Edge and others of its family.
    Chromium,
    /// Firefox: it remembers accepted certificates for each port, keeps authorities of its own, and closes with 1015
    /// where it refuses a certificate.
    Firefox,
    /// Safari, and every browser on iOS: an accepted certificate does not carry over to WebSockets.
    Safari,
    /// GNOME Web and other WebKitGTK browsers: an accepted certificate does carry over.
    WebKitGtk,
    /// Another one.
    #[default]
    Other,
}

/// The operating system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    /// Linux and what is like it.
    Linux,
    /// Windows.
    Windows,
    /// macOS, which keeps programs from local networks until they are allowed.
    MacOs,
    /// iOS and iPadOS.
    Ios,
    /// Android.
    Android,
    /// Another one.
    #[default]
    Other,
}

/// Who looks at the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Client {
    /// The browser.
    pub browser: Browser,
    /// The operating system.
    pub system: System,
}

impl Client {
    /// Tells browser and system by the user agent string.
    pub fn of(user_agent: &str) -> Self {
        let system = System::of(user_agent);
        Self { browser: Browser::of(user_agent, system), system }
    }
}

/// Whether the word stands anywhere in the text. The page's first part decides by it, and `str::contains` would bring a search
/// of a few kilobytes.
fn has(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|there| there == word.as_bytes())
}

impl System {
    fn of(user_agent: &str) -> Self {
        let names = |words: &[&str]| words.iter().any(|word| has(user_agent, word));
        if names(&["iPhone", "iPad", "iPod"]) {
            Self::Ios
        } else if names(&["Android"]) {
            Self::Android
        } else if names(&["Macintosh", "Mac OS X"]) {
            Self::MacOs
        } else if names(&["Windows"]) {
            Self::Windows
        } else if names(&["Linux", "X11", "BSD", "CrOS"]) {
            Self::Linux
        } else {
            Self::Other
        }
    }
}

impl Browser {
    fn of(user_agent: &str, system: System) -> Self {
        if system == System::Ios {
            // Browsers on iOS are the system's WebKit, whatever they are called.
            Self::Safari
        } else if has(user_agent, "Firefox/") {
            Self::Firefox
        } else if has(user_agent, "Chrome/") || has(user_agent, "Chromium/") {
            Self::Chromium
        } else if has(user_agent, "Safari/") {
            // Safari is made for Apple's systems alone; elsewhere the name stands for WebKit.
            if system == System::MacOs { Self::Safari } else { Self::WebKitGtk }
        } else {
            Self::Other
        }
    }

    /// Whether a page is told by an `error` event that an open socket broke the protocol: elsewhere a reset brings one, too.
    pub fn error_means_violation(self) -> bool {
        matches!(self, Self::Chromium)
    }

    /// Whether it closes a page's sockets as soon as the next page is asked for, before it says that this one is left.
    pub fn closes_sockets_before_leaving(self) -> bool {
        matches!(self, Self::Firefox)
    }

    /// Whether it holds new sockets to a host back after one has failed, for up to a minute.
    pub fn holds_sockets_back(self) -> bool {
        matches!(self, Self::Firefox)
    }

    /// What a person calls it, in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Firefox => "Firefox",
            Self::Safari => "Safari",
            Self::Chromium | Self::WebKitGtk | Self::Other => "this browser",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_systems_are_told_apart() {
        let of = |user_agent: &str| {
            let client = Client::of(user_agent);
            (client.browser, client.system)
        };
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        for (user_agent, client) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36",
                (Browser::Chromium, System::Linux),
            ),
            (
                &format!("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/19.0 Safari/605.1.15"),
                (Browser::Safari, System::MacOs),
            ),
            (
                &format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Version/60.5 Safari/605.1.15"),
                (Browser::WebKitGtk, System::Linux),
            ),
            (
                &format!(
                    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {webkit} CriOS/156.0 Mobile Safari/604.1"
                ),
                (Browser::Safari, System::Ios),
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
                (Browser::Firefox, System::Linux),
            ),
            ("", (Browser::Other, System::Other)),
        ] {
            assert_eq!(of(user_agent), client, "{user_agent}");
        }
    }
}
