//! A web page to a draft: the article's blocks with the bytes each word stands at, and what the
//! page says of it.
//!
//! `tree` reads the markup, `blocks` cuts the visible words, `choice` tells the article from the
//! page around it, `head` and `json_ld` read what the page says beside its words.
//!
//! Left out: fetching, JavaScript, style sheets.

mod blocks;
mod choice;
mod extraction;
mod fragment;
mod head;
mod json_ld;
mod tag;
mod tree;

use onrecord_model::{Envelope, Problem, ProblemKind, SegmentLabel};

use crate::draft::{Block, Draft, Piece};

pub use extraction::{Extraction, extract};
pub(crate) use fragment::{fragment, schema_org};
use head::Head;
use tree::Tree;

/// Reads a decoded page.
pub(crate) fn read(page: &str) -> Draft {
    let tree = Tree::read(page);
    let head = Head::of(&tree);
    let runs = blocks::of(&tree);
    let kept = choice::of(&tree, &runs);
    let mut draft = Draft {
        envelope: envelope(&head),
        authors: head
            .article()
            .map(|a| a.authors.iter().map(|a| a.name.clone()).collect())
            .unwrap_or_default(),
        ..Draft::default()
    };
    let title = head
        .meta_of(&["og:title", "twitter:title"])
        .or_else(|| head.title.clone());
    if let Some(title) = title {
        draft.blocks.push(Block {
            label: Some(SegmentLabel::Headline),
            pieces: vec![Piece {
                text: title,
                source: None,
            }],
        });
    }
    for (run, _) in runs.iter().zip(&kept).filter(|(_, kept)| **kept) {
        let heading = tree.nodes[run.element].tag.is_heading();
        draft.blocks.push(Block {
            label: heading.then_some(SegmentLabel::Crosshead),
            pieces: run.pieces.clone(),
        });
    }
    if draft.blocks.iter().all(|b| b.label.is_some()) {
        draft.problems.push(Problem::new(
            ProblemKind::Empty,
            "the page holds no article",
        ));
    }
    draft
}

fn envelope(head: &Head) -> Envelope {
    let article = head.article();
    let published = article
        .and_then(|a| a.published.clone())
        .or_else(|| head.meta_of(&["article:published_time", "datepublished", "date", "pubdate"]));
    Envelope {
        published: published.and_then(|p| p.parse().ok()),
        outlet: head
            .meta_of(&["og:site_name"])
            .or_else(|| article.and_then(|a| a.publisher.clone())),
        url: head.canonical.clone().or_else(|| head.meta_of(&["og:url"])),
        language: head.language.clone(),
        ..Envelope::default()
    }
}

/// The words of a piece of markup.
pub(crate) fn plain(markup: &str) -> String {
    let runs = blocks::of(&Tree::read(markup));
    let texts: Vec<_> = runs.into_iter().map(|r| r.text).collect();
    texts.join(" ")
}
