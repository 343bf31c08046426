//! The report for the person who helps: Markdown to read, JSON for machines.
//!
//! It is made from the machine's state, which holds no credentials; the two texts that come from outside, the endpoint's
//! reasons and the browser's name, are scrubbed on the way in.

use serde::Serialize;

use crate::evidence::{Check, Evidence};
use crate::history::Loss;
use crate::machine::{Machine, Progress};
use crate::probe::Certificate;
use crate::secret::scrub;
use crate::time::Moment;
use crate::verdict::Finding;
use crate::way;
use crate::words;

/// What the machine does not know.
#[derive(Clone, Debug, Default, Serialize)]
pub struct About {
    /// When the report was written, ISO 8601.
    pub written: String,
    /// The portal's version.
    pub portal: String,
    /// The version of the server that serves it, if it answered.
    pub server: Option<String>,
    /// The browser's `User-Agent`.
    pub browser: String,
    /// How many messages have arrived.
    pub messages: u64,
    /// Whether an earlier page of the tab has left losses that have not been read yet.
    pub losses_unread: bool,
}

/// The machine-readable report.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    about: About,
    endpoint: Option<String>,
    phase: &'static str,
    alarm: &'static str,
    attempt: u32,
    close_code: Option<u16>,
    summary: String,
    findings: Vec<Finding>,
    evidence: &'a Evidence,
    certificate: Option<&'a Certificate>,
    losses: Vec<Loss>,
    losses_in_all: u32,
}

/// The machine-readable report, to be written as JSON.
pub fn report(machine: &Machine, about: About, now: Moment) -> Report<'_> {
    Report {
        about: About { browser: scrub(&about.browser), ..about },
        endpoint: machine.endpoint().map(ToString::to_string),
        phase: machine.phase().name(),
        alarm: machine.alarm().name(),
        attempt: machine.attempt(),
        close_code: machine.close_code().map(|code| code.0),
        summary: words::headline(machine, now),
        findings: way::findings(machine),
        evidence: machine.diagnosis().evidence(),
        certificate: machine.certificate(),
        losses: machine
            .history()
            .losses()
            .iter()
            .map(|loss| Loss { reason: scrub(&loss.reason), ..loss.clone() })
            .collect(),
        losses_in_all: machine.history().total(),
    }
}

/// The readable report.
pub fn markdown(machine: &Machine, about: &About, now: Moment) -> String {
    let mut out = String::from("# Megaphone report\n\n");
    let mut item = |name: &str, value: &str| out.extend(["- ", name, ": ", value, "\n"]);
    item("Written", &about.written);
    item("Portal", &about.portal);
    item("Portal's server", about.server.as_deref().unwrap_or("did not answer"));
    item("Browser", &quote(&scrub(&about.browser)));
    item("Endpoint", &machine.endpoint().map_or_else(|| "none".to_owned(), ToString::to_string));
    item("State", words::phase(machine.phase()));
    item("Messages received", &about.messages.to_string());
    item("Summary", &escaped(&words::headline(machine, now)));
    if let Some(close) = machine.outage().and_then(|outage| outage.last_close.as_ref()) {
        item("Close code", &format!("{} ({})", close.code, close.code.name()));
        item("Clean close", if close.clean { "yes" } else { "no" });
        item("Reason", &reason(&close.reason));
    }
    if machine.diagnosis().progress() != Progress::Idle {
        diagnosis(machine, now, &mut out);
    }
    if let Some(certificate) = machine.certificate() {
        let until = words::date(certificate.not_after);
        out.extend(["\n## Certificate\n\n- Subject: ", &quote(&certificate.subject), "\n- Issuer: "]);
        out.extend([&quote(&certificate.issuer), "\n- Valid until: ", &until, "\n- SHA-256: "]);
        out.extend([&certificate.fingerprint, "\n"]);
    }
    out.push_str("\n## Losses\n\n| ago | code | reason | cause | what happened |\n| --- | --- | --- | --- | --- |\n");
    for loss in machine.history().losses().iter().rev() {
        let ago = words::ago(now.wall.saturating_sub(loss.at));
        let code = format!("{} ({})", loss.code, loss.code.name());
        let cause = loss.cause.map_or("not named", |(cause, _)| cause.id());
        let row = [
            "| ",
            &ago,
            " | ",
            &code,
            " | ",
            &reason(&loss.reason),
            " | ",
            cause,
            " | ",
            &words::loss_line(loss),
            " |\n",
        ];
        out.extend(row);
    }
    if about.losses_unread {
        out.extend(["\n", words::LOSSES_UNREAD, "\n"]);
    }
    out
}

/// What was found, and what the checks saw.
fn diagnosis(machine: &Machine, now: Moment, out: &mut String) {
    out.push_str("\n## Cause\n\n");
    for finding in way::findings(machine) {
        out.extend(["- ", &escaped(&words::finding(&finding, machine, now)), "\n"]);
        for basis in finding.why.iter().filter_map(words::basis) {
            out.extend(["  - ", &escaped(&basis), "\n"]);
        }
    }
    out.push_str("\n## Checks\n\n| check | outcome | evidence |\n| --- | --- | --- |\n");
    for check in Check::ALL {
        let (outcome, saw) = words::outcome(check, machine);
        out.extend(["| ", words::question(check), " | ", outcome.name(), " | ", &escaped(&saw), " |\n"]);
    }
}

fn reason(text: &str) -> String {
    if text.is_empty() { "none given".to_owned() } else { quote(&scrub(text)) }
}

/// Text from outside as inline code, so that nothing in it is markup.
fn quote(text: &str) -> String {
    format!("`{}`", cell(&text.replace('`', "'")))
}

/// A sentence that may hold text from outside (names in a certificate, a banner, a redirect's target), so that none of it
/// becomes markup, an image, a link or another cell where the report is pasted. Every character stays readable.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, letter) in text.char_indices() {
        let rest = text.get(index..).unwrap_or_default();
        let www = rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
        match letter {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '~' | '@' | '&' => {
                out.extend(['\\', letter])
            }
            // Renderers make links of bare addresses.
            ':' if rest.starts_with("://") => out.push_str(":\\"),
            _ if www => out.extend([letter, '\\']),
            _ => out.push(letter),
        }
    }
    out
}

/// Keeps a text within its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close_code::CloseCode;
    use crate::endpoint::Endpoint;
    use crate::machine::{Close, ConnectionId, Credential, Event, TokenLife};

    fn about() -> About {
        About {
            written: "2026-11-23T21:00:00Z".into(),
            portal: "0.1.0".into(),
            server: None,
            browser: "Browser/1.0".into(),
            messages: 7,
            losses_unread: false,
        }
    }

    fn lost(reason: &str) -> (Machine, Moment) {
        let mut machine = Machine::default();
        let now = Moment { mono: 0, wall: 1_800_000_000_000 };
        machine.step(Event::Connect(Endpoint::parse("drp").unwrap(), Credential::None), now, 0);
        machine.step(Event::TokenRefreshed(TokenLife { issued: now.wall, ttl: 1 }), now, 0);
        machine.step(Event::Opened(ConnectionId(1)), now, 0);
        let close = Close { code: CloseCode(1011), reason: reason.into(), clean: true, error: false, given_up: None };
        machine.step(Event::Closed(ConnectionId(1), close), now.plus(1_000), 0);
        (machine, now.plus(2_000))
    }

    #[test]
    fn it_tells_code_reason_and_losses() {
        let (machine, now) = lost("maintenance");
        let text = markdown(&machine, &about(), now);
        for part in
            ["https://drp:8092", "1011 (Internal Error)", "`maintenance`", "| 1 s ago |", "Messages received: 7"]
        {
            assert!(text.contains(part), "{part:?} is missing in:\n{text}");
        }
        let json = serde_json::to_value(report(&machine, about(), now)).unwrap();
        assert_eq!(json["losses"][0]["reason"], "maintenance");
        assert_eq!(json["losses"][0]["code"], 1011);
    }

    #[test]
    fn losses_that_nobody_has_read_are_not_said_to_be_none() {
        let about = |losses_unread| About { losses_unread, ..about() };
        let (machine, now) = (Machine::default(), Moment { mono: 0, wall: 1_800_000_000_000 });
        assert!(markdown(&machine, &about(true), now).ends_with("have not been read yet.\n"));
        assert!(!markdown(&machine, &about(false), now).contains("read yet"));
        let json = serde_json::to_value(report(&machine, about(true), now)).unwrap();
        assert_eq!(json["about"]["losses_unread"], true);
    }

    #[test]
    fn secrets_cannot_get_in() {
        let secret = "hunter2hunter2";
        let browser = format!("Evil/1.0 (password={secret})");
        for reason in [format!("token={secret}"), format!("Bearer {secret}"), format!("Basic {secret}")] {
            let (machine, now) = lost(&reason);
            let about = About { browser: browser.clone(), ..about() };
            let text = markdown(&machine, &about, now);
            let json = serde_json::to_string(&report(&machine, about, now)).unwrap();
            assert!(!text.contains(secret), "{text}");
            assert!(!json.contains(secret), "{json}");
        }
    }

    #[test]
    fn text_from_outside_becomes_neither_markup_nor_link_nor_image() {
        for (outside, inside) in [
            ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
            ("![x](http://evil.example/a.png)", "\\!\\[x\\](http:\\//evil.example/a.png)"),
            ("[click](javascript:1)", "\\[click\\](javascript:1)"),
            ("www.evil.example", "w\\ww.evil.example"),
            ("a@evil.example", "a\\@evil.example"),
            ("x | y\n# z", "x \\| y \\# z"),
            ("&lt;b&gt; `c` \\", "\\&lt;b\\&gt; \\`c\\` \\\\"),
        ] {
            assert_eq!(escaped(outside), inside);
        }
    }

    #[test]
    fn markup_and_pipes_in_a_reason_stay_in_their_cell() {
        let (machine, now) = lost("<img src=x> | `x` \n# head");
        let text = markdown(&machine, &about(), now);
        assert!(text.contains("`<img src=x> \\| 'x'  # head`"), "{text}");
    }
}
