//! RSS 0.9-2.0, RDF and Atom feeds, and news sitemaps: each entry is a report.
//!
//! Text in full (`content:encoded`, Atom `content`) is taken before a summary; an entry that
//! holds a summary only, or a title only, says so.
//!
//! Sources: RSS 2.0 (rssboard.org), the content and Dublin Core modules, RFC 4287, Google's news
//! sitemap. Left out: media.

use onrecord_model::{Envelope, Metadata, Problem, ProblemKind, SegmentLabel, Subject};

use super::moment;
use super::xml::{Element, unwrapped};
use crate::draft::{Block, Draft, Piece};
use crate::html;

/// A summary has fewer paragraphs than this.
const WHOLE: usize = 4;

/// Reads the entries of an `rss`, `RDF` or `feed` element.
pub(super) fn read(root: Element<'_>) -> Vec<Draft> {
    let channel = root.child("channel").unwrap_or(root);
    let outlet = channel.child("title").and_then(Element::words);
    let language = channel.child("language").and_then(Element::words);
    let language = language.or_else(|| root.attribute("lang").map(str::to_owned));
    let entries = root
        .descend()
        .filter(|e| matches!(e.name(), "item" | "entry"));
    let read = |e: Element<'_>| {
        let mut draft = entry(e);
        draft.is_item = true;
        let envelope = &mut draft.envelope;
        // An aggregator's entry names the outlet it was taken from.
        let source = e.child("source").map(|s| s.child("title").unwrap_or(s));
        envelope.outlet = source.and_then(Element::words).or_else(|| outlet.clone());
        envelope.language = e
            .attribute("lang")
            .map(str::to_owned)
            .or_else(|| e.child("language").and_then(Element::words))
            .or_else(|| language.clone());
        draft
    };
    entries.map(read).collect()
}

fn entry(entry: Element<'_>) -> Draft {
    let full = entry.child("encoded").or_else(|| entry.child("content"));
    let full = full.filter(|c| c.attribute("src").is_none() && c.attribute("medium").is_none());
    let short = entry
        .child("description")
        .or_else(|| entry.child("summary"));
    let mut draft = match (full, short) {
        (Some(text), _) => markup(text),
        (None, Some(text)) => {
            let mut draft = markup(text);
            // Some feeds put the whole report where its summary belongs.
            if draft.blocks.len() < WHOLE {
                let why = "the feed gives a summary and not the report";
                draft.problems.push(Problem::new(ProblemKind::Excerpt, why));
            }
            draft
        }
        (None, None) => Draft::default(),
    };
    if draft.blocks.is_empty() {
        let why = "the feed gives a title and no text";
        draft.problems = vec![Problem::new(ProblemKind::NoText, why)];
    }
    if let Some(title) = entry.child("title") {
        let lines = markup(title).blocks.into_iter();
        let title = lines.map(|b| b.labelled(SegmentLabel::Headline)).take(1);
        draft.blocks.splice(0..0, title);
    }
    draft.authors = entry
        .children()
        .filter(|e| matches!(e.name(), "creator" | "author"))
        .filter_map(|e| e.child("name").unwrap_or(e).words())
        .map(|name| person(&name))
        .collect();
    draft.envelope = envelope(entry);
    let dated = entry.child("pubDate").or_else(|| entry.child("published"));
    if let (None, Some(words)) = (&draft.envelope.published, dated.and_then(Element::words)) {
        let why = format!("`{words}` is no date that can be read one way only");
        let problem = Problem::new(ProblemKind::PublishedUnknown, why);
        draft.problems.push(problem);
    }
    draft
}

/// The content of an element that may hold markup, escaped, in CDATA or as elements.
fn markup(element: Element<'_>) -> Draft {
    if element.children().next().is_some() {
        return Draft::of(super::lines::of(element));
    }
    let text = element.aligned();
    let once = html::fragment(text.text().as_str());
    // Some feeds escape their markup twice: what was read is markup still.
    let twice = |b: &Block| super::holds_tags(&b.text()) || b.text().contains("<![CDATA[");
    if once.blocks.iter().any(twice) {
        let pieces: Vec<Piece> = once.blocks.into_iter().flat_map(|b| b.pieces).collect();
        let inner = unwrapped(crate::draft::join(&pieces));
        let draft = html::fragment(inner.text().as_str());
        return draft.lowered(&inner).lowered(&text);
    }
    once.lowered(&text)
}

/// RSS writes an author as `desk@example.org (Lena Marsh)`.
fn person(author: &str) -> String {
    let inside = author
        .split_once('(')
        .filter(|(mail, _)| mail.contains('@'))
        .and_then(|(_, name)| name.strip_suffix(')'));
    inside.unwrap_or(author).trim().to_owned()
}

fn envelope(entry: Element<'_>) -> Envelope {
    let date = |names: &[&str]| {
        let found = names.iter().find_map(|n| entry.child(n));
        found.and_then(|e| moment::read(&e.words()?))
    };
    let updated = date(&["updated", "modified"]);
    let link = entry
        .all("link")
        .find(|l| l.attribute("rel").is_none_or(|r| r == "alternate"))
        .and_then(|l| l.attribute("href").map(str::to_owned).or_else(|| l.words()));
    let id = entry.child("guid").or_else(|| entry.child("id"));
    let id = id.and_then(Element::words);
    let permalink = id.clone().filter(|i| i.starts_with("http"));
    let category = |e: Element<'_>| Subject {
        code: e.attribute("term").map(str::to_owned),
        scheme: e
            .attribute("scheme")
            .or_else(|| e.attribute("domain"))
            .map(str::to_owned),
        name: e
            .attribute("label")
            .map(str::to_owned)
            .or_else(|| e.words()),
    };
    Envelope {
        published: date(&["pubDate", "published", "issued", "date", "created"])
            .or_else(|| updated.clone()),
        // A link without its host leads nowhere from a record.
        url: link.filter(|l| l.contains("://")).or(permalink),
        metadata: Metadata {
            uri: id,
            updated: updated.map(|u| u.to_string()),
            subjects: entry.all("category").map(category).collect(),
            copyright: entry.child("rights").and_then(Element::words),
            ..Metadata::default()
        },
        ..Envelope::default()
    }
}

/// Reads the entries of a `urlset` with news in it.
pub(super) fn sitemap(root: Element<'_>) -> Vec<Draft> {
    let entries = root.all("url").filter(|u| u.child("news").is_some());
    entries.map(listed).collect()
}

fn listed(url: Element<'_>) -> Draft {
    let words = |path: &str| url.at(path)?.words();
    let list = |path: &str| {
        let words = words(path).unwrap_or_default();
        let each = words.split(',').map(str::trim).filter(|w| !w.is_empty());
        each.map(str::to_owned).collect()
    };
    let title = url.at("news/title").and_then(Element::block);
    let why = "a sitemap names its reports and does not hold them";
    Draft {
        blocks: title
            .map(|t| t.labelled(SegmentLabel::Headline))
            .into_iter()
            .collect(),
        authors: Vec::new(),
        envelope: Envelope {
            published: words("news/publication_date").and_then(|d| moment::read(&d)),
            outlet: words("news/publication/name"),
            language: words("news/publication/language"),
            url: words("loc"),
            metadata: Metadata {
                updated: words("lastmod")
                    .and_then(|d| moment::read(&d))
                    .map(|d| d.to_string()),
                keywords: list("news/keywords"),
                ..Metadata::default()
            },
        },
        problems: vec![Problem::new(ProblemKind::NoText, why)],
        is_item: true,
        ..Draft::default()
    }
}
