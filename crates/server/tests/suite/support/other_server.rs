//! nginx, Caddy and Prometheus from the system's packages, with the files that this project ships.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::folder::Folder;
use super::http::ask;

/// A running server; stopped when the test ends.
pub(crate) struct OtherServer {
    pub(crate) address: SocketAddr,
    child: Child,
    _folder: Folder,
}

impl OtherServer {
    /// nginx with this file inside its `http`, in the foreground. `None`, and a line that says so, where it is not installed.
    pub(crate) async fn nginx(configuration: &str) -> Option<Self> {
        let program = installed("nginx")?;
        let (folder, address) = (Folder::new(), free_address());
        let here = folder.path().display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {here}/{kind};\n"))
            .concat();
        let whole = format!(
            "daemon off;\nworker_processes 1;\npid {here}/nginx.pid;\nerror_log {here}/error.log;\n\
             events {{ worker_connections 512; }}\n\
             http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{}\n}}\n",
            configuration.replace("listen 80;", &format!("listen {address};"))
        );
        // The workers of a master that is root are somebody else, who may not read the test's folders.
        let whole = if is_root() { format!("user root;\n{whole}") } else { whole };
        let file = folder.write("nginx.conf", whole.as_bytes());
        let mut command = Command::new(program);
        command.arg("-e").arg(folder.path().join("error.log")).arg("-c").arg(file);
        Some(Self::start(command, address, folder).await)
    }

    /// Caddy with this file.
    pub(crate) async fn caddy(configuration: &str) -> Option<Self> {
        let program = installed("caddy")?;
        let (folder, address) = (Folder::new(), free_address());
        let whole = configuration.replace(":80 {", &format!("http://{address} {{"));
        let file = folder.write("Caddyfile", format!("{{\n\tadmin off\n}}\n{whole}").as_bytes());
        let mut command = Command::new(program);
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
        command.env("HOME", folder.path()).env("XDG_DATA_HOME", folder.path()).env("XDG_CONFIG_HOME", folder.path());
        Some(Self::start(command, address, folder).await)
    }

    /// Prometheus with this file; what it keeps goes with the test.
    pub(crate) async fn prometheus(configuration: &str) -> Option<Self> {
        let program = installed("prometheus")?;
        let (folder, address) = (Folder::new(), free_address());
        let file = folder.write("prometheus.yml", configuration.as_bytes());
        let mut command = Command::new(program);
        command.arg(format!("--config.file={}", file.display()));
        command.arg(format!("--storage.tsdb.path={}/data", folder.path().display()));
        command.arg(format!("--web.listen-address={address}"));
        Some(Self::start(command, address, folder).await)
    }

    async fn start(mut command: Command, address: SocketAddr, folder: Folder) -> Self {
        let log = std::fs::File::create(folder.path().join("stderr.log")).unwrap();
        let child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let mut server = Self { address, child, _folder: folder };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            let said = || std::fs::read_to_string(server._folder.path().join("stderr.log")).unwrap_or_default();
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("it ended with {status}: {}", said());
            }
            assert!(began.elapsed() < Duration::from_secs(30), "it does not listen: {}", said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server
    }

    /// Asks for a path.
    pub(crate) async fn get(&self, path: &str, headers: &str) -> super::http::Answer {
        ask(self.address, "GET", path, headers, "").await
    }
}

impl Drop for OtherServer {
    fn drop(&mut self) {
        // nginx's master ends its workers on SIGTERM; SIGKILL would leave them behind.
        let _ = Command::new("kill").args(["-s", "TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

fn installed(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain([Path::new("/usr/sbin").to_owned()]);
    let program = folders.find_map(|folder| Some(folder.join(name)).filter(|file| file.is_file()));
    if program.is_none() {
        eprintln!("skipped: {name} is not installed");
    }
    program
}
