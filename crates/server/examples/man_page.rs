//! Writes the man page `megaphone.1` to standard output. A step of `cargo xtask dist`.

use std::io::{Write, stdout};

use clap::CommandFactory;
use clap_mangen::Man;
use megaphone::options::Options;

fn main() -> std::io::Result<()> {
    let mut command = Options::command();
    // Gives every subcommand its full name and the options that it takes over.
    command.build();
    let mut page = Vec::new();
    let whole = Man::new(command.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    for subcommand in command.get_subcommands().filter(|it| it.get_name() == "serve") {
        // `check` takes the same options, so one list of them is enough.
        let serve = Man::new(subcommand.clone());
        serve.render_description_section(&mut page)?;
        serve.render_options_section(&mut page)?;
    }
    whole.render_subcommands_section(&mut page)?;
    page.write_all(include_bytes!("man_page/files.roff"))?;
    stdout().write_all(&page)
}
