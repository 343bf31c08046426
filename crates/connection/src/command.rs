//! The commands that a client sends over the socket. DRP answers each with an acknowledgement, and ends the connection with
//! 1009 after one of more than 512 bytes.

/// Registers for everything that the user may see: the overview shows every event.
pub const REGISTER: &str = "register *.*.*";

/// Matches no event, and is acknowledged all the same: DRP answers no ping that a page could send.
pub const PING: &str = "register megaphone.ping.-";

/// Whether the endpoint acknowledges [`PING`] with this key.
pub fn is_ping(key: &str) -> bool {
    PING.strip_prefix("register ") == Some(key)
}
