//! Feeds and sitemaps: their pages are fetched as well.

use super::server::{Server, page};
use super::{gzip, kept, place, run};

fn feed(server: &Server, paths: &[&str]) -> String {
    let item = |p: &&str| {
        format!(
            "<item><title>T</title><link>{}</link></item>",
            server.url(p)
        )
    };
    let items: String = paths.iter().map(item).collect();
    format!("<rss version='2.0'><channel><title>N</title>{items}</channel></rss>")
}

#[test]
fn the_pages_of_a_feed_are_fetched() {
    let (_folder, archive) = place();
    let server = Server::new();
    server.put("/robots.txt", page("User-agent: *\nDisallow: /hidden\n"));
    let body = feed(&server, &["/1", "/2", "/hidden", "/3", "/1"]);
    server.put("/feed", page(body).etag("\"f\""));
    for path in ["/1", "/2", "/hidden"] {
        server.put(path, page(format!("page {path}")).etag("\"p\""));
    }
    // A feed within a feed is a page: its items are not asked for.
    server.put("/3", page(feed(&server, &["/4"])).etag("\"p\""));
    let url = server.url("/feed");
    assert_eq!(run(&archive, &["--feed-only", &url]).0, Some(0));
    assert_eq!(kept(&archive), ["/feed"]);
    let (code, said) = run(&archive, &["--limit", "2", &url]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("lists 5; the first 2 are asked for"),
        "{said}"
    );
    // The feed did not change; its pages are found in the archive.
    assert_eq!(kept(&archive), ["/feed", "/1", "/2"]);
    let (code, said) = run(&archive, &[&url]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("skipped: robots.txt"), "{said}");
    assert!(
        said.ends_with("5 asked for: 1 kept, 3 not changed, 1 skipped, 0 failed\n"),
        "{said}"
    );
    assert_eq!(kept(&archive), ["/feed", "/1", "/2", "/3"]);
    assert_eq!(run(&archive, &[&url]).0, Some(1));
}

#[test]
fn the_pages_of_a_sitemap_and_its_index_are_fetched() {
    let (_folder, archive) = place();
    let server = Server::new();
    let list = |kind: &str, item: &str, paths: &[&str]| {
        let one = |p: &&str| format!("<{item}><loc>{}</loc></{item}>", server.url(p));
        let all: String = paths.iter().map(one).collect();
        format!("<{kind} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{all}</{kind}>")
    };
    server.put(
        "/index.xml",
        page(list(
            "sitemapindex",
            "sitemap",
            &["/s1.xml", "/s2.xml.gz", "/index.xml"],
        )),
    );
    server.put("/s1.xml", page(list("urlset", "url", &["/1", "/2"])));
    server.put(
        "/s2.xml.gz",
        page(gzip(list("urlset", "url", &["/3", "/4", "/5"]).as_bytes())),
    );
    server.put("/broken.xml", page("<urlset><url></\u{1b}[31mloc>"));
    for path in ["/1", "/2", "/3", "/4", "/5"] {
        server.put(path, page(path));
    }
    let urls = [server.url("/index.xml"), server.url("/broken.xml")];
    let (code, said) = run(&archive, &["--limit", "4", &urls[0], &urls[1]]);
    assert_eq!(code, Some(3));
    assert!(
        said.contains("looks like a sitemap and cannot be read as one"),
        "{said}"
    );
    assert!(!said.contains('\u{1b}'), "{said}");
    let expected = [
        "/index.xml",
        "/broken.xml",
        "/s1.xml",
        "/s2.xml.gz",
        "/1",
        "/2",
        "/3",
        "/4",
    ];
    assert_eq!(server.paths(), expected);
}

/// An item that is but a title is no report where its page was fetched as well; where it was not, it is.
#[test]
fn a_title_in_a_feed_is_no_report_beside_its_page() {
    let (_folder, archive) = place();
    let server = Server::new();
    let item = |path: &str| {
        format!(
            "<item><title>Title of {path}</title><link>{}</link></item>",
            server.url(path)
        )
    };
    let items = [item("/1"), item("/2")].concat();
    let feed = format!("<rss version='2.0'><channel><title>News</title>{items}</channel></rss>");
    server.put("/feed", page(feed));
    let words = "The ferry line reopens on Monday, Mayor Tiina Rebane said. The pier is mended.";
    let html = format!(
        "<html><head><title>Ferry</title></head><body><article><h1>Ferry line reopens</h1><p>{words}</p><p>{words}</p></article></body></html>"
    );
    server.put("/1", page(html));
    let (code, said) = run(&archive, &[&server.url("/feed")]);
    assert_eq!(code, Some(3), "{said}");
    assert!(
        said.ends_with("3 asked for: 2 kept, 0 not changed, 0 skipped, 1 failed\n"),
        "{said}"
    );
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["read", "--json"])
        .arg(&archive)
        .output()
        .unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    let urls = out.lines().map(|l| {
        let record: serde_json::Value = serde_json::from_str(l).unwrap();
        record["report"]["url"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    });
    let urls: Vec<String> = urls.collect();
    assert_eq!(urls, [server.url("/1"), server.url("/2")]);
}
