//! Holds the app to a size: what every visitor downloads before anything shows.

use crate::failure::{Failure, Outcome};
use crate::{process, workspace};

/// Bytes of wasm after brotli 11, the best that a server can send: what it is today and a little room. The framework's
/// smallest app with a router is 73,000; the rest is views, words and the machine. Lower it with each gain.
const BUDGET: u64 = 280_000;

/// Node has the compressor built in; a crate for one number would take longer to compile than to run.
const MEASURE: &str = "
const fs = require('fs'), zlib = require('zlib');
const files = fs.readdirSync('.').filter(name => name.startsWith('portal') && name.endsWith('.wasm'));
console.log(files.reduce((sum, name) => sum + zlib.brotliCompressSync(fs.readFileSync(name)).length, 0));
";

/// Fails when the wasm in `dist` is over the budget, or when there is none.
pub(super) fn check() -> Outcome {
    let printed = process::capture(process::command("node").args(["-e", MEASURE]).current_dir(workspace::dist()))?;
    match printed.parse::<u64>() {
        Ok(1..=BUDGET) => {
            println!("  wasm: {printed} bytes as brotli, of {BUDGET}");
            Ok(())
        }
        Ok(0) | Err(_) => Err(Failure::step("there is no wasm in dist to measure")),
        Ok(_over) => Err(Failure::step(format!("wasm: {printed} bytes as brotli, over the budget of {BUDGET}"))),
    }
}
