//! Points in time as the person's own clock shows them.

use connection::time::Moment;
use connection::words;
use js_sys::Date;
use wasm_bindgen::JsValue;

/// Time of day, `14:05:09`; with the date before it, `23 November 2026, 14:05:09`, if that is not the day of `now`. `ms` is
/// since 1970.
pub fn clock(ms: u64, now: Moment) -> String {
    let date = date(ms);
    let time = format!("{}:{}:{}", two(date.get_hours()), two(date.get_minutes()), two(date.get_seconds()));
    let today = self::date(now.wall);
    let day = |it: &Date| (it.get_full_year(), it.get_month(), it.get_date());
    if day(&date) == day(&today) {
        return time;
    }
    // The offset counts minutes from here to UTC; a whole number even where a clock is half an hour apart.
    let local = i64::try_from(ms / 1_000).unwrap_or_default() - date.get_timezone_offset() as i64 * 60;
    format!("{}, {time}", words::date(local))
}

/// The same for machines, for `<time datetime>`.
pub fn iso(ms: u64) -> String {
    date(ms).to_iso_string().into()
}

fn date(ms: u64) -> Date {
    // The last moment that a `Date` can hold; beyond it, its methods throw. Below it, the conversion is exact.
    #[allow(clippy::cast_precision_loss, reason = "see above")]
    Date::new(&JsValue::from_f64(ms.min(8_640_000_000_000_000) as f64))
}

fn two(number: u32) -> String {
    if number < 10 { format!("0{number}") } else { number.to_string() }
}
