//! Events as an endpoint sends them, for a feed that no socket fills.

use connection::time::{Moment, SECOND};

/// One row of the feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Text, as it arrived.
    Text(String),
    /// Text that was too long to be kept, in characters.
    TooLong(u64),
    /// A binary message, in bytes.
    Binary(u64),
    /// The connection was away for so many milliseconds.
    Gap(u64),
}

/// The newest `count` events of a fleet, newest first, the last of them a second before `now`.
pub(super) fn fleet(count: u32, now: Moment) -> Vec<(Moment, Message)> {
    let at = |n: u32| back(now, (u64::from(n) + 1) * SECOND);
    (0..count).map(|n| (at(n), Message::Text(event(n, at(n))))).collect()
}

/// What else a socket can bring.
pub(super) fn odd(now: Moment) -> Vec<(Moment, Message)> {
    let long_key = "rack-07-".repeat(24);
    let texts = [
        Message::Text("not JSON <img src=x onerror=alert(1)>".to_owned()),
        Message::Binary(4_096),
        Message::TooLong(5_242_880),
        Message::Gap(42_000),
        Message::Text(
            r#"{"Type":"machines","Action":"update","Key":"<b>bold</b>","Object":{"Secret":"hush"}}"#.to_owned(),
        ),
        Message::Text(format!(r#"{{"Type":"machines","Action":"create","Key":"{long_key}","Object":null}}"#)),
        Message::Text(
            r#"{"Type":"profiles","Action":"save","Key":"שרת-מעבדה","Object":{"Name":"שרת-מעבדה"}}"#.to_owned(),
        ),
        Message::Text("{}".to_owned()),
    ];
    texts.into_iter().zip(1_u64..).map(|(message, n)| (back(now, n * SECOND), message)).collect()
}

fn back(now: Moment, ms: u64) -> Moment {
    Moment { mono: now.mono.saturating_sub(ms), wall: now.wall.saturating_sub(ms) }
}

fn event(n: u32, at: Moment) -> String {
    let seconds = at.wall / SECOND;
    let (minute, second) = (seconds / 60 % 60, seconds % 60);
    let hour = seconds / 3_600 % 24;
    let rack = n * 7 % 40;
    let (kind, action, key, object) = match n % 4 {
        0 => (
            "machines",
            "update",
            format!("6f1d2c3b-0000-4000-8000-{rack:012}"),
            format!(r#"{{"Name":"node-{rack:02}","Runnable":true,"Stage":"discover"}}"#),
        ),
        1 => (
            "jobs",
            "save",
            format!("0b5a77e1-0000-4000-8000-{n:012}"),
            r#"{"State":"finished","Task":"ubuntu-base"}"#.to_owned(),
        ),
        2 => {
            ("leases", "update", format!("0a0a0a{rack:02x}"), format!(r#"{{"Addr":"10.10.10.{rack}","State":"ACK"}}"#))
        }
        _ => (
            "users",
            "save",
            "rocketskates".to_owned(),
            r#"{"Name":"rocketskates","Secret":"hush","PasswordHash":"hush"}"#.to_owned(),
        ),
    };
    format!(
        r#"{{"Time":"2026-11-25T{hour:02}:{minute:02}:{second:02}Z","Type":"{kind}","Action":"{action}","Key":"{key}","Principal":"rocketskates","Object":{object},"Original":null}}"#
    )
}
