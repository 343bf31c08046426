//! Something else on the same port of `[::1]`: the second address of a name such as localhost.

use std::io;
use std::net::{Ipv6Addr, SocketAddr};

use tokio::io::{AsyncWriteExt, copy, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::fault::effect::SecondAddress;

const SSH_BANNER: &[u8] = b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n";

/// A listener; dropping it closes the port and every connection.
pub(super) struct Second(JoinHandle<()>);

impl Second {
    pub(super) async fn listen(port: u16, says: SecondAddress) -> io::Result<Self> {
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).await.map_err(|error| {
            io::Error::new(error.kind(), format!("the second address, {address}, cannot be listened on: {error}"))
        })?;
        Ok(Self(tokio::spawn(accept(listener, says))))
    }
}

impl Second {
    /// Closes the port and every connection; returns when the port is free.
    pub(super) async fn close(mut self) {
        self.0.abort();
        // It was aborted, which is no error here.
        drop((&mut self.0).await);
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn accept(listener: TcpListener, says: SecondAddress) {
    // They end with this task.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(answer(stream, says));
    }
}

async fn answer(mut stream: TcpStream, says: SecondAddress) -> io::Result<()> {
    match says {
        SecondAddress::Silent => {}
        SecondAddress::Ssh => stream.write_all(SSH_BANNER).await?,
        SecondAddress::Reset => return stream.set_zero_linger(),
    }
    copy(&mut stream, &mut sink()).await.map(drop)
}
