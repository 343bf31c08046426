//! What the demo starts, and the one screen that says what to do with it.

use std::path::{Path, PathBuf};

use super::ports::Ports;
use crate::servers::{Output, Program, START_LIMIT};
use crate::workspace;

/// The programs of the demo, in the order in which they start.
pub(super) fn programs(ports: &Ports) -> [Program; 3] {
    let logs = workspace::target().join("demo");
    let [plain, tls] = endpoints(ports, workspace::program, &logs);
    [plain, tls, portal(ports, ports.portal, workspace::dist(), workspace::program, &logs)]
}

/// The two endpoints: one in plain HTTP, one with DRP's self-signed certificate.
pub(crate) fn endpoints(ports: &Ports, file: fn(&str) -> PathBuf, logs: &Path) -> [Program; 2] {
    let Ports { portal: _, plain, plain_control, tls, tls_control } = *ports;
    let endpoint = |role, port, control, more: &[&str]| {
        let listen = ["--listen".to_owned(), format!("127.0.0.1:{port}")];
        let control = ["--control".to_owned(), format!("127.0.0.1:{control}")];
        let more = more.iter().map(|&word| word.to_owned());
        let arguments = listen.into_iter().chain(control).chain(more).collect();
        let output = Output::Log(logs.to_owned());
        let (file, environment) = (file("drp-simulator"), Vec::new());
        Program { role, file, arguments, environment, port, limit: START_LIMIT, output }
    };
    [
        endpoint("plain-endpoint", plain, plain_control, &["--tls", "none"]),
        endpoint("self-signed-endpoint", tls, tls_control, &[]),
    ]
}

/// `megaphone`, which offers both endpoints and knows their controls.
pub(crate) fn portal(ports: &Ports, port: u16, app: PathBuf, file: fn(&str) -> PathBuf, logs: &Path) -> Program {
    let Ports { portal: _, plain, plain_control, tls, tls_control } = *ports;
    let mut arguments: Vec<String> = ["serve", "--listen"].map(str::to_owned).into();
    arguments.push(format!("127.0.0.1:{port}"));
    for endpoint in [format!("http://localhost:{plain}"), format!("https://localhost:{tls}")] {
        arguments.extend(["--endpoint".to_owned(), endpoint]);
    }
    for control in [plain_control, tls_control] {
        arguments.extend(["--simulator".to_owned(), format!("http://127.0.0.1:{control}")]);
    }
    arguments.extend(["--app".to_owned(), app.display().to_string()]);
    let output = Output::Log(logs.to_owned());
    let (file, environment) = (file("megaphone"), Vec::new());
    Program { role: "portal", file, arguments, environment, port, limit: START_LIMIT, output }
}

/// The one screen.
pub(super) fn screen(ports: &Ports) -> String {
    let Ports { portal, plain, plain_control, tls, tls_control } = *ports;
    let logs = workspace::target().join("demo");
    let logs = logs.display();
    format!(
        "
  Megaphone is up. Open  http://127.0.0.1:{portal}/

  1  Connect     Choose http://localhost:{plain}, sign in as rocketskates with the password r0cketsk8ts.
                 The megaphone at the top left is calm.
  2  Break it    http://127.0.0.1:{plain_control}/ has a button for every fault. Watch the megaphone, click it,
                 follow what it says. Clear the fault: the portal comes back by itself.
  3  Certificate Choose https://localhost:{tls}: it has DRP's self-signed certificate, which your browser does
                 not trust yet. The dialog leads through accepting it. Its faults: http://127.0.0.1:{tls_control}/
  4  Look it up  http://127.0.0.1:{portal}/troubleshooting has every close code, and what to do about it.
  5  See it all  http://127.0.0.1:{portal}/preview shows every state without breaking anything, and
                 http://127.0.0.1:{portal}/preview/live breaks it for real, with the portal beside the buttons.

  Logs: {logs}        Ctrl-C stops everything.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_screen_fits_a_terminal_and_names_every_port() {
        let ports = Ports::from_arguments(&[]).unwrap();
        let screen = screen(&ports);
        assert!(screen.lines().count() <= 24);
        for port in [8080, 8092, 8093, 8094, 8095] {
            assert!(screen.contains(&format!(":{port}")), "{port}");
        }
    }

    #[test]
    fn the_portal_offers_both_endpoints_and_knows_their_controls() {
        let ports = Ports::from_arguments(&[]).unwrap();
        let [_, _, portal] = programs(&ports);
        let line = portal.arguments.join(" ");
        let expected = "serve --listen 127.0.0.1:8080 --endpoint http://localhost:8092 --endpoint https://localhost:8094 \
             --simulator http://127.0.0.1:8093 --simulator http://127.0.0.1:8095 --app ";
        assert!(line.starts_with(expected), "{line}");
    }
}
