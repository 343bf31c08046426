//! What the server makes of what endpoints answer to requests, and that none of them can hold it up.

use std::time::Duration;

use connection::probe::{HttpFailure, Probe, UpgradeProblem};
use tokio::io::AsyncWriteExt;

use crate::support::endpoint::{DRP, Identity, answering, request, tls};
use crate::support::look_at;

async fn seen(port: u16) -> Probe {
    look_at(&format!("https://localhost:{port}")).await
}

fn status(code: u16) -> String {
    format!("HTTP/1.1 {code} Whatever\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n")
}

#[tokio::test]
async fn drp_itself() {
    let probe = seen(answering(DRP, DRP).await).await;
    let info = probe.http.passed().unwrap();
    assert_eq!((info.status, info.drp, info.date_ms), (401, true, Some(1_795_507_200_000)));
    assert_eq!(probe.upgrade.passed().unwrap().status, 401);
}

#[tokio::test]
async fn other_web_servers_and_proxies() {
    for code in [404, 502, 503, 504] {
        let probe = seen(answering(status(code), status(code)).await).await;
        let info = probe.http.passed().unwrap();
        assert_eq!((info.status, info.drp), (code, false));
        assert_eq!((info.server.as_deref(), info.content_type.as_deref()), (Some("nginx"), Some("text/html")));
        assert_eq!(probe.upgrade.passed().unwrap().status, code);
    }
}

#[tokio::test]
async fn a_proxy_without_websockets_answers_the_upgrade_with_200() {
    let probe = seen(answering(DRP, status(200)).await).await;
    assert!(probe.http.passed().unwrap().drp);
    assert_eq!(probe.upgrade.passed().unwrap().status, 200);
}

#[tokio::test]
async fn an_upgrade_that_is_granted_is_seen_and_dropped() {
    let granted = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    let probe = seen(answering(DRP, granted).await).await;
    let answer = probe.upgrade.passed().unwrap();
    assert_eq!((answer.status, answer.upgrade_problem), (101, Some(UpgradeProblem::Accept)));
}

#[tokio::test]
async fn drp_is_known_by_its_error_object_too() {
    let body = r#"{"Model":"","Key":"/api/v3/info","Type":"GET","Messages":["No route"],"Code":404}"#;
    let answer = |body: &str| {
        format!(
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let probe = seen(answering(answer(body), answer(r#"{"error":"not found"}"#)).await).await;
    assert!(probe.http.passed().unwrap().drp);
    assert!(!probe.upgrade.passed().unwrap().drp);
}

#[tokio::test]
async fn what_a_firewall_and_a_limiter_say_is_kept() {
    let limited = "HTTP/1.1 429 Too Many\r\nServer: cloudflare\r\nCF-RAY: 8a1b-FRA\r\nRetry-After: 30\r\n\
                   Access-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n";
    let probe = seen(answering(limited, DRP).await).await;
    let info = probe.http.passed().unwrap();
    assert_eq!((info.firewall.as_deref(), info.retry_after_s, info.cors), (Some("cloudflare"), Some(30), true));
}

#[tokio::test]
async fn the_endpoint_itself_may_ask_for_trusted_certificates_only() {
    let strict = DRP.replace("Date:", "Strict-Transport-Security: max-age=600; includeSubDomains\r\nDate:");
    let probe = seen(answering(strict, DRP).await).await;
    let hsts = &probe.compared.hsts[0];
    assert_eq!((hsts.host.as_str(), hsts.max_age_s, hsts.subdomains), ("localhost", 600, true));
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let redirect = "HTTP/1.1 301 Moved\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n";
    let probe = seen(answering(redirect, redirect).await).await;
    let info = probe.http.passed().unwrap();
    assert_eq!((info.status, info.location.as_deref()), (301, Some("http://169.254.169.254/latest")));
}

#[tokio::test]
async fn a_length_that_lies_changes_nothing() {
    for length in ["99999999999999999999", "-1", "5"] {
        let head = format!("HTTP/1.1 401 No\r\nWWW-Authenticate: dr-provision\r\nContent-Length: {length}\r\n\r\n");
        assert!(seen(answering(head, DRP).await).await.http.passed().unwrap().drp);
    }
}

#[tokio::test]
async fn what_is_no_http() {
    let probe = seen(answering("220 mail ESMTP\r\n", DRP).await).await;
    assert!(matches!(probe.http.failed(), Some(HttpFailure::Malformed { text }) if text.contains("220 mail")));
    assert!(probe.upgrade.passed().is_some(), "the upgrade has a connection of its own");
}

#[tokio::test]
async fn an_end_before_the_answer() {
    assert_eq!(seen(answering("", "").await).await.http.failed(), Some(&HttpFailure::Closed));
    assert_eq!(seen(answering("HTTP/1.1 200 OK\r\nServ", "").await).await.http.failed(), Some(&HttpFailure::Closed));
}

#[tokio::test]
async fn one_endless_header() {
    let port = tls(Identity::self_signed(|_| ()), |mut stream| async move {
        request(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
        while stream.write_all(&[b'x'; 4_096]).await.is_ok() {}
    })
    .await;
    assert_eq!(seen(port).await.http.failed(), Some(&HttpFailure::TooLarge));
}

#[tokio::test]
async fn headers_without_end() {
    let port = tls(Identity::self_signed(|_| ()), |mut stream| async move {
        request(&mut stream).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
        while stream.write_all(b"a: b\r\n").await.is_ok() {}
    })
    .await;
    assert_eq!(seen(port).await.http.failed(), Some(&HttpFailure::TooLarge));
}

#[tokio::test]
async fn interim_answers_without_end() {
    let port = tls(Identity::self_signed(|_| ()), |mut stream| async move {
        request(&mut stream).await;
        while stream.write_all(b"HTTP/1.1 103 Early Hints\r\n\r\n").await.is_ok() {}
    })
    .await;
    assert_eq!(seen(port).await.http.failed(), Some(&HttpFailure::TooLarge));
}

#[tokio::test]
async fn an_answer_that_drips() {
    let port = tls(Identity::self_signed(|_| ()), |mut stream| async move {
        request(&mut stream).await;
        let mut drops = "HTTP/1.1 200 OK\r\nX: ".bytes().chain(std::iter::repeat(b'x'));
        while let Some(drop) = drops.next()
            && stream.write_all(&[drop]).await.is_ok()
            && stream.flush().await.is_ok()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let probe = seen(port).await;
    assert_eq!(probe.http.failed(), Some(&HttpFailure::Timeout));
    assert_eq!(probe.upgrade.failed(), Some(&HttpFailure::Timeout));
}
