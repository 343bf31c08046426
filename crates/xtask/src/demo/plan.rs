//! What the demo starts, and the one screen that says what to do with it.

use super::ports::Ports;
use super::servers::Program;
use crate::workspace;

/// The programs of the demo, in the order in which they start.
pub(super) fn programs(ports: &Ports) -> [Program; 3] {
    let Ports { portal, plain, plain_control, tls, tls_control } = *ports;
    let listen = |port| ["--listen".to_owned(), format!("127.0.0.1:{port}")];
    let control = |port| ["--control".to_owned(), format!("127.0.0.1:{port}")];
    let endpoint = |address: String| ["--endpoint".to_owned(), address];
    let simulators =
        [plain_control, tls_control].map(|port| ["--simulator".to_owned(), format!("http://127.0.0.1:{port}")]);
    let app = ["--app".to_owned(), workspace::dist().display().to_string()];
    let [listen_plain, listen_tls, listen_portal] = [plain, tls, portal].map(listen);
    let [control_plain, control_tls] = [plain_control, tls_control].map(control);
    let no_tls = ["--tls".to_owned(), "none".to_owned()];
    let endpoints = [format!("http://localhost:{plain}"), format!("https://localhost:{tls}")].map(endpoint);
    [
        Program {
            role: "plain-endpoint",
            file: workspace::program("drp-simulator"),
            port: plain,
            arguments: [listen_plain, no_tls, control_plain].concat(),
        },
        Program {
            role: "self-signed-endpoint",
            file: workspace::program("drp-simulator"),
            port: tls,
            arguments: [listen_tls, control_tls].concat(),
        },
        Program {
            role: "portal",
            file: workspace::program("megaphone"),
            port: portal,
            arguments: [
                vec!["serve".to_owned()],
                listen_portal.to_vec(),
                endpoints.concat(),
                simulators.concat(),
                app.to_vec(),
            ]
            .concat(),
        },
    ]
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
