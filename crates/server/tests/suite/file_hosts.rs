//! The built app without the server: nginx and Caddy with the configurations of `ops`, in a sub-folder.

use crate::support::folder::Folder;
use crate::support::other_server::OtherServer;

const NGINX: &str = include_str!("../../ops/nginx-static.conf");
const CADDY: &str = include_str!("../../ops/Caddyfile-static");

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
