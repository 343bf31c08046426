use super::*;

/// What the paste means: the causes' ids, or that it is not known.
fn meaning(pasted: &str) -> String {
    match decode(pasted) {
        Reading::Known(meaning) => meaning.causes.iter().map(|cause| cause.id()).collect::<Vec<_>>().join(" "),
        Reading::UnknownCode(code) => format!("unknown {code}"),
        Reading::Nothing => "nothing".to_owned(),
    }
}

mod browsers;
mod lines;
