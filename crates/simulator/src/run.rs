//! The composition root: one simulator and the control that drives it.

use std::io;

use tokio::net::TcpListener;

use crate::control;
use crate::simulator::{Options, Simulator};

impl Simulator {
    /// Starts the endpoint and its control.
    ///
    /// # Errors
    /// When an address cannot be listened on, the rate is out of its range, or no certificate can be made.
    pub async fn start(options: Options) -> io::Result<Self> {
        let endpoint = TcpListener::bind(options.listen).await?;
        let control = TcpListener::bind(options.control).await?;
        let simulator = Self::new(options, endpoint, control.local_addr()?)?;
        let serving = tokio::spawn(control::serve(simulator.clone(), control));
        simulator.own(serving.abort_handle());
        Ok(simulator)
    }
}
