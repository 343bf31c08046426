//! `megaphone serve --endpoint https://drp.example.com:8092`: see the library for what it does.

use clap::Parser;
use megaphone::options::{Command, Options, Serve};
use megaphone::server::{Request, Server};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

fn main() -> ExitCode {
    let Command::Serve(options) = Options::parse().command;
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("megaphone: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Serve) -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let outcome = runtime.block_on(serve(options));
    // A resolver that hangs holds a thread, and the end of the program does not wait for it.
    runtime.shutdown_background();
    outcome
}

async fn serve(options: Serve) -> Result<(), Box<dyn Error>> {
    let requests = requests()?;
    let server = Server::start(options).await?;
    // The reader of this line may already be gone.
    let _ = writeln!(std::io::stdout(), "listening on http://{}", server.address());
    server.run(requests).await;
    Ok(())
}

/// What the operating system's signals ask for: SIGINT and SIGTERM to stop.
fn requests() -> std::io::Result<mpsc::Receiver<Request>> {
    let (send, requests) = mpsc::channel(1);
    for (kind, request) in [(SignalKind::interrupt(), Request::Stop), (SignalKind::terminate(), Request::Stop)] {
        let (mut signals, send) = (signal(kind)?, send.clone());
        tokio::spawn(async move { while signals.recv().await.is_some() && send.send(request).await.is_ok() {} });
    }
    Ok(requests)
}
