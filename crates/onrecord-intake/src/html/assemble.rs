//! The chosen blocks in reading order, each with what the markup says it is.
//!
//! Left out: which paragraph is a dateline or a credit (`structure`).

use onrecord_model::SegmentLabel;

use super::blocks::Run;
use super::elements;
use super::head::Head;
use super::headline::{Headline, key};
use super::tag::Tag;
use super::tree::{Attr, Tree};
use crate::draft::{Block, Piece};

/// Longer lines under a headline are running text.
const TEASER: usize = 600;

/// Headline, teaser, byline and the kept blocks with the captions between them.
pub(crate) fn blocks(
    tree: &Tree,
    runs: &[Run],
    kept: &[bool],
    headline: &Headline,
    head: &Head,
    authors: &[String],
) -> Vec<Block> {
    let mut out = Vec::new();
    if let Some(block) = heading(runs, headline) {
        out.push(block);
    }
    let first = kept.iter().position(|k| *k).unwrap_or(runs.len());
    let last = kept.iter().rposition(|k| *k).unwrap_or(0);
    let teaser = head.meta_of(&["og:description", "description", "twitter:description"]);
    let teaser = key(&teaser.unwrap_or_default());
    let is_live = head.articles.iter().any(|a| a.kind == "LiveBlogPosting");
    for (i, run) in runs.iter().enumerate().take(last + 1) {
        if headline.runs.contains(&i) {
            continue;
        }
        let label = if kept[i] {
            tree.nodes[run.element]
                .tag
                .is_heading()
                .then_some(SegmentLabel::Crosshead)
        } else if i < first && i >= headline.runs.end && !headline.runs.is_empty() {
            let Some(label) = over_text(tree, run, &teaser, authors) else {
                continue;
            };
            Some(label)
        } else if i > first && is_caption(tree, run) {
            Some(SegmentLabel::Caption)
        } else if is_live && is_time(tree, run) && (i..i + 4).any(|j| kept.get(j) == Some(&true)) {
            Some(SegmentLabel::Crosshead)
        } else {
            continue;
        };
        if label == Some(SegmentLabel::Byline) {
            out.extend(lines(run).map(|l| l.labelled(SegmentLabel::Byline)));
            continue;
        }
        out.push(Block {
            label,
            pieces: run.pieces.clone(),
        });
    }
    out
}

/// The lines of a block as blocks of their own: a byline's name, outlet and day.
fn lines(run: &Run) -> impl Iterator<Item = Block> {
    let starts = std::iter::once(0).chain(run.breaks.iter().copied());
    let ends = run.breaks.iter().copied().chain([run.pieces.len()]);
    let lines = starts.zip(ends).filter_map(|(a, b)| run.pieces.get(a..b));
    lines.filter_map(line)
}

/// A line without the white space at its ends. What is spelt otherwise in the page stays in one piece,
/// since its words cannot be told apart there.
fn line(pieces: &[Piece]) -> Option<Block> {
    let mut pieces = pieces.to_vec();
    let blank = |p: &Piece| p.text.trim().is_empty();
    pieces.truncate(pieces.iter().rposition(|p| !blank(p))? + 1);
    pieces.drain(..pieces.iter().position(|p| !blank(p))?);
    if let Some(first) = pieces.first_mut() {
        first.trim_start();
    }
    if let Some(last) = pieces.last_mut() {
        last.trim_end();
    }
    Some(Block {
        label: None,
        pieces,
    })
}

/// The headline with the bytes it stands at, where it stands on the page.
fn heading(runs: &[Run], headline: &Headline) -> Option<Block> {
    let mut pieces: Vec<Piece> = Vec::new();
    for run in runs.get(headline.runs.clone()).unwrap_or_default() {
        if let Some(last) = pieces.last_mut() {
            last.text.push(' ');
        }
        pieces.extend(run.pieces.iter().cloned());
    }
    if pieces.is_empty() && !headline.text.is_empty() {
        pieces.push(Piece {
            text: headline.text.clone(),
            source: None,
        });
    }
    (!pieces.is_empty()).then_some(Block {
        label: Some(SegmentLabel::Headline),
        pieces,
    })
}

/// What a block between headline and text is, where that can be told.
fn over_text(
    tree: &Tree,
    run: &Run,
    teaser: &[String],
    authors: &[String],
) -> Option<SegmentLabel> {
    let words = key(&run.text);
    let signs = |a: &String| {
        let name = key(a);
        !name.is_empty() && words.windows(name.len()).any(|w| w == name)
    };
    if words.len() <= 25 && authors.iter().any(signs) {
        return Some(SegmentLabel::Byline);
    }
    if run.text.len() > TEASER || words.len() < 4 || run.linked * 2 > run.text.len() {
        return None;
    }
    let shared = words.iter().filter(|w| teaser.contains(w)).count();
    let sums_up = shared * 10 >= words.len() * 8;
    (sums_up || is_named(tree, run, "deck", 2)).then_some(SegmentLabel::Teaser)
}

/// Whether a block is a moment and nothing else: the stamp of a live blog's entry.
fn is_time(tree: &Tree, run: &Run) -> bool {
    let mut at = run.first;
    while at > run.element {
        at = tree.nodes[at].parent as usize;
        if tree.nodes[at].tag == Tag::Time {
            return run.text.chars().count() <= 40 && run.pieces.len() == 1;
        }
    }
    false
}

/// Whether a block stands under a picture.
fn is_caption(tree: &Tree, run: &Run) -> bool {
    let mut at = run.element;
    for _ in 0..3 {
        let node = &tree.nodes[at];
        if node.tag == Tag::Figcaption {
            return true;
        }
        at = node.parent as usize;
    }
    is_named(tree, run, "caption", 2)
}

/// Whether the block's element or one of those around it is named for a group of words.
fn is_named(tree: &Tree, run: &Run, group: &str, steps: usize) -> bool {
    let bit = onrecord_lexicon::markup::NAMES
        .iter()
        .position(|n| *n == group);
    let mut at = run.element;
    for _ in 0..=steps {
        let says = tree.attr(at, Attr::Class).is_some() || tree.attr(at, Attr::Id).is_some();
        if says && bit.is_some_and(|b| elements::names(tree, at) >> b & 1 == 1) {
            return true;
        }
        at = tree.nodes[at].parent as usize;
    }
    false
}
