//! Every command that the portal prints is run, where its program is here and what it asks about can be; and what the
//! command for a new certificate makes is served, probed, and taken by browsers once it is imported.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::{Child, Command, Output};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use connection::cause::Cause;
use connection::endpoint::Endpoint;
use connection::machine::{Credential, Event, Machine};
use connection::probe::Certificate;
use connection::remedy::{self, Action};
use connection::time::Moment;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::authority::pem;
use super::corpus::{Case, Key};
use super::serve::Served;
use super::{ask_chromium, problems};
use crate::probe::tcp::{self, Connected};
use crate::probe::tls;
use crate::probe::trust::Trust;

/// The programs that run anywhere. The others speak to a DRP or to its host's services, of which there are none here.
const ANYWHERE: [&str; 4] = ["openssl", "curl", "nslookup", "echo"];

/// How long a browser may take to load its first page.
const STARTS: Duration = Duration::from_secs(120);

/// A directory with what the command for a new certificate made in it.
struct Made {
    folder: PathBuf,
}

impl Made {
    fn new(what: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("megaphone-commands-{what}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let made = Self { folder };
        let endpoint = Endpoint::parse("https://localhost:8092").unwrap();
        let command = printed(&endpoint).into_iter().find(|it| it.starts_with("openssl req")).unwrap();
        assert!(made.run(&command).status.success(), "{command}");
        made
    }

    fn run(&self, command: &str) -> Output {
        Command::new("sh").args(["-c", command]).current_dir(&self.folder).output().unwrap()
    }

    fn certificate(&self) -> CertificateDer<'static> {
        CertificateDer::from_pem_file(self.folder.join("server.crt")).unwrap()
    }

    /// An empty profile of a browser.
    fn profile(&self) -> PathBuf {
        let profile = self.folder.join("profile");
        std::fs::create_dir_all(&profile).unwrap();
        profile
    }

    /// Firefox with that profile and these pages.
    fn open(&self, firefox: &str, pages: &[String]) -> Child {
        let mut command = Command::new(firefox);
        command.args(["--headless", "--no-remote", "--profile"]).arg(self.profile()).args(pages);
        command.env("HOME", &self.folder).spawn().unwrap()
    }

    async fn served(&self) -> Served {
        let key = Key::Ours(PrivateKeyDer::from_pem_file(self.folder.join("server.key")).unwrap());
        let (name, host) = ("made".to_owned(), "localhost".to_owned());
        Served::start(&Case { name, host, chain: vec![self.certificate()], key }, &self.folder).await
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Every command of the steps of every cause.
fn printed(endpoint: &Endpoint) -> BTreeSet<String> {
    let mut machine = Machine::default();
    machine.step(Event::Connect(endpoint.clone(), Credential::None), Moment::default(), 0);
    Cause::all()
        .flat_map(|cause| remedy::for_cause(cause, Some(endpoint), &machine).all())
        .filter_map(|step| match step.action {
            Some(Action::Run { command, .. }) => Some(command),
            Some(Action::Open(_) | Action::Press(_)) | None => None,
        })
        .collect()
}

/// The programs that a command starts.
fn programs(command: &str) -> Vec<String> {
    let one_line = command.replace("\\\n", " ");
    let parts = one_line.split(['|', '\n']);
    parts.filter_map(|part| part.split_whitespace().find(|word| *word != "sudo")).map(ToOwned::to_owned).collect()
}

fn is_here(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Firefox by the name that it has here; says so where it has none.
fn firefox() -> Option<&'static str> {
    let found = ["firefox", "firefox-esr"].into_iter().find(|name| is_here(name));
    if found.is_none() {
        println!("not run: Firefox is not on PATH");
    }
    found
}

fn address_of(served: &Served) -> String {
    format!("https://localhost:{}/", served.address.port())
}

fn endpoint(served: &Served) -> Endpoint {
    Endpoint::parse(&address_of(served)).unwrap()
}

async fn probed(served: &Served) -> (Certificate, String) {
    let stream = tcp::connect(served.address).await.unwrap();
    let connected = Connected { stream, address: served.address };
    let Ok((tls, _)) = tls::handshake(&endpoint(served), connected, &Trust::with(&[]).unwrap()).await else {
        panic!("the handshake failed");
    };
    let found = problems(&tls);
    (tls.chain.into_iter().next().unwrap(), found)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_certificate_that_the_printed_command_makes_lacks_nothing_but_trust() {
    let made = Made::new("probe");
    let served = made.served().await;
    let (leaf, found) = probed(&served).await;
    assert_eq!(found, "self-signed");
    assert_eq!((leaf.key.as_str(), leaf.is_ca, leaf.names), ("P-256", false, vec!["localhost".to_owned()]));
    assert_eq!((leaf.not_after - leaf.not_before) / 86_400, 397);
    let again = Made::new("again");
    assert_ne!(again.certificate(), made.certificate());
    let serial = probed(&again.served().await).await.0.serial;
    assert_ne!(serial, leaf.serial, "Firefox never takes a number of this issuer twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_printed_command_is_one_and_those_that_can_run_here_do() {
    let made = Made::new("run");
    let served = made.served().await;
    let (leaf, _) = probed(&served).await;
    let commands = printed(&endpoint(&served));
    assert!(commands.len() >= 9, "{commands:#?}");
    let mut ran = 0;
    for command in &commands {
        let read = Command::new("sh").args(["-n", "-c", command]).output().unwrap();
        assert!(read.status.success(), "{command}: {}", String::from_utf8_lossy(&read.stderr));
        let programs = programs(command);
        if !programs.iter().all(|program| ANYWHERE.contains(&program.as_str()) && is_here(program)) {
            println!("not run: {command}");
            continue;
        }
        let output = made.run(command);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{command}: {said}{}", String::from_utf8_lossy(&output.stderr));
        ran += 1;
        if command.contains("s_client") {
            assert!(said.contains(&leaf.fingerprint) && said.contains("DNS:localhost"), "{command}: {said}");
        }
        if command.starts_with("curl") {
            assert!(said.starts_with("HTTP/1.1 200"), "{command}: {said}");
        }
    }
    assert!(ran >= 3, "only {ran} of {commands:#?}");
}

#[test]
fn what_a_command_starts_is_told_by_its_first_words() {
    assert_eq!(programs("echo | openssl s_client 2>/dev/null | openssl x509"), ["echo", "openssl", "openssl"]);
    assert_eq!(programs("openssl req -x509 \\\n  -keyout server.key"), ["openssl"]);
    assert_eq!(programs("sudo systemctl restart x\njournalctl -u x"), ["systemctl", "journalctl"]);
}

/// Needs Node, the npm packages, Chromium and certutil.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "starts a browser: cargo xtask faults"]
async fn chromium_takes_the_certificate_that_the_printed_command_makes_once_it_is_imported() {
    let made = Made::new("chromium");
    let served = made.served().await;
    let url = address_of(&served);
    let ask = async |peers: Vec<String>, folder: &str| {
        let folder = made.folder.join(folder);
        let asked =
            serde_json::json!({"cases": [{"name": "made", "url": url}], "roots": [], "peers": peers, "folder": folder});
        let answer = tokio::task::spawn_blocking(move || ask_chromium(&asked.to_string())).await.unwrap();
        serde_json::from_str::<serde_json::Value>(&answer).unwrap()["errors"]["made"].clone()
    };
    assert_eq!(ask(vec![], "before").await, "ERR_CERT_AUTHORITY_INVALID");
    assert_eq!(ask(vec![pem("CERTIFICATE", &made.certificate())], "after").await, serde_json::Value::Null);
}

/// Needs Firefox, which heeds an exception, the one that a person makes who accepts the certificate, only where it offers
/// it. It sends no request where it refuses.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "starts a browser: cargo xtask faults"]
async fn firefox_takes_the_certificate_that_the_printed_command_makes_once_it_is_accepted() {
    let Some(firefox) = firefox() else { return };
    let made = Made::new("firefox");
    let served = made.served().await;
    let profile = made.profile();
    let (leaf, _) = probed(&served).await;
    let sha256 = "OID.2.16.840.1.101.3.4.2.1";
    let exception = format!("localhost:{}:\t{sha256}\t{}\t\n", served.address.port(), leaf.fingerprint);
    std::fs::write(profile.join("cert_override.txt"), exception).unwrap();
    let mut browser = made.open(firefox, &[address_of(&served)]);
    let end = Instant::now() + STARTS;
    while served.requests.load(Ordering::SeqCst) == 0 && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let _ = browser.kill();
    let _ = browser.wait();
    assert!(served.requests.load(Ordering::SeqCst) > 0, "Firefox has refused the certificate, or not started");
}

/// Needs Firefox and certutil. This is why no step of the portal tells Firefox's people to import the certificate itself.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "starts a browser: cargo xtask faults"]
async fn firefox_does_not_take_it_by_its_being_imported() {
    let Some(firefox) = firefox() else { return };
    if !is_here("certutil") {
        println!("not run: certutil is not on PATH");
        return;
    }
    let made = Made::new("imported");
    let served = made.served().await;
    let profile = made.profile().display().to_string();
    // As a server that is trusted, the most that an import of it can mean.
    let import = format!(
        "certutil -N -d sql:{profile} --empty-password && certutil -A -d sql:{profile} -n made -t P,, -a -i server.crt"
    );
    assert!(made.run(&import).status.success(), "{import}");
    // A page that it can load tells that it has come to its pages, this one among them.
    let plain = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let control = format!("http://{}/", plain.local_addr().unwrap());
    let mut browser = made.open(firefox, &[address_of(&served), control]);
    let asked = tokio::time::timeout(STARTS, plain.accept()).await;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let _ = browser.kill();
    let _ = browser.wait();
    assert!(asked.is_ok(), "Firefox has not started");
    assert_eq!(
        served.requests.load(Ordering::SeqCst),
        0,
        "Firefox trusts an imported certificate: the steps can say so"
    );
}
