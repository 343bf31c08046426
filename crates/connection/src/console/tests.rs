use super::*;

/// What the paste means: the causes' ids, or that it is not known.
fn meaning(pasted: &str) -> String {
    match decode(pasted) {
        Decoded::Known(meaning) => meaning.causes.iter().map(|cause| cause.id()).collect::<Vec<_>>().join(" "),
        Decoded::UnknownCode(code) => format!("unknown {code}"),
        Decoded::Nothing => "nothing".to_owned(),
    }
}

mod browsers;
mod lines;
