//! A web page to a draft: the article's blocks with the bytes each word stands at, and what the
//! page says of it.
//!
//! `tree` reads the markup, `blocks` cuts the visible words, `choice` tells the article from the
//! page around it, `among` adds what stands among its paragraphs, `head` and `json_ld` read what the page says beside its words.
//!
//! Left out: fetching, JavaScript, style sheets.

mod among;
mod assemble;
mod authors;
mod barrier;
mod blocks;
mod bounded;
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "for whoever decodes a page's bytes")
)]
mod charset;
mod choice;
mod elements;
mod extraction;
mod facts;
mod features;
mod fragment;
mod head;
mod headline;
mod json_ld;
mod model;
mod page;
mod published;
mod tag;
#[cfg(test)]
mod tests;
mod tree;

use onrecord_model::{Envelope, Metadata, Stamp, Subject};

use crate::bounds;
use crate::draft::Draft;

pub(crate) use charset::charset;
pub use choice::{Weighed, weigh, weights};
pub use extraction::{Extraction, extract};
pub(crate) use fragment::{fragment, schema_org};
use head::Head;
use json_ld::Article;
use tree::Tree;

/// Reads a decoded page.
pub(crate) fn read(page: &str) -> Draft {
    let (page, cut) = bounds::page(page);
    let tree = Tree::read(page);
    let head = Head::of(&tree);
    let mut runs = blocks::of(&tree);
    let cut = cut.or_else(|| bounds::blocks(runs.len()));
    runs.truncate(bounds::BLOCKS);
    let mut kept = choice::of(&tree, &runs, &head);
    among::add(&tree, &runs, &mut kept);
    let headline = headline::of(&tree, &runs, &head).unwrap_or_default();
    let barrier = barrier::of(&runs, &kept, &head);
    if barrier.gives_up {
        return Draft {
            envelope: envelope(&head, None),
            problems: barrier.problem.into_iter().chain(cut).collect(),
            is_page: true,
            ..Draft::default()
        };
    }
    let first = kept.iter().position(|k| *k).unwrap_or(0);
    let from = if headline.runs.start < first {
        headline.runs.start
    } else {
        0
    };
    let authors = authors::of(&tree, &runs, &head, from, first);
    let published = published::of(&tree, &runs, &head, from, first);
    Draft {
        blocks: assemble::blocks(&tree, &runs, &kept, &headline, &head, &authors),
        authors,
        envelope: envelope(&head, published),
        problems: barrier.problem.into_iter().chain(cut).collect(),
        is_page: true,
        ..Draft::default()
    }
}

/// What the page says of its article beside its words.
fn envelope(head: &Head, published: Option<Stamp>) -> Envelope {
    let article = head.article();
    let own = |get: fn(&Article) -> &Option<String>| article.and_then(|a| get(a).clone());
    let outlet = head
        .meta_of(&["og:site_name"])
        .or_else(|| own(|a| &a.publisher));
    let section = own(|a| &a.section).or_else(|| head.meta_of(&["article:section"]));
    let mut keywords = article.map(|a| a.keywords.clone()).unwrap_or_default();
    if keywords.is_empty() {
        keywords = head.metas_of("article:tag");
    }
    if keywords.is_empty() {
        let listed = head
            .meta_of(&["news_keywords", "keywords"])
            .unwrap_or_default();
        let words = listed.split([',', ';']).map(|w| w.trim().to_owned());
        keywords = words.filter(|w| !w.is_empty()).collect();
    }
    Envelope {
        published,
        outlet: outlet.or_else(|| head.meta_of(&["application-name"])),
        url: head.address(),
        language: own(|a| &a.language)
            .filter(|l| l.len() < 12)
            .or_else(|| head.language.clone()),
        metadata: Metadata {
            uri: own(|a| &a.identifier),
            updated: published::updated(head).map(|s| s.to_string()),
            subjects: section
                .into_iter()
                .map(|name| Subject {
                    name: Some(name),
                    ..Subject::default()
                })
                .collect(),
            keywords,
            ednote: own(|a| &a.correction),
            usageterms: own(|a| &a.terms),
            copyright: own(|a| &a.copyright)
                .or_else(|| head.meta_of(&["copyright", "dcterms.rights", "dc.rights"])),
            ..Metadata::default()
        },
    }
}

/// The words of a piece of markup.
pub(crate) fn plain(markup: &str) -> String {
    let runs = blocks::of(&Tree::read(markup));
    let texts: Vec<_> = runs.into_iter().map(|r| r.text).collect();
    texts.join(" ")
}
