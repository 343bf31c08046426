//! Writes the list of states to stdout, as the JSON that the build puts at `preview/states.json`.

use std::io;

fn main() -> io::Result<()> {
    serde_json::to_writer(io::stdout().lock(), &states::manifest()).map_err(io::Error::from)
}
