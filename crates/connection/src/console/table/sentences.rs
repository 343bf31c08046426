//! What browsers say in words, and the HTTP statuses that answer the upgrade.

use super::Kind::Status;
use super::{NO_ROUTE, Numbers, Row, nothing, numbered, offered, plain, refused};
use crate::cause::Cause;

/// Chromium and WebKit name the status; Firefox does not.
pub(super) static STATUSES: &[Numbers] = &[
    numbered(Status, &[200], plain("", &[Cause::NoUpgrade, Cause::NotDrp, Cause::LoginWall])),
    numbered(Status, &[301, 302, 303, 307, 308], plain("", &[Cause::LoginWall, Cause::Moved])),
    numbered(
        Status,
        &[400],
        plain("", &[Cause::NoUpgrade, Cause::ClockSkew, Cause::HeadTooLarge])
            .hint("A proxy that takes the Upgrade header away, clocks that differ, or too many cookies."),
    ),
    numbered(Status, &[401], plain("", &[Cause::SignIn])),
    numbered(
        Status,
        &[403],
        plain("", &[Cause::TokenExpired, Cause::NoRights, Cause::OriginRefused, Cause::Firewall]).hint(
            "DRP says so of a sign-in. If signing in anew changes nothing, a proxy or web firewall refuses this portal's address.",
        ),
    ),
    numbered(Status, &[404, 405], plain("", &[Cause::NotDrp])),
    numbered(Status, &[407], plain("", &[Cause::Proxy])),
    numbered(Status, &[413, 414, 431, 494], plain("", &[Cause::HeadTooLarge])),
    numbered(Status, &[421], plain("", &[Cause::WrongSite])),
    numbered(Status, &[426, 501, 505], plain("", &[Cause::NoUpgrade])),
    numbered(Status, &[429], plain("", &[Cause::TooMany])),
    numbered(
        Status,
        &[495, 496],
        plain("", &[Cause::ClientCertificate]),
    ),
    numbered(Status, &[502, 503, 504, 520, 521, 522, 523, 524, 530], plain("", &[Cause::BadGateway])),
    numbered(
        Status,
        &[525, 526],
        plain("", &[Cause::BadGateway]).hint("The proxy refuses the certificate of DRP behind it, or cannot speak TLS with it."),
    ),
];

/// Sentences that tell what went wrong. `’` counts as `'`.
pub(super) static TELLING: &[Row] = &[
    // Before the connection was tried.
    plain(
        "Mixed Content|Blocked loading mixed active content|insecure WebSocket connection may not be initiated|\
         Not allowed to request resource|connect to the insecure WebSocket endpoint",
        &[Cause::Mixed],
    ),
    plain(
        "violates the following Content Security Policy|violates the document's Content Security Policy|\
         Content-Security-Policy: The page's settings blocked|it does not appear in the connect-src directive",
        &[Cause::Csp],
    ),
    plain(
        "Port not allowed|tried to connect to a restricted port|is not allowed to use restricted network port|\
         This address is restricted",
        &[Cause::BrowserRefuses],
    ),
    plain(
        "local network access|the `local` address space|the `loopback` address space|loopback address space|\
         private address space",
        &[Cause::LocalNetwork],
    ),
    plain("Insufficient resources|Too many open connections", &[Cause::TooManySockets]),
    plain(
        "blocked by an extension|Blocked by client|has been blocked by your administrator|Content Blocker",
        &[Cause::Blocked],
    ),
    // The way there.
    plain(
        "hostname could not be found|Name or service not known|Temporary failure in name resolution|\
         We're having trouble finding that site|server IP address could not be found|Error resolving|\
         Can't Find the Server",
        &[Cause::NoName],
    ),
    plain(
        "Connection refused|Could not connect to the server|refused to connect|Can't Connect to the Server",
        &[Cause::Down],
    ),
    plain("No route to host|Network is unreachable|Host is down|Network is down", &[Cause::Down, Cause::LocalNetwork])
        .hint(NO_ROUTE),
    plain(
        "Opening handshake timed out|The request timed out|Operation timed out|Connection timed out|\
         took too long to respond|The connection has timed out",
        &[Cause::NoAnswer],
    ),
    plain("appears to be offline|You are not connected to the Internet|You're offline", &[Cause::Offline]),
    plain("proxy server is refusing connections|Unable to find the proxy server|\
         Establishing a tunnel via proxy server failed|There is something wrong with the proxy server", &[Cause::Proxy]),
    plain(
        "Connection reset by peer|Software caused connection abort|Socket is not connected|\
         The network connection was lost|closed due to suspension",
        &[Cause::Cut],
    ),
    // TLS and certificates.
    offered(
        "Unacceptable TLS certificate|certificate for this server is invalid|This Connection Is Not Private|\
         Your connection is not private|Potential Security Risk Ahead",
        &[Cause::SelfSigned, Cause::UnknownCa, Cause::Expired, Cause::WrongName],
    ),
    refused("A TLS error caused the secure connection to fail|An SSL error has occurred", &[Cause::TlsFailed]),
    // The upgrade. What answers in place of DRP makes these.
    plain(
        "Incorrect 'Sec-WebSocket-Accept'|'Sec-WebSocket-Accept' header is missing|\
         must not include 'Sec-WebSocket-Protocol'|Response must not include|\
         Sent non-empty 'Sec-WebSocket-Protocol'|'Upgrade' header is missing|'Connection' header is missing|\
         'Upgrade' header value is not 'WebSocket'|'Connection' header value must contain 'Upgrade'|\
         Error during WebSocket handshake|The server did not accept the WebSocket handshake|\
         Invalid HTTP version string|Invalid status line|There was a bad response from the server",
        &[Cause::NoUpgrade],
    )
    .hint("Something in front of DRP answers the upgrade in its own way. A sign-in that ran out can look like this in Safari."),
    // The open connection.
    plain(
        "Invalid frame header|reserved bits are on|RSV1|Could not decode a text frame|A server must not mask|\
         Invalid UTF-8|reserved bit|Unrecognized frame opcode|Received unexpected continuation frame|\
         Received start of new message but previous message is unfinished|Received a broken close frame|\
         Fragmented control frame|Protocol error|Received a frame with",
        &[Cause::Violation],
    )
    .hint("A proxy that compresses or rewrites what passes is the usual reason; DRP uses no extension."),
    nothing(
        "Cross-Origin Request Blocked|blocked by CORS policy|due to access control checks",
        "This line is about a request that the page may not read, and names no reason. Look for one about the WebSocket.",
    ),
];

/// Sentences that leave open what went wrong.
pub(super) static BROAD: &[Row] = &[
    plain(
        "can't establish a connection to the server|was interrupted while the page was loading|\
         was interrupted while",
        &[Cause::UnreachableOrUntrusted],
    )
    .hint("Firefox keeps the reason from its console. Open the endpoint in a tab of its own and paste the code that the page there shows, such as SEC_ERROR_UNKNOWN_ISSUER."),
    plain(
        "Error in connection establishment|WebSocket is closed before the connection is established|\
         Could not connect to",
        &[Cause::UnreachableOrUntrusted],
    ),
];
