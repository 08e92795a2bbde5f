//! The numbers by which a model tells a block of the article from the page around it.
//!
//! Every number is about form and place: words, links, punctuation, element names, class words,
//! the text around. None is a word of a language or the name of an outlet.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_lexicon::markup;

use super::blocks::Run;
use super::elements::{self, Element};
use super::facts::{Ending, Facts, word_hashes};
use super::head::Head;
use super::tag::Tag;
use super::tree::Tree;

/// Where numbers go, each with its name.
pub(crate) trait Sink {
    fn put(&mut self, name: &'static str, value: f32) {
        self.put_in("", name, value);
    }

    /// The same for a name that is one of a group.
    fn put_in(&mut self, group: &'static str, name: &'static str, value: f32);
}

impl Sink for Vec<f32> {
    fn put_in(&mut self, _: &'static str, _: &'static str, value: f32) {
        self.push(value);
    }
}

impl Sink for Vec<String> {
    fn put_in(&mut self, group: &'static str, name: &'static str, _: f32) {
        self.push([group, name].concat());
    }
}

/// A page with everything that is counted once.
pub(crate) struct Page<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) runs: &'a [Run],
    pub(crate) facts: &'a [Facts],
    pub(crate) elements: &'a [Element],
    signatures: BTreeMap<u64, Signature>,
    copies: BTreeMap<u64, (usize, usize)>,
    body: BTreeSet<u64>,
    title: BTreeSet<u64>,
    teaser: BTreeSet<u64>,
    /// The element whose children hold most running text, and one that holds nearly all.
    near: usize,
    wide: usize,
    total: f32,
    words: f32,
    /// Words before each block; the first block that is the headline.
    before: Vec<f32>,
    heading: Option<usize>,
    /// Each block's element's signature; pictures right before each block and behind the last.
    pub(crate) signs: Vec<u64>,
    pictures: Vec<f32>,
    gaps: Vec<f32>,
    authors: Vec<Vec<u64>>,
}

#[derive(Clone, Copy, Default)]
struct Signature {
    good: f32,
    words: f32,
    runs: f32,
}

/// The numbers of elements up to this far from a block count as near.
const FAR: f32 = 16.0;
/// More elements than this above a block are not looked at.
const HIGHEST: usize = 64;

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
    fn above(&self, element: usize) -> usize {
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

    /// The steps from a block's element to an element above it, if it is one.
    fn steps(&self, mut at: usize, above: usize) -> Option<f32> {
        let mut steps = 0.0;
        while at > above {
            at = self.above(at);
            steps += 1.0;
        }
        (at <= above).then_some(steps)
    }

    /// Puts all numbers of a block.
    pub(crate) fn row(&self, i: usize, out: &mut impl Sink) {
        let facts = &self.facts[i];
        let run = &self.runs[i];
        self.own(facts, run, out);
        self.path(run, out);
        self.containers(i, out);
        self.likeness(i, out);
        for (by, names) in [
            (
                -2,
                [
                    "b2_words",
                    "b2_linked",
                    "b2_good",
                    "b2_kind",
                    "b2_same",
                    "b2_phrase",
                ],
            ),
            (
                -1,
                [
                    "b1_words",
                    "b1_linked",
                    "b1_good",
                    "b1_kind",
                    "b1_same",
                    "b1_phrase",
                ],
            ),
            (
                1,
                [
                    "a1_words",
                    "a1_linked",
                    "a1_good",
                    "a1_kind",
                    "a1_same",
                    "a1_phrase",
                ],
            ),
            (
                2,
                [
                    "a2_words",
                    "a2_linked",
                    "a2_good",
                    "a2_kind",
                    "a2_same",
                    "a2_phrase",
                ],
            ),
        ] {
            self.neighbour(i, by, names, out);
        }
        self.around(i, out);
    }

    fn own(&self, facts: &Facts, run: &Run, out: &mut impl Sink) {
        out.put("words", facts.words);
        out.put("linked", facts.linked);
        out.put("marked", facts.marked);
        out.put("word_length", facts.word_length);
        out.put("commas", facts.commas / facts.words.max(1.0));
        out.put("stops", facts.stops / facts.words.max(1.0));
        out.put("stop_count", facts.stops);
        out.put("digits", facts.digits);
        out.put("capitals", facts.capitals);
        out.put("ends", ending(facts.ends));
        out.put("starts_low", flag(facts.starts_low));
        out.put("quotes", flag(facts.quotes));
        out.put("odd_marks", facts.odd_marks);
        out.put("pieces", run.pieces.len() as f32);
        out.put("good", facts.good);
        out.put("phrase_share", facts.phrase_share);
        for (bit, name) in markup::PHRASES.iter().enumerate() {
            let opens = facts.opens_with >> bit & 1;
            let any = facts.phrases >> bit & 1;
            out.put_in("says_", name, (opens * 2 + any) as f32);
        }
    }

    /// Names of tags and classes on the way from the block's element to the root.
    fn path(&self, run: &Run, out: &mut impl Sink) {
        let mut names = [FAR; markup::NAMES.len()];
        let mut tags = [FAR; PATH.len()];
        let mut roles = [FAR; 6];
        let (mut at, mut step) = (run.element, 0.0);
        for _ in 0..HIGHEST {
            let element = self.elements[at];
            for (bit, far) in names.iter_mut().enumerate() {
                if *far >= FAR && element.names >> bit & 1 == 1 {
                    *far = step;
                }
            }
            let tag = self.tag(at);
            if let Some(k) = PATH.iter().position(|(t, _)| *t == tag)
                && tags[k] >= FAR
            {
                tags[k] = step;
            }
            let role = element.role as usize;
            if role > 0 && roles[role - 1] >= FAR {
                roles[role - 1] = step;
            }
            if at == 0 || step >= FAR {
                break;
            }
            let parent = self.parent(at);
            // A wrapper is no step.
            step += f32::from(u8::from(self.elements[parent].runs > element.runs));
            at = parent;
        }
        out.put("kind", kind(self.tag(run.element)));
        out.put("parent_kind", kind(self.tag(self.parent(run.element))));
        out.put("depth", f32::from(self.elements[run.element].depth));
        for (far, name) in names.iter().zip(markup::NAMES) {
            out.put_in("named_", name, *far);
        }
        for (far, (_, name)) in tags.iter().zip(PATH) {
            out.put(name, *far);
        }
        for (far, name) in roles.iter().zip(ROLES) {
            out.put(name, *far);
        }
    }

    /// The elements that hold the block, and how much of the page's text they hold.
    fn containers(&self, i: usize, out: &mut impl Sink) {
        let run = &self.runs[i];
        let own = self.elements[run.element];
        out.put("own_runs", own.runs);
        let mut at = run.element;
        for names in [
            ["p1_good", "p1_linked", "p1_runs", "p1_share"],
            ["p2_good", "p2_linked", "p2_runs", "p2_share"],
            ["p3_good", "p3_linked", "p3_runs", "p3_share"],
            ["p4_good", "p4_linked", "p4_runs", "p4_share"],
        ] {
            at = self.above(at);
            let element = self.elements[at];
            let words = element.words.max(1.0);
            out.put(names[0], element.good / self.total);
            out.put(names[1], element.linked / words);
            out.put(names[2], element.runs);
            out.put(names[3], element.good / words);
        }
        for (container, names) in [
            (
                self.near,
                ["near_steps", "near_words", "near_at", "near_left"],
            ),
            (
                self.wide,
                ["wide_steps", "wide_words", "wide_at", "wide_left"],
            ),
        ] {
            let end = self.tree.nodes.get(container).map_or(0, |n| n.end as usize);
            let inside = run.element >= container && run.element < end;
            let steps = inside.then(|| self.steps(run.element, container)).flatten();
            let side = if run.element < container { -2.0 } else { -1.0 };
            out.put(names[0], steps.unwrap_or(side));
            out.put(names[1], self.elements[container].words);
            let first = self.runs.partition_point(|r| r.first < container);
            let last = self.runs.partition_point(|r| r.first < end);
            let start = self.before.get(first).copied().unwrap_or(self.words);
            let stop = self.before.get(last).copied().unwrap_or(self.words);
            out.put(names[2], self.before[i] - start);
            out.put(names[3], stop - self.before[i]);
        }
        out.put("near_good", self.elements[self.near].good / self.total);
        let holder = self.above(run.element);
        let end = self.tree.nodes.get(holder).map_or(0, |n| n.end as usize);
        let first = self.runs.partition_point(|r| r.first < holder);
        let last = self.runs.partition_point(|r| r.first < end);
        out.put(
            "p1_before",
            self.before[i] - self.before.get(first).copied().unwrap_or(0.0),
        );
        let stop = self.before.get(last).copied().unwrap_or(self.words);
        out.put("p1_after", stop - self.before[i] - self.facts[i].words);
        out.put("p1_from_start", i as f32 - first as f32);
        out.put("p1_from_end", last as f32 - i as f32);
        let s = self
            .signatures
            .get(&self.signs[i])
            .copied()
            .unwrap_or_default();
        out.put("sig_good", s.good / self.total);
        out.put("sig_words", s.words / s.runs.max(1.0));
        out.put("sig_runs", s.runs);
        out.put("sig_share", s.good / s.words.max(1.0));
    }

    /// What the block's words share with what the page says of itself.
    fn likeness(&self, i: usize, out: &mut impl Sink) {
        let hashes = word_hashes(&self.runs[i].text);
        out.put("title_like", overlap(&hashes, &self.title));
        out.put("teaser_like", overlap(&hashes, &self.teaser));
        let triples: Vec<u64> = hashes.windows(3).map(triple).collect();
        let like = if self.body.is_empty() {
            -1.0
        } else if triples.is_empty() {
            -0.5
        } else {
            overlap(&triples, &self.body)
        };
        out.put("body_like", like);
        out.put("body_size", self.body.len() as f32);
        let copy = self
            .copies
            .get(&self.facts[i].hash)
            .copied()
            .unwrap_or((i, 1));
        let named =
            |a: &&Vec<u64>| a.len() > 1 && hashes.windows(a.len()).any(|w| w == a.as_slice());
        let author = self.authors.iter().find(named);
        let starts = author.is_some_and(|a| hashes.starts_with(a));
        out.put(
            "author",
            author.map_or(0.0, |a| a.len() as f32 / hashes.len() as f32),
        );
        out.put("author_starts", flag(starts));
        out.put("copies", copy.1 as f32);
        out.put("copy_before", flag(copy.0 < i));
    }

    fn neighbour(&self, i: usize, by: isize, names: [&'static str; 6], out: &mut impl Sink) {
        let at = i.checked_add_signed(by).filter(|j| *j < self.runs.len());
        let facts = at.map(|j| &self.facts[j]);
        out.put(names[0], facts.map_or(-1.0, |f| f.words));
        out.put(names[1], facts.map_or(-1.0, |f| f.linked));
        out.put(names[2], facts.map_or(-1.0, |f| f.good));
        out.put(
            names[3],
            at.map_or(-1.0, |j| kind(self.tag(self.runs[j].element))),
        );
        let same = at.map_or(-1.0, |j| {
            let (a, b) = (&self.runs[i], &self.runs[j]);
            let (p, q) = (self.above(a.element), self.above(b.element));
            flag(self.signs[i] == self.signs[j]) + 2.0 * flag(p == q)
        });
        out.put(names[4], same);
        out.put(names[5], facts.map_or(-1.0, |f| f.phrases as f32));
    }

    /// How far the headline and the next running text are, and what stood over the block last.
    fn around(&self, i: usize, out: &mut impl Sink) {
        out.put("pictures_before", self.pictures[i]);
        out.put(
            "pictures_after",
            self.pictures.get(i + 1).copied().unwrap_or(0.0),
        );
        out.put("gap_before", self.gaps[i]);
        out.put("gap_after", self.gaps.get(i + 1).copied().unwrap_or(0.0));
        out.put("page_words", self.words);
        out.put("page_good", self.total);
        out.put("page_runs", self.runs.len() as f32);
        out.put("at", self.before[i] / self.words);
        out.put("at_words", self.before[i]);
        let from = self
            .heading
            .map_or(-9999.0, |h| self.before[i] - self.before[h]);
        out.put("from_heading", from);
        let back = (0..i).rev().take(12).find(|j| self.facts[*j].good > 0.0);
        let ahead = (i + 1..self.runs.len())
            .take(12)
            .find(|j| self.facts[*j].good > 0.0);
        out.put("good_back", back.map_or(13.0, |j| (i - j) as f32));
        out.put("good_ahead", ahead.map_or(13.0, |j| (j - i) as f32));
        let share = |j: Option<usize>| {
            j.and_then(|j| self.signatures.get(&self.signs[j]))
                .map_or(-1.0, |s| s.good / self.total)
        };
        out.put("good_back_sig", share(back));
        out.put("good_ahead_sig", share(ahead));
        let over = (0..i)
            .rev()
            .take(40)
            .find(|j| self.tag(self.runs[*j].element).is_heading());
        out.put("over", over.map_or(41.0, |j| (i - j) as f32));
        out.put(
            "over_kind",
            over.map_or(-1.0, |j| kind(self.tag(self.runs[j].element))),
        );
        out.put(
            "over_phrase",
            over.map_or(-1.0, |j| self.facts[j].phrases as f32),
        );
        let window = |range: std::ops::Range<usize>| {
            let (mut good, mut words) = (0.0, 1.0);
            for f in self.facts.get(range).unwrap_or_default() {
                good += f.good;
                words += f.words;
            }
            good / words
        };
        out.put("window_back", window(i.saturating_sub(6)..i));
        out.put("window_ahead", window(i + 1..(i + 7).min(self.runs.len())));
    }
}

/// The tags whose distance above a block counts.
const PATH: [(Tag, &str); 20] = [
    (Tag::P, "p"),
    (Tag::Article, "in_article"),
    (Tag::Main, "in_main"),
    (Tag::Aside, "in_aside"),
    (Tag::Nav, "in_nav"),
    (Tag::Header, "in_header"),
    (Tag::Footer, "in_footer"),
    (Tag::Form, "in_form"),
    (Tag::Figure, "in_figure"),
    (Tag::Figcaption, "in_figcaption"),
    (Tag::Table, "in_table"),
    (Tag::Ul, "in_ul"),
    (Tag::Ol, "in_ol"),
    (Tag::Button, "in_button"),
    (Tag::Blockquote, "in_blockquote"),
    (Tag::Section, "in_section"),
    (Tag::Details, "in_details"),
    (Tag::A, "in_a"),
    (Tag::Address, "in_address"),
    (Tag::Div, "in_div"),
];

const ROLES: [&str; 6] = [
    "role_body",
    "role_main",
    "role_aside",
    "role_navigation",
    "role_button",
    "role_article",
];

/// A tag as a number: alike tags lie side by side.
fn kind(tag: Tag) -> f32 {
    let number: u8 = match tag {
        Tag::P => 0,
        Tag::Blockquote => 1,
        Tag::Pre => 2,
        Tag::Li => 3,
        Tag::Dd | Tag::Dt | Tag::Dl => 4,
        Tag::Td | Tag::Th | Tag::Tr | Tag::Table | Tag::Tbody => 5,
        Tag::Div => 6,
        Tag::Section => 7,
        Tag::Article => 8,
        Tag::Main => 9,
        Tag::Body => 10,
        Tag::H1 => 11,
        Tag::H2 => 12,
        Tag::H3 => 13,
        Tag::H4 => 14,
        Tag::H5 | Tag::H6 => 15,
        Tag::Ul | Tag::Ol => 16,
        Tag::Figcaption => 17,
        Tag::Figure => 18,
        Tag::Header => 19,
        Tag::Aside => 20,
        Tag::Footer => 21,
        Tag::Nav => 22,
        Tag::Form => 23,
        Tag::Button => 24,
        Tag::Label => 25,
        Tag::A => 26,
        Tag::Span => 27,
        _ => 28,
    };
    f32::from(number)
}

fn ending(ends: Ending) -> f32 {
    f32::from(ends as u8)
}

fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn triple(words: &[u64]) -> u64 {
    words.iter().fold(7, |h, w| {
        (h ^ w).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
    })
}

/// The share of words that are in the set.
fn overlap(words: &[u64], set: &BTreeSet<u64>) -> f32 {
    let inside = words.iter().filter(|w| set.contains(w)).count();
    inside as f32 / words.len().max(1) as f32
}
