//! What a designer should know of each cause: what happens in the world that leads there, and what the person should
//! understand or do. The product says neither; its own sentences stand in the `connection` crate.

use connection::cause::Cause;

/// What there is to know of one cause.
pub(super) struct CauseNotes {
    /// What happens in the world that leads there.
    pub(super) when: &'static str,
    /// What the person should understand or do.
    pub(super) person: &'static str,
}

/// The notes on a cause. A new cause does not compile until it has some.
pub(super) fn notes(cause: Cause) -> CauseNotes {
    let (when, person) = match cause {
        Cause::Offline => (
            "The cable is out, the Wi-Fi is gone, or the laptop has just woken up.",
            "It is this computer, not DRP. Nothing has to be done in the portal: it connects as soon as the network is back.",
        ),
        Cause::Mixed => (
            "The portal is served over HTTPS and somebody typed an http:// endpoint, for example a simulator without TLS.",
            "No setting in the portal helps: the endpoint needs TLS, or the portal has to be opened over http:// too.",
        ),
        Cause::Csp => (
            "An operator serves the portal with a Content-Security-Policy that does not list this endpoint.",
            "The rule is the portal's, not DRP's. Whoever runs the portal adds the endpoint; a reload takes the new rule.",
        ),
        Cause::BrowserRefuses => (
            "DRP, or a forward to it, was put on a port such as 6000 or 10080 that every browser keeps for something else.",
            "Waiting is in vain. DRP has to be offered on another port, and the address in the portal corrected.",
        ),
        Cause::LocalNetwork => (
            "The browser asked whether this page may reach devices on the local network, and somebody pressed Block.",
            "The permission is the person's to give, in the browser's site settings. DRP and its certificate are fine.",
        ),
        Cause::NoName => (
            "The name was mistyped, its DNS record is gone, or the company's name server is only there with the VPN on.",
            "Check the spelling first, then the VPN. The portal keeps asking, so a name that comes back is enough.",
        ),
        Cause::Down => (
            "dr-provision was stopped, crashed or has not been started since the machine was, or the port is a different one.",
            "Look at the service on the endpoint's machine. The portal connects on its own once something listens again.",
        ),
        Cause::NobodyBehind => (
            "A container or load balancer publishes the port, but the dr-provision behind it is not running.",
            "The open port proves nothing. Look at the service behind the mapping, not at the network.",
        ),
        Cause::SomeAddresses => (
            "The name has an IPv4 and an IPv6 address, or two nodes, and one of them leads nowhere.",
            "It works on one try and fails on the next. Whoever keeps the DNS removes or repairs the bad address.",
        ),
        Cause::NoAnswer => (
            "A firewall drops the packets without a word, or dr-provision hangs and accepts connections that it never serves.",
            "Nobody refused anything, so each try takes its full ten seconds. Ask about firewalls before certificates.",
        ),
        Cause::LargePackets => (
            "A tunnel carries smaller packets than both ends believe, and what reports that is filtered on the way.",
            "Small requests work, which makes it look healthy. The network's MTU is to be lowered; DRP is fine.",
        ),
        Cause::BrowserOnly => (
            "The portal's server stands in the data centre, and this computer is outside without the VPN.",
            "DRP runs. The difference lies between this computer and the network: VPN, route, or a firewall for clients.",
        ),
        Cause::Proxy => (
            "The company's proxy is set in the system and answers for the endpoint, which it cannot reach or may not.",
            "The proxy needs an exception for the endpoint, on this computer or in the file that configures it.",
        ),
        Cause::Blocked => (
            "An ad blocker, a privacy shield or a policy of the browser takes the endpoint for a tracker.",
            "A private window without extensions shows whether it is one. Then allow this page in the extension.",
        ),
        Cause::Intercepted => (
            "Antivirus software or a company gateway opens every TLS connection and shows a certificate of its own.",
            "The certificate that DRP sends is not to blame. Accepting the other one means that somebody reads along.",
        ),
        Cause::TooManySockets => (
            "Dozens of tabs with live pages are open in this browser, some of them this portal's own.",
            "Close tabs. The endpoint has not even been asked yet.",
        ),
        Cause::Expired => (
            "dr-provision was installed a year ago with its own certificate, and nobody renewed it since.",
            "Accepting it brings this person back in a minute; a new certificate on the endpoint brings everybody back.",
        ),
        Cause::NotLoaded => (
            "A timer renewed the file on disk, and the running dr-provision still serves the certificate it read at its start.",
            "The renewal was not in vain: it only has to be loaded, with drpcli or by a restart of the service.",
        ),
        Cause::NotYetValid => (
            "The certificate was made on a machine whose clock was ahead, or is meant for next week.",
            "It will become valid by itself. Who cannot wait sets the clock right and makes the certificate again.",
        ),
        Cause::YourClock => (
            "This computer's battery ran out, or a virtual machine woke up in the past.",
            "Set the date right and everything works: nothing on the endpoint has to be changed.",
        ),
        Cause::WrongName => (
            "The certificate names the host, and the person typed its IP address, or the machine was renamed.",
            "Use one of the names in the certificate if it leads to the same machine; else the endpoint needs a new one.",
        ),
        Cause::WrongSite => (
            "One proxy serves many sites, and this name is not among those that it was told of.",
            "The proxy answers with somebody else's site. Correct the address, or add the name on the proxy.",
        ),
        Cause::SelfSigned => (
            "A fresh DRP install: it makes its own certificate, and this browser meets it for the first time.",
            "It is how DRP begins, not an attack. Compare the fingerprint, accept it once, and come back.",
        ),
        Cause::UnknownCa => (
            "The company's own authority signed the certificate, and this computer has not been given that authority.",
            "Accepting helps one browser. Importing the authority's certificate helps for every endpoint that it signed.",
        ),
        Cause::ChainIncomplete => (
            "Somebody installed the certificate file alone and left the intermediate one out.",
            "It works in browsers that have met the intermediate before, so colleagues may see nothing wrong.",
        ),
        Cause::StaleCa => (
            "The authority was made again under the same name, and this browser still holds the old one.",
            "Importing once more is not enough: the old authority has to be removed from the browser first.",
        ),
        Cause::Replaced => (
            "The endpoint was installed again, its certificate was renewed, or somebody stands in between.",
            "Do not accept it in haste: ask whoever runs the endpoint, and compare the two fingerprints.",
        ),
        Cause::Forgotten => (
            "The browser was closed or its data was cleared, and with it the exception that was made earlier.",
            "The certificate is the same as before, so accepting it again is safe.",
        ),
        Cause::BadCertificate => (
            "The certificate has a short key, an old signature or fields that browsers do not allow.",
            "It must be made again by the rules of browsers. Until then some browsers let the person through, others do not.",
        ),
        Cause::CannotAccept => (
            "The host once asked for strict security (HSTS), or the flaw is one that browsers never let pass.",
            "There is no button to look for. Only another name, or a good certificate on the endpoint, helps.",
        ),
        Cause::Untrusted => (
            "The browser tells this page that it refused the certificate, and nobody else could look at it.",
            "Opening the endpoint in a tab shows why, with the browser's own words and, mostly, a way to accept.",
        ),
        Cause::ClientCertificate => (
            "A proxy or gateway in front of DRP lets only those in who show a certificate of their own.",
            "DRP itself asks for no such thing. Whoever runs the gateway hands out the certificate, or lets this page pass.",
        ),
        Cause::PlainHttp => (
            "A proxy ends TLS elsewhere, or a simulator runs without TLS, and the address says https.",
            "Typing http:// in the address may be all, but only where that is meant: a sign-in then travels in the clear.",
        ),
        Cause::OtherProtocol => (
            "The port belongs to another service, such as SSH or a database.",
            "The port in the address is most likely mistyped; DRP's is 8092 unless somebody changed it.",
        ),
        Cause::OldTls => (
            "An old gateway or DRP offers TLS 1.0 or 1.1 only, which browsers have switched off.",
            "No browser setting brings it back. The endpoint's minimum version is to be raised on its side.",
        ),
        Cause::TlsFailed => (
            "A load balancer adds a PROXY header, or a box in between garbles the first bytes of TLS.",
            "It is no matter of trust, so accepting changes nothing. Whoever runs what stands in front has to look.",
        ),
        Cause::UnreachableOrUntrusted => (
            "The portal's own server is away, and the browser tells a page nothing about a failed TLS connection.",
            "Opening the endpoint in a tab decides it at once: a warning is a matter of trust, an error page is not.",
        ),
        Cause::SignIn => (
            "The portal was opened on a new computer, or the sign-in was not kept.",
            "Nothing is broken: the endpoint wants to know who asks. Signing in here is all.",
        ),
        Cause::Credentials => (
            "The password was mistyped, changed by somebody, or belongs to another endpoint.",
            "The portal does not try the same password again, so that nobody is locked out. Type it once more.",
        ),
        Cause::TokenExpired => (
            "The laptop slept over the weekend, and the connection has to be opened anew with a token that is too old.",
            "An open connection outlives its token, so it shows only at a reconnect. Sign in again and nothing is lost.",
        ),
        Cause::NoRights => (
            "The account was made for a script or a team and was never given the right to follow events.",
            "The password is right. An administrator adds the role, or the person signs in as somebody else.",
        ),
        Cause::NotDrp => (
            "The address is that of a router, a web server or another product on the same machine.",
            "The portal reached something that is well and is not DRP. Check host and port.",
        ),
        Cause::LoginWall => (
            "A hotel's captive portal or the company's single sign-on answers before DRP is reached.",
            "Open the endpoint in a tab, sign in where it asks, and come back. The portal goes on by itself.",
        ),
        Cause::Moved => (
            "The endpoint has a new address, and a proxy at the old one sends everybody there.",
            "A socket does not follow a redirect. Type the address that the browser lands on.",
        ),
        Cause::Firewall => (
            "A web application firewall takes the live connection for an attack and answers for DRP.",
            "The rule that refused has a number in the firewall's log. Signing in again does not help.",
        ),
        Cause::OriginRefused => (
            "A proxy in front of DRP lets only pages of certain addresses open a socket.",
            "The portal's address has to be added to the proxy's list. The account and the token are fine.",
        ),
        Cause::HeadTooLarge => (
            "Other applications on the same host name have left so many cookies that the request grew too large.",
            "Clearing the cookies of this host is enough, or a private window to see that it is them.",
        ),
        Cause::TooMany => (
            "Many tabs or scripts share one address, and a limit on requests has been reached.",
            "The portal slows down by itself. Pressing Retry again and again makes it last longer.",
        ),
        Cause::BadGateway => (
            "nginx or a load balancer is up, and the dr-provision behind it is stopped or just starting.",
            "The network is fine up to the proxy. Wait through a restart; else look at DRP behind it.",
        ),
        Cause::NotDrpOrBadGateway => (
            "Something answers without letting the page read it, and the portal's server is not there to look.",
            "The address opened in a tab shows which of the two it is: another site, or a gateway's error.",
        ),
        Cause::NoUpgrade => (
            "A reverse proxy passes ordinary requests on and drops the two headers that a socket needs.",
            "Pages work and the live connection never does. Two lines in the proxy's configuration mend it for everybody.",
        ),
        Cause::SocketOnly => (
            "Signing in works, and the socket fails with no reason that a page or the portal's server could see.",
            "The person is not to blame. Antivirus and proxies that treat sockets in their own way are the first to ask about.",
        ),
        Cause::ClockSkew => (
            "A manager or an endpoint keeps its own time, minutes away from the others, and refuses their tokens.",
            "The password is right. NTP on both machines mends it, and the portal connects by itself then.",
        ),
        Cause::Restart => (
            "Somebody installed a new version or restarted the service, and it was back within seconds.",
            "It is over. There is nothing to do but to know why the feed has a gap.",
        ),
        Cause::Crash => (
            "dr-provision stopped in the middle of its work, or its machine lost power, and it has not come back.",
            "The page cannot restart it. Whoever runs the endpoint looks at the service and its log.",
        ),
        Cause::Cut => (
            "A network switched over, a middle box forgot the connection, or DRP was restarted too quickly to see.",
            "A single cut heals by itself and needs nobody. It is worth a look only when it repeats.",
        ),
        Cause::Silence => (
            "The link died without a word: a cable, a sleeping laptop, a route that vanished in between.",
            "The portal noticed because no answer came. It gives the old connection up and opens a new one.",
        ),
        Cause::IdleCut => (
            "A proxy or NAT box ends every connection on which nothing was said for, say, 60 seconds.",
            "Nothing is lost but the time between. A longer idle timeout on that box ends it for good.",
        ),
        Cause::CutInUse => (
            "A load balancer lets a connection live for an hour at most, whether it is used or not.",
            "The regular clock gives it away. The limit is to be raised for sockets, on the box that has it.",
        ),
        Cause::Flapping => (
            "A weak Wi-Fi, a roaming laptop, or two endpoints behind one address that take turns.",
            "Each loss alone looks harmless; together they need somebody. The list of losses shows the rhythm.",
        ),
        Cause::TooLarge => (
            "One message of the portal, such as a very long list of subscriptions, went over the endpoint's limit.",
            "It is the portal's fault, not the person's. A report to whoever builds the portal helps most.",
        ),
        Cause::Violation => (
            "A box in between rewrites or compresses data of the socket, or the endpoint has a bug.",
            "The same data fails each time. Another network shows whether the box on the way is to blame.",
        ),
        Cause::Closed => (
            "The endpoint, or a proxy that speaks for it, ended the connection on purpose and gave a number.",
            "The number is the best clue: its row on the troubleshooting page says what it stands for in DRP.",
        ),
    };
    CauseNotes { when, person }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use connection::words;

    use super::*;

    fn all() -> impl Iterator<Item = (Cause, &'static str)> {
        Cause::all().flat_map(|cause| {
            let CauseNotes { when, person } = notes(cause);
            [(cause, when), (cause, person)]
        })
    }

    #[test]
    fn no_two_notes_are_the_same_and_none_repeats_the_product() {
        let mut seen = BTreeSet::new();
        for (cause, note) in all() {
            assert!(seen.insert(note), "{cause:?}: {note}");
            assert!(!note.contains(cause.title()) && note != words::plain(cause), "{cause:?}: {note}");
        }
    }

    #[test]
    fn a_note_is_one_or_two_sentences_long() {
        for (cause, note) in all() {
            assert!((30..=200).contains(&note.chars().count()), "{cause:?}: {note}");
            assert!(note.ends_with('.') && note.matches(". ").count() <= 1, "{cause:?}: {note}");
        }
    }

    #[test]
    fn when_tells_of_the_world_in_one_sentence() {
        for cause in Cause::all() {
            let when = notes(cause).when;
            assert!(!when.contains(". "), "{cause:?}: {when}");
        }
    }
}
