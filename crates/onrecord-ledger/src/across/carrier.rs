//! What a carrier changed in the copy it carries: retitled, cut, added to, put in another order,
//! rewritten, given a new lead.
//!
//! ```text
//! agency   lead | second | third | fourth
//! carrier  new lead | lead | third | local paragraph  ->  updated, cut inside, cut at the end, inserted
//! ```
//!
//! Takes both reports, because the words that were added are shown. Left out: furniture (a byline
//! or a credit line is not an edit) and what a changed word means.

use std::fmt;
use std::ops::Range;

use onrecord_model::{Report, Span, TextRange, VersionKind};
use serde::Serialize;

use super::facts::{Fact, fact};
use super::runs::{Run, Seeds, Token, gaps, shared};
use super::words::{Word, words};

/// Equal words that make a run between two that are known to be copies.
const RUN: usize = 6;
/// Words in a row that are told as added.
const ADDED: usize = 5;
/// Words in a row that are told as cut: less is a phrase.
const CUT: usize = 12;

/// How a carrier differs from the reference.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Difference {
    /// What was done, in the order of [`Edit`]; never empty.
    pub edits: Vec<Edit>,
    /// The share of the carrier's words that stand in the reference.
    pub shared: f64,
    /// The share of the reference's words that the carrier kept.
    pub kept: f64,
    /// The carrier's own words, in the order of its text.
    pub added: Vec<Added>,
    /// Words in place of the reference's: changed facts first, then in the order of the text.
    pub replaced: Vec<Replaced>,
}

/// A few words of the reference and what the carrier has in their place; one of the two is absent
/// where words were only left out or only put in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Replaced {
    /// What it makes another, if that can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<Fact>,
    /// In the reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Span>,
    /// In the carrier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<Span>,
}

/// A way of editing a copy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Edit {
    /// Nothing was: the same words in the same order.
    Verbatim,
    /// A number, a name, a negation or a word's direction is another.
    Altered,
    /// Another headline.
    Retitled,
    /// A new lead, or a notice that it is an update.
    Updated,
    /// Words in the middle are gone.
    CutInside,
    /// Words at the end are gone.
    CutEnd,
    /// Whole paragraphs were added.
    Inserted,
    /// Stretches stand in another order.
    Reordered,
    /// Words inside the carried text were changed.
    Rewritten,
}

impl Edit {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Altered => "altered",
            Self::Retitled => "retitled",
            Self::Updated => "updated",
            Self::CutInside => "cut_inside",
            Self::CutEnd => "cut_end",
            Self::Inserted => "inserted",
            Self::Reordered => "reordered",
            Self::Rewritten => "rewritten",
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Words that stand in the carrier only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Added {
    /// Where.
    pub part: Part,
    /// The words.
    pub span: Span,
}

/// Where words were added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Before everything that was carried.
    Lead,
    /// One or more whole paragraphs.
    Paragraph,
    /// Inside a paragraph.
    Words,
}

/// Compares a carrier with the reference of its copy.
pub fn compare(reference: &Report, carrier: &Report) -> Difference {
    let (their_title, theirs) = split(reference);
    let (title, own) = split(carrier);
    let (a, b) = (tokens(&own), tokens(&theirs));
    let runs = shared(&a, &b, &Seeds::of(&b), RUN);
    let added = added(carrier, &own, &runs);
    let mut kept = covered(theirs.len(), &runs);
    let mut stands = vec![false; own.len()];
    for run in &runs {
        stands[run.here.clone()].fill(true);
    }
    let exchanges = exchanges(&a, &b, (&own, &theirs), &runs, &kept);
    for (here, there) in &exchanges {
        stands[here.clone()].fill(false);
        kept[there.clone()].fill(false);
    }
    let replaced = replaced(reference, carrier, (&own, &theirs), &exchanges);
    let retitled =
        !title.is_empty() && !their_title.is_empty() && tokens(&title) != tokens(&their_title);
    let is_update = |r: &Report| {
        r.version
            .as_ref()
            .is_some_and(|v| v.kind == VersionKind::Update)
    };
    let lead = added.iter().any(|x| x.part == Part::Lead);
    let gone = gone(&kept);
    let plain = replaced.iter().any(|r| r.fact.is_none());
    let tests = [
        (Edit::Altered, replaced.iter().any(|r| r.fact.is_some())),
        (Edit::Retitled, retitled),
        (
            Edit::Updated,
            lead || is_update(carrier) && !is_update(reference),
        ),
        (
            Edit::CutInside,
            gone.iter().any(|g| g.1 < kept.len() && (g.0 > 0 || !lead)),
        ),
        (Edit::CutEnd, gone.iter().any(|g| g.1 == kept.len())),
        (
            Edit::Inserted,
            added.iter().any(|x| x.part == Part::Paragraph),
        ),
        (
            Edit::Reordered,
            runs.windows(2).any(|w| w[1].there.start < w[0].there.start),
        ),
        (
            Edit::Rewritten,
            plain || added.iter().any(|x| x.part == Part::Words),
        ),
    ];
    let mut edits: Vec<Edit> = tests.iter().filter(|t| t.1).map(|t| t.0).collect();
    if edits.is_empty() {
        // Equal by their whole hashes, not by the two bytes that runs compare.
        let same = own.iter().map(|w| w.hash).eq(theirs.iter().map(|w| w.hash));
        edits.push(if same {
            Edit::Verbatim
        } else {
            Edit::Rewritten
        });
    }
    let share = |n: usize, all: usize| if all == 0 { 1.0 } else { n as f64 / all as f64 };
    Difference {
        edits,
        shared: share(stands.iter().filter(|s| **s).count(), own.len()),
        kept: share(kept.iter().filter(|k| **k).count(), kept.len()),
        added,
        replaced,
    }
}

/// Stretches of either's words, by their places.
type Exchange = (Range<usize>, Range<usize>);

/// What stands in place of what: inside runs, and between those that follow one another.
fn exchanges(
    a: &[Token],
    b: &[Token],
    (own, theirs): (&[Word], &[Word]),
    runs: &[Run],
    kept: &[bool],
) -> Vec<Exchange> {
    let mut out: Vec<Exchange> = Vec::new();
    let mut paired = kept.to_vec();
    let mut from = (0, 0);
    let ends = (own.len()..own.len(), theirs.len()..theirs.len());
    let stops = runs.iter().map(|r| (r.here.clone(), r.there.clone()));
    for (n, (here, there)) in stops.chain([ends]).enumerate() {
        let is_next = from.1 <= there.start && !kept[from.1..there.start].contains(&true);
        let theirs_gone = if is_next {
            from.1..there.start
        } else {
            there.start..there.start
        };
        let (h, t) = (here.start.saturating_sub(from.0), theirs_gone.len());
        let was = if t < CUT {
            theirs_gone
        } else {
            there.start..there.start
        };
        paired[was.clone()].fill(true);
        let now = if h < ADDED || h < CUT && !was.is_empty() {
            from.0..here.start
        } else {
            here.start..here.start
        };
        out.push((now, was));
        if let Some(run) = runs.get(n) {
            within(a, b, (own, theirs), run, &mut out);
        }
        from = (here.end, there.end);
    }
    // Phrases left out where stretches changed places.
    let mut at = 0;
    for stretch in paired.chunk_by(|x, y| x == y) {
        if !stretch[0] && stretch.len() < CUT {
            out.push((own.len()..own.len(), at..at + stretch.len()));
        }
        at += stretch.len();
    }
    out.retain(|(now, was)| !now.is_empty() || !was.is_empty());
    out
}

/// What a run goes over, and words that are equal in the two bytes runs compare and no further.
fn within(
    a: &[Token],
    b: &[Token],
    (own, theirs): (&[Word], &[Word]),
    run: &Run,
    out: &mut Vec<Exchange>,
) {
    let end = (run.here.end..run.here.end, run.there.end..run.there.end);
    let (mut i, mut j) = (run.here.start, run.there.start);
    for (here, there) in gaps(a, b, run).into_iter().chain([end]) {
        for (x, y) in (i..here.start).zip(j..there.start) {
            if own[x].hash != theirs[y].hash {
                out.push((x..x + 1, y..y + 1));
            }
        }
        (i, j) = (here.end, there.end);
        out.push((here, there));
    }
}

fn replaced(
    reference: &Report,
    carrier: &Report,
    (own, theirs): (&[Word], &[Word]),
    exchanges: &[Exchange],
) -> Vec<Replaced> {
    let span = |report: &Report, words: &[Word]| {
        let (first, last) = (words.first()?, words.last()?);
        let range = TextRange::new(first.range.start, last.range.end);
        report.text.trimmed(range)
    };
    let told = |(here, there): &Exchange| {
        let (now, was) = (&own[here.clone()], &theirs[there.clone()]);
        Replaced {
            fact: fact((reference, was), (carrier, now)),
            was: span(reference, was),
            now: span(carrier, now),
        }
    };
    let mut out: Vec<Replaced> = exchanges.iter().map(told).collect();
    out.sort_by_key(|r| r.fact.is_none());
    out
}

/// The words of the headline, and the others.
fn split(report: &Report) -> (Vec<Word>, Vec<Word>) {
    words(report).into_iter().partition(|w| w.headline)
}

fn tokens(words: &[Word]) -> Vec<Token> {
    words.iter().map(Token::of).collect()
}

/// Which words of the reference stand in a run.
fn covered(words: usize, runs: &[Run]) -> Vec<bool> {
    let mut out = vec![false; words];
    for run in runs {
        out[run.there.clone()].fill(true);
    }
    out
}

/// Stretches of the reference that were cut.
fn gone(kept: &[bool]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    for stretch in kept.chunk_by(|a, b| a == b) {
        if !stretch[0] && stretch.len() >= CUT {
            out.push((at, at + stretch.len()));
        }
        at += stretch.len();
    }
    out
}

/// Stretches of the carrier between its runs.
fn added(carrier: &Report, own: &[Word], runs: &[Run]) -> Vec<Added> {
    let mut out = Vec::new();
    let mut from = 0;
    let starts = runs.iter().map(|r| r.here.start);
    let ends = runs.iter().map(|r| r.here.end);
    for (until, next) in starts.chain([own.len()]).zip(ends.chain([own.len()])) {
        if until >= from + ADDED {
            out.extend(addition(carrier, own, from, until, runs.is_empty()));
        }
        from = next;
    }
    out
}

fn addition(carrier: &Report, own: &[Word], from: usize, until: usize, all: bool) -> Option<Added> {
    let text = carrier.text.as_str();
    let range = TextRange::new(own[from].range.start, own[until - 1].range.end);
    let breaks = |a: u32, b: u32| {
        text.get(a as usize..b as usize)
            .is_some_and(|s| s.contains('\n'))
    };
    let before = from == 0 || breaks(own[from - 1].range.end, range.start);
    let after = own
        .get(until)
        .is_none_or(|w| breaks(range.end, w.range.start));
    let part = match (before, after) {
        (true, true) if from == 0 && !all => Part::Lead,
        (true, true) => Part::Paragraph,
        _ => Part::Words,
    };
    // The stop that ends the words belongs to them.
    let rest = text.get(range.end as usize..)?;
    let stop = rest
        .chars()
        .take_while(|c| matches!(c, '.' | '!' | '?' | '”' | '"' | '’'));
    let end = range.end as usize + stop.map(char::len_utf8).sum::<usize>();
    let span = carrier
        .text
        .trimmed(TextRange::of(range.start as usize, end))?;
    Some(Added { part, span })
}

#[cfg(test)]
mod tests;
