//! Holds the app to a size: what every visitor downloads before anything shows. Says what the gallery costs beside it.

use crate::failure::{Failure, Outcome};
use crate::{process, workspace};

/// Bytes of wasm after brotli 11, the best that a server can send: what it is today and a little room. The framework's
/// smallest app with a router is 73,000; the rest is views, words and the machine. Lower it with each gain.
const BUDGET: u64 = 280_000;

/// Node has the compressor built in; a crate for six numbers would take longer to compile than to run.
const MEASURE: &str = "
const fs = require('fs'), zlib = require('zlib');
const size = ([start, end]) => fs.readdirSync('.').filter(name => name.startsWith(start + '-') && name.endsWith(end))
  .reduce((sum, name) => sum + zlib.brotliCompressSync(fs.readFileSync(name)).length, 0);
const programs = [['portal', 'main'], ['gallery', 'preview']];
console.log(programs.flatMap(([program, styles]) => [[program, '.wasm'], [program, '.js'], [styles, '.css']]).map(size).join(' '));
";

/// Fails when the wasm in `dist` is over the budget, or when there is none.
pub(super) fn check() -> Outcome {
    let printed = process::capture(process::command("node").args(["-e", MEASURE]).current_dir(workspace::dist()))?;
    let sizes: Vec<u64> = printed.split(' ').filter_map(|size| size.parse().ok()).collect();
    let &[wasm, script, styles, gallery_wasm, gallery_script, gallery_styles] = sizes.as_slice() else {
        return Err(Failure::step(format!("sizes are wanted, not “{printed}”")));
    };
    match wasm {
        0 => Err(Failure::step("there is no wasm in dist to measure")),
        1..=BUDGET => {
            println!("  wasm: {wasm} bytes as brotli, of {BUDGET}; beside it JavaScript {script}, styles {styles}");
            println!(
                "  the gallery, for those who open it: wasm {gallery_wasm}, JavaScript {gallery_script}, styles \
                 {gallery_styles}"
            );
            Ok(())
        }
        _over => Err(Failure::step(format!("wasm: {wasm} bytes as brotli, over the budget of {BUDGET}"))),
    }
}
