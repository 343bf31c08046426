//! Limits the app's size: what every visitor downloads before anything shows. Says what the gallery costs beside it.

use std::fs;

use crate::failure::{Failure, Outcome};
use crate::workspace;

/// Bytes of wasm after brotli 11, the best that a server can send: what it is today and a little room. The framework's
/// smallest app with a router is 73,000; the rest is views, words and the machine. Lower it with each gain.
const BUDGET: u64 = 342_000;

/// Fails when the wasm in `dist` is over the budget, or when there is none.
pub(super) fn check() -> Outcome {
    let [wasm, script, styles] = [size("portal", ".wasm")?, size("portal", ".js")?, size("main", ".css")?];
    match wasm {
        0 => Err(Failure::step("there is no wasm in dist to measure")),
        1..=BUDGET => {
            println!("  wasm: {wasm} bytes as brotli, of {BUDGET}; beside it JavaScript {script}, styles {styles}");
            let [wasm, script, styles] = [size("gallery", ".wasm")?, size("gallery", ".js")?, size("preview", ".css")?];
            println!("  the gallery, for those who open it: wasm {wasm}, JavaScript {script}, styles {styles}");
            Ok(())
        }
        _over => Err(Failure::step(format!("wasm: {wasm} bytes as brotli, over the budget of {BUDGET}"))),
    }
}

/// Bytes of the files `PROGRAM-….END.br`, which the build has compressed.
fn size(program: &str, end: &str) -> Outcome<u64> {
    let (start, end) = (format!("{program}-"), format!("{end}.br"));
    let sum = || {
        let mut sum = 0;
        for entry in fs::read_dir(workspace::dist())? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(&start) && name.ends_with(&end)) {
                sum += entry.metadata()?.len();
            }
        }
        Ok(sum)
    };
    sum().map_err(Failure::system("measure dist"))
}
