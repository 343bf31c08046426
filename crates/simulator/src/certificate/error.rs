//! Why a certificate could not be made.

use std::io;

/// Why a certificate could not be made. No client can cause any of it.
#[derive(Debug)]
pub(crate) enum Error {
    Certificate(rcgen::Error),
    Tls(rustls::Error),
    /// The request for client certificates could not be set up.
    Verifier(rustls::server::VerifierBuilderError),
    /// The certificate for a P-521 key could not be encoded.
    Der(x509_cert::der::Error),
    /// The addresses of the interfaces, which it lists, could not be read.
    Interfaces(io::Error),
}

impl From<rcgen::Error> for Error {
    fn from(error: rcgen::Error) -> Self {
        Self::Certificate(error)
    }
}

impl From<rustls::Error> for Error {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(error)
    }
}

impl From<rustls::server::VerifierBuilderError> for Error {
    fn from(error: rustls::server::VerifierBuilderError) -> Self {
        Self::Verifier(error)
    }
}

impl From<x509_cert::der::Error> for Error {
    fn from(error: x509_cert::der::Error) -> Self {
        Self::Der(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Interfaces(error)
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Certificate(error) => Self::other(format!("the certificate could not be made: {error}")),
            Error::Tls(error) => Self::other(format!("the certificate could not be used: {error}")),
            Error::Verifier(error) => Self::other(format!("client certificates could not be requested: {error}")),
            Error::Der(error) => Self::other(format!("the certificate could not be encoded: {error}")),
            Error::Interfaces(error) => {
                Self::new(error.kind(), format!("the addresses of this machine could not be read: {error}"))
            }
        }
    }
}
