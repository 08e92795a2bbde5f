//! Manners: what a host forbids, its pauses, redirects, addresses inside networks, limits, Ctrl-C.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::server::{Server, page, status};
use super::{NEWS, fetch, gzip, kept, place, records, run, said};

#[test]
fn robots_are_obeyed() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put(
        "/robots.txt",
        page("User-agent: onrecord\nDisallow: /private\n"),
    );
    server.put("/private/a", page(NEWS));
    server.put("/a", page(NEWS));
    let urls = [server.url("/private/a"), server.url("/a")];
    let (code, said) = run(&archive, &[&urls[0], &urls[1]]);
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.contains("robots.txt forbids it to `onrecord`"),
        "{said}"
    );
    assert_eq!(server.paths(), ["/a"]);
    assert_eq!(server.asked().len(), 2, "the rules are asked for once");
    // Another name, other rules.
    assert_eq!(
        run(&archive, &[&urls[0], "--user-agent", "daily/1.0"]).0,
        Some(0)
    );
    server.put("/robots.txt", status("503 Service Unavailable"));
    let (code, said) = run(&archive, &[&urls[1]]);
    assert_eq!(
        (code, said.contains("robots.txt cannot be had")),
        (Some(2), true),
        "{said}"
    );
}

#[test]
fn pauses_are_kept() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/robots.txt", page("User-agent: *\nCrawl-delay: 0.3\n"));
    server.put("/a", page("a"));
    server.put(
        "/b",
        status("429 Too Many Requests")
            .field("Retry-After", "1")
            .once("b"),
    );
    server.put(
        "/c",
        status("503 Service Unavailable").field("Retry-After", "3600"),
    );
    server.put("/d", page("d"));
    server.put(
        "/e",
        status("429 Too Many Requests").field("Retry-After", "1"),
    );
    let urls: Vec<String> = ["/a", "/b", "/e", "/c", "/d"]
        .iter()
        .map(|p| server.url(p))
        .collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let (code, said) = run(&archive, &urls);
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(kept(&archive), ["/a", "/b"]);
    assert_eq!(server.paths(), ["/a", "/b", "/b", "/e", "/e", "/c"]);
    let at: Vec<_> = server.asked().iter().map(|a| a.at).collect();
    assert!(at[2] - at[1] >= Duration::from_millis(300));
    assert!(at[3] - at[2] >= Duration::from_secs(1));
    // One second try, and the pause after it as well.
    assert!(at[6] - at[5] >= Duration::from_secs(1));
    assert_eq!(said.matches("asks to wait 3").count(), 2, "{said}");
}

#[test]
fn redirects_are_followed_and_every_hop_is_checked() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/robots.txt", page("User-agent: *\nDisallow: /secret\n"));
    server.put(
        "/old",
        status("301 Moved Permanently").field("Location", "/new#top"),
    );
    server.put("/new", page(NEWS));
    server.put(
        "/to-secret",
        status("302 Found").field("Location", "/secret"),
    );
    server.put("/secret", page("secret"));
    server.put("/round", status("302 Found").field("Location", "/round2"));
    server.put("/round2", status("302 Found").field("Location", "/round"));
    server.put(
        "/file",
        status("302 Found").field("Location", "file:///etc/passwd"),
    );
    server.put("/nowhere", status("302 Found"));
    for i in 0..9 {
        let next = format!("/long{}", i + 1);
        server.put(
            &format!("/long{i}"),
            status("302 Found").field("Location", &next),
        );
    }
    let paths = [
        "/old",
        "/to-secret",
        "/round",
        "/file",
        "/nowhere",
        "/long0",
    ];
    let urls: Vec<String> = paths.iter().map(|p| server.url(p)).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let (code, said) = run(&archive, &urls);
    assert_eq!(code, Some(3));
    assert_eq!(kept(&archive), ["/new"]);
    for part in [
        "robots.txt forbids it",
        "in a circle",
        "only http and https are fetched, not `file`",
        "without saying where to go",
        "redirected more than 5 times",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!server.paths().contains(&"/secret".into()));
    assert!(!server.paths().contains(&"/long6".into()));
}

#[test]
fn addresses_inside_networks_are_refused() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/a", page(NEWS));
    let port = server.url("").rsplit_once(':').unwrap().1.to_owned();
    for host in [
        "127.0.0.1",
        "localhost",
        "0x7f.1",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
    ] {
        let url = format!("http://{host}:{port}/a");
        let out = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["fetch", "--timeout", "5", &url, "--out"])
            .arg(&archive)
            .output()
            .unwrap();
        let (code, said) = said(&out);
        assert_eq!(code, Some(2));
        assert!(said.contains("--allow-private"), "{host}: {said}");
        assert!(
            said.contains("not on the public internet"),
            "{host}: {said}"
        );
    }
    assert!(server.asked().is_empty(), "nothing was asked for");
    assert!(
        !archive.exists(),
        "an archive of nothing is not left behind"
    );
}

#[test]
fn limits_cut_with_a_word_and_nothing_half_written() {
    let (_folder, archive) = place();
    let server = Server::new();
    let large = "x".repeat(3000);
    server.put("/large", page(large.clone()));
    let chunked = format!("bb8\r\n{large}\r\n0\r\n\r\n");
    server.put(
        "/chunked",
        page(chunked).field("Transfer-Encoding", "chunked"),
    );
    server.put(
        "/bomb",
        page(gzip(large.as_bytes())).field("Content-Encoding", "gzip"),
    );
    server.put("/slow", page("slow").slow(Duration::from_secs(20)));
    server.put(
        "/short",
        page("5\r\nhel").field("Transfer-Encoding", "chunked"),
    );
    server.put("/gone", status("410 Gone"));
    server.put("/a", page("small"));
    let paths = [
        "/large", "/chunked", "/bomb", "/slow", "/short", "/gone", "/a",
    ];
    let urls: Vec<String> = paths.iter().map(|p| server.url(p)).collect();
    let mut args: Vec<&str> = urls.iter().map(String::as_str).collect();
    args.extend(["--max-size", "2K", "--timeout", "1", "--quiet"]);
    let (code, said) = run(&archive, &args);
    assert_eq!(code, Some(3));
    assert_eq!(
        said.matches("is larger than 2048 bytes").count(),
        3,
        "{said}"
    );
    assert!(said.contains("no whole answer within 1 s"), "{said}");
    assert!(said.contains("answered 410 Gone"), "{said}");
    assert_eq!(said.lines().count(), 6, "{said}");
    assert_eq!(kept(&archive), ["/a"]);
    assert_eq!(run(&archive, &[&urls[1], "--max-size", "3000"]).0, Some(0));
    let last = records(&archive).pop().unwrap();
    assert!(
        last.contains("\r\nx-crawl-transfer-encoding: chunked\r\ncontent-length: 3000\r\n\r\nxxx"),
        "{last}"
    );
}

#[test]
#[cfg(unix)]
fn stopping_leaves_a_sound_archive() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/a", page(NEWS));
    server.put("/b", page("b").slow(Duration::from_secs(20)));
    let child = fetch(&[&server.url("/a"), &server.url("/b")])
        .arg("--out")
        .arg(&archive)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while server.paths().len() < 2 {
        std::thread::sleep(Duration::from_millis(20));
    }
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let (code, said) = said(&child.wait_with_output().unwrap());
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("stopped; what was fetched is kept"), "{said}");
    assert_eq!(kept(&archive), ["/a"]);
}
