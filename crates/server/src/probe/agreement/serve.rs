//! Serves one chain with real TLS: by rustls, and by the openssl program where the key is of a kind that rustls has not.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rustls::ServerConfig;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::authority::pem;
use super::corpus::{Case, Key};

/// A server of one chain, until it is dropped.
pub(super) struct Served {
    pub(super) address: SocketAddr,
    /// How many requests have come over its TLS: a client that refuses the certificate sends none.
    pub(super) requests: Arc<AtomicUsize>,
    program: Option<Child>,
}

impl Served {
    pub(super) async fn start(case: &Case, folder: &Path) -> Self {
        match &case.key {
            Key::Ours(key) => {
                let key = rustls::crypto::ring::sign::any_supported_type(key).unwrap();
                Self::with_rustls(CertifiedKey::new(case.chain.clone(), key)).await
            }
            Key::File(key) => Self::with_openssl(case, key, folder),
        }
    }

    async fn with_rustls(identity: CertifiedKey) -> Self {
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Always(Arc::new(identity))));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    if stream.read(&mut [0; 4_096]).await.is_ok_and(|bytes| bytes > 0) {
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                    let _ =
                        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok").await;
                    let _ = stream.shutdown().await;
                });
            }
        });
        Self { address, requests, program: None }
    }

    fn with_openssl(case: &Case, key: &Path, folder: &Path) -> Self {
        let file = |what: &str| folder.join(format!("{}-{what}.pem", case.name.replace([' ', '/', ':'], "-")));
        let (leaf, above) = case.chain.split_first().unwrap();
        std::fs::write(file("leaf"), pem("CERTIFICATE", leaf)).unwrap();
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0", "-www", "-cipher", "ALL:@SECLEVEL=0", "-cert"]);
        command.arg(file("leaf")).arg("-key").arg(key);
        if !above.is_empty() {
            let chain: String = above.iter().map(|der| pem("CERTIFICATE", der)).collect();
            std::fs::write(file("chain"), chain).unwrap();
            command.arg("-cert_chain").arg(file("chain"));
        }
        let mut program = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let address =
            lines.by_ref().map(Result::unwrap).find_map(|line| line.strip_prefix("ACCEPT ")?.parse().ok()).unwrap();
        // It writes about every connection; a full pipe would stop it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { address, requests: Arc::default(), program: Some(program) }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(program) = &mut self.program {
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

#[derive(Debug)]
struct Always(Arc<CertifiedKey>);

impl ResolvesServerCert for Always {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0))
    }
}
