//! `fetch` as users run it, against a server in the test: what is asked for, what is kept, what is said.
#![cfg(feature = "fetch")]
#![expect(
    clippy::unwrap_used,
    reason = "a test whose server or folder fails may stop"
)]

mod lists;
mod manners;
mod server;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use server::{Server, page};

const NEWS: &str = "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head>\
                    <body><p>The ferry line reopens.</p></body></html>";

/// `onrecord fetch` with the flags that a server in the test needs.
fn fetch(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(["fetch", "--allow-private", "--delay", "0"]);
    command.args(args).stdin(Stdio::null());
    command
}

/// Runs it with an archive; its exit code and what it says.
fn run(archive: &Path, args: &[&str]) -> (Option<i32>, String) {
    let out = fetch(args).arg("--out").arg(archive).output().unwrap();
    assert!(out.stdout.is_empty());
    said(&out)
}

fn said(out: &Output) -> (Option<i32>, String) {
    (
        out.status.code(),
        String::from_utf8(out.stderr.clone()).unwrap(),
    )
}

/// A folder, and the place of an archive in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("news.warc.gz");
    (folder, archive)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn unpack(bytes: &[u8]) -> String {
    let mut text = String::new();
    MultiGzDecoder::new(bytes)
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// The records of an archive, unpacked; nothing when there is no archive.
#[expect(clippy::disallowed_methods, reason = "the tests look into the archive")]
fn records(archive: &Path) -> Vec<String> {
    let text = unpack(&fs::read(archive).unwrap_or_default());
    text.split("WARC/1.1\r\n")
        .skip(1)
        .map(str::to_owned)
        .collect()
}

/// The URLs whose pages an archive holds, as paths.
fn kept(archive: &Path) -> Vec<String> {
    let of = |record: &String| {
        let line = record
            .lines()
            .find(|l| l.starts_with("WARC-Target-URI: "))?;
        Some(format!("/{}", line.splitn(4, '/').nth(3)?))
    };
    records(archive).iter().filter_map(of).collect()
}

#[test]
fn a_page_is_kept_as_a_record() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/a", page(NEWS).field("Content-Type", "text/html"));
    let (code, said) = run(&archive, &[&server.url("/a#top")]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.starts_with(&format!("200 {:>9}  {}\n", NEWS.len(), server.url("/a"))),
        "{said}"
    );
    let records = records(&archive);
    assert_eq!(records.len(), 2);
    assert!(records[0].starts_with("WARC-Type: warcinfo\r\n"));
    assert!(records[0].contains("http-header-user-agent: onrecord/"));
    for part in [
        "WARC-Type: response\r\n",
        &format!("WARC-Target-URI: {}\r\n", server.url("/a")),
        "WARC-IP-Address: 127.0.0.1\r\n",
        "WARC-Payload-Digest: sha256:",
        "\r\n\r\nHTTP/1.1 200 OK\r\n",
        "content-type: text/html\r\n",
        NEWS,
    ] {
        assert!(records[1].contains(part), "{part} in {}", records[1]);
    }
    // A page with a feed is a page.
    assert_eq!(server.paths(), ["/a"]);
    let asked = server.asked();
    assert!(asked[1].fields.contains("user-agent: onrecord/"));
}

#[test]
fn what_did_not_change_is_not_kept_again() {
    let (_folder, archive) = place();
    let server = Server::new();
    let date = "Sun, 24 Aug 2025 09:00:00 GMT";
    server.put("/a", page(NEWS).etag("\"v1\"").field("Last-Modified", date));
    server.put("/b", page("no validators"));
    let urls = [server.url("/a"), server.url("/b")];
    let urls = [urls[0].as_str(), urls[1].as_str()];
    assert_eq!(run(&archive, &urls).0, Some(0));
    let first = records(&archive);
    let (code, said) = run(&archive, &urls);
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("304") && said.contains("not changed"),
        "{said}"
    );
    assert_eq!(records(&archive), first);
    let again = server
        .asked()
        .into_iter()
        .rfind(|a| a.path == "/a")
        .unwrap();
    assert!(again.fields.contains("if-none-match: \"v1\""));
    assert!(
        again
            .fields
            .contains(&format!("if-modified-since: {}", date.to_lowercase()))
    );
    server.put("/a", page("new").etag("\"v2\""));
    assert_eq!(run(&archive, &urls).0, Some(0));
    assert_eq!(kept(&archive), ["/a", "/b", "/a"]);
}

#[test]
fn content_encoding_is_undone() {
    let (_folder, archive) = place();
    let server = Server::new();
    let packed = gzip(NEWS.as_bytes());
    let length = packed.len();
    server.put("/a", page(packed).field("Content-Encoding", "gzip"));
    server.put("/b", page(&b"odd"[..]).field("Content-Encoding", "br"));
    server.put("/c", page("no gzip").field("Content-Encoding", "gzip"));
    let urls = [server.url("/a"), server.url("/b"), server.url("/c")];
    let (code, said) = run(&archive, &[&urls[0], &urls[1], &urls[2]]);
    assert_eq!(code, Some(3));
    assert!(said.contains("the answer is damaged"), "{said}");
    let records = records(&archive);
    assert_eq!(records.len(), 3);
    for part in [
        "x-crawl-content-encoding: gzip\r\n",
        &format!("x-crawl-content-length: {length}\r\n"),
        &format!("\r\ncontent-length: {}\r\n", NEWS.len()),
        NEWS,
    ] {
        assert!(records[1].contains(part), "{part} in {}", records[1]);
    }
    assert!(!records[1].contains("\r\ncontent-encoding"));
    assert!(
        records[2].contains("\r\ncontent-encoding: br\r\n"),
        "{}",
        records[2]
    );
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test looks into the archive")]
fn a_torn_archive_is_repaired() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/a", page(NEWS));
    server.put("/b", page("b"));
    assert_eq!(run(&archive, &[&server.url("/a")]).0, Some(0));
    let whole = fs::read(&archive).unwrap();
    let mut torn = whole.clone();
    torn.extend_from_slice(&whole[..whole.len() / 3]);
    fs::write(&archive, torn).unwrap();
    let (code, said) = run(&archive, &[&server.url("/b")]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("bytes were cut off"), "{said}");
    assert!(fs::read(&archive).unwrap().starts_with(&whole));
    assert_eq!(kept(&archive), ["/a", "/b"]);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test looks into the file")]
fn what_is_no_archive_is_left_alone() {
    let (folder, archive) = place();
    let server = Server::new();
    server.put("/a", page(NEWS));
    fs::write(&archive, "Dear diary").unwrap();
    for out in [
        archive.as_path(),
        folder.path(),
        &folder.path().join("no/such/folder.warc.gz"),
    ] {
        let (code, said) = run(out, &[&server.url("/a")]);
        assert_eq!(code, Some(2));
        assert!(
            said.starts_with("onrecord: ") && said.lines().count() == 1,
            "{said}"
        );
    }
    assert_eq!(fs::read(&archive).unwrap(), b"Dear diary");
    assert!(server.asked().is_empty());
}

#[test]
fn the_archive_can_be_piped_on() {
    let server = Server::new();
    server.put("/a", page(NEWS));
    for args in [&[][..], &["--out", "-"]] {
        let out = fetch(args).arg(server.url("/a")).output().unwrap();
        assert_eq!(out.status.code(), Some(0));
        assert!(unpack(&out.stdout).contains(NEWS));
    }
    // Whoever reads it may have seen enough.
    let mut child = fetch(&[&server.url("/a")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let (code, said) = said(&child.wait_with_output().unwrap());
    assert_eq!((code, said.as_str()), (Some(0), ""));
}
