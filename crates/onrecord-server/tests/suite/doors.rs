//! Who is let in, and what is refused.

use std::io::Write as _;
use std::net::{Shutdown, TcpStream};

use onrecord_server::{Options, ServeError, serve};

use crate::client::{TOKEN, room};

#[test]
fn every_answer_tells_a_browser_what_it_may() {
    let room = room(false, false);
    for path in ["/", "/find.json", "/nowhere", "/healthz", "/report/zzzz"] {
        let answer = room.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'self';") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert!(answer.header("x-request-id").is_some());
    }
}

#[test]
fn what_is_addressed_to_another_name_is_refused() {
    let room = room(false, false);
    let port = room.address.port();
    let status = |host: &str| room.ask("GET", "/", &[("host", host)], b"").status;
    for ours in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("desk.example:{port}"),
    ] {
        assert_eq!(status(&ours), 200, "{ours}");
    }
    for other in [
        "evil.example",
        "localhost.evil.example",
        "",
        "127.0.0.1.evil.example",
    ] {
        assert!(matches!(status(other), 400 | 421), "{other}");
    }
    let none = room.raw(b"GET / HTTP/1.1\r\nconnection: close\r\n\r\n");
    assert_eq!(none.status, 400);
    let two = room.raw(
        b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\nconnection: close\r\n\r\n",
    );
    assert_eq!(two.status, 400);
    let whole = room
        .raw(b"GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assert_eq!(whole.status, 421);
}

#[test]
fn a_page_of_another_site_files_nothing() {
    let room = room(false, false);
    let before = room.handles("statement").len();
    let body = b"text=The+mayor+said+on+Monday+that+the+ferry+would+sail.";
    let own = format!("http://{}", room.address);
    let form = ("content-type", "application/x-www-form-urlencoded");
    for refused in [
        &[("origin", "https://evil.example")][..],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", own.as_str())],
    ] {
        for path in [
            "/read",
            "/read/file",
            "/api/file",
            "/api/read",
            "/login",
            "/logout",
        ] {
            let mut headers = refused.to_vec();
            headers.push(form);
            assert_eq!(
                room.ask("POST", path, &headers, body).status,
                403,
                "{path} {refused:?}"
            );
        }
    }
    assert_eq!(room.handles("statement").len(), before);
    let read = room.ask("POST", "/read", &[form, ("origin", &own)], body);
    assert_eq!(read.status, 200);
    assert!(read.text().contains("Read and not kept"));
    assert_eq!(room.handles("statement").len(), before);
    let filed = room.ask("POST", "/read/file", &[form, ("origin", &own)], body);
    assert_eq!(filed.status, 303);
    assert!(filed.header("location").unwrap().starts_with("/report/"));
    assert_eq!(room.handles("statement").len(), before + 1);
}

#[test]
fn with_a_token_every_request_needs_it() {
    let room = room(false, true);
    let bearer = format!("Bearer {TOKEN}");
    for path in [
        "/find.json",
        "/report/ca0feda2.json",
        "/nowhere",
        "/find",
        "/api/read",
    ] {
        assert_eq!(room.ask("GET", path, &[], b"").status, 401, "{path}");
        let wrong = room.ask("GET", path, &[("authorization", "Bearer wrong")], b"");
        assert_eq!(wrong.status, 401);
        assert_eq!(
            wrong.header("www-authenticate"),
            Some("Bearer realm=\"onrecord\"")
        );
    }
    assert_eq!(
        room.ask("GET", "/find.json", &[("authorization", &bearer)], b"")
            .status,
        200
    );
    let page = room.get("/find?by=Noriega");
    assert_eq!(page.status, 303);
    assert_eq!(
        page.header("location"),
        Some("/login?next=%2Ffind%3Fby%3DNoriega")
    );
    let form = ("content-type", "application/x-www-form-urlencoded");
    let wrong = room.ask("POST", "/login", &[form], b"token=wrong&next=/");
    assert!(wrong.header("set-cookie").is_none());
    assert!(wrong.text().contains("That is not the token"));
    let body = format!("token={}&next=//evil.example", TOKEN.replace(' ', "+"));
    let right = room.ask("POST", "/login", &[form], body.as_bytes());
    assert_eq!((right.status, right.header("location")), (303, Some("/")));
    let cookie = right.header("set-cookie").unwrap();
    assert!(
        cookie.contains("; HttpOnly; SameSite=Strict; Path=/"),
        "{cookie}"
    );
    assert!(!cookie.contains("token that"));
    let session = cookie.split(';').next().unwrap().to_owned();
    assert_eq!(
        room.ask("GET", "/", &[("cookie", &session)], b"").status,
        200
    );
    room.ask("POST", "/logout", &[("cookie", &session)], b"");
    assert_eq!(
        room.ask("GET", "/find.json", &[("cookie", &session)], b"")
            .status,
        401
    );
    assert_eq!(room.get("/healthz").status, 200);
}

#[test]
fn others_reach_it_with_a_token_only() {
    let folder = tempfile::tempdir().unwrap();
    let ledger =
        onrecord_ledger::Ledger::open(folder.path().join("a.db").to_str().unwrap()).unwrap();
    let options = Options {
        ledger,
        examples: false,
        token: None,
        hosts: Vec::new(),
        now: || jiff::Timestamp::UNIX_EPOCH,
        tell: |_| {},
    };
    let any = "0.0.0.0:0".parse().unwrap();
    let refused = serve(options, any, |_| panic!("it listens"), || async {}).unwrap_err();
    assert!(matches!(refused, ServeError::Open(_)), "{refused}");
}

#[test]
fn what_hangs_up_or_is_no_request_harms_nothing() {
    let room = room(false, false);
    for _ in 0..40 {
        let mut stream = TcpStream::connect(room.address).unwrap();
        let head = format!("GET /tracker HTTP/1.1\r\nhost: {}\r\n\r\n", room.address);
        stream.write_all(head.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
    }
    let half = TcpStream::connect(room.address).unwrap();
    (&half)
        .write_all(b"POST /api/read HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf")
        .unwrap();
    drop(half);
    assert_eq!(room.raw(b"no request\r\n\r\n").status, 400);
    let large = vec![b'a'; (4 << 20) + 1];
    assert_eq!(room.ask("POST", "/api/read", &[], &large).status, 413);
    assert_eq!(room.get("/").status, 200);
}

#[test]
fn what_is_not_there_is_a_problem_and_no_failure() {
    let room = room(false, false);
    let statement = room.handles("statement").remove(0);
    let long = format!("/report/{}", "a".repeat(5000));
    for (path, want) in [
        ("/nowhere", 404),
        ("/report/zzzz", 404),
        ("/report/ffffffff", 404),
        ("/report/../../etc/passwd", 404),
        ("/report/..%2f..%2fetc%2fpasswd", 404),
        ("/report/%00", 404),
        ("/report/%ff", 400),
        ("/report/' OR 1=1--", 400),
        ("/report/'%20OR%201=1--", 404),
        (long.as_str(), 404),
        ("/report/ca0feda2.csv", 404),
        ("/report/ca0feda2?nonsense=1", 400),
        ("/thread/nothing", 404),
        ("/thread/ca0feda2:c99", 404),
        ("/thread/ca0feda2:", 404),
        ("/thread/:c1", 404),
        ("/who/---", 400),
        ("/who/Nobody%20Whatsoever", 404),
        ("/find?after=x", 400),
        ("/find?by=---", 400),
        ("/find?sort=largest", 400),
        ("/find?report=ffffffff", 404),
        ("/find?nonsense=1", 400),
        ("/find?words=%2A", 400),
        ("/find?amount=1e999..&currency=USD", 400),
        ("/find.xlsx", 404),
        ("/tracker?in=euro", 400),
        ("/tracker?rate=x", 400),
        ("/tracker?sort=x", 400),
        ("/tracker?page=0", 400),
        ("/tracker?page=99999999999999999999", 400),
        ("/assets/../Cargo.toml", 404),
        ("/assets/x", 404),
    ] {
        let answer = room.ask("GET", path, &[], b"");
        assert_eq!(answer.status, want, "{path}: {}", answer.text());
        if answer.header("content-type").is_some() {
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{path}"
            );
            let problem = answer.json();
            assert_eq!(problem["status"], want, "{path}");
            assert!(problem["detail"].as_str().unwrap().len() > 10, "{path}");
        }
    }
    assert_eq!(room.get(&format!("/thread/{statement}")).status, 404);
    assert_eq!(room.get("/thread/ca0feda2:c1").status, 200);
    let page = room.get("/report/zzzz");
    assert!(page.status == 404 && page.text().contains("<h1>Not Found</h1>"));
    assert_eq!(room.ask("DELETE", "/find", &[], b"").status, 405);
    assert_eq!(room.ask("POST", "/find", &[], b"").status, 405);
}
