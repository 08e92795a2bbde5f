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
        said.ends_with("1 kept, 3 not changed, 1 skipped, 0 failed\n"),
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
    assert_eq!(code, Some(2));
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
