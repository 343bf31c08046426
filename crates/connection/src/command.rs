//! The commands that a client sends over the socket. DRP answers each with an acknowledgement.

/// The longest command that DRP takes, in bytes; one more and it closes the connection with 1009.
pub const LIMIT: usize = 512;

/// Everything that the user may see: the overview shows every event.
pub const EVERYTHING: &str = "*.*.*";

/// Matches no event, and is acknowledged all the same: DRP answers no ping that a page could send.
pub const PING: &str = "register megaphone.ping.-";

/// The commands that register for `patterns` (`type.action.key`), each within [`LIMIT`].
///
/// A pattern that does not fit by itself is left out and returned in the second list: sending it would end the
/// connection.
pub fn register<'a>(patterns: impl IntoIterator<Item = &'a str>) -> (Vec<String>, Vec<&'a str>) {
    let (mut commands, mut too_long) = (Vec::new(), Vec::new());
    for pattern in patterns {
        let command = format!("register {pattern}");
        if command.len() <= LIMIT { commands.push(command) } else { too_long.extend(split(pattern, &mut commands)) }
    }
    (commands, too_long)
}

/// Splits a pattern whose key is a list (`type.action.a,b,c`, DRP 4.6 and later) over several commands.
fn split<'a>(pattern: &'a str, commands: &mut Vec<String>) -> Option<&'a str> {
    let mut fields = pattern.splitn(3, '.');
    let (Some(kind), Some(action), Some(keys)) = (fields.next(), fields.next(), fields.next()) else {
        return Some(pattern);
    };
    let head = format!("register {kind}.{action}.");
    if keys.split(',').any(|key| head.len() + key.len() > LIMIT) {
        return Some(pattern);
    }
    let mut command = head.clone();
    for key in keys.split(',') {
        let first = command.len() == head.len();
        if !first && command.len() + 1 + key.len() > LIMIT {
            commands.push(core::mem::replace(&mut command, head.clone()));
        }
        if command.len() > head.len() {
            command.push(',');
        }
        command.push_str(key);
    }
    commands.push(command);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_of_keys_is_split_to_the_limit_and_loses_none() {
        let keys: Vec<String> = (0..100).map(|n| format!("{n:036}")).collect();
        let pattern = format!("machines.update.{}", keys.join(","));
        let (commands, too_long) = register([EVERYTHING, &pattern]);
        assert!(too_long.is_empty());
        assert_eq!(commands[0], "register *.*.*");
        assert!(commands.iter().all(|command| command.len() <= LIMIT));
        let sent = commands[1..].iter().flat_map(|it| it["register machines.update.".len()..].split(','));
        assert_eq!(sent.collect::<Vec<_>>(), keys);
    }

    #[test]
    fn what_cannot_be_split_is_not_sent() {
        let key = "k".repeat(600);
        let pattern = format!("machines.update.a,{key}");
        assert_eq!(register([pattern.as_str()]), (vec![], vec![pattern.as_str()]));
        assert_eq!(register([key.as_str()]), (vec![], vec![key.as_str()]));
    }

    #[test]
    fn exactly_the_limit_is_sent() {
        let pattern = "x".repeat(LIMIT - "register ".len());
        assert_eq!(register([pattern.as_str()]).0[0].len(), LIMIT);
    }
}
