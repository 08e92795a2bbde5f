//! What is counted once for a page before its blocks are looked at one by one: how much running
//! text lies where, which blocks are made alike, what the page says of itself.
//!
//! Left out: the numbers of a block (`features`).

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Run;
use super::elements::{self, Element};
use super::facts::{Facts, word_hashes};
use super::head::Head;
use super::tag::Tag;
use super::tree::Tree;

/// A page with everything that is counted once.
pub(crate) struct Page<'a> {
    pub(super) tree: &'a Tree,
    pub(super) runs: &'a [Run],
    pub(super) facts: &'a [Facts],
    pub(super) elements: &'a [Element],
    pub(super) signatures: BTreeMap<u64, Signature>,
    pub(super) copies: BTreeMap<u64, (usize, usize)>,
    pub(super) body: BTreeSet<u64>,
    pub(super) title: BTreeSet<u64>,
    pub(super) teaser: BTreeSet<u64>,
    /// The element whose children hold most running text, and one that holds nearly all.
    pub(super) near: usize,
    pub(super) wide: usize,
    pub(super) total: f32,
    pub(super) words: f32,
    /// Words before each block; the first block that is the headline.
    pub(super) before: Vec<f32>,
    pub(super) heading: Option<usize>,
    /// Each block's element's signature; pictures right before each block and behind the last.
    pub(super) signs: Vec<u64>,
    pub(super) pictures: Vec<f32>,
    pub(super) gaps: Vec<f32>,
    pub(super) authors: Vec<Vec<u64>>,
}

/// What blocks of one signature hold.
#[derive(Clone, Copy, Default)]
pub(super) struct Signature {
    pub(super) good: f32,
    pub(super) words: f32,
    pub(super) runs: f32,
}

impl<'a> Page<'a> {
    pub(crate) fn new(
        tree: &'a Tree,
        runs: &'a [Run],
        facts: &'a [Facts],
        elements: &'a [Element],
        head: &Head,
    ) -> Self {
        let article = head.article();
        let text = |t: Option<&str>| t.map(word_hashes).unwrap_or_default();
        let body = text(article.and_then(|a| a.body.as_deref()));
        let title = head
            .meta_of(&["og:title", "twitter:title"])
            .or_else(|| head.title.clone());
        let teaser = head.meta_of(&["og:description", "description", "twitter:description"]);
        let mut page = Self {
            tree,
            runs,
            facts,
            elements,
            signatures: BTreeMap::new(),
            copies: BTreeMap::new(),
            body: body.windows(3).map(triple).collect(),
            title: text(title.as_deref()).into_iter().collect(),
            teaser: text(teaser.as_deref()).into_iter().collect(),
            near: 0,
            wide: 0,
            total: facts.iter().map(|f| f.good).sum::<f32>().max(1.0),
            words: facts.iter().map(|f| f.words).sum::<f32>().max(1.0),
            before: Vec::with_capacity(runs.len()),
            heading: None,
            signs: runs
                .iter()
                .map(|r| elements::signature(tree, elements, r.element))
                .collect(),
            pictures: Vec::new(),
            gaps: Vec::new(),
            authors: article
                .map(|a| a.authors.iter().map(|a| word_hashes(&a.name)).collect())
                .unwrap_or_default(),
        };
        page.between();
        page.count();
        page.near = page.nearest();
        page.wide = page.widest();
        page
    }

    fn count(&mut self) {
        let mut sum = 0.0;
        for (i, (run, facts)) in self.runs.iter().zip(self.facts).enumerate() {
            self.before.push(sum);
            sum += facts.words;
            let signature = self.signatures.entry(self.signs[i]).or_default();
            signature.good += facts.good;
            signature.words += facts.words;
            signature.runs += 1.0;
            let copy = self.copies.entry(facts.hash).or_insert((i, 0));
            copy.1 += 1;
            let tag = self.tag(run.element);
            if self.heading.is_none()
                && tag.is_heading()
                && overlap(&word_hashes(&run.text), &self.title) > 0.7
                && facts.words >= 3.0
            {
                self.heading = Some(i);
            }
        }
        if self.heading.is_none() {
            self.heading = self
                .runs
                .iter()
                .position(|r| self.tag(r.element) == Tag::H1);
        }
    }

    /// Counts pictures and elements between the blocks.
    fn between(&mut self) {
        let mut last = 0;
        let ends = self
            .runs
            .iter()
            .map(|r| r.first)
            .chain([self.tree.nodes.len()]);
        for first in ends {
            let nodes = self.tree.nodes.get(last..first).unwrap_or_default();
            let picture = |t: Tag| matches!(t, Tag::Img | Tag::Video | Tag::Iframe | Tag::Audio);
            let pictures = nodes.iter().filter(|n| picture(n.tag)).count();
            self.pictures.push(pictures.min(9) as f32);
            self.gaps.push(nodes.len().min(99) as f32);
            last = first;
        }
    }

    pub(crate) fn tag(&self, element: usize) -> Tag {
        self.tree.nodes.get(element).map_or(Tag::Other, |n| n.tag)
    }

    pub(crate) fn parent(&self, element: usize) -> usize {
        self.tree
            .nodes
            .get(element)
            .map_or(0, |n| n.parent as usize)
    }

    /// The nearest element above one that holds other blocks too.
    pub(super) fn above(&self, element: usize) -> usize {
        self.elements.get(element).map_or(0, |e| e.above as usize)
    }

    /// The element that running text speaks for most: a paragraph for its parent in full, for the
    /// elements above ever less.
    fn nearest(&self) -> usize {
        let mut scores = vec![0.0f32; self.elements.len()];
        for (run, facts) in self.runs.iter().zip(self.facts) {
            let mut at = run.element;
            let mut worth = facts.good;
            for _ in 0..4 {
                if at == 0 || worth == 0.0 {
                    break;
                }
                at = self.above(at);
                scores[at] += worth;
                worth *= 0.66;
            }
        }
        let mut best = 0;
        for (at, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = at;
            }
        }
        best
    }

    /// Walking down from the root, the last element that holds most of what its parent holds.
    fn widest(&self) -> usize {
        let mut best = 0;
        let goal = self.total * 0.6;
        for (at, element) in self.elements.iter().enumerate() {
            if element.good >= goal && self.tree.nodes[at].tag != Tag::Text {
                best = at;
            }
        }
        best
    }

    /// Whether the headline stands in an element.
    pub(super) fn holds_heading(&self, at: usize) -> bool {
        let heading = self.heading.and_then(|h| self.runs.get(h));
        let end = self.tree.nodes.get(at).map_or(0, |n| n.end as usize);
        heading.is_some_and(|h| (at..end).contains(&h.first))
    }

    /// The steps from a block's element to an element above it, if it is one.
    pub(super) fn steps(&self, mut at: usize, above: usize) -> Option<f32> {
        let mut steps = 0.0;
        while at > above {
            at = self.above(at);
            steps += 1.0;
        }
        (at <= above).then_some(steps)
    }
}

pub(super) fn triple(words: &[u64]) -> u64 {
    words.iter().fold(7, |h, w| {
        (h ^ w).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
    })
}

/// The share of words that are in the set.
pub(super) fn overlap(words: &[u64], set: &BTreeSet<u64>) -> f32 {
    let inside = words.iter().filter(|w| set.contains(w)).count();
    inside as f32 / words.len().max(1) as f32
}
