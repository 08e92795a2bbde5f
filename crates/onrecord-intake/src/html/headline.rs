//! The headline of a page: what its head, its JSON-LD and its first heading say, put to a vote.
//!
//! `<title>` and `og:title` often end with the outlet's name, a heading may begin with a kicker,
//! and a page may offer another headline to social networks. Left out: what no two of them share,
//! where the heading on the page has the word.

use std::ops::Range;

use super::blocks::Run;
use super::head::Head;
use super::tag::Tag;
use super::tree::Tree;

/// A headline, and the blocks of the page whose words it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Headline {
    pub(crate) text: String,
    pub(crate) runs: Range<usize>,
}

/// What one source says.
struct Voice {
    text: String,
    key: Vec<String>,
    weight: f32,
}

/// Between a headline and the outlet's name.
const MARKS: [&str; 12] = [
    " | ", " - ", " – ", " — ", " · ", " » ", " * ", " :: ", " • ", " / ", "｜", " ‹ ",
];

/// The headline of a page.
pub(crate) fn of(tree: &Tree, runs: &[Run], head: &Head) -> Option<Headline> {
    let names = outlet_names(head);
    let headings = headings(tree, runs);
    let mut voices = Vec::new();
    let mut add = |text: Option<&str>, weight: f32| {
        let Some(text) = text else { return };
        let text = without_outlet(text, &names);
        let key = key(text);
        if key.len() > 1 || text.chars().count() > 5 {
            voices.push(Voice {
                text: text.to_owned(),
                key,
                weight,
            });
        }
    };
    add(head.meta_of(&["og:title"]).as_deref(), 1.0);
    add(head.meta_of(&["twitter:title"]).as_deref(), 0.4);
    add(head.article().and_then(|a| a.headline.as_deref()), 1.0);
    add(head.title.as_deref(), 0.6);
    add(
        head.meta_of(&["title", "dc.title", "parsely-title", "sailthru.title"])
            .as_deref(),
        0.3,
    );
    let said = voices.len();
    for (_, text) in &headings {
        let own = key(text);
        let backed = voices[..said].iter().any(|v| shares(&own, &v.key) > 0.5);
        // A heading that nothing backs may be the outlet's name or that of a section.
        let weight = if backed || said == 0 { 1.1 } else { 0.5 };
        voices.push(Voice {
            text: text.clone(),
            key: own,
            weight,
        });
    }
    let best = elect(&voices)?;
    let text = voices[best].text.clone();
    let runs = place(&voices[best].key, runs, &headings);
    Some(Headline { text, runs })
}

/// The voice that the others speak for most; the first of equals.
fn elect(voices: &[Voice]) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (i, voice) in voices.iter().enumerate() {
        let backing = |other: &Voice| other.weight * agreement(&voice.key, &other.key);
        let sum: f32 = voices.iter().map(backing).sum();
        if best.is_none_or(|(_, most)| sum > most + 0.01) {
            best = Some((i, sum));
        }
    }
    best.map(|(i, _)| i)
}

/// How far another wording speaks for this one: in full where it is the same, in part where it
/// is this one with an outlet's name behind or a kicker before.
fn agreement(this: &[String], other: &[String]) -> f32 {
    if this == other {
        1.0
    } else if this.len() < 3 || other.len() <= this.len() {
        0.0
    } else if other.starts_with(this) {
        0.8
    } else if other.ends_with(this) {
        0.6
    } else {
        0.0
    }
}

/// The `<h1>` of a page with their blocks; where there is none, the first headings below.
fn headings(tree: &Tree, runs: &[Run]) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for wanted in [Tag::H1, Tag::H2] {
        for (at, node) in tree
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| n.tag == wanted)
        {
            let first = runs.partition_point(|r| r.first < at);
            let last = runs.partition_point(|r| r.first < node.end as usize);
            let texts: Vec<_> = runs[first..last].iter().map(|r| r.text.as_str()).collect();
            let text = texts.join(" ");
            if key(&text).len() > 1 || text.chars().count() > 7 {
                found.push((first..last, text));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    if found.len() > 4 {
        found.truncate(4);
    }
    found
}

/// The blocks whose words are the headline's: a heading, or else any block of the page.
fn place(wanted: &[String], runs: &[Run], headings: &[(Range<usize>, String)]) -> Range<usize> {
    for (range, text) in headings {
        if key(text) == wanted {
            return range.clone();
        }
    }
    let same = |run: &Run| run.text.len() < 600 && key(&run.text) == wanted;
    runs.iter().position(same).map_or(0..0, |i| i..i + 1)
}

/// The names an outlet goes by on its page, without spaces and in lower case.
fn outlet_names(head: &Head) -> Vec<String> {
    let mut names = Vec::new();
    let metas = [
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "publisher",
        "twitter:site",
        "copyright",
        "author",
    ];
    names.extend(metas.iter().filter_map(|m| head.meta_of(&[m])));
    names.extend(head.article().and_then(|a| a.publisher.clone()));
    let address = head.canonical.clone().or_else(|| head.meta_of(&["og:url"]));
    if let Some(host) = address.as_deref().and_then(host) {
        names.push(host.to_owned());
    }
    names
        .iter()
        .map(|n| key(n).concat())
        .filter(|n| n.len() > 1)
        .collect()
}

/// The host of an address without `www.`.
pub(crate) fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// A title without the outlet's name behind it.
fn without_outlet<'a>(title: &'a str, names: &[String]) -> &'a str {
    let mut rest = title.trim();
    for _ in 0..3 {
        let cut = MARKS
            .iter()
            .filter_map(|m| rest.rfind(m).map(|at| (at, m.len())))
            .max();
        let Some((at, len)) = cut else { break };
        let tail = key(&rest[at + len..]).concat();
        // "Express.co.uk" for "Express", "Politics News" no.
        let is_outlet = |n: &String| {
            tail.len() > 1
                && (n.contains(&tail) || (tail.contains(n.as_str()) && n.len() * 2 >= tail.len()))
        };
        if at == 0 || !names.iter().any(is_outlet) {
            break;
        }
        rest = rest[..at].trim_end();
    }
    rest
}

/// The words of a title in lower case, for comparing.
pub(crate) fn key(text: &str) -> Vec<String> {
    let low = text.to_lowercase();
    let words = low.split(|c: char| !c.is_alphanumeric() && c != '\u{ad}');
    words
        .filter(|w| !w.is_empty())
        .map(|w| w.replace('\u{ad}', ""))
        .collect()
}

/// The share of the shorter text's words that both have.
fn shares(a: &[String], b: &[String]) -> f32 {
    let both = a.iter().filter(|w| b.contains(w)).count();
    both as f32 / a.len().min(b.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, wanted: &str) {
        let tree = Tree::read(page);
        let runs = super::super::blocks::of(&tree);
        let found = of(&tree, &runs, &Head::of(&tree)).unwrap();
        assert_eq!(found.text, wanted);
    }

    #[test]
    fn the_outlet_is_no_part_of_a_headline() {
        check(
            "<title>Ferry line reopens - Bay Courier</title><meta property=og:site_name content='The Bay Courier'><h1>Bay</h1>",
            "Ferry line reopens",
        );
        check(
            "<title>Ferry line reopens | News</title><h1>Ferry line reopens</h1>",
            "Ferry line reopens",
        );
    }

    #[test]
    fn a_heading_without_backing_is_heard_last() {
        check(
            "<meta property=og:title content='Ferry line reopens'><h1>Your region today</h1>",
            "Ferry line reopens",
        );
        check(
            "<meta property=og:title content='You will not guess what the ferry did'>
             <script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry line reopens after storm\"}</script>
             <h1>Ferry line reopens after storm</h1>",
            "Ferry line reopens after storm",
        );
    }

    #[test]
    fn a_kicker_in_the_heading_is_no_part_of_the_headline() {
        check(
            "<meta property=og:title content='Old ferry line reopens'><h1><span>Harbour</span> Old ferry line reopens</h1>",
            "Old ferry line reopens",
        );
    }
}
