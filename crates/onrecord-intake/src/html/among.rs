//! What belongs to an article by where it stands: lists, tables, quotations and linked paragraphs
//! among its paragraphs, and credits at its end.
//!
//! The model of `choice` learned from pages that hold few of these, and takes them for furniture
//! by their make. Here each must stand inside the element that holds the article, between two
//! blocks that were kept or right beside one, and neither its form nor the names of the elements
//! around it may say that it is something else.
//!
//! Left out: what stands in an `<aside>` or is named for one.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::markup;
use onrecord_model::SegmentLabel;

use super::blocks::Run;
use super::elements;
use super::facts::{self, Ending, Facts};
use super::tag::Tag;
use super::tree::{Attr, Tree};
use crate::furniture;

/// Groups of class words that name what is no part of an article.
const FURNITURE: [&str; 17] = [
    "promo",
    "newsletter",
    "caption",
    "share",
    "comment",
    "discussion",
    "byline",
    "date",
    "advert",
    "navigation",
    "side",
    "tags",
    "modal",
    "hidden",
    "poll",
    "action",
    "foot",
];

/// More of a list or a quotation than this in links makes it a list of links.
const LINKED: f32 = 0.3;
/// A paragraph that is one link has at least so many words, and one that is none so many.
const WORDS: (f32, f32) = (12.0, 4.0);
/// Credits stand no more blocks than this behind the last paragraph.
const BEHIND: usize = 6;

/// Adds to the blocks of a page that are kept those which stand among them.
pub(crate) fn add(tree: &Tree, runs: &[Run], kept: &mut [bool]) {
    let facts: Vec<Facts> = runs.iter().map(facts::of).collect();
    if let Some(shown) = overlay(tree, runs, &facts, kept) {
        kept.copy_from_slice(&shown);
    }
    let (Some(first), Some(last)) = (kept.iter().position(|k| *k), kept.iter().rposition(|k| *k))
    else {
        return;
    };
    let scope = scope(tree, runs, kept);
    let known = runs.iter().zip(&*kept).filter(|(_, k)| **k);
    let among = Among {
        tree,
        runs,
        facts: &facts,
        scope,
        makes: known.map(|(run, _)| make(tree, run)).collect(),
        said: said(tree, runs, scope),
    };
    for (i, kept) in kept.iter_mut().enumerate().take(last).skip(first) {
        *kept = *kept || among.belongs(i) || among.signs(i);
    }
    for i in (0..first).rev() {
        if !among.is_paragraph(i) {
            break;
        }
        kept[i] = true;
    }
    let behind = (last + 1..runs.len())
        .take_while(|i| among.belongs(*i))
        .count();
    kept[last + 1..=last + behind].fill(true);
    let last = kept.iter().rposition(|k| *k).unwrap_or(last);
    for i in (last + 1..runs.len()).take(BEHIND) {
        kept[i] = among.signs(i);
    }
}

/// The only article on a page of other things: what opens over a list of teasers. Its blocks,
/// where none of them was kept.
fn overlay(tree: &Tree, runs: &[Run], facts: &[Facts], kept: &[bool]) -> Option<Vec<bool>> {
    let mut articles = (0..tree.nodes.len()).filter(|at| tree.nodes[*at].tag == Tag::Article);
    let article = articles.next()?;
    if articles.next().is_some() {
        return None;
    }
    let inside = |run: &Run| holds(tree, article, run.first);
    if runs.iter().zip(kept).any(|(r, k)| *k && inside(r)) {
        return None;
    }
    let titled = runs
        .iter()
        .any(|r| inside(r) && tree.nodes[r.element].tag == Tag::H1);
    let prose = |(r, f): (&Run, &Facts)| inside(r) && f.good > 0.0;
    let shown: Vec<bool> = runs.iter().zip(facts).map(prose).collect();
    (titled && shown.iter().filter(|s| **s).count() > 2).then_some(shown)
}

fn holds(tree: &Tree, element: usize, node: usize) -> bool {
    let end = tree.nodes.get(element).map_or(0, |n| n.end as usize);
    (element..end).contains(&node)
}

/// The element that holds the article: the one around all that was kept, or the article that one
/// is in.
fn scope(tree: &Tree, runs: &[Run], kept: &[bool]) -> usize {
    let mut held = runs.iter().zip(kept).filter(|(_, k)| **k).map(|(r, _)| r);
    let Some(first) = held.next() else { return 0 };
    let up = |at: usize| tree.nodes[at].parent as usize;
    let mut around = up(first.element);
    for run in held {
        while around > 0 && !holds(tree, around, run.first) {
            around = up(around);
        }
    }
    let mut at = around;
    while at > 0 {
        let says = tree.attr(at, Attr::ItemProp).unwrap_or_default();
        if tree.nodes[at].tag == Tag::Article || says.contains("articleBody") {
            return at;
        }
        at = up(at);
    }
    around
}

/// The tag and class of a block's element, and the class around it.
fn make<'t>(tree: &'t Tree, run: &Run) -> (Tag, &'t str, &'t str) {
    let class = |at: usize| tree.attr(at, Attr::Class).unwrap_or_default();
    let parent = tree.nodes[run.element].parent as usize;
    (
        tree.nodes[run.element].tag,
        class(run.element),
        class(parent),
    )
}

/// The lists, tables and quotations of an article, each with whether it says something: more than
/// one block or a sentence, and few links. Of those within others, the outermost.
fn said(tree: &Tree, runs: &[Run], scope: usize) -> BTreeMap<usize, bool> {
    let mut said = BTreeMap::new();
    let end = tree.nodes.get(scope).map_or(0, |n| n.end as usize);
    let mut at = scope + 1;
    while at < end {
        let node = &tree.nodes[at];
        let group = [Tag::Ul, Tag::Ol, Tag::Dl, Tag::Table, Tag::Blockquote];
        if !group.contains(&node.tag) {
            at += 1;
            continue;
        }
        let first = runs.partition_point(|r| r.first < at);
        let last = runs.partition_point(|r| r.first < node.end as usize);
        let own = &runs[first..last];
        let size: usize = own.iter().map(|r| r.text.len()).sum();
        let linked: usize = own.iter().map(|r| r.linked).sum();
        let share = linked as f32 / size.max(1) as f32;
        let says = own.len() > 1 || own.first().is_some_and(|r| closes(&facts::of(r)));
        said.insert(at, says && share <= LINKED);
        at = (node.end as usize).max(at + 1);
    }
    said
}

struct Among<'a> {
    tree: &'a Tree,
    runs: &'a [Run],
    facts: &'a [Facts],
    /// The element that holds the article.
    scope: usize,
    /// The makes of the blocks that were kept.
    makes: BTreeSet<(Tag, &'a str, &'a str)>,
    /// Lists, tables and quotations, and whether each says something.
    said: BTreeMap<usize, bool>,
}

impl Among<'_> {
    /// The elements around a block inside the article, innermost first; `None` outside of it.
    fn around(&self, i: usize) -> Option<Vec<usize>> {
        let mut at = self.runs[i].element;
        let mut out = Vec::new();
        while at > self.scope {
            out.push(at);
            at = self.tree.nodes[at].parent as usize;
        }
        (at == self.scope).then_some(out)
    }

    fn tag(&self, at: usize) -> Tag {
        self.tree.nodes[at].tag
    }

    /// Whether a block is a part of the article by its place and make.
    fn belongs(&self, i: usize) -> bool {
        let Some(around) = self.around(i) else {
            return false;
        };
        let quoted = around.iter().any(|at| self.tag(*at) == Tag::Blockquote);
        if around.iter().any(|at| self.is_apart(*at, quoted)) || self.is_furniture(i) {
            return false;
        }
        let group = around.iter().find_map(|at| self.said.get(at));
        group.copied().unwrap_or_else(|| self.is_paragraph(i))
    }

    /// Whether an element stands apart from an article's text; a quotation may have a foot.
    fn is_apart(&self, at: usize, quoted: bool) -> bool {
        let tag = self.tag(at);
        let apart = matches!(
            tag,
            Tag::Aside
                | Tag::Nav
                | Tag::Form
                | Tag::Button
                | Tag::Header
                | Tag::Figcaption
                | Tag::Address
                | Tag::Label
        );
        apart || tag.is_heading() || tag == Tag::Footer && !quoted || self.is_named(at)
    }

    fn is_named(&self, at: usize) -> bool {
        let names = elements::names(self.tree, at);
        let furniture =
            |(bit, name): (usize, &&str)| names >> bit & 1 == 1 && FURNITURE.contains(name);
        markup::NAMES.iter().enumerate().any(furniture)
    }

    /// Whether a block is furniture by its words.
    fn is_furniture(&self, i: usize) -> bool {
        self.facts[i].phrase_share > 0.2 || furniture::of_line(&self.runs[i].text).is_some()
    }

    /// Whether a block is a paragraph of the make of those that were kept, though it be a link.
    fn is_paragraph(&self, i: usize) -> bool {
        let run = &self.runs[i];
        let Some(around) = self.around(i) else {
            return false;
        };
        let alike = run.element > 0
            && self.tag(run.element) == Tag::P
            && self.makes.contains(&make(self.tree, run));
        let apart = around.iter().any(|at| self.is_apart(*at, false));
        let facts = &self.facts[i];
        let least = if facts.linked > LINKED {
            WORDS.0
        } else {
            WORDS.1
        };
        alike && !apart && facts.words >= least && closes(facts) && !self.is_furniture(i)
    }

    /// Whether a block names who made the report, or tells of a change in it.
    fn signs(&self, i: usize) -> bool {
        let Some(around) = self.around(i) else {
            return false;
        };
        let aside = |at: &usize| {
            matches!(
                self.tag(*at),
                Tag::Aside | Tag::Nav | Tag::Figure | Tag::Figcaption | Tag::Form
            )
        };
        let label = furniture::of_line(&self.runs[i].text);
        let signs = matches!(label, Some(SegmentLabel::Credit | SegmentLabel::Correction));
        signs && !around.iter().any(aside)
    }
}

/// Whether a block ends as a sentence does.
fn closes(facts: &Facts) -> bool {
    matches!(facts.ends, Ending::Stop | Ending::Question | Ending::Dots)
}
