//! Times and sizes as people read them, without the date library that every visitor would have to download.

/// A time span: `0.4 s`, `42 s`, `3 min 20 s`, `2 h 5 min`, `3 days`.
pub fn duration(ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds {
        0 if ms == 0 => "0 s".to_owned(),
        0..=9 if ms % 1_000 >= 100 && seconds < 5 => format!("{seconds}.{} s", (ms % 1_000) / 100),
        0 => "less than 0.1 s".to_owned(),
        1..60 => format!("{seconds} s"),
        60..3_600 => two(seconds / 60, "min", seconds % 60, "s"),
        3_600..172_800 => two(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn two(large: u64, large_unit: &str, small: u64, small_unit: &str) -> String {
    if small == 0 { format!("{large} {large_unit}") } else { format!("{large} {large_unit} {small} {small_unit}") }
}

/// A time span that has passed, in whole seconds: `just now`, `12 s ago`.
pub fn ago(ms: u64) -> String {
    if ms < 1_000 { "just now".to_owned() } else { format!("{} ago", duration(ms / 1_000 * 1_000)) }
}

/// A size: `812 bytes`, `3.1 kB`, `2.4 MB`.
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{}.{} kB", count / 1_000, count % 1_000 / 100),
        _ => format!("{}.{} MB", count / 1_000_000, count % 1_000_000 / 100_000),
    }
}

/// A date in UTC, `9 November 2026`, from seconds since 1970.
pub fn date(seconds: i64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    format!("{day} {name} {year}")
}

/// Date and time in UTC, `9 November 2026, 14:05 UTC`, from seconds since 1970.
pub fn date_time(seconds: i64) -> String {
    let minutes = seconds.rem_euclid(86_400) / 60;
    format!("{}, {:02}:{:02} UTC", date(seconds), minutes / 60, minutes % 60)
}

/// Year, month (1–12) and day of a day number since 1970-01-01 in the proleptic Gregorian calendar, by counting from
/// 1 March of the year 0 so that leap days fall at the end of a year.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_people_say_them() {
        let spoken = [0, 30, 400, 2_000, 42_000, 60_000, 200_000, 7_500_000, 300_000_000].map(duration);
        let expected = ["0 s", "less than 0.1 s", "0.4 s", "2 s", "42 s", "1 min", "3 min 20 s", "2 h 5 min", "3 days"];
        assert_eq!(spoken, expected);
        assert_eq!([ago(900), ago(12_900)], ["just now", "12 s ago"]);
    }

    #[test]
    fn dates_follow_the_calendar() {
        assert_eq!(date(0), "1 January 1970");
        assert_eq!(date(951_782_400), "29 February 2000");
        assert_eq!(date(1_794_182_400), "9 November 2026");
        assert_eq!(date(-1), "31 December 1969");
        assert!(!date(i64::MAX).is_empty() && !date(i64::MIN).is_empty());
    }

    #[test]
    fn sizes_keep_one_digit() {
        assert_eq!([bytes(812), bytes(3_141), bytes(2_400_000)], ["812 bytes", "3.1 kB", "2.4 MB"]);
    }
}
