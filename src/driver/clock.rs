//! The browser's clocks and its random numbers.

use connection::time::Moment;

use crate::browser::window;

/// Both clocks, read now.
pub(crate) fn now() -> Moment {
    let mono = window().performance().map_or(0.0, |it| it.now());
    // `as` saturates; both are far below 2^53.
    Moment { mono: mono as u64, wall: js_sys::Date::now() as u64 }
}

/// 32 random bits for waiting times; nothing depends on their secrecy.
pub(super) fn random() -> u32 {
    (js_sys::Math::random() * 4_294_967_296.0) as u32
}
