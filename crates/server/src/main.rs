//! `megaphone serve --endpoint https://drp.example.com:8092`: see the library for what it does.

use clap::Parser;
use megaphone::options::{Command, Options, Serve};
use megaphone::server::Server;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use tokio::runtime::Runtime;

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
    let stop = stop_signal()?;
    let server = Server::start(options).await?;
    // Whoever started the program may have stopped reading what it prints.
    let _ = writeln!(std::io::stdout(), "listening on http://{}", server.address());
    server.run(stop).await?;
    Ok(())
}

/// Comes true when the program is asked to end: Ctrl+C, or what service managers and containers send.
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
