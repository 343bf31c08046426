//! What an address may say of a state.

mod appearance;
mod field;
mod query;
mod values;

pub use appearance::{
    Appearance, Chrome, Colors, Contrast, Direction, LookedFrom, Motion, TextSize, Theme, Time, Vision,
};
pub use field::{FIELDS, Field, FieldKind, Sets};
pub use values::Inputs;

#[cfg(test)]
mod tests {
    use super::*;
    use connection::close_code::CloseCode;

    fn read(pairs: &[(&str, &str)]) -> (Inputs, Vec<String>) {
        Inputs::read(pairs.iter().copied())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let said = [
            ("endpoint", "https://drp:8092"),
            ("code", "1011"),
            ("reason", "a & b=c"),
            ("attempt", "7"),
            ("seconds", "12"),
            ("cause", "expired"),
            ("vantage", "page"),
            ("days", "-9"),
            ("issuer", "CN=Lab"),
            ("names", "a,b"),
            ("losses", "6"),
            ("events", "40"),
            ("browser", "safari"),
            ("theme", "dark"),
            ("motion", "reduce"),
            ("contrast", "more"),
            ("colors", "forced"),
            ("width", "360"),
            ("dir", "rtl"),
            ("text", "200"),
            ("vision", "deuteranopia"),
            ("time", "run"),
            ("chrome", "off"),
        ];
        assert_eq!(said.len(), FIELDS.len());
        let (inputs, warnings) = read(&said);
        assert!(warnings.is_empty(), "{warnings:?}");
        let written = inputs.pairs();
        assert_eq!(written.iter().map(|(key, value)| (*key, value.as_str())).collect::<Vec<_>>(), said);
    }

    #[test]
    fn any_value_is_safe_and_what_is_wrong_is_named() {
        let long = "x".repeat(100_000);
        for field in FIELDS {
            for value in [long.as_str(), "\u{202e}\0<script>", "-99999999999999999999", "1e9", "🦀"] {
                let (inputs, warnings) = read(&[(field.key, value)]);
                match warnings.as_slice() {
                    [] => assert_ne!(inputs, Inputs::default(), "{} {value}", field.key),
                    [warning] => {
                        assert_eq!(inputs, Inputs::default(), "{warning}");
                        assert!(warning.contains(field.key) && warning.len() < 400, "{warning}");
                    }
                    [..] => panic!("{warnings:?}"),
                }
            }
        }
        assert_eq!(read(&[("bogus", "1")]).1, ["There is no input called “bogus”; it is passed over."]);
        assert_eq!(read(&[("code", "")]), (Inputs::default(), vec![]));
    }

    #[test]
    fn what_an_address_says_goes_before_what_the_state_has() {
        let (state, _) = read(&[("code", "1011"), ("attempt", "3")]);
        let (asked, _) = read(&[("code", "4000")]);
        let both = asked.or(state);
        assert_eq!((both.code, both.attempt), (Some(CloseCode(4000)), Some(3)));
    }
}
