//! The numbers by which a model tells a block of the article from the page around it.
//!
//! Every number is about form and place: words, links, punctuation, element names, class words,
//! the text around. None is a word of a language or the name of an outlet.

use onrecord_lexicon::markup;

use super::blocks::Run;
use super::facts::{Ending, Facts, word_hashes};
use super::page::{Page, overlap, triple};
use super::tag::Tag;

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

/// The numbers of elements up to this far from a block count as near.
const FAR: f32 = 16.0;
/// The bits of elements named for captions and for what readers say of an article.
const CAPTION: usize = 5;
const DISCUSSION: usize = markup::NAMES.len() - 1;
/// More elements than this above a block are not looked at.
const HIGHEST: usize = 64;

impl Page<'_> {
    /// Puts all numbers of a block.
    pub(crate) fn row(&self, i: usize, out: &mut impl Sink) {
        let facts = &self.facts[i];
        let run = &self.runs[i];
        own(facts, run, out);
        self.path(run, out);
        self.containers(i, out);
        self.likeness(i, out);
        for (by, group) in [(-2, "b2_"), (-1, "b1_"), (1, "a1_"), (2, "a2_")] {
            self.neighbour(i, by, group, out);
        }
        self.around(i, out);
    }

    /// Names of tags and classes on the way from the block's element to the root.
    fn path(&self, run: &Run, out: &mut impl Sink) {
        let mut names = [FAR; markup::NAMES.len()];
        let mut tags = [FAR; PATH.len()];
        let mut roles = [FAR; 6];
        let mut apart = false;
        let (mut at, mut step) = (run.element, 0.0);
        for _ in 0..HIGHEST {
            let element = self.elements[at];
            for (bit, far) in names.iter_mut().enumerate() {
                if *far >= FAR && element.names >> bit & 1 == 1 {
                    *far = step;
                }
            }
            let tag = self.tag(at);
            apart |= self.is_apart(at, tag, step);
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
        out.put("apart", flag(apart));
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

    /// Whether an element says that what it holds is not the article's text: an `<aside>`, a
    /// caption, the readers' comments.
    fn is_apart(&self, at: usize, tag: Tag, step: f32) -> bool {
        let element = &self.elements[at];
        let named = |bit: usize| element.names >> bit & 1 == 1;
        if tag == Tag::Figcaption || (named(CAPTION) && step < 2.0) {
            return true;
        }
        let aside = tag == Tag::Aside && element.good * 2.0 < self.total;
        (aside || named(DISCUSSION)) && !self.holds_heading(at)
    }

    /// The elements that hold the block, and how much of the page's text they hold.
    fn containers(&self, i: usize, out: &mut impl Sink) {
        let run = &self.runs[i];
        let own = self.elements[run.element];
        out.put("own_runs", own.runs);
        let mut at = run.element;
        for group in ["p1_", "p2_", "p3_", "p4_"] {
            at = self.above(at);
            let element = self.elements[at];
            let words = element.words.max(1.0);
            out.put_in(group, "good", element.good / self.total);
            out.put_in(group, "linked", element.linked / words);
            out.put_in(group, "runs", element.runs);
            out.put_in(group, "share", element.good / words);
        }
        for (container, group) in [(self.near, "near_"), (self.wide, "wide_")] {
            let end = self.tree.nodes.get(container).map_or(0, |n| n.end as usize);
            let inside = run.element >= container && run.element < end;
            let steps = inside.then(|| self.steps(run.element, container)).flatten();
            let side = if run.element < container { -2.0 } else { -1.0 };
            out.put_in(group, "steps", steps.unwrap_or(side));
            out.put_in(group, "words", self.elements[container].words);
            let first = self.runs.partition_point(|r| r.first < container);
            let last = self.runs.partition_point(|r| r.first < end);
            let start = self.before.get(first).copied().unwrap_or(self.words);
            let stop = self.before.get(last).copied().unwrap_or(self.words);
            out.put_in(group, "at", self.before[i] - start);
            out.put_in(group, "left", stop - self.before[i]);
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

    fn neighbour(&self, i: usize, by: isize, group: &'static str, out: &mut impl Sink) {
        let beside = i.checked_add_signed(by).filter(|j| *j < self.runs.len());
        let facts = beside.map(|j| &self.facts[j]);
        let element = |j: usize| self.runs[j].element;
        let same = beside.map_or(-1.0, |j| {
            let alike = self.signs[i] == self.signs[j];
            let together = self.above(element(i)) == self.above(element(j));
            flag(alike) + 2.0 * flag(together)
        });
        out.put_in(group, "words", facts.map_or(-1.0, |f| f.words));
        out.put_in(group, "linked", facts.map_or(-1.0, |f| f.linked));
        out.put_in(group, "good", facts.map_or(-1.0, |f| f.good));
        let tag = beside.map(|j| self.tag(element(j)));
        out.put_in(group, "kind", tag.map_or(-1.0, kind));
        out.put_in(group, "same", same);
        out.put_in(group, "phrase", facts.map_or(-1.0, |f| f.phrases as f32));
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

/// What its own words tell.
fn own(facts: &Facts, run: &Run, out: &mut impl Sink) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_have_their_names() {
        assert_eq!(markup::NAMES[CAPTION], "caption");
        assert_eq!(markup::NAMES[DISCUSSION], "discussion");
    }
}
