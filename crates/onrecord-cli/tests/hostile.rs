//! Input that is made to do harm: to take another report's place, or to act on the terminal.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn onrecord(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(args)
        .output()
        .unwrap()
}

/// What was answered at an address, as a crawl keeps it.
fn answer(address: &str, media: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n{body}");
    let len = block.len();
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http\r\nContent-Length: {len}\r\n\r\n{block}\r\n\r\n"
    )
}

const AT: &str = "https://bay.example/ferry";

fn page(words: &str, head: &str) -> String {
    format!(
        "<html><head><title>Ferry line</title>{head}</head><body><article><h1>Ferry line to the isles</h1><p>The mayor said on Monday that {words}.</p><p>She told reporters at the pier that the line mattered to the town.</p></article></body></html>"
    )
}

#[test]
fn nobody_speaks_for_another_address() {
    let folder = folder("displaced");
    let ledger = folder.join("desk.db");
    let file = |name: &str, crawl: &str| {
        let path = folder.join(name);
        fs::write(&path, crawl).unwrap();
        let out = onrecord(&[
            "file",
            path.to_str().unwrap(),
            "--ledger",
            ledger.to_str().unwrap(),
        ]);
        String::from_utf8(out.stdout).unwrap()
    };
    let said = file(
        "own.warc",
        &answer(AT, "text/html", &page("the ferry would sail", "")),
    );
    assert!(said.starts_with("1 read: 1 filed"), "{said}");
    let words = "The mayor said on Tuesday that the ferry was sold.";
    let claims = [
        (
            "json",
            "application/json",
            format!("{{\"url\": \"{AT}\", \"headline\": \"Sold\", \"text\": \"{words} 1\"}}"),
        ),
        (
            "list",
            "application/json",
            format!(
                "[{{\"link\": \"{AT}\", \"title\": \"Sold\", \"text\": \"{words} 2\"}}, {{\"url\": \"{AT}\", \"title\": \"Sold\", \"text\": \"{words} 3\"}}]"
            ),
        ),
        (
            "feed",
            "application/rss+xml",
            format!(
                "<rss><channel><item><title>Sold</title><link>{AT}</link><description>{words} 4</description></item></channel></rss>"
            ),
        ),
        (
            "atom",
            "application/atom+xml",
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Sold</title><link href=\"{AT}\"/><content>{words} 5</content></entry></feed>"
            ),
        ),
        (
            "page",
            "text/html",
            page(
                "the ferry was sold",
                &format!(
                    "<link rel=\"canonical\" href=\"{AT}\"><meta property=\"og:url\" content=\"{AT}\">"
                ),
            ),
        ),
        (
            "schema",
            "application/json",
            format!(
                "{{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\", \"url\": \"{AT}\", \"headline\": \"Sold\", \"articleBody\": \"{words} 6\"}}"
            ),
        ),
        (
            "nested",
            "text/html",
            format!(
                "\r\n\r\n{}",
                answer(AT, "text/html", &page("the ferry was lost", ""))
            ),
        ),
    ];
    for (n, (name, media, body)) in claims.iter().enumerate() {
        for host in [
            "evil.example",
            "bay.example.evil.example",
            "evil-bay.example",
            "bay.example@evil.example",
        ] {
            let at = format!("https://{host}/{n}");
            let said = file(&format!("{name}-{n}.warc"), &answer(&at, media, body));
            let displaced = !said.contains("superseded") || *name == "nested";
            assert!(displaced, "{name} at {host}: {said}");
        }
    }
    let found = onrecord(&[
        "find",
        "--json",
        "--limit",
        "1000",
        "--ledger",
        ledger.to_str().unwrap(),
    ]);
    let found = String::from_utf8(found.stdout).unwrap();
    let there = found.lines().filter(|l| l.contains(&format!("\"{AT}\"")));
    let there: Vec<&str> = there.collect();
    assert!(
        !there.is_empty()
            && there
                .iter()
                .all(|l| !l.contains("sold") && !l.contains("lost"))
    );
    // The paper itself may correct what it wrote.
    let later = file(
        "own-later.warc",
        &answer(AT, "text/html", &page("the ferry would not sail", "")),
    );
    assert!(later.contains("; 1 earlier version superseded"), "{later}");
}

#[test]
fn nothing_printed_acts_on_the_terminal() {
    const ESC: &str = "\u{1b}]0;owned\u{7}\u{9b}31m\u{7f}\u{202e}";
    let folder = folder("escapes");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let story =
        format!("Ferry{ESC} line\n\nThe mayor{ESC} said the ferry{ESC} would sail on Monday.\n");
    fs::write(at("story.txt"), &story).unwrap();
    fs::write(at(&format!("a{ESC}.txt")), &story).unwrap();
    fs::write(at("columns.csv"), format!("a{ESC},b,c\n1,2,3\n4,5,6\n")).unwrap();
    fs::write(
        at("crawl.warc"),
        answer(&format!("https://bay.example/{ESC}"), "text/plain", &story)
            .replace("HTTP/1.1", "HTTP/9"),
    )
    .unwrap();
    let (missing, ledger) = (at(&format!("none{ESC}")), at("desk.db"));
    let folder = folder.to_str().unwrap().to_owned();
    let flag = format!("--x{ESC}");
    let commands: &[&[&str]] = &[
        &["read", &folder],
        &["read", "--page", "--color", "never", &folder],
        &["read", "--json", &folder],
        &["read", "--json-ld", &folder],
        &["quotes", &folder],
        &["explain", &folder],
        &["copies", "--json", &folder],
        &["read", &missing],
        &["read", &flag],
        &["file", &folder, "--ledger", &ledger],
        &["find", "--ledger", &ledger],
        &["find", "--ledger", &missing],
        &["find", "--table", "--ledger", &ledger],
        &["thread", &missing, "--ledger", &ledger],
    ];
    for command in commands {
        let out = onrecord(command);
        for bytes in [&out.stdout, &out.stderr] {
            let text = String::from_utf8_lossy(bytes);
            let odd = |c: &char| c.is_control() && *c != '\n' || *c == '\u{202e}';
            assert_eq!(text.chars().find(odd), None, "{command:?}: {text:?}");
        }
    }
    // What is taken out of sight is not lost.
    let out = onrecord(&["read", "--json", &at("story.txt")]);
    let record: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(record["report"]["text"], story);
}
