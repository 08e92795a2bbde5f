//! What was fetched: a page, or a list of pages.
//!
//! Told by content, not by name or type, because servers send feeds as `text/html` and pages under
//! `/feed/`. Lists are RSS (0.9 to 2.0), Atom and JSON Feed, read by `feed-rs`, and sitemaps with their
//! indexes (<https://www.sitemaps.org/protocol.html>), whose news extension changes nothing here.
//!
//! Left out: `<link rel="alternate">` in pages. A page that has a feed is a page.

use std::path::Path;

use feed_rs::model::{Entry, Feed};
use quick_xml::events::Event;
use serde::Deserialize;
use url::Url;

use super::client::gunzip;
use super::failure::Failure;

/// What a body is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Found {
    /// Neither of the others.
    Page,
    /// A list of pages, in its order.
    Pages(Vec<Url>),
    /// A list of sitemaps, in its order.
    Sitemaps(Vec<Url>),
}

/// Looks at a body that came from `url`; a packed sitemap is unpacked to at most `most` bytes.
///
/// # Errors
/// When it is a list and cannot be read.
pub(crate) fn look(url: &Url, body: &[u8], most: usize) -> Result<Found, Failure> {
    // Sitemaps are packed as files, not for the way; other packed files are not looked into.
    let path = Path::new(url.path());
    if body.starts_with(&[0x1f, 0x8b]) && path.extension().is_some_and(|e| e == "gz") {
        return look_inside(url, &gunzip(body, most)?);
    }
    look_inside(url, body)
}

fn look_inside(url: &Url, body: &[u8]) -> Result<Found, Failure> {
    if is_json_feed(body) {
        return feed(url, body);
    }
    match root(body).as_deref() {
        Some("rss" | "feed" | "RDF") => feed(url, body),
        Some("urlset" | "sitemapindex") => sitemap(url, body),
        _ => Ok(Found::Page),
    }
}

/// The name of the first element, without its prefix.
fn root(body: &[u8]) -> Option<String> {
    let start = body.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    if !start.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let mut reader = quick_xml::Reader::from_reader(start);
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) => {
                return Some(e.local_name().as_ref().to_owned());
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => buffer.clear(),
        }
    }
}

/// What tells a JSON Feed from other JSON.
#[derive(Deserialize)]
struct JsonFeed {
    version: String,
}

fn is_json_feed(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().starts_with(b"{")
        && serde_json::from_slice::<JsonFeed>(body)
            .is_ok_and(|f| f.version.contains("jsonfeed.org/version/"))
}

fn feed(url: &Url, body: &[u8]) -> Result<Found, Failure> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(Some(url.as_str()))
        .build();
    let Feed { entries, .. } = parser.parse(body).map_err(|e| Failure::Feed {
        kind: "feed",
        why: e.to_string(),
    })?;
    let links = entries.iter().filter_map(|entry| link(url, entry));
    Ok(Found::Pages(links.collect()))
}

/// Where an entry's page is: its link, or an id that is a URL (a permalink without `<link>`).
fn link(base: &Url, entry: &Entry) -> Option<Url> {
    let page = |rel: Option<&str>| matches!(rel, None | Some("alternate"));
    let links = entry.links.iter().filter(|l| page(l.rel.as_deref()));
    let mut named = links.map(|l| l.href.as_str());
    let words = named
        .next()
        .or_else(|| entry.id.starts_with("http").then_some(&entry.id))?;
    usable(base.join(words.trim()).ok()?)
}

/// Sitemaps and their indexes; what else stands in them is for others.
#[derive(Deserialize)]
struct Sitemap {
    #[serde(default)]
    url: Vec<Place>,
    #[serde(default)]
    sitemap: Vec<Place>,
}

/// One place in a sitemap.
#[derive(Deserialize)]
struct Place {
    loc: Option<String>,
}

fn sitemap(url: &Url, body: &[u8]) -> Result<Found, Failure> {
    let read: Sitemap = quick_xml::de::from_reader(body).map_err(|e| Failure::Feed {
        kind: "sitemap",
        why: e.to_string(),
    })?;
    let urls = |places: &[Place]| {
        let words = places.iter().filter_map(|p| p.loc.as_deref());
        let urls = words.filter_map(|w| url.join(w.trim()).ok());
        urls.filter_map(usable).collect::<Vec<Url>>()
    };
    if read.sitemap.is_empty() {
        return Ok(Found::Pages(urls(&read.url)));
    }
    Ok(Found::Sitemaps(urls(&read.sitemap)))
}

/// A URL as it is asked for: of the web, and without the part that only browsers use.
fn usable(mut url: Url) -> Option<Url> {
    url.set_fragment(None);
    super::client::check(&url).is_ok().then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &[&str]) {
        let base = Url::parse("https://example.org/feeds/all").unwrap();
        let expected: Vec<Url> = expected.iter().map(|u| Url::parse(u).unwrap()).collect();
        assert_eq!(
            look(&base, body.as_bytes(), 1000).unwrap(),
            Found::Pages(expected)
        );
    }

    fn page(body: &str) {
        let base = Url::parse("https://example.org/feeds/all").unwrap();
        assert_eq!(
            look(&base, body.as_bytes(), 1000).unwrap(),
            Found::Page,
            "{body}"
        );
    }

    #[test]
    fn feeds_of_all_kinds_name_their_pages() {
        let first = "https://example.org/a?x=1&y=2";
        check(
            "\u{feff}<?xml version='1.0'?>\n<!-- made by hand --><rss version='2.0'><channel><title>N</title>\
             <item><title>A</title><link> https://example.org/a?x=1&amp;y=2#top </link></item>\
             <item><title>B</title><guid isPermaLink='true'>https://example.org/b</guid></item>\
             <item><title>No link</title></item>\
             <item><title>Odd</title><link>javascript:alert(1)</link></item></channel></rss>",
            &[first, "https://example.org/b"],
        );
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><id>n</id>\
             <updated>2025-08-24T00:00:00Z</updated><entry><title>A</title><id>tag:a</id>\
             <updated>2025-08-24T00:00:00Z</updated>\
             <link rel='enclosure' href='https://example.org/a.mp3'/>\
             <link href='../a?x=1&amp;y=2'/></entry></feed>",
            &[first],
        );
        check(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "N",
                "items": [{"id": "1", "url": "https://example.org/a?x=1&y=2", "content_text": "A"}]}"#,
            &[first],
        );
    }

    #[test]
    fn sitemaps_name_their_pages() {
        check(
            "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' \
             xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' \
             xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'>\
             <url><loc>\nhttps://example.org/a?x=1&amp;y=2\n</loc><news:news><news:title>A</news:title></news:news>\
             <image:image><image:loc>https://example.org/a.jpg</image:loc></image:image></url>\
             <url><loc><![CDATA[https://example.org/b]]></loc></url><url/></urlset>",
            &["https://example.org/a?x=1&y=2", "https://example.org/b"],
        );
    }

    #[test]
    fn an_index_names_sitemaps_packed_or_not() {
        use std::io::Write as _;
        let index =
            "<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap></sitemapindex>";
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(index.as_bytes()).unwrap();
        let small = packer.finish().unwrap();
        let url = Url::parse("https://example.org/sitemap.xml.gz").unwrap();
        let first = Url::parse("https://example.org/1.xml").unwrap();
        for body in [index.as_bytes(), &small] {
            assert_eq!(
                look(&url, body, 1000).unwrap(),
                Found::Sitemaps(vec![first.clone()])
            );
        }
        assert!(matches!(look(&url, &small, 10), Err(Failure::TooLarge(10))));
    }

    #[test]
    fn pages_are_pages() {
        page("");
        page("Ice gone from the strait");
        page(
            "<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/f'></head></html>",
        );
        page("<p>Unclosed <br> & so on");
        page(r#"{"version": "2.0", "items": []}"#);
        page("{not json");
    }

    #[test]
    fn a_broken_feed_is_said() {
        let url = Url::parse("https://example.org/").unwrap();
        for body in [
            "<rss version='2.0'><channel><item>",
            "<urlset><url><loc>https://a",
            "<urlset><url></loc>",
        ] {
            assert!(
                matches!(look(&url, body.as_bytes(), 1000), Err(Failure::Feed { .. })),
                "{body}"
            );
        }
    }
}
