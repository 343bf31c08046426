//! The troubleshooting page's running text: the knowledge-base article on portal connectivity, corrected where it errs.
//! The page shows it with the person's own endpoint filled in, the server without a program to those who have none.

use crate::close_code::CloseCode;

/// A run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// As it stands.
    Text(&'static str),
    /// A close code, as a link to its row.
    Code(CloseCode),
}

/// A heading and the paragraphs below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: &'static str,
    /// The paragraphs.
    pub paragraphs: &'static [&'static [Span]],
}

/// The article's name, as the megaphone says it.
pub const TITLE: &str = super::RED;

/// The page's heading where nothing is lost.
pub const HEADING: &str = "Connection problems";

/// The page's heading while the person's own connection is away.
pub const HEADING_LOST: &str = "Why you're not connected";

/// Searches that people often mean: what the button says, and what it looks for.
pub const SUGGESTIONS: [(&str, &str); 4] =
    [("Certificate", "certificate"), ("Sign-in", "sign-in"), ("Proxy", "proxy"), ("Restart", "restart")];

/// Above the codes that can end a connection to DRP.
pub const USUAL_CODES: &str = "You may see these";

/// Above the others.
pub const RARE_CODES: &str = "Rare and reserved";

/// What the page is for.
pub const LEAD: &str = "The portal keeps one WebSocket open to your endpoint. When it is lost, this page says what that means and what to do.";

/// What a person sees and why the code says so little.
pub const WHAT_HAPPENS: Section = Section {
    heading: "What happens",
    paragraphs: &[
        &[Span::Text(
            "The megaphone at the top left turns red, flashes and says “Unable to access DRP”. Press it: it shows the close code, what was checked, the likely cause, and the steps for it.",
        )],
        &[
            Span::Text("The code is nearly always "),
            Span::Code(CloseCode::ABNORMAL),
            Span::Text(
                ". With it a browser says that the connection failed or was cut, and keeps the reason to itself: a page is not told whether a certificate was refused, a name did not resolve or nothing listened. That is why the portal makes checks of its own and says how sure it is. Firefox alone tells a refused certificate apart: as ",
            ),
            Span::Code(CloseCode::TLS_HANDSHAKE),
            Span::Text("."),
        ],
        &[Span::Text("Meanwhile the portal tries again by itself, less and less often, up to every 20 seconds.")],
    ],
};

/// What it mostly is.
pub const USUAL_CAUSE: Section = Section {
    heading: "The usual cause",
    paragraphs: &[
        &[Span::Text(
            "The endpoint's certificate. DRP makes its own at its first start, self-signed and valid for a year. For a page, a browser asks whether you accept such a certificate. For a WebSocket it does not ask, it only refuses. It can also forget after some days what you accepted before.",
        )],
        &[Span::Text(
            "Other causes are an endpoint that is down or restarting, a sign-in that ran out, a proxy that does not pass WebSockets on, and a browser that does not let pages reach local networks.",
        )],
    ],
};

/// What mostly helps.
pub const EASIEST_FIX: &str = "The easiest fix";

/// The steps of [`EASIEST_FIX`], in order.
pub const FIX: [&str; 4] = [
    "If you know this endpoint, open it in a new tab and accept its certificate there.",
    "Come back to this tab: the portal notices and connects.",
    "If no warning appears, close the browser completely, open it again, and repeat the first step.",
    "To stop seeing this, give the endpoint a certificate that your browsers trust.",
];

/// In place of the way to the endpoint, where it has no certificate.
pub const FIX_WITHOUT_TLS: &str = "Your endpoint's address begins with http://, so it has no certificate to accept. Check that the endpoint is running.";

/// How an endpoint's address looks, for those whose endpoint is not known here.
pub const ADDRESS_EXAMPLE: &str = "https://drp.example.com:8092";

/// The command of the last step, and which versions of DRP it is for.
pub const FIX_COMMAND: (&str, &str) = (
    "drpcli system certs set server.crt server.key",
    "DRP 4.6 and later, for new connections at once. Before 4.6, start dr-provision with --tls-cert and --tls-key.",
);

/// Where the reason of a 1006 stands in writing.
pub const CONSOLE: Section = Section {
    heading: "What the console says",
    paragraphs: &[&[Span::Text(
        "The browser tells the reason of a 1006 to nobody but you: press F12, open “Console”, and paste the line that names the endpoint. Firefox does not write it there: open the endpoint in a new tab and paste the code from the page that comes.",
    )]],
};

/// What stands above the table.
pub const CODES: Section = Section {
    heading: "Close codes",
    paragraphs: &[&[Span::Text(
        "Every WebSocket ends with a code. Here is what each one means, and what it means when it ends a connection to DRP.",
    )]],
};

/// Where else to look: address and name.
pub const SEE_ALSO: [(&str, &str); 4] = [
    ("https://portal.rackn.io", "The RackN portal, stable"),
    ("https://tip.rackn.io", "The RackN portal, tip"),
    ("https://docs.rackn.io", "The documentation of Digital Rebar"),
    ("https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number", "The registry of close codes"),
];

/// What the article holds for.
pub const APPLIES_TO: &str = "DRP endpoints of every version with the WebSocket API (/api/v3/ws). The megaphone came to the RackN portal with version 1.18. Commands name the versions that they need.";

/// What people look for when they mean this page.
pub const KEYWORDS: &str = "DRP, portal, megaphone, WebSocket, close code, 1006, certificate, self-signed, TLS, connection lost, unable to access";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backoff;
    use crate::time::SECOND;

    #[test]
    fn the_longest_pause_is_that_of_the_backoff() {
        let pause = format!("up to every {} seconds", backoff::CAP / SECOND);
        let mut spans = WHAT_HAPPENS.paragraphs.iter().copied().flatten();
        assert!(spans.any(|span| matches!(span, Span::Text(text) if text.contains(&pause))), "{pause}");
    }
}
