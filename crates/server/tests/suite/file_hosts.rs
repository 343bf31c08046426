//! The built app without the server: nginx and Caddy with the configurations of `ops`, in a sub-folder.

use std::process::Command;

use crate::support::folder::Folder;
use crate::support::http::ask;
use crate::support::other_server::OtherServer;
use crate::support::program::Program;

const NGINX: &str = include_str!("../../ops/nginx-static.conf");
const CADDY: &str = include_str!("../../ops/Caddyfile-static");

/// The build's own step, which writes the compressed forms.
const COMPRESS: &str = include_str!("../../../xtask/src/build/compress.js");

/// A document root with the app in `portal`, as the build leaves it.
fn document_root() -> Folder {
    let folder = Folder::new();
    for (name, text) in [
        ("index.html", "<base href=\"./\" />the portal"),
        ("troubleshooting/index.html", "<base href=\"../\" />the article"),
        ("404.html", "no such page"),
        ("config.json", "{\"endpoints\":[]}"),
        ("portal-0123456789abcdef_bg.wasm", "wasm"),
        ("portal-0123456789abcdef.js", "the script"),
        (".stage/half-built.js", "not yet"),
    ] {
        folder.write(&format!("portal/{name}"), text.as_bytes());
    }
    // No compressor runs here: what arrives has to be the file that the build compressed.
    folder.write("portal/portal-0123456789abcdef.js.gz", b"gzipped");
    folder
}

/// The app as the build compresses it, after an operator has named the endpoints and written a page for what is missing.
fn edited() -> Folder {
    let root = Folder::new();
    let long = "as the build made it ".repeat(50);
    for name in ["index.html", "404.html", "config.json"] {
        let page = format!("<script type=\"module\">import init from './portal-0123456789abcdef.js';</script>{long}");
        root.write(&format!("portal/{name}"), page.as_bytes());
    }
    root.write("portal/portal-0123456789abcdef.js", long.as_bytes());
    let folder = root.path().join("portal");
    let compressed = Command::new("node").args(["-e", COMPRESS]).current_dir(&folder).status();
    assert!(compressed.expect("Node, which builds the app, also runs here").success());
    assert!(folder.join("portal-0123456789abcdef.js.br").is_file());
    root.write("portal/config.json", b"{\"endpoints\":[\"https://edited:8092\"]}");
    root.write("portal/404.html", b"edited: no such page");
    root
}

/// With every encoding that browsers name, because a form of the file before would be preferred.
async fn serves_what_was_edited(address: std::net::SocketAddr, below: &str) {
    for encodings in ["br, gzip", "gzip", "identity"] {
        let headers = format!("Accept-Encoding: {encodings}\r\n");
        let answer = ask(address, "GET", &format!("{below}config.json"), &headers, "").await;
        assert!(answer.text().contains("https://edited:8092"), "{encodings}: {}", answer.text());
        assert_eq!(answer.header("content-encoding"), None, "{encodings}");
    }
}

#[tokio::test]
async fn an_edited_configuration_is_what_browsers_get() {
    let root = edited();
    let megaphone = Program::start_with_app(&root.path().join("portal"), &[]);
    serves_what_was_edited(megaphone.address, "/").await;
    let place = root.path().to_str().unwrap();
    let hosts = [
        OtherServer::nginx(&NGINX.replace("/var/www", place)).await,
        OtherServer::caddy(&CADDY.replace("/var/www", place)).await,
    ];
    for host in hosts.iter().flatten() {
        serves_what_was_edited(host.address, "/portal/").await;
        let missing = host.get("/portal/nowhere", "Accept-Encoding: br, gzip\r\n").await;
        assert_eq!((missing.status, missing.text().as_str()), (404, "edited: no such page"));
    }
}

async fn serves_the_app(server: &OtherServer) {
    for (path, status, kind, text) in [
        ("/portal/", 200, "text/html", "the portal"),
        ("/portal/troubleshooting/", 200, "text/html", "the article"),
        ("/portal/config.json", 200, "application/json", "endpoints"),
        ("/portal/portal-0123456789abcdef_bg.wasm", 200, "application/wasm", "wasm"),
        ("/portal/nowhere", 404, "text/html", "no such page"),
        ("/portal/api/config", 404, "text/html", "no such page"),
        ("/portal/.stage/half-built.js", 404, "text/html", "no such page"),
    ] {
        let answer = server.get(path, "").await;
        assert_eq!(answer.status, status, "{path}");
        assert!(
            answer.header("content-type").is_some_and(|it| it.starts_with(kind)),
            "{path}: {:?}",
            answer.header("content-type")
        );
        assert!(answer.text().contains(text), "{path}: {}", answer.text());
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
    let folder = server.get("/portal/troubleshooting", "").await;
    assert!(matches!(folder.status, 301 | 308), "{}", folder.status);
    assert_eq!(folder.header("location").map(|it| it.trim_start_matches("/portal/")), Some("troubleshooting/"));
    let cache = async |path: &str| server.get(path, "").await.header("cache-control").map(ToOwned::to_owned);
    assert_eq!(cache("/portal/").await.as_deref(), Some("no-cache"));
    let kept = Some("public, max-age=31536000, immutable");
    assert_eq!(cache("/portal/portal-0123456789abcdef_bg.wasm").await.as_deref(), kept);
    let small = server.get("/portal/portal-0123456789abcdef.js", "Accept-Encoding: gzip\r\n").await;
    assert_eq!((small.header("content-encoding"), small.text().as_str()), (Some("gzip"), "gzipped"));
}

#[tokio::test]
async fn nginx_serves_the_app_from_plain_files() {
    let root = document_root();
    let configuration = NGINX.replace("/var/www", root.path().to_str().unwrap());
    if let Some(server) = OtherServer::nginx(&configuration).await {
        serves_the_app(&server).await;
    }
}

#[tokio::test]
async fn caddy_serves_the_app_from_plain_files() {
    let root = document_root();
    let configuration = CADDY.replace("/var/www", root.path().to_str().unwrap());
    if let Some(server) = OtherServer::caddy(&configuration).await {
        serves_the_app(&server).await;
    }
}
