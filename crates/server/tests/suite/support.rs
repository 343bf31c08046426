//! A real server on a free port, real endpoints for it to look at, and the smallest HTTP client that can tell what came.

pub(crate) mod endpoint;
#[allow(dead_code, reason = "the two suites use different parts of it")]
pub(crate) mod folder;
pub(crate) mod http;
#[allow(dead_code, reason = "the two suites use different parts of it")]
pub(crate) mod other_server;
#[allow(dead_code, reason = "the two suites use different parts of it")]
pub(crate) mod program;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use connection::probe::Probe;
use megaphone::options::{Command, Options};
use megaphone::prepared::Prepared;
use megaphone::server::{Request, Server};
use tokio::sync::mpsc;

use folder::Folder;
use http::Answer;

/// A server with the app of [`Folder::app`].
pub(crate) struct Megaphone {
    pub(crate) address: SocketAddr,
    pub(crate) metrics_address: Option<SocketAddr>,
    _app: Folder,
    stop: mpsc::Sender<Request>,
}

impl Megaphone {
    /// Starts one for these endpoints.
    pub(crate) async fn start(endpoints: &[&str]) -> Self {
        Self::start_with(endpoints, &[]).await
    }

    /// Starts one with more arguments.
    pub(crate) async fn start_with(endpoints: &[&str], more: &[&str]) -> Self {
        let app = Folder::app();
        let folder = app.path().to_str().unwrap().to_owned();
        let mut arguments = vec!["megaphone", "serve", "--listen", "127.0.0.1:0", "--app", &folder];
        arguments.extend(endpoints.iter().flat_map(|endpoint| ["--endpoint", endpoint]));
        arguments.extend(more);
        let Command::Serve(options) = Options::read(arguments).unwrap().command else { panic!("not serve") };
        let server = Server::start(Prepared::new(*options).unwrap()).await.unwrap();
        let (address, metrics_address) = (server.address(), server.metrics_address());
        let (stop, requests) = mpsc::channel(1);
        tokio::spawn(server.run(requests));
        Self { address, metrics_address, _app: app, stop }
    }

    /// Asks it to stop, as a signal would.
    pub(crate) async fn stop(&self) {
        self.stop.send(Request::Stop).await.unwrap();
    }

    /// Asks for a path.
    pub(crate) async fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask("GET", path, headers, "").await
    }

    /// Sends a request; `headers` are lines that each end with CRLF.
    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        http::ask(self.address, method, path, headers, body).await
    }

    /// What the server sees of an endpoint; fails when that takes longer than it may.
    pub(crate) async fn diagnosis(&self, endpoint: &str) -> Probe {
        let began = Instant::now();
        let answer = self.get(&format!("/api/diagnosis?endpoint={endpoint}"), "").await;
        assert!(began.elapsed() < Duration::from_secs(10), "{endpoint} took {:?}", began.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.text());
        let probe: Probe = serde_json::from_slice(&answer.body).unwrap();
        assert!(probe.took_ms <= 10_000, "{}", probe.took_ms);
        probe
    }
}

/// What a server started for this one endpoint sees of it.
pub(crate) async fn look_at(endpoint: &str) -> Probe {
    Megaphone::start(&[endpoint]).await.diagnosis(endpoint).await
}
