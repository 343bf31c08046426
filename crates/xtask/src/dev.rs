//! `cargo xtask dev`: the portal and the gallery while somebody works on them, rebuilt and reloaded at every save.
//!
//! One `trunk serve` for each page; the portal's has the one address and passes on what belongs to the gallery's or to
//! `megaphone`, which runs beside them with two simulated endpoints as in the demo.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use crate::build::trunk::Trunk;
use crate::demo::plan;
use crate::demo::ports::Ports;
use crate::failure::{Failure, Outcome};
use crate::servers::{self, Output, Program, Servers};
use crate::{process, progress, tools, workspace};

pub(crate) const USAGE: &str = "\
cargo xtask dev [--portal PORT] [--endpoint PORT]

Builds without optimisation and serves the portal, the gallery, the real server and two simulated DRP endpoints on one
address. A saved file of the app or its styles is on the screen some seconds later, without a press; what does not
compile is said in this terminal and on the page. After a change of the server or the simulator, start it again.
Ctrl-C stops everything.

  --portal PORT     the address to open; the two ports after it are used as well (8080)
  --endpoint PORT   first of four ports in a row, as for `cargo xtask demo` (8092)";

/// For the first build of an app; later ones take seconds.
const BUILD_LIMIT: Duration = Duration::from_secs(20 * 60);

/// What goes into both pages. A saved spec or server file builds nothing.
const SHARED: [&str; 6] = ["Cargo.lock", "Cargo.toml", "crates/connection", "public", "src", "style"];

pub(crate) fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let ports = Ports::from_arguments(arguments)?;
    ports.check_free()?;
    let [server, gallery] = ports.after_portal()?;
    tools::wasm_target()?;
    tools::npm_packages()?;
    let trunk = Trunk::find()?;
    progress::step("megaphone and drp-simulator, without optimisation", "2 minutes the first time", || {
        process::run(process::command("cargo").args(["build", "-p", "megaphone", "-p", "drp-simulator"]))
    })?;

    let stopped = servers::stop_signal()?;
    let logs = directory();
    let [plain, tls] = plan::endpoints(&ports, workspace::debug_program, &logs);
    let portal_page = Page::portal(ports.portal, server, gallery);
    let gallery_page = Page::gallery(gallery);
    let [portal_trunk, gallery_trunk] = [portal_page.program(&trunk)?, gallery_page.program(&trunk)?];
    // The server reads the app at its start, so it starts once there is one.
    let megaphone = plan::portal(&ports, server, portal_page.dist(), workspace::debug_program, &logs);
    let programs = [plain, tls, portal_trunk, megaphone, gallery_trunk];
    let servers = progress::step("first build of the portal and the gallery", "3 minutes, later seconds", || {
        Servers::start(&programs, &stopped)
    })?;
    println!("{}", screen(&ports, &logs.display().to_string()));
    servers.run_until(&stopped)?;
    println!("\nStopped; nothing is left running.");
    Ok(ExitCode::SUCCESS)
}

/// Below the root whatever the target directory is: trunk runs cargo here, which looks upwards for its configuration.
fn directory() -> PathBuf {
    workspace::root().join("target").join("dev")
}

/// Written by each build of the portal when it is done. Trunk takes no notice of what changes in the target directory.
fn portal_built() -> PathBuf {
    env::temp_dir().join("megaphone-dev-portal-built")
}

fn screen(ports: &Ports, logs: &str) -> String {
    let Ports { portal, plain, plain_control, tls, tls_control } = *ports;
    format!(
        "
  Open  http://127.0.0.1:{portal}/          the portal
        http://127.0.0.1:{portal}/preview   every state; /preview/live breaks an endpoint beside the portal

  Endpoints  http://localhost:{plain} (faults: http://127.0.0.1:{plain_control}/), https://localhost:{tls} (faults:
             http://127.0.0.1:{tls_control}/); rocketskates, r0cketsk8ts
  Logs       {logs}        Ctrl-C stops everything.
"
    )
}

/// A page that trunk builds at every save and serves.
struct Page {
    name: &'static str,
    /// The page's source, below the root.
    source: &'static str,
    /// What a change of starts a build, below the root.
    watched: Vec<PathBuf>,
    /// Where its files are on the one address.
    public_url: &'static str,
    port: u16,
    /// The rest of its configuration, in the form of trunk's file.
    more: String,
}

impl Page {
    fn portal(port: u16, server: u16, gallery: u16) -> Self {
        let to = |ws: bool, port_behind: u16, path: &str| {
            let scheme = if ws { "ws" } else { "http" };
            // Both sides compare the host with the page's own origin.
            format!(
                "\n[[proxy]]\nbackend = \"{scheme}://127.0.0.1:{port_behind}{path}\"\nws = {ws}\n\
                 request_headers = {{ host = \"127.0.0.1:{port}\" }}\n"
            )
        };
        let mut more: String =
            ["/api", "/healthz", "/readyz", "/metrics"].iter().map(|path| to(false, server, path)).collect();
        more.push_str(&to(false, gallery, "/preview"));
        // Tells the gallery's page to reload after a build.
        more.push_str(&to(true, gallery, "/preview/.well-known/trunk/ws"));
        // A file that is only touched starts no build: what is written has to be its content.
        more.push_str(&format!(
            "\n[[hooks]]\nstage = \"post_build\"\ncommand = \"cp\"\ncommand_arguments = [{:?}, {:?}]\n",
            workspace::root().join("index.html"),
            portal_built()
        ));
        let watched = SHARED.iter().chain(&["index.html"]).map(PathBuf::from).collect();
        Self { name: "portal", source: "index.html", watched, public_url: "/", port, more }
    }

    /// Built after the portal, which says so in a file that this one watches: each of two builds at once would take
    /// twice as long.
    fn gallery(port: u16) -> Self {
        let own = ["crates/gallery/index.html", "crates/gallery/src", "crates/states"];
        Self {
            name: "gallery",
            source: "crates/gallery/index.html",
            watched: own.iter().map(PathBuf::from).chain([portal_built()]).collect(),
            public_url: "/preview/",
            port,
            more: String::new(),
        }
    }

    fn dist(&self) -> PathBuf {
        directory().join(self.name)
    }

    fn program(&self, trunk: &Trunk) -> Outcome<Program> {
        let config = directory().join(format!("{}.toml", self.name));
        let write = || {
            fs::create_dir_all(directory())?;
            fs::write(portal_built(), "")?;
            fs::write(&config, self.config())
        };
        write().map_err(Failure::system(format!("write {}", config.display())))?;
        // What a debugger would read makes the program several times as large, and each step after the compiler as slow.
        let mut environment = trunk.environment();
        environment.push(("CARGO_PROFILE_DEV_DEBUG", "false".into()));
        Ok(Program {
            role: self.name,
            file: trunk.file(),
            arguments: vec!["serve".to_owned(), "--config".to_owned(), config.display().to_string()],
            environment,
            port: self.port,
            limit: BUILD_LIMIT,
            output: Output::Terminal,
        })
    }

    /// The configuration for trunk. The options of its command line know a single address to pass requests on to.
    fn config(&self) -> String {
        let root = workspace::root();
        let watched: Vec<_> = self.watched.iter().map(|path| root.join(path)).collect();
        let base = self.public_url.trim_end_matches('/');
        let base = if base.is_empty() { "/" } else { base };
        format!(
            "[build]\ntarget = {target:?}\ndist = {dist:?}\npublic_url = {public_url:?}\nminify = \"never\"\n\n\
             [watch]\nwatch = {watched:?}\n\n\
             [serve]\naddresses = [\"127.0.0.1\"]\nport = {port}\nserve_base = {base:?}\nws_base = {public_url:?}\n{more}",
            target = root.join(self.source),
            dist = self.dist(),
            public_url = self.public_url,
            port = self.port,
            more = self.more,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_address_passes_on_what_belongs_to_the_server_and_to_the_gallery() {
        let config = Page::portal(1, 2, 3).config();
        for backend in ["2/api", "2/healthz", "2/readyz", "2/metrics", "3/preview"] {
            assert!(config.contains(&format!("backend = \"http://127.0.0.1:{backend}\"")), "{config}");
        }
        assert!(config.contains("backend = \"ws://127.0.0.1:3/preview/.well-known/trunk/ws\""), "{config}");
    }

    #[test]
    fn everything_that_is_watched_exists() {
        let portal = Page::portal(1, 2, 3);
        let gallery = Page::gallery(3);
        for path in portal.watched.iter().chain(&gallery.watched).filter(|path| **path != portal_built()) {
            assert!(workspace::root().join(path).exists(), "{}", path.display());
        }
    }
}
