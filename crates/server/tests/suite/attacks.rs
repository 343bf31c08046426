//! Attempts to make the server do what it must not, as bytes on real sockets: each with the status that it must get.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::support::Megaphone;
use crate::support::endpoint::{self, Identity};

/// Sends bytes, and returns everything that comes back until the server ends the connection or says nothing for long.
async fn send(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The server may refuse before it has read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(Ok(length @ 1..)) = timeout(Duration::from_secs(8), stream.read(&mut buffer)).await {
        answer.extend(&buffer[..length]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// A request that ends its connection.
fn request(method: &str, target: &str, headers: &str) -> Vec<u8> {
    format!("{method} {target} HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n{headers}\r\n").into_bytes()
}

async fn each_gets(megaphone: &Megaphone, attempts: impl IntoIterator<Item = (Vec<u8>, &[u16])>) {
    for (bytes, expected) in attempts {
        let answer = send(megaphone.address, &bytes).await;
        let sent: String = String::from_utf8_lossy(&bytes).chars().take(300).collect();
        assert!(expected.contains(&status(&answer)), "{expected:?} expected for\n{sent}\nbut it got\n{answer}");
    }
}

#[tokio::test]
async fn only_the_named_endpoint_can_be_reached_through_the_server() {
    let internal = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let other = internal.local_addr().unwrap().port();
    let reached = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&reached);
    tokio::spawn(async move {
        while internal.accept().await.is_ok() {
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let redirect = format!("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other}/\r\nContent-Length: 0\r\n\r\n");
    let port = endpoint::tls(Identity::self_signed(|_| ()), move |stream| {
        let redirect = redirect.clone();
        async move { endpoint::answer(stream, &redirect, &redirect).await }
    })
    .await;
    let megaphone = Megaphone::start(&[&format!("https://localhost:{port}")]).await;
    let diagnosis = |query: String| request("GET", &format!("/api/diagnosis?{query}"), "");
    let named = format!("endpoint=https://localhost:{port}");

    let elsewhere = [
        "https://127.0.0.1:PORT",
        "https://localhost:OTHER",
        "http://localhost:PORT",
        "https://[::1]:PORT",
        "https://[::ffff:127.0.0.1]:PORT",
        "https://[::]:PORT",
        "https://0.0.0.0:PORT",
        "https://localhost.:PORT",
        "https://127.0.0.1.nip.io:PORT",
        "http://169.254.169.254",
        "https://0x7f000001:PORT",
        "http://127.0.0.1:OTHER",
    ];
    let not_an_endpoint = [
        "file:///etc/passwd",
        "gopher://localhost:PORT",
        "ftp://localhost:PORT",
        "https://user@localhost:PORT",
        "https://user%40localhost:PORT",
        "https://localhost:PORT%5C@127.0.0.1:OTHER",
        "https://localhost:PORT%23@127.0.0.1:OTHER",
        "https://[fe80::1%25eth0]:PORT",
        "https://127.1:PORT",
        "https://2130706433:PORT",
        "https://0177.0.0.1:PORT",
        "https://127%E3%80%820.0.1:PORT",
        "https://%E2%93%9Bocalhost:PORT",
        "https%253A%252F%252Flocalhost:PORT",
        "https://localhost:PORT%0D%0AX-A:%20a",
        "https://localhost%00:PORT",
        "https://localhost%FF:PORT",
        "https://localhost:0",
        "https://localhost:88628",
        "https://localhost:%2BPORT",
        "https://localhost:PORT/path",
        "https://localhost:PORT%3Fquery",
        "",
        "%20",
        "https://",
    ];
    let same = ["HTTPS://LOCALHOST:PORT", "wss://localhost:PORT/api/v3/ws", "%20https://localhost:PORT%20"];
    let filled = |text: &str| text.replace("PORT", &port.to_string()).replace("OTHER", &other.to_string());
    let asked = |text: &&str| diagnosis(format!("endpoint={}", filled(text)));
    each_gets(&megaphone, elsewhere.iter().map(|it| (asked(it), [403].as_slice()))).await;
    each_gets(&megaphone, not_an_endpoint.iter().map(|it| (asked(it), [400].as_slice()))).await;
    each_gets(&megaphone, same.iter().map(|it| (asked(it), [200].as_slice()))).await;

    let too_long = format!("endpoint=https://{}:{port}", "a".repeat(8_000));
    let parameters = [
        format!("{named}&{named}"),
        named.replace("endpoint=", "endpoint[]="),
        named.replace('e', "E"),
        format!(";{named}"),
        String::new(),
        too_long,
    ];
    each_gets(&megaphone, parameters.into_iter().map(|query| (diagnosis(query), [400].as_slice()))).await;

    let body = request("GET", "/api/diagnosis", &format!("Content-Length: {}\r\n", named.len()));
    each_gets(&megaphone, [([body, named.clone().into_bytes()].concat(), [400].as_slice())]).await;

    let absolute = format!("http://127.0.0.1:{other}/");
    let proxied = [
        (request("GET", &absolute, ""), [200, 404].as_slice()),
        (request("CONNECT", &format!("127.0.0.1:{other}"), ""), [400, 404, 405].as_slice()),
    ];
    each_gets(&megaphone, proxied).await;
    assert_eq!(reached.load(Ordering::SeqCst), 0, "something that was not named was connected to");
}

#[tokio::test]
async fn no_path_leads_out_of_the_app() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let paths = [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/..%5cCargo.toml",
        "/..\\Cargo.toml",
        "/%00",
        "/index.html%00.js",
        "/%c0%ae%c0%ae/etc/passwd",
        "//etc/passwd",
        "/./portal-0123456789abcdef.js",
        "/.git/config",
        "/.stage/half-built.js",
        "/portal-0123456789abcdef.js/",
        "/fonts/",
        "/fonts/../portal-0123456789abcdef.js",
        "/fonts/%2e%2e/%2e%2e/etc/passwd",
    ];
    for path in paths {
        let answer = send(megaphone.address, &request("GET", path, "")).await;
        assert_eq!(status(&answer), 404, "{path}");
        assert!(!answer.contains("[package]") && !answer.contains("root:"), "{path}");
    }
    // Below the gallery's address everything is one of its pages.
    let answer = send(megaphone.address, &request("GET", "/preview/../../etc/passwd", "")).await;
    assert!(!answer.contains("root:"), "{answer}");
}

#[tokio::test]
async fn nothing_that_a_client_sends_comes_back_as_markup_or_as_a_header() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let markup = "%3Cscript%3Ealert(1)%3C/script%3E";
    for (target, headers) in [
        ("/%0D%0AX-Injected:%20a".to_owned(), String::new()),
        (format!("/{markup}"), "Accept: text/html\r\n".to_owned()),
        (format!("/api/diagnosis?endpoint={markup}"), String::new()),
        ("/api/diagnosis?endpoint=a%0D%0AX-Injected:%20a".to_owned(), String::new()),
        ("/".to_owned(), "X-Forwarded-Host: <script>alert(1)</script>\r\n".to_owned()),
        ("/nowhere".to_owned(), "X-Original-URL: /<script>alert(1)</script>\r\n".to_owned()),
        ("/healthz".to_owned(), "X-Request-Id: <script>alert(1)</script>\r\n".to_owned()),
    ] {
        let answer = send(megaphone.address, &request("GET", &target, &headers)).await;
        assert!(
            !answer.contains("<script>alert") && !answer.to_lowercase().contains("\r\nx-injected"),
            "{target}: {answer}"
        );
        assert!(answer.contains("x-content-type-options: nosniff"), "{target}: {answer}");
    }
}

#[tokio::test]
async fn pages_of_other_origins_can_do_nothing() {
    let megaphone = Megaphone::start(&["https://drp:8092"]).await;
    let loss = r#"{"endpoint":"https://drp:8092","code":1006}"#;
    let post = |headers: &str| {
        let length = format!("Content-Length: {}\r\n", loss.len());
        [request("POST", "/api/losses", &(length + headers)), loss.into()].concat()
    };
    let json = "Content-Type: application/json\r\n";
    let foreign = [
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
        "Origin: http://portal:81\r\n",
        "Origin: http://portal@evil.example\r\n",
        "Origin: http://evil.example/portal\r\n",
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: Same-Origin\r\n",
        "Sec-Fetch-Site: \r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Site: same-origin\r\n",
    ];
    each_gets(&megaphone, foreign.iter().map(|it| (post(&format!("{json}{it}")), [403].as_slice()))).await;
    let simple = [
        "",
        "Content-Type: text/plain\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: multipart/form-data\r\n",
        "Content-Type: text/json\r\n",
        "Content-Type: application/jsonp\r\n",
    ];
    each_gets(&megaphone, simple.iter().map(|it| (post(it), [415].as_slice()))).await;
    let preflight = "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n";
    let answer = send(megaphone.address, &request("OPTIONS", "/api/losses", preflight)).await;
    assert!(matches!(status(&answer), 403 | 405) && !answer.to_lowercase().contains("access-control"), "{answer}");
    assert!(!megaphone.get("/metrics", "").await.text().contains("megaphone_losses_total{"));
}

#[tokio::test]
async fn methods_that_an_address_does_not_have_are_refused() {
    let megaphone = Megaphone::start(&["drp"]).await;
    for path in ["/", "/portal-0123456789abcdef.js", "/api/config", "/healthz", "/metrics"] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO"] {
            let answer = send(megaphone.address, &request(method, path, "")).await;
            assert_eq!(status(&answer), 405, "{method} {path}");
            assert!(answer.contains("allow: GET"), "{method} {path}: {answer}");
        }
    }
    let overridden = request("GET", "/api/losses", "X-HTTP-Method-Override: POST\r\n");
    each_gets(&megaphone, [(overridden, [405].as_slice())]).await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_at_once() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let post = |headers: &str, body: &str| {
        let head = format!("Content-Type: application/json\r\n{headers}");
        [request("POST", "/api/losses", &head), body.into()].concat()
    };
    let chunks = format!("c350\r\n{}\r\n0\r\n\r\n", "a".repeat(50_000));
    let attempts: [(Vec<u8>, &[u16]); 6] = [
        (post("Content-Length: 1025\r\n", &"a".repeat(1_025)), &[413]),
        (post("Content-Length: 100000000000\r\n", &"a".repeat(2_000)), &[413]),
        (post("Transfer-Encoding: chunked\r\n", &chunks), &[413]),
        (request("GET", "/", &format!("X-A: {}\r\n", "a".repeat(500_000))), &[431, 0]),
        (request("GET", "/", &"X-A: a\r\n".repeat(500)), &[431]),
        (request("GET", &format!("/{}", "a".repeat(100_000)), ""), &[414, 431, 0]),
    ];
    each_gets(&megaphone, attempts).await;
}

#[tokio::test]
async fn a_message_with_two_meanings_is_refused() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let hidden = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let raw = |head: &str| (format!("{head}\r\n\r\n{hidden}").into_bytes(), [400].as_slice());
    let attempts = [
        raw("POST /api/losses HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6"),
        raw("POST /api/losses HTTP/1.1\r\nHost: x\r\nContent-Length: +5"),
        raw("POST /api/losses HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5x"),
        raw("POST /api/losses HTTP/1.1\r\nHost : x"),
        raw("POST /api/losses HTTP/1.1\r\n Host: x"),
        raw("POST /api/losses HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity"),
        raw("POST /api/losses HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
        raw("POST /api/losses HTTP/1.1\r\nHost: x\r\nX-A: a\0b"),
        raw("GET / HTTP/1.1"),
        raw("GET / HTTP/1.1\r\nHost: a\r\nHost: b"),
        raw("GET /"),
        raw("GET / HTTP/9.9\r\nHost: x"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec(), &[400]),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), &[400, 0, 505]),
    ];
    each_gets(&megaphone, attempts).await;
    // Two ways to say how long the body is, or one of them twice: refused, or read in one way only and the connection ended.
    for other in ["Content-Length: 5", "Transfer-Encoding: chunked"] {
        let both = format!(
            "POST /api/losses HTTP/1.1\r\nHost: x\r\n{other}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"
        );
        let answer = send(megaphone.address, both.as_bytes()).await;
        assert!(status(&answer) >= 400 && !answer.contains("ok\n"), "{answer}");
    }
}

#[tokio::test]
async fn the_address_of_the_metrics_takes_no_message_with_two_meanings_either() {
    let megaphone = Megaphone::start_with(&["drp"], &["--metrics-listen", "127.0.0.1:0"]).await;
    for head in ["GET /metrics HTTP/1.1", "GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b"] {
        let answer = send(megaphone.metrics_address.unwrap(), format!("{head}\r\n\r\n").as_bytes()).await;
        assert_eq!(status(&answer), 400, "{head}: {answer}");
    }
}

/// RFC 9112 section 2.2 lets a server take a line feed alone for the end of a line. What follows must not become a
/// request of its own that a proxy in front has not seen.
#[tokio::test]
async fn lines_that_end_without_a_carriage_return_make_one_request() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let answer =
        send(megaphone.address, b"GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\nGET / HTTP/1.1\n\n").await;
    assert_eq!((status(&answer), answer.matches("HTTP/1.1 ").count()), (200, 1), "{answer}");
    let hidden = "POST /api/losses HTTP/1.1\r\nHost: x\r\nX-A: a\nContent-Length: 41\r\n\r\n";
    let answer = send(megaphone.address, format!("{hidden}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await;
    assert!(!answer.contains("ok\n"), "{answer}");
}

#[tokio::test]
async fn parts_of_a_file_and_dates_are_not_asked_for_in_vain() {
    let megaphone = Megaphone::start(&["drp"]).await;
    let whole = megaphone.get("/portal-0123456789abcdef.js", "").await;
    for condition in [
        "Range: bytes=0-3\r\n",
        "Range: bytes=-1\r\n",
        "Range: bytes=0-0,2-2,4-4\r\n",
        "Range: lines=1\r\n",
        "If-Modified-Since: Sun, 06 Nov 2094 08:49:37 GMT\r\n",
        "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "If-Range: \"other\"\r\nRange: bytes=0-3\r\n",
    ] {
        let answer = megaphone.get("/portal-0123456789abcdef.js", condition).await;
        assert_eq!((answer.status, answer.body.len()), (200, whole.body.len()), "{condition}");
    }
}

/// A name of somebody else's that is made to point here: a page of it counts as the portal's own, which is accepted (see
/// `same_origin`). What it can read then is what anybody on this network can: names and facts of the endpoints, no secrets.
#[tokio::test]
async fn a_foreign_name_that_points_here_reads_nothing_but_the_named_endpoints() {
    let megaphone = Megaphone::start(&["https://drp:8092"]).await;
    let foreign = "Host: evil.example\r\nOrigin: http://evil.example\r\nConnection: close\r\n\r\n";
    let rebound = send(megaphone.address, format!("GET /api/config HTTP/1.1\r\n{foreign}").as_bytes()).await;
    assert_eq!(status(&rebound), 200, "{rebound}");
    assert_eq!(rebound.split_once("\r\n\r\n").unwrap().1, megaphone.get("/api/config", "").await.text());
    let elsewhere = format!("GET /api/diagnosis?endpoint=http://10.0.0.1 HTTP/1.1\r\n{foreign}");
    assert_eq!(status(&send(megaphone.address, elsewhere.as_bytes()).await), 403);
    // A browser that tells where a request comes from tells the truth about the name as well.
    let told = foreign.replace("Connection", "Sec-Fetch-Site: cross-site\r\nConnection");
    let answer = send(megaphone.address, format!("GET /api/config HTTP/1.1\r\n{told}").as_bytes()).await;
    assert_eq!(status(&answer), 403, "{answer}");
}

#[tokio::test]
async fn json_that_is_no_loss_is_refused_or_counted_under_a_bounded_label() {
    let megaphone = Megaphone::start_with(&["https://drp:8092"], &["--losses-rate", "1000"]).await;
    let post = |body: &[u8]| {
        let head = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        [request("POST", "/api/losses", &head), body.to_vec()].concat()
    };
    let refused: [&[u8]; 17] = [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{\"code\":1006}",
        b"{\"endpoint\":\"a\"}",
        b"{\"endpoint\":\"a\",\"code\":1e999}",
        b"{\"endpoint\":\"a\",\"code\":-1}",
        b"{\"endpoint\":\"a\",\"code\":65536}",
        b"{\"endpoint\":\"a\",\"code\":1006.0}",
        b"{\"endpoint\":\"a\",\"code\":1006,\"code\":1006}",
        b"{\"endpoint\":\"a\",\"code\":1006,\"x\":1}",
        b"\xef\xbb\xbf{\"endpoint\":\"a\",\"code\":1006}",
        b"{\"endpoint\":\"\\ud800\",\"code\":1006}",
        b"{\"endpoint\":\"\xff\",\"code\":1006}",
        b"{\"endpoint\":null,\"code\":1006}",
        &[b'['; 1_000],
    ];
    each_gets(&megaphone, refused.iter().map(|body| (post(body), [400].as_slice()))).await;
    let counted: [&[u8]; 4] = [
        // The same in the order of its fields, as the reader takes it.
        b"[\"x\",1006,null]",
        b"{\"endpoint\":\"a\\\"}\\nmegaphone_up 1\",\"code\":1006}",
        b"{\"endpoint\":\"a\",\"code\":9,\"cause\":\"\\\"} 1\\n\"}",
        b"{\"endpoint\":\"\",\"code\":0,\"cause\":null}",
    ];
    each_gets(&megaphone, counted.iter().map(|body| (post(body), [204].as_slice()))).await;
    let metrics = megaphone.get("/metrics", "").await.text();
    let losses: Vec<_> = metrics.lines().filter(|line| line.starts_with("megaphone_losses_total{")).collect();
    assert!(!losses.is_empty() && losses.iter().all(|line| line.contains("endpoint=\"other\"")), "{losses:?}");
    assert!(!metrics.contains("\nmegaphone_up"), "{metrics}");
}
