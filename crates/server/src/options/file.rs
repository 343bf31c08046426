//! The configuration file: options by their names, as defaults for what neither the command line nor the environment
//! gives.

use std::path::Path;

use clap::builder::OsStr;
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};
use toml::{Table, Value};

use super::values::check;

/// Makes the options of the file the defaults of the subcommand's options. Each value is checked here, so that a mistake
/// is told with the file and the option's name in it.
pub(super) fn apply(command: Command, subcommand: &str, path: &Path) -> Result<Command, Error> {
    let wrong = |what: String| Error::raw(ErrorKind::ValueValidation, format!("{}: {what}\n", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(format!("cannot read it (--config): {error}")))?;
    let table: Table = text.parse().map_err(|error: toml::de::Error| wrong(error.to_string()))?;
    let known = command.find_subcommand(subcommand).cloned().unwrap_or_default();
    let mut options = Vec::new();
    for (name, value) in &table {
        let argument =
            known.get_arguments().find(|argument| argument.get_long() == Some(name)).filter(|_| name != "config");
        let Some(argument) = argument else { return Err(wrong(unknown(name, &known))) };
        let values = values(value).map_err(|expected| wrong(format!("{name}: {expected}")))?;
        check(argument, &values).map_err(|error| wrong(format!("{name}: {error}")))?;
        options.push((argument.get_id().clone(), values));
    }
    Ok(command.mut_subcommand(subcommand, |it| {
        options.into_iter().fold(it, |it, (id, values)| {
            it.mut_arg(id, |argument| argument.required(false).default_values(values.into_iter().map(OsStr::from)))
        })
    }))
}

/// A value as the command line would have it; a list has one for each repetition.
fn values(value: &Value) -> Result<Vec<String>, String> {
    let single = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(yes) => Some(yes.to_string()),
        Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    };
    let all: Option<Vec<_>> = match value.as_array() {
        Some(list) => list.iter().map(single).collect(),
        None => single(value).map(|one| vec![one]),
    };
    all.filter(|all| !all.is_empty())
        .ok_or_else(|| "expected a text, a number, true or false, or a list of texts".to_owned())
}

fn unknown(name: &str, known: &Command) -> String {
    let mut names: Vec<_> =
        known.get_arguments().filter_map(Arg::get_long).filter(|long| !["help", "config"].contains(long)).collect();
    names.sort_unstable();
    format!("there is no option {name}; expected one of {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::options::{Command, Options, Serve};
    use std::path::PathBuf;

    fn read(text: &str, arguments: &[&str]) -> Result<Serve, String> {
        let name = format!(
            "megaphone-options-{:x}.toml",
            text.bytes().fold(0_u64, |sum, it| sum.wrapping_mul(31) + u64::from(it))
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        let all =
            ["megaphone", "serve", "--config", path.to_str().unwrap()].into_iter().chain(arguments.iter().copied());
        let options = Options::read(all).map_err(|error| error.to_string());
        std::fs::remove_file(path).unwrap();
        match options?.command {
            Command::Serve(serve) | Command::Check(serve) => Ok(*serve),
        }
    }

    #[test]
    fn the_file_gives_what_the_command_line_leaves_out() {
        let text = "endpoint = ['https://a:8092', 'https://b:8092']\nlisten = '127.0.0.1:1'\nno-gallery = true\n\
                    head-timeout = 5\ntrust-ca = 'ca.pem'\n";
        let serve = read(text, &["--listen", "127.0.0.1:2"]).unwrap();
        assert_eq!(serve.endpoints.len(), 2);
        assert_eq!((serve.listen, serve.head_timeout, serve.no_gallery), ("127.0.0.1:2".parse().unwrap(), 5, true));
        assert_eq!(serve.trust_ca, [PathBuf::from("ca.pem")]);
        assert_eq!(
            read(text, &["--endpoint", "https://c"]).unwrap().endpoints.len(),
            1,
            "one source of a list replaces the other"
        );
    }

    #[test]
    fn a_mistake_is_told_with_the_file_the_option_and_what_would_be_right() {
        for (text, told) in [
            ("listne = 'a'", "there is no option listne; expected one of allow-plain-http, answer-timeout, app, "),
            ("listen = '8080'", "such as 127.0.0.1:8080"),
            ("listen = 1.5", "listen: expected a text"),
            ("listen = ['127.0.0.1:1', '127.0.0.1:2']", "listen: expected one value"),
            ("no-gallery = 'perhaps'", "expected true or false"),
            ("log-level = 'loud'", "possible values: error, warn, info, debug, trace"),
            ("log-format = 'xml'", "possible values: text, json"),
            ("endpoint = ", "TOML parse error at line 1"),
            ("config = 'other.toml'", "there is no option config"),
        ] {
            let error = read(text, &["--endpoint", "drp"]).unwrap_err();
            assert!(error.contains("megaphone-options-") && error.contains(told), "{text}: {error}");
        }
    }
}
