//! One build for every path: below a base path, whether a proxy leaves it or cuts it off.

use base64::prelude::{BASE64_STANDARD, Engine};
use ring::digest::{SHA256, digest};

use crate::support::Megaphone;
use crate::support::folder::SCRIPT;

const HTML: &str = "Accept: text/html\r\n";

async fn below_portal() -> Megaphone {
    Megaphone::start_with(&["drp"], &["--base-path", "/portal/"]).await
}

#[tokio::test]
async fn pages_files_and_the_api_stand_below_the_base_path_and_where_a_proxy_cut_it_off() {
    let megaphone = below_portal().await;
    for prefix in ["/portal", ""] {
        for path in [
            "/",
            "/troubleshooting",
            "/preview/red",
            "/portal-0123456789abcdef.js",
            "/api/config",
            "/healthz",
            "/readyz",
        ] {
            assert_eq!(megaphone.get(&format!("{prefix}{path}"), HTML).await.status, 200, "{prefix}{path}");
        }
    }
    let page = megaphone.get("/portal/troubleshooting", HTML).await.text();
    assert!(
        page.contains("<base href=\"/portal/\">") && page.contains("from './portal-0123456789abcdef.js'"),
        "{page}"
    );
}

#[tokio::test]
async fn the_base_path_without_its_slash_leads_to_it() {
    let megaphone = below_portal().await;
    let answer = megaphone.get("/portal?endpoint=https://drp", HTML).await;
    assert_eq!((answer.status, answer.header("location")), (308, Some("/portal/?endpoint=https://drp")));
    assert!(answer.header("content-security-policy").is_some() && answer.header("x-request-id").is_some());
}

#[tokio::test]
async fn the_policy_allows_the_script_as_it_is_served() {
    let megaphone = below_portal().await;
    let answer = megaphone.get("/portal/", &format!("{HTML}Accept-Encoding: gzip, br\r\n")).await;
    let hash = BASE64_STANDARD.encode(digest(&SHA256, SCRIPT.as_bytes()));
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains(&format!("'sha256-{hash}'")), "{policy}");
    assert_eq!(answer.header("content-encoding"), Some("gzip"), "a rewritten page has no brotli form");
}

#[tokio::test]
async fn a_page_of_another_origin_is_refused_at_every_form_of_the_address() {
    let megaphone = below_portal().await;
    let foreign = "Origin: https://elsewhere.example\r\nContent-Type: application/json\r\n";
    let absolute = format!("http://{}/portal/api/losses", megaphone.address);
    for address in ["/api/losses", "/portal/api/losses", &absolute, "/portal/api/none", "/portal/api"] {
        assert_eq!(megaphone.ask("POST", address, foreign, "{}").await.status, 403, "{address}");
    }
    for address in ["/portal/%61pi/losses", "/portal/API/losses", "/portal//api/losses", "/portal/portal/api/losses"] {
        assert_eq!(megaphone.ask("POST", address, foreign, "{}").await.status, 405, "{address} is the app's");
    }
    let metrics = megaphone.get("/portal/metrics", "").await;
    assert_eq!((metrics.status, metrics.header("cache-control")), (200, Some("no-store")));
    assert!(!metrics.text().contains("megaphone_losses_total{"), "nothing was counted");
}
