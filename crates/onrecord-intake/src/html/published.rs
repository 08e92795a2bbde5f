//! When a page was published and last changed: JSON-LD, `<meta>`, `<time>`, the address, the lines
//! beside the headline, in this order of trust.
//!
//! Left out: days without a year and days that two countries read as two ("01/12/15").

use jiff::civil::Date;
use onrecord_model::Stamp;

use super::blocks::Run;
use super::head::Head;
use super::tag::Tag;
use super::tree::{Attr, Tree};
use crate::{dates, formats};

/// Names of `<meta>` that hold the moment of publication, the surest first.
const PUBLISHED: [&str; 32] = [
    "article:published_time",
    "article:published:time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "date.available",
    "date.created",
    "publish-date",
    "publish_date",
    "publishdate",
    "published_time",
    "publication_date",
    "publication-date",
    "published-date",
    "publisheddate",
    "published",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article:post_date",
    "article.published",
    "displaydate",
    "date",
];

/// Names of `<meta>` that hold the moment of the last change.
const UPDATED: [&str; 11] = [
    "article:modified_time",
    "article:modified:time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "date.modified",
    "date.updated",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "last-modified",
];

/// When it was published. `from` is the block of the headline, `to` the first of the body.
pub(crate) fn of(tree: &Tree, runs: &[Run], head: &Head, from: usize, to: usize) -> Option<Stamp> {
    let own = head.article().and_then(|a| a.published.as_deref());
    let any = || head.articles.iter().find_map(|a| a.published.as_deref());
    own.or_else(any)
        .and_then(stamp)
        .or_else(|| first(head, &PUBLISHED))
        .or_else(|| times(tree, runs, from, to))
        .or_else(|| head.canonical.as_deref().and_then(in_address))
        .or_else(|| head.meta_of(&["og:url"]).as_deref().and_then(in_address))
        .or_else(|| lines(runs, from, to))
}

/// When it was last changed.
pub(crate) fn updated(head: &Head) -> Option<Stamp> {
    let own = head.article().and_then(|a| a.modified.as_deref());
    own.and_then(stamp).or_else(|| first(head, &UPDATED))
}

fn first(head: &Head, names: &[&str]) -> Option<Stamp> {
    names
        .iter()
        .find_map(|n| head.metas_of(n).iter().find_map(|c| stamp(c)))
}

/// `<time>` that says it is the moment of publication, or the first one near the headline.
fn times(tree: &Tree, runs: &[Run], from: usize, to: usize) -> Option<Stamp> {
    let start = runs.get(from).map_or(0, |r| r.first);
    // Many pages put the line under the first paragraph's picture.
    let end = runs.get(to + 3).map_or(tree.nodes.len(), |r| r.first);
    let mut near = None;
    for (at, node) in tree.nodes.iter().enumerate() {
        if !matches!(
            node.tag,
            Tag::Time | Tag::Span | Tag::Abbr | Tag::Div | Tag::P
        ) {
            continue;
        }
        let said = tree
            .attr(at, Attr::DateTime)
            .or_else(|| tree.attr(at, Attr::Content));
        let published = tree
            .attr(at, Attr::ItemProp)
            .is_some_and(|p| p.contains("datePublished"));
        if node.tag != Tag::Time && !published {
            continue;
        }
        let found = said
            .and_then(stamp)
            .or_else(|| stamp(&tree.words_under(at)));
        let Some(found) = found else { continue };
        if published {
            return Some(found);
        }
        if near.is_none() && (start..end).contains(&at) {
            near = Some(found);
        }
    }
    near
}

/// A day in the path of an address: `/2031/03/05/`.
fn in_address(address: &str) -> Option<Stamp> {
    let (_, path) = address.split_once("//")?;
    let parts: Vec<&str> = path.split(['/', '?', '-']).collect();
    parts.windows(3).find_map(|w| {
        let [y, m, d] = w else { return None };
        let fits = y.len() == 4 && m.len() == 2 && d.len() == 2;
        let date = fits.then(|| day(y, m, d)).flatten()?;
        Some(date.into())
    })
}

/// A day in the lines between the headline and the text.
fn lines(runs: &[Run], from: usize, to: usize) -> Option<Stamp> {
    let between = runs.get(from..(to + 1).min(runs.len()).max(from))?;
    between
        .iter()
        .filter(|r| r.text.len() < 160)
        .find_map(|r| in_words(&r.text))
}

fn in_words(text: &str) -> Option<Stamp> {
    if let Some((date, _)) = dates::full_date(text) {
        return Some(date.into());
    }
    numbers(text)
}

/// "5.3.2031" and "2031/3/5" and "2031年3月5日", which every country reads alike.
fn numbers(text: &str) -> Option<Stamp> {
    let mut parts: Vec<(&str, char)> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let mark = rest[end..].chars().next().unwrap_or(' ');
        parts.push((&rest[..end], mark));
        rest = &rest[end..];
    }
    parts.windows(3).find_map(|w| {
        let [(a, m1), (b, m2), (c, _)] = w else {
            return None;
        };
        let date = match (m1, m2) {
            ('.', '.') if c.len() == 4 => day(c, b, a),
            ('-', '-') | ('/', '/') | ('.', '.') if a.len() == 4 => day(a, b, c),
            ('年' | '년', '月' | '월') => day(a, b, c),
            _ => None,
        };
        date.map(Stamp::from)
    })
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1980..=2100).contains(&year).then_some(date)
}

/// Reads a moment in any of the shapes that carriers and pages write.
pub(crate) fn stamp(words: &str) -> Option<Stamp> {
    let words = words.trim();
    if words.len() < 8 || words.len() > 80 {
        return None;
    }
    let found = formats::moment(words).or_else(|| in_words(words))?;
    let year = found.day().year();
    (1980..=2100).contains(&year).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_every_shape() {
        for (words, wanted) in [
            ("2031-03-05T10:00:00Z", "2031-03-05T10:00:00Z"),
            ("2031-03-05 16:17:29 +02:00", "2031-03-05T16:17:29+02:00"),
            ("2031-03-05T16:45+0100", "2031-03-05T16:45:00+01:00"),
            ("2031-03-05T16:45", "2031-03-05"),
            ("1930471200", "2031-03-05T10:00:00Z"),
            (
                "Wed, 05 Mar 2031 10:00:00 +0100",
                "2031-03-05T10:00:00+01:00",
            ),
            ("Published 5 March 2031", "2031-03-05"),
            ("5.3.2031, 14:00 Uhr", "2031-03-05"),
            ("2031年3月5日", "2031-03-05"),
        ] {
            let found = stamp(words).map(|s| s.to_string());
            assert_eq!(found.as_deref(), Some(wanted), "{words}");
        }
        for words in [
            "01/12/15 10:00",
            "0001-01-01T00:00:00Z",
            "yesterday at noon",
            "123456789012",
        ] {
            assert_eq!(stamp(words), None, "{words}");
        }
        assert_eq!(
            in_address("https://example.com/news/2031/03/05/ferry").map(|s| s.to_string()),
            Some("2031-03-05".to_owned())
        );
    }
}
