//! `--name value` and `--name=value`: all the command line that these commands need.

use crate::failure::{Failure, Outcome};

/// Pairs of name (without dashes) and value, in the order given. Only names in `known` are taken.
pub(crate) fn parse<'a>(arguments: &'a [String], known: &[&str]) -> Outcome<Vec<(&'a str, &'a str)>> {
    let mut pairs = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let name = argument.strip_prefix("--").ok_or_else(|| unknown(argument, known))?;
        let (name, inline) = name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value)));
        if !known.contains(&name) {
            return Err(unknown(argument, known));
        }
        let value = inline.or_else(|| rest.next().map(String::as_str));
        pairs.push((name, value.ok_or_else(|| Failure::Usage(format!("--{name} needs a value")))?));
    }
    Ok(pairs)
}

fn unknown(argument: &str, known: &[&str]) -> Failure {
    let known: Vec<_> = known.iter().map(|name| format!("--{name}")).collect();
    let expected = if known.is_empty() { "no options".to_owned() } else { known.join(", ") };
    Failure::Usage(format!("unexpected argument `{argument}`; expected {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn a_value_follows_its_name_or_an_equals_sign() {
        let arguments = words("--portal 9080 --endpoint=9092");
        assert_eq!(parse(&arguments, &["portal", "endpoint"]).unwrap(), [("portal", "9080"), ("endpoint", "9092")]);
    }

    #[test]
    fn an_unknown_option_says_which_ones_there_are() {
        let failure = parse(&words("--prot 1"), &["portal"]).unwrap_err();
        assert_eq!(failure.to_string(), "unexpected argument `--prot`; expected --portal");
        let failure = parse(&words("--prot 1"), &[]).unwrap_err();
        assert_eq!(failure.to_string(), "unexpected argument `--prot`; expected no options");
    }

    #[test]
    fn an_option_without_its_value_is_refused() {
        assert!(parse(&words("--portal"), &["portal"]).is_err());
    }
}
