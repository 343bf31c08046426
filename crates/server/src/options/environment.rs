//! The environment: every option has a variable, MEGAPHONE_ and the option's name. A variable that is empty counts as one
//! that is not there, as in every file of variables with a place left blank.

use std::ffi::{OsStr, OsString};

use clap::builder::{BoolishValueParser, Resettable};
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, Error};

use super::values::check;

const PREFIX: &str = "MEGAPHONE_";

/// What Kubernetes gives every container beside a service called megaphone.
const OF_KUBERNETES: [&str; 3] = ["MEGAPHONE_SERVICE_", "MEGAPHONE_PORT_", "MEGAPHONE_PORT"];

/// Such as `MEGAPHONE_TRUST_CA`.
fn variable(argument: &Arg) -> Option<String> {
    Some(format!("{PREFIX}{}", argument.get_long()?.to_ascii_uppercase().replace('-', "_")))
}

/// Gives every option its variable.
pub(super) fn apply(command: Command) -> Command {
    command.mut_subcommands(|subcommand| {
        subcommand.mut_args(|argument| {
            let Some(variable) = variable(&argument).filter(|_| argument.get_id() != "help") else { return argument };
            let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
            // Beside true and false also 1 and 0, yes and no, on and off.
            let argument = if is_switch { argument.value_parser(BoolishValueParser::new()) } else { argument };
            let is_empty = std::env::var_os(&variable).is_some_and(|value| value.is_empty());
            if is_empty { argument.env(Resettable::Reset) } else { argument.env(variable) }
        })
    })
}

/// Checks the values of variables that count, because clap does not say where a value came from.
///
/// # Errors
/// Names the variable and says what would be right.
pub(super) fn check_values(subcommand: &Command, matches: &ArgMatches) -> Result<(), Error> {
    for argument in subcommand.get_arguments() {
        let is_given = matches.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine);
        let variable = argument.get_env().filter(|_| !is_given);
        let Some((name, value)) = variable.and_then(|name| Some((name, std::env::var_os(name)?))) else { continue };
        let name = name.to_string_lossy();
        let wrong = |what: String| Error::raw(ErrorKind::ValueValidation, format!("{name}: {what}\n"));
        let value = value.into_string().map_err(|_| wrong("expected text in UTF-8".to_owned()))?;
        let values: Vec<_> = match argument.get_value_delimiter() {
            Some(delimiter) => value.split(delimiter).map(ToOwned::to_owned).collect(),
            None => vec![value],
        };
        check(argument, &values).map_err(wrong)?;
    }
    Ok(())
}

/// What is to be said of variables that no option has: a slip in a name must not go unnoticed.
pub fn warnings() -> Vec<String> {
    let command = apply(<super::Options as clap::CommandFactory>::command());
    let known: Vec<String> = command.get_subcommands().flat_map(Command::get_arguments).filter_map(variable).collect();
    let unknown = std::env::vars_os().filter_map(|(name, _)| is_unknown(&name, &known));
    unknown.map(|name| format!("no option has the variable {name}: see the names in megaphone serve --help")).collect()
}

fn is_unknown(name: &OsStr, known: &[String]) -> Option<String> {
    let name = OsString::from(name).into_string().ok()?;
    let is_of_others = OF_KUBERNETES.iter().any(|other| match other.strip_suffix('_') {
        Some(_) => name.starts_with(other),
        None => name == *other,
    });
    (name.starts_with(PREFIX) && !is_of_others && !known.contains(&name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_of_no_option_is_told_and_those_of_kubernetes_are_not() {
        let unknown = |name: &str| is_unknown(OsStr::new(name), &["MEGAPHONE_LISTEN".to_owned()]).is_some();
        assert!(unknown("MEGAPHONE_LISTNE") && unknown("MEGAPHONE_"));
        for name in ["MEGAPHONE_LISTEN", "MEGAPHONE_PORT", "MEGAPHONE_PORT_80_TCP", "MEGAPHONE_SERVICE_HOST", "PATH"] {
            assert!(!unknown(name), "{name}");
        }
    }
}
