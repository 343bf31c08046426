//! How far a request of this page came.

use serde::{Deserialize, Serialize};

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// An answer that the page could read.
    Answered {
        /// HTTP status.
        status: u16,
        /// What the body was.
        body: Body,
        /// Milliseconds.
        ms: u32,
    },
    /// An answer arrived; the browser hides it.
    Arrived {
        /// Milliseconds.
        ms: u32,
    },
    /// The browser failed the request and does not say why.
    Failed {
        /// Milliseconds.
        ms: u32,
    },
    /// No answer within the limit.
    TimedOut {
        /// Milliseconds.
        ms: u32,
    },
}

/// What the body of an answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Nothing, as DRP answers 401 and 403.
    Empty,
    /// DRP's facts (`models.Info`).
    Info,
    /// DRP's error object (`models.Error`).
    Error,
    /// Something that DRP does not send.
    Foreign,
}

/// What the answer to a request with the token says of the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAnswer {
    /// It is accepted.
    Accepted,
    /// DRP asks for a sign-in.
    NotSignedIn,
    /// The account lacks a right.
    NoRights,
    /// It was accepted once and is no longer.
    Expired,
    /// DRP's answer where the token's times are not those of its clock; it gives it for other reasons too.
    ClocksDiffer,
    /// An answer with this status that says nothing of the sign-in.
    Another(u16),
    /// An answer with this status where something else than DRP answers.
    NotDrp(u16),
    /// None that the page could read.
    None,
}

impl Reach {
    /// What it says of the sign-in, as DRP's answer to a request with the token.
    pub(super) fn of_the_token(self) -> TokenAnswer {
        let Reach::Answered { status, body, .. } = self else { return TokenAnswer::None };
        match (status, body) {
            (200, Body::Info) => TokenAnswer::Accepted,
            (401, Body::Empty | Body::Error) => TokenAnswer::NotSignedIn,
            (403, Body::Error) => TokenAnswer::NoRights,
            (403, Body::Empty) => TokenAnswer::Expired,
            (400, Body::Empty | Body::Error) => TokenAnswer::ClocksDiffer,
            (status, Body::Empty | Body::Info | Body::Error | Body::Foreign) => TokenAnswer::Another(status),
        }
    }

    /// Whether the answer bears DRP's fingerprint: its facts, its JSON error, or the empty 401 that it gives to anyone. A
    /// status alone says nothing: proxies and firewalls use the same numbers.
    pub fn is_drp(self) -> bool {
        match self {
            Reach::Answered { body: Body::Error, .. } => true,
            Reach::Answered { status, body, .. } => {
                (status == 200 && body == Body::Info) || (status == 401 && body == Body::Empty)
            }
            Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => false,
        }
    }

    /// Whether anything came back.
    pub fn arrived(self) -> bool {
        match self {
            Reach::Answered { .. } | Reach::Arrived { .. } => true,
            Reach::Failed { .. } | Reach::TimedOut { .. } => false,
        }
    }

    /// The status, where the page could read it.
    pub fn status(self) -> Option<u16> {
        match self {
            Reach::Answered { status, .. } => Some(status),
            Reach::Arrived { .. } | Reach::Failed { .. } | Reach::TimedOut { .. } => None,
        }
    }
}

/// Whether a status is a proxy's word that it cannot reach what stands behind it: RFC 9110's, and those of Cloudflare.
pub fn is_gateway(status: u16) -> bool {
    matches!(status, 502..=504 | 520..=527 | 530)
}

/// Whether a status says that a request, its address or its head is too large: RFC 9110's, RFC 6585's and nginx's own. The
/// portal's requests have no body, so only the head can be meant.
pub fn is_head_too_large(status: u16) -> bool {
    matches!(status, 413 | 414 | 431 | 494)
}
