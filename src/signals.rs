//! What the driver knows, as signals: the app's side of the border, which the first part does not need.

mod feed;
mod message;
mod now;

pub use feed::Feed;
pub use message::{Seen, see};
pub use now::Now;
