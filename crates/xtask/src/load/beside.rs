//! The two servers, on free ports.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::failure::{Failure, Outcome};
use crate::servers::START_LIMIT;
use crate::{http, process, workspace};

/// Both servers; stopped when this is dropped.
pub(super) struct Beside {
    pub(super) megaphone: SocketAddr,
    pub(super) nginx: SocketAddr,
    /// Has wrk report a loss.
    pub(super) loss: PathBuf,
    /// Has wrk open a connection for each request, as pages do that have been silent for longer than a connection may be.
    pub(super) alone: PathBuf,
    child: Child,
    program: PathBuf,
    configuration: PathBuf,
}

impl Beside {
    /// With the app of this build, of whose files `wasm` is the path of one.
    pub(super) fn start(nginx: &Path, wasm: &str) -> Outcome<Self> {
        let [address, nginx_address] = [free()?, free()?];
        let folder = workspace::target().join("load");
        fs::create_dir_all(&folder).map_err(Failure::system(format!("create {}", folder.display())))?;
        let mut command = process::command(workspace::shipped_program());
        command.args(["serve", "--endpoint", ENDPOINT, "--listen", &address.to_string()]);
        command.args(["--diagnosis-rate", "0", "--losses-rate", "0"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().map_err(Failure::system("start megaphone"))?;
        let [loss, alone, configuration] = ["loss.lua", "alone.lua", "nginx.conf"].map(|name| folder.join(name));
        let (program, nginx) = (nginx.to_owned(), nginx_address);
        let servers = Self { megaphone: address, nginx, loss, alone, child, program, configuration };
        listens(address)?;
        let headers = |path: &str| Ok(directives(&http::get(&address.to_string(), path)?.head));
        let location = |file: &str, asked: &str| Ok(format!("location = {file} {{ {} }}\n", headers(asked)?));
        let files = [location("/index.html", "/")?, location(wasm, wasm)?].concat();
        let nginx = text(&folder, nginx_address, &files, &headers("/api/config")?);
        for (file, text) in [(&servers.loss, LOSS), (&servers.alone, ALONE), (&servers.configuration, nginx.as_str())] {
            fs::write(file, text).map_err(Failure::system(format!("write {}", file.display())))?;
        }
        // It goes to the background once it listens.
        process::run(process::command(&servers.program).arg("-c").arg(&servers.configuration))?;
        listens(nginx_address)?;
        Ok(servers)
    }

    /// The CPU time of `megaphone` so far.
    pub(super) fn cpu_time(&self) -> Outcome<Duration> {
        // Its name, in brackets, may hold anything; after it come the state and numbers, of which the 12th and 13th are ticks.
        let file = format!("/proc/{}/stat", self.child.id());
        let stat = fs::read_to_string(&file).map_err(Failure::system(format!("read {file}")))?;
        let numbers = stat.rsplit_once(')').map(|(_, after)| after.split_whitespace().skip(12).take(2));
        let ticks: u64 = numbers.into_iter().flatten().filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
        Ok(TICK.saturating_mul(u32::try_from(ticks).unwrap_or(u32::MAX)))
    }

    /// Resident memory of `megaphone`, in MB.
    pub(super) fn resident(&self) -> Outcome<u64> {
        process::resident(&self.child)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // An error means that it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = process::run(process::command(&self.program).arg("-c").arg(&self.configuration).args(["-s", "stop"]));
    }
}

/// The headers of an answer of `megaphone` as directives of nginx, but for those that nginx makes itself.
fn directives(head: &str) -> String {
    let own = ["connection", "content-encoding", "content-length", "content-type", "date", "etag", "vary"];
    let headers = head.lines().filter_map(|line| line.split_once(": ")).filter(|(name, _)| !own.contains(name));
    let value = |name, value| if name == "x-request-id" { "$request_id" } else { value };
    headers.map(|(name, sent)| format!("add_header {name} \"{}\"; ", value(name, sent))).collect()
}

/// As an operator would have it: the build's compressed files, and the small answer that `megaphone` makes. With the same
/// headers, because the client that counts spends as much time on each byte of them as a server does.
fn text(folder: &Path, address: SocketAddr, files: &str, of_config: &str) -> String {
    let (folder, dist) = (folder.display(), workspace::dist().display().to_string());
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {folder}/{kind};\n"))
        .concat();
    format!(
        "worker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n    include /etc/nginx/mime.types;\n    access_log off;\n    sendfile on;\n    keepalive_requests 1000000;\n\
         {temporary}    server {{\n        listen {address};\n        root {dist};\n        gzip_static on;\n{files}\
         \x20       location = /api/config {{ {of_config} default_type application/json; return 200 '{CONFIG}'; }}\n    }}\n}}\n"
    )
}

/// The endpoint that is named; nothing has to answer there.
pub(super) const ENDPOINT: &str = "https://localhost:8092";

/// The unit of CPU times in /proc: Linux has counted in hundredths of a second on every machine for decades.
const TICK: Duration = Duration::from_millis(10);

const LOSS: &str = r#"wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"endpoint":"https://localhost:8092","code":1006,"cause":"down"}'
"#;

const ALONE: &str = "wrk.headers[\"Connection\"] = \"close\"\n";

const CONFIG: &str =
    r#"{"endpoints":["https://localhost:8092"],"version":"0.1.0","diagnosis":true,"losses":true,"simulators":[]}"#;

fn free() -> Outcome<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    listener.and_then(|listener| listener.local_addr()).map_err(Failure::system("find a free port"))
}

fn listens(address: SocketAddr) -> Outcome {
    let began = Instant::now();
    while std::net::TcpStream::connect(address).is_err() {
        if began.elapsed() > START_LIMIT {
            return Err(Failure::step(format!("nothing listens on {address}")));
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
