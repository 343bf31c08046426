//! The program: a simulator on two addresses, until SIGINT or SIGTERM.

use std::io;
use std::net::SocketAddr;

use clap::Parser;
use simulator::{CertificateKind, Options, RATE_LIMIT, Simulator, Timing, Tls};

/// A DRP endpoint that speaks the real protocol and fails on request
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where the endpoint listens; port 0 lets the system choose
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8092")]
    listen: SocketAddr,
    /// The certificate that it shows
    #[arg(long, value_name = "KIND", default_value = "self-signed", long_help = tls_help())]
    tls: Tls,
    /// Where the control listens, over plain HTTP
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8093")]
    control: SocketAddr,
    /// Generated events per second
    #[arg(long, value_name = "EVENTS_PER_SECOND", default_value = "0.5", value_parser = rate)]
    rate: f64,
    /// Seed of the generated events
    #[arg(long, default_value = "1")]
    seed: u64,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let Arguments { listen, tls, control, rate, seed } = Arguments::parse();
    let options = Options { listen, control, tls, rate, seed, timing: Timing::default() };
    let stop_signal = stop_signal()?;
    let simulator = Simulator::start(options).await?;
    // Programs read these two lines to learn the ports.
    println!("listen {}", simulator.url());
    println!("control http://{}", simulator.control_address());
    stop_signal.await;
    simulator.shutdown().await;
    Ok(())
}

fn tls_help() -> String {
    let kinds: Vec<String> =
        CertificateKind::ALL.iter().map(|kind| format!("- {}: {}", kind.name(), kind.line())).collect();
    format!("The certificate that it shows\n\n{}\n- none: Plain HTTP.", kinds.join("\n"))
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if RATE_LIMIT.contains(&rate) {
        Ok(rate)
    } else {
        Err(format!("not from {} to {}", RATE_LIMIT.start(), RATE_LIMIT.end()))
    }
}

/// Resolves on SIGINT or SIGTERM. The handlers are installed by the call itself, so no later signal is missed.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupt.recv().await) })
}
