//! Behind nginx: below a path as the guide has it, and two instances of which one is stopped while requests are under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::io::AsyncWriteExt as _;
use tokio::sync::mpsc;

use crate::support::Megaphone;
use crate::support::endpoint::{DRP, Identity, request, tls};
use crate::support::http::ask;
use crate::support::other_server::OtherServer;
use crate::support::program::Program;

const NGINX: &str = include_str!("../../ops/nginx-balancer.conf");

const GUIDE: &str = include_str!("../../../../docs/operations.md");

/// What a page asks for, over and over.
const CLIENTS: usize = 8;

const LOSS: &str = r#"{"endpoint":"https://drp:8092","code":1006}"#;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_notices_that_one_of_two_instances_stops() {
    let (mut first, second) = (instance(), instance());
    let configuration = NGINX
        .replace("10.0.0.11:8080", &first.address.to_string())
        .replace("10.0.0.12:8080", &second.address.to_string());
    let Some(nginx) = OtherServer::nginx(&configuration).await else { return };
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let clients: Vec<_> =
        (0..CLIENTS).map(|_| tokio::spawn(client(nginx.address, Arc::clone(&stop), Arc::clone(&answered)))).collect();
    until(&answered, 200).await;
    first.signal("TERM");
    let (status, log, _) = tokio::task::spawn_blocking(move || first.end()).await.unwrap();
    assert!(status.success() && log.contains("stopped"), "{status}: {log}");
    // As many again from the one that is left.
    until(&answered, answered.load(Ordering::SeqCst) + 200).await;
    stop.store(true, Ordering::SeqCst);
    for client in clients {
        let failed = client.await.unwrap();
        assert!(failed.len() <= 1, "one client noticed more than one loss: {failed:?}");
    }
    assert_eq!(ask(second.address, "GET", "/readyz", "", "").await.status, 200);
}

fn instance() -> Program {
    Program::start(&["--trusted-proxy", "127.0.0.1", "--losses-rate", "0"])
}

/// A page's requests until told to stop; what came instead of an answer.
async fn client(address: std::net::SocketAddr, stop: Arc<AtomicBool>, answered: Arc<AtomicUsize>) -> Vec<String> {
    let mut failed = Vec::new();
    while !stop.load(Ordering::SeqCst) {
        for (method, path, headers, body, expected) in [
            ("GET", "/", "Accept: text/html\r\n", "", 200),
            ("GET", "/api/config", "", "", 200),
            ("POST", "/api/losses", "Content-Type: application/json\r\n", LOSS, 204),
        ] {
            let status = ask(address, method, path, headers, body).await.status;
            answered.fetch_add(1, Ordering::SeqCst);
            if status != expected {
                failed.push(format!("{method} {path}: {status}"));
            }
        }
    }
    failed
}

async fn until(answered: &AtomicUsize, count: usize) {
    while answered.load(Ordering::SeqCst) < count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_snippet_of_the_guide_passes_on_where_the_page_is() {
    let (tell, mut heads) = mpsc::unbounded_channel();
    let port = tls(Identity::self_signed(|_| ()), move |mut stream| {
        let tell = tell.clone();
        async move {
            let _ = tell.send(request(&mut stream).await);
            let _ = stream.write_all(DRP.as_bytes()).await;
        }
    })
    .await;
    let endpoint = format!("https://localhost:{port}");
    let options = ["--base-path", "/portal/", "--trusted-proxy", "127.0.0.1"];
    let megaphone = Megaphone::start_with(&[&endpoint], &options).await;
    let (_, snippet) = GUIDE.split_once("```nginx\n").unwrap();
    let (snippet, _) = snippet.split_once("```").unwrap();
    let snippet = snippet.replace("127.0.0.1:8080", &megaphone.address.to_string());
    let Some(nginx) = OtherServer::nginx(&format!("server {{\nlisten 80;\n{snippet}}}")).await else { return };
    assert_eq!(nginx.get("/portal/", "Accept: text/html\r\n").await.status, 200);
    let headers = "X-Request-Id: made-up\r\n";
    let diagnosis = nginx.get(&format!("/portal/api/diagnosis?endpoint={endpoint}"), headers).await;
    assert_eq!(diagnosis.status, 200, "{}", diagnosis.text());
    assert_ne!(diagnosis.header("x-request-id"), Some("made-up"), "the proxy's own id");
    let origin = format!("Origin: http://{}\r\n", nginx.address);
    let mut seen = Vec::new();
    while let Ok(head) = heads.try_recv() {
        seen.push(head);
    }
    assert!(seen.iter().any(|head| head.contains(&origin)), "{origin} is not in {seen:?}");
}
