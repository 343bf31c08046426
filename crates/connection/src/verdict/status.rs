//! What the status of an answer means that has not DRP's marks, whoever was given it: the page or the portal's server.

use crate::cause::Cause;
use crate::evidence::{is_gateway, is_head_too_large};

/// What a status without DRP's marks means by itself. A refusal or an error may come from what stands in front of DRP; a
/// server that has the page, or has no such page, is another one.
pub(super) fn of_foreign(status: u16) -> Option<Cause> {
    match status {
        429 => Some(Cause::TooMany),
        status if is_head_too_large(status) => Some(Cause::HeadTooLarge),
        status if is_gateway(status) => Some(Cause::BadGateway),
        401 => Some(Cause::LoginWall),
        403 | 406 => Some(Cause::Firewall),
        200..=299 | 404 | 405 | 410 => Some(Cause::NotDrp),
        _ => None,
    }
}
