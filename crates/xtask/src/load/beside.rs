//! The two servers, on free ports.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use crate::failure::{Failure, Outcome};
use crate::servers::START_LIMIT;
use crate::{process, workspace};

/// Both servers; stopped when this is dropped.
pub(super) struct Beside {
    pub(super) megaphone: SocketAddr,
    pub(super) nginx: SocketAddr,
    child: Child,
    program: PathBuf,
    configuration: PathBuf,
}

impl Beside {
    pub(super) fn start(nginx: &Path) -> Outcome<Self> {
        let [address, nginx_address] = [free()?, free()?];
        let folder = workspace::target().join("load");
        fs::create_dir_all(&folder).map_err(Failure::system(format!("create {}", folder.display())))?;
        let configuration = folder.join("nginx.conf");
        fs::write(&configuration, text(&folder, nginx_address))
            .map_err(Failure::system(format!("write {}", configuration.display())))?;
        let mut command = process::command(workspace::program("megaphone"));
        command.args(["serve", "--endpoint", "https://localhost:8092", "--log-level", "error", "--app"]);
        command.arg(workspace::dist()).args(["--listen", &address.to_string()]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().map_err(Failure::system("start megaphone"))?;
        let servers =
            Self { megaphone: address, nginx: nginx_address, child, program: nginx.to_owned(), configuration };
        // It goes to the background once it listens.
        process::run(process::command(nginx).arg("-c").arg(&servers.configuration))?;
        [address, nginx_address].into_iter().try_for_each(listens)?;
        Ok(servers)
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

/// As an operator would have it: the build's compressed files, and the small answer that `megaphone` makes.
fn text(folder: &Path, address: SocketAddr) -> String {
    let (folder, dist) = (folder.display(), workspace::dist().display().to_string());
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("    {kind}_temp_path {folder}/{kind};\n"))
        .concat();
    format!(
        "worker_processes 2;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n    include /etc/nginx/mime.types;\n    access_log off;\n    sendfile on;\n    keepalive_requests 1000000;\n\
         {temporary}    server {{\n        listen {address};\n        root {dist};\n        gzip_static on;\n\
         \x20       location = /api/config {{ default_type application/json; return 200 '{CONFIG}'; }}\n    }}\n}}\n"
    )
}

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
