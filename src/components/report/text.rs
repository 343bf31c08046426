//! The report as plain text: what the dialog shows, for people who were not there. The machine holds no credentials, so
//! none can come here.

use connection::evidence::Check;
use connection::machine::Machine;
use connection::time::Moment;
use connection::words;

/// How many losses are listed, the newest first.
const LOSSES: usize = 10;

/// Everything that is known of the connection. `date` is the time of `now` as text.
pub fn report(machine: &Machine, now: Moment, date: &str) -> String {
    let mut out = String::from("Megaphone report\n");
    let mut line = |name: &str, value: &str| out.extend([name, ": ", value, "\n"]);
    line("Written", date);
    line("Endpoint", &machine.endpoint().map(ToString::to_string).unwrap_or_default());
    line("State", words::phase(machine.phase()));
    line("Summary", &words::headline(machine, now));
    if let Some(close) = machine.outage().and_then(|outage| outage.close.as_ref()) {
        line("Close code", &format!("{} ({})", close.code, close.code.name()));
        line("Closed in order", if close.clean { "yes" } else { "no" });
        line("Reason from the endpoint", if close.reason.is_empty() { "none given" } else { &close.reason });
    }
    for finding in machine.diagnosis().findings() {
        line("Finding", &words::finding(finding, machine, now));
        for ground in finding.why.iter().filter_map(words::ground) {
            line("  because", &ground);
        }
    }
    for check in Check::ALL {
        let (outcome, saw) = words::outcome(check, machine.diagnosis());
        line(&format!("Check “{}”", words::question(check)), &format!("{}. {saw}", outcome.name()));
    }
    if let Some(certificate) = machine.certificate() {
        line("Certificate", &format!("{}, issued by {}", certificate.subject, certificate.issuer));
        line("Certificate valid until", &words::date(certificate.not_after));
        line("Certificate fingerprint (SHA-256)", &certificate.fingerprint);
    }
    line("Losses", &words::count_losses(machine.history()));
    for loss in machine.history().losses().iter().rev().take(LOSSES) {
        let ago = words::ago(now.wall.saturating_sub(loss.at));
        line("  loss", &format!("{ago}, {} ({}), {}", loss.code, loss.code.name(), words::loss_line(loss)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use connection::close_code::CloseCode;
    use connection::endpoint::Endpoint;
    use connection::machine::{Close, ConnectionId, Event};

    #[test]
    fn it_tells_the_endpoint_the_code_and_the_endpoints_own_words() {
        let mut machine = Machine::default();
        machine.step(Event::Connect(Endpoint::parse("drp").unwrap()), Moment::default(), 0);
        let id = machine.phase().live().unwrap_or(ConnectionId(0));
        machine.step(Event::Opened(id), Moment::default(), 0);
        let reason = "maintenance".to_owned();
        let close = Close { code: CloseCode(1011), reason, clean: true, error: false, given_up: None };
        machine.step(Event::Closed(id, close), Moment::default().plus(1_000), 0);
        let report = report(&machine, Moment::default().plus(2_000), "today");
        for part in ["Endpoint: https://drp:8092", "Close code: 1011 (Internal Error)", "maintenance", "Losses: 1 loss"]
        {
            assert!(report.contains(part), "{part:?} is missing in:\n{report}");
        }
    }
}
