//! The address at which an endpoint is looked at, and how further connections to it are made.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use connection::endpoint::Endpoint;
use connection::probe::{HttpFailure, TlsFailure};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::could_not_look::{CouldNotLook, Ended};
use super::tcp;
use super::tls::{self, Dress, Secured};
use super::trust::Trust;

/// Whom a look visits.
#[derive(Clone, Copy)]
pub(super) struct Visit<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) trust: &'a Trust,
    /// The origin of the page that asked.
    pub(super) origin: Option<&'a str>,
    pub(super) address: SocketAddr,
    /// The greeting with which the first handshake came about.
    pub(super) dress: Dress,
}

/// Why a further request got no answer.
pub(super) type Failed = Ended<HttpFailure>;

impl Visit<'_> {
    /// One more connection of the kind that the endpoint wants, and the fingerprint of the certificate that came with it.
    pub(super) async fn connect(&self, limit: Duration) -> Result<(Stream, Option<String>), Failed> {
        if !self.endpoint.is_secure() {
            let stream = tcp::connect(self.address).await.map_err(|error| tcp::ended(&error, HttpFailure::Closed))?;
            return Ok((Stream::Plain(stream), None));
        }
        match tls::again(self.endpoint, self.address, self.trust, self.dress, limit).await {
            Ok(shaken) => {
                let fingerprint = shaken.fingerprint();
                Ok((Stream::Secured(Box::new(shaken.stream)), fingerprint))
            }
            Err(Ended::Here(want)) => Err(Ended::Here(want)),
            Err(Ended::There(why)) => Err(failure(&why).into()),
        }
    }

    /// Whether the host is a name, which is sent in the greeting.
    pub(super) fn has_name(&self) -> bool {
        self.endpoint.host().parse::<std::net::IpAddr>().is_err()
    }
}

/// The handshake worked a moment ago: whatever ended it now, ended the connection.
fn failure(why: &TlsFailure) -> HttpFailure {
    match why {
        TlsFailure::Timeout => HttpFailure::Timeout,
        TlsFailure::CertificateRequired => HttpFailure::CertificateRequired,
        TlsFailure::PlainHttp
        | TlsFailure::OtherProtocol { .. }
        | TlsFailure::OldVersion
        | TlsFailure::Alert { .. }
        | TlsFailure::NoBytes { .. }
        | TlsFailure::Closed
        | TlsFailure::Malformed { .. } => HttpFailure::Closed,
    }
}

/// What is left to tell of a want in a step that only compares: nothing.
impl<Why> Ended<Why> {
    pub(super) fn there(self) -> Option<Why> {
        match self {
            Self::There(why) => Some(why),
            Self::Here(CouldNotLook::Descriptors | CouldNotLook::Memory | CouldNotLook::Resolver) => None,
        }
    }
}

/// A connection with TLS or without.
pub(super) enum Stream {
    Plain(TcpStream),
    Secured(Box<Secured>),
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Self::Secured(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Secured(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Self::Secured(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Secured(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
