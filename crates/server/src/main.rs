//! `megaphone serve --endpoint https://drp.example.com:8092`: see the library for what it does.

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use megaphone::logging;
use megaphone::options::{Command, Options, Serve, environment_warnings};
use megaphone::prepared::Prepared;
use megaphone::server::{Request, Server};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

/// A request makes some hundred small allocations, a third of its time with the C library's allocator. This one also gives
/// the memory of a burst of clients back by itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let options = Options::read(std::env::args_os()).unwrap_or_else(|error| error.exit());
    let outcome = match options.command {
        Command::Serve(options) => serve(*options),
        Command::Check(options) => check(*options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // A log that cannot be written keeps the program from nothing, so neither does this.
            let _ = writeln!(std::io::stderr(), "megaphone: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(options: Serve) -> Result<(), Box<dyn Error>> {
    let log = logging::init(options.log_format, options.log_level);
    let runtime = Runtime::new()?;
    let outcome = runtime.block_on(run(options));
    // A resolver that hangs holds a thread, and the end of the program does not wait for it.
    runtime.shutdown_background();
    log.finish();
    outcome
}

fn check(options: Serve) -> Result<(), Box<dyn Error>> {
    let prepared = Prepared::new(options)?;
    let warnings = environment_warnings().into_iter().chain(prepared.warnings());
    let lines = prepared.meaning().into_iter().chain(warnings.map(|it| format!("warning       {it}")));
    for line in lines.chain(["This configuration is right.".to_owned()]) {
        // The reader of these lines may already be gone.
        let _ = writeln!(std::io::stdout(), "{line}");
    }
    Ok(())
}

async fn run(options: Serve) -> Result<(), Box<dyn Error>> {
    let requests = requests()?;
    let prepared = Prepared::new(options)?;
    for line in prepared.meaning() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        tracing::info!("{line}");
    }
    for warning in environment_warnings().into_iter().chain(prepared.warnings()) {
        tracing::warn!("{warning}");
    }
    let server = Server::start(prepared).await?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), address = %server.address(), "listening");
    // The reader of this line may already be gone.
    let _ = writeln!(std::io::stdout(), "listening on {}://{}", server.scheme(), server.address());
    if let Some(address) = server.metrics_address() {
        let _ = writeln!(std::io::stdout(), "metrics on http://{address}/metrics");
    }
    // Without a service manager that wants to know this does nothing.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    server.run(requests).await;
    Ok(())
}

/// What the operating system's signals ask for: SIGINT and SIGTERM to stop, SIGHUP to
/// reload.
fn requests() -> std::io::Result<mpsc::Receiver<Request>> {
    let (send, requests) = mpsc::channel(1);
    for (kind, request) in [
        (SignalKind::interrupt(), Request::Stop),
        (SignalKind::terminate(), Request::Stop),
        (SignalKind::hangup(), Request::Reload),
    ] {
        let (mut signals, send) = (signal(kind)?, send.clone());
        tokio::spawn(async move { while signals.recv().await.is_some() && send.send(request).await.is_ok() {} });
    }
    Ok(requests)
}
