//! How the app is served: pages, files, caches, compression, policy.

use base64::prelude::{BASE64_STANDARD, Engine};
use ring::digest::{SHA256, digest};

use crate::support::Megaphone;
use crate::support::folder::{Folder, SCRIPT};
use crate::support::http::ask;
use crate::support::program::Program;

const HTML: &str = "Accept: text/html,application/xhtml+xml\r\n";
const JS: &str = "/portal-0123456789abcdef.js";

#[tokio::test]
async fn every_page_of_the_app_is_the_app() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for path in
        ["/", "/?endpoint=https://drp", "/troubleshooting", "/preview", "/preview/red?chrome=off", "/index.html"]
    {
        let answer = megaphone.get(path, HTML).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert!(answer.text().contains("the app"), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_link_shows_the_app_with_status_404_and_a_missing_file_does_not() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let page = megaphone.get("/nowhere", HTML).await;
    assert!(page.status == 404 && page.text().contains("the app"));
    assert_eq!(
        (page.header("cache-control"), page.header("vary")),
        (Some("no-store"), Some("accept, accept-encoding"))
    );
    for path in ["/missing.js", "/.stage/half-built.js", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        let file = megaphone.get(path, "Accept: */*\r\n").await;
        assert!(file.status == 404 && !file.text().contains("the app"), "{path}");
        assert_eq!(
            (file.header("cache-control"), file.header("vary")),
            (Some("no-store"), Some("accept, accept-encoding"))
        );
    }
}

#[tokio::test]
async fn a_page_in_a_deeper_folder_names_the_files_from_the_root() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for (path, base) in [
        ("/", "<base href=\"./\" />"),
        ("/troubleshooting", "<base href=\"./\" />"),
        ("/troubleshooting/", "<base href=\"/\">"),
        ("/preview/red", "<base href=\"/\">"),
        ("/no/such/page", "<base href=\"/\">"),
    ] {
        let page = megaphone.get(path, HTML).await.text();
        assert!(page.contains(base), "{path}: {page}");
    }
}

#[tokio::test]
async fn the_page_about_connection_problems_has_a_file_of_its_own() {
    let app = Folder::app();
    let index = std::fs::read_to_string(app.path().join("index.html")).unwrap();
    let own = index.replace("<base href=\"./\" />", "<base href=\"../\" />").replace("the app", "the article");
    app.write("troubleshooting/index.html", own.as_bytes());
    for (more, below, base) in [(&[][..], "", "../"), (&["--base-path", "/portal"], "/portal", "/portal/")] {
        let program = Program::start_with_app(app.path(), more);
        for path in ["/troubleshooting", "/troubleshooting/", "/troubleshooting/index.html"] {
            let page = ask(program.address, "GET", &format!("{below}{path}"), HTML, "").await.text();
            assert!(page.contains("the article") && page.contains(&format!("<base href=\"{base}\"")), "{path}: {page}");
        }
        assert!(!ask(program.address, "GET", &format!("{below}/"), HTML, "").await.text().contains("the article"));
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_others_are_asked_for_again() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let cache = async |path: &str| megaphone.get(path, "").await.header("cache-control").map(ToOwned::to_owned);
    assert_eq!(cache(JS).await.as_deref(), Some("public, max-age=31536000, immutable"));
    assert_eq!(cache("/config.json").await.as_deref(), Some("no-cache"));
}

#[tokio::test]
async fn what_becomes_of_the_folder_meanwhile_changes_nothing() {
    let app = Folder::app();
    let program = Program::start_with_app(app.path(), &[]);
    let before = ask(program.address, "GET", JS, "", "").await;
    std::fs::remove_file(app.path().join(JS.trim_start_matches('/'))).unwrap();
    app.write("index.html", b"half of a new release");
    let after = ask(program.address, "GET", JS, "", "").await;
    assert_eq!((after.status, &after.body), (200, &before.body));
    assert!(!ask(program.address, "GET", "/", HTML, "").await.text().contains("half of"));
}

#[tokio::test]
async fn files_have_their_types() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for (path, kind) in [
        (JS, "text/javascript; charset=utf-8"),
        ("/portal-0123456789abcdef_bg.wasm", "application/wasm"),
        ("/fonts/lato.woff2", "font/woff2"),
    ] {
        assert_eq!(megaphone.get(path, "").await.header("content-type"), Some(kind), "{path}");
    }
}

#[tokio::test]
async fn each_browser_gets_the_smallest_form_that_it_takes() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let plain = megaphone.get(JS, "").await;
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), (None, Some("accept-encoding")));
    for (accepted, encoding) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")] {
        let answer = megaphone.get(JS, &format!("Accept-Encoding: {accepted}\r\n")).await;
        assert_eq!(answer.header("content-encoding"), Some(encoding), "{accepted}");
        assert!(answer.body.len() < plain.body.len() / 2, "{accepted}");
        assert_ne!(answer.header("etag"), plain.header("etag"), "{accepted}");
    }
    for (compressed, of) in [("/portal-0123456789abcdef.js.br", "br"), ("/portal-0123456789abcdef.js.gz", "gzip")] {
        assert_eq!(megaphone.get(compressed, "").await.status, 404, "the {of} form has no address of its own");
    }
    let font = megaphone.get("/fonts/lato.woff2", "Accept-Encoding: br, gzip\r\n").await;
    assert_eq!((font.header("content-encoding"), font.header("vary")), (None, None));
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let etag = megaphone.get("/", HTML).await.header("etag").unwrap().to_owned();
    for condition in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let answer = megaphone.get("/", &format!("{HTML}If-None-Match: {condition}\r\n")).await;
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{condition}");
        assert_eq!(answer.header("etag"), Some(etag.as_str()));
    }
    assert_eq!(megaphone.get("/", &format!("{HTML}If-None-Match: \"other\"\r\n")).await.status, 200);
    let plain = megaphone.get(JS, "").await.header("etag").unwrap().to_owned();
    for (form, status) in [("gzip", 200), ("identity", 304)] {
        let answer = megaphone.get(JS, &format!("Accept-Encoding: {form}\r\nIf-None-Match: {plain}\r\n")).await;
        assert_eq!(answer.status, status, "the browser has it as it is, and takes {form}");
    }
}

#[tokio::test]
async fn head_is_get_without_the_body_and_nothing_else_is_allowed() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let (get, head) = (megaphone.get(JS, "").await, megaphone.ask("HEAD", JS, "", "").await);
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    let post = megaphone.ask("POST", "/", "", "").await;
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
}

#[tokio::test]
async fn the_policy_allows_the_inline_script_of_this_very_build() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let policy = megaphone.get("/", HTML).await.header("content-security-policy").unwrap().to_owned();
    let hash = BASE64_STANDARD.encode(digest(&SHA256, SCRIPT.as_bytes()));
    assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}';")), "{policy}");
    assert!(policy.contains("connect-src 'self' ws: wss: http: https:;"), "{policy}");
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
}

#[tokio::test]
async fn an_operator_can_narrow_what_the_page_may_reach() {
    let megaphone = Megaphone::start_with(&["drp"], &["--connect-src", "'self' wss://drp:8092"]).await;
    let policy = megaphone.get("/", HTML).await.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("; connect-src 'self' wss://drp:8092; "), "{policy}");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for path in ["/", JS, "/missing.js", "/api/config", "/api/nothing", "/metrics", "/healthz"] {
        let answer = megaphone.get(path, "").await;
        let is_app = matches!(path, "/" | JS | "/missing.js");
        let policy = answer.header("content-security-policy").unwrap();
        assert_eq!(policy == "default-src 'none'; frame-ancestors 'none'", !is_app, "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        assert!(answer.header("date").unwrap().ends_with(" GMT"), "{path}");
    }
}
