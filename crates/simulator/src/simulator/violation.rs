//! Bytes that RFC 6455 forbids a server to send. A browser ends the socket on each of them, and tells its page 1006.

use serde::{Deserialize, Serialize};

/// A way to break the WebSocket protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Violation {
    /// A text frame with a reserved bit set, though no extension was agreed on (5.2).
    ReservedBit,
    /// A frame with the opcode 3, which nobody has defined (5.2).
    UnknownOpcode,
    /// A text message that is not UTF-8 (8.1).
    BadUtf8,
    /// A close frame with half a code (5.5.1).
    OneByteClose,
    /// A close frame whose reason is not UTF-8 (5.5.1).
    BadCloseReason,
    /// A frame masked as only a client's may be (5.1).
    MaskedFrame,
    /// A ping in parts (5.5).
    FragmentedPing,
    /// A ping of 126 bytes, one too many (5.5).
    OversizedPing,
    /// The continuation of a message that never began (5.4).
    LoneContinuation,
}

impl Violation {
    /// Every violation.
    pub const ALL: [Self; 9] = [
        Self::ReservedBit,
        Self::UnknownOpcode,
        Self::BadUtf8,
        Self::OneByteClose,
        Self::BadCloseReason,
        Self::MaskedFrame,
        Self::FragmentedPing,
        Self::OversizedPing,
        Self::LoneContinuation,
    ];

    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::ReservedBit => b"\xc1\x01x",
            Self::UnknownOpcode => b"\x83\x00",
            Self::BadUtf8 => b"\x81\x02\xc3\x28",
            Self::OneByteClose => b"\x88\x01\x03",
            Self::BadCloseReason => b"\x88\x04\x03\xe8\xc3\x28",
            Self::MaskedFrame => b"\x81\x81\x00\x00\x00\x00x",
            Self::FragmentedPing => b"\x09\x00",
            Self::OversizedPing => OVERSIZED_PING,
            Self::LoneContinuation => b"\x80\x00",
        }
    }
}

const OVERSIZED_PING: &[u8] = &{
    let mut frame = [b'p'; 4 + 126];
    [frame[0], frame[1], frame[2], frame[3]] = [0x89, 126, 0, 126];
    frame
};
