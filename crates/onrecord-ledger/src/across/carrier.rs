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

use onrecord_model::{Report, Span, TextRange, VersionKind};
use serde::Serialize;

use super::runs::{Run, Seeds, Token, shared};
use super::words::{Word, words};

/// Equal words that make a run between two that are known to be copies.
const RUN: usize = 6;
/// Words in a row that are told as added.
const ADDED: usize = 5;
/// Words in a row that are told as cut: less is a phrase.
const CUT: usize = 12;
/// The share of a carrier's own words inside carried text above which it was rewritten: house
/// style changes fewer.
const REWRITTEN: f64 = 0.02;

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
}

/// A way of editing a copy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Edit {
    /// Nothing was: the same words in the same order.
    Verbatim,
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
    let kept = covered(theirs.len(), &runs);
    let retitled =
        !title.is_empty() && !their_title.is_empty() && tokens(&title) != tokens(&their_title);
    let is_update = |r: &Report| {
        r.version
            .as_ref()
            .is_some_and(|v| v.kind == VersionKind::Update)
    };
    let lead = added.iter().any(|x| x.part == Part::Lead);
    let gone = gone(&kept);
    let tests = [
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
        (Edit::Rewritten, changed(&own, &runs, &added) > REWRITTEN),
    ];
    let mut edits: Vec<Edit> = tests.iter().filter(|t| t.1).map(|t| t.0).collect();
    if edits.is_empty() {
        edits.push(Edit::Verbatim);
    }
    let share = |n: usize, all: usize| if all == 0 { 1.0 } else { n as f64 / all as f64 };
    Difference {
        edits,
        shared: share(runs.iter().map(|r| r.here.len()).sum(), own.len()),
        kept: share(kept.iter().filter(|k| **k).count(), kept.len()),
        added,
    }
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

/// The share of the carrier's words outside added paragraphs that are not the reference's.
fn changed(own: &[Word], runs: &[Run], added: &[Added]) -> f64 {
    let paragraphs = added.iter().filter(|a| a.part != Part::Words);
    let whole: Vec<TextRange> = paragraphs.map(|a| a.span.range()).collect();
    let inside = |w: &&Word| !whole.iter().any(|r| r.contains(w.range));
    let carried = own.iter().filter(inside).count();
    let equal: usize = runs.iter().map(|r| r.tally.equal).sum();
    carried.saturating_sub(equal) as f64 / carried.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::testing::{body, paragraph, report};

    fn check(reference: &str, carrier: &str, want: &[Edit], added: &[(Part, &str)]) {
        let difference = compare(&report("", reference), &report("", carrier));
        assert_eq!(difference.edits, want, "{difference:?}");
        let got: Vec<(Part, &str)> = difference
            .added
            .iter()
            .map(|a| (a.part, a.span.quote()))
            .collect();
        assert_eq!(got, added);
    }

    #[test]
    fn the_same_words_are_verbatim() {
        check(&body(&[1, 2, 3]), &body(&[1, 2, 3]), &[Edit::Verbatim], &[]);
    }

    #[test]
    fn a_cut_is_told_by_its_place() {
        check(&body(&[1, 2, 3]), &body(&[1, 2]), &[Edit::CutEnd], &[]);
        check(&body(&[1, 2, 3]), &body(&[1, 3]), &[Edit::CutInside], &[]);
        check(&body(&[1, 2, 3]), &body(&[2, 3]), &[Edit::CutInside], &[]);
    }

    #[test]
    fn a_local_paragraph_is_shown() {
        check(
            &body(&[1, 2]),
            &body(&[1, 9, 2]),
            &[Edit::Inserted],
            &[(Part::Paragraph, &paragraph(9, 40))],
        );
        check(
            &body(&[1, 2]),
            &body(&[1, 2, 9]),
            &[Edit::Inserted],
            &[(Part::Paragraph, &paragraph(9, 40))],
        );
    }

    #[test]
    fn a_new_lead_is_an_update() {
        check(
            &body(&[1, 2]),
            &body(&[8, 1, 2]),
            &[Edit::Updated],
            &[(Part::Lead, &paragraph(8, 40))],
        );
        check(
            &body(&[1, 2]),
            &body(&[8, 2]),
            &[Edit::Updated],
            &[(Part::Lead, &paragraph(8, 40))],
        );
    }

    #[test]
    fn paragraphs_in_another_order_are_reordered() {
        check(
            &body(&[1, 2, 3]),
            &body(&[1, 3, 2]),
            &[Edit::Reordered],
            &[],
        );
    }

    #[test]
    fn changed_words_are_rewritten() {
        let text = body(&[1, 2]);
        let other = text.replacen("w1", "v1", 4);
        check(&text, &other, &[Edit::Rewritten], &[]);
    }

    #[test]
    fn words_added_inside_a_paragraph_are_shown() {
        let text = paragraph(1, 40);
        let cut = text[..text.len() / 2].rfind(' ').unwrap();
        let other = format!("{} as the mayor of Riga said{}", &text[..cut], &text[cut..]);
        check(
            &text,
            &other,
            &[Edit::Rewritten],
            &[(Part::Words, "as the mayor of Riga said")],
        );
    }

    #[test]
    fn another_headline_is_retitled() {
        let text = body(&[1, 2]);
        let titled = |title| report(title, &text);
        let edits = |a, b| compare(&titled(a), &titled(b)).edits;
        assert_eq!(edits("Port shuts", "Harbour closed"), [Edit::Retitled]);
        assert_eq!(edits("Port shuts", "PORT SHUTS"), [Edit::Verbatim]);
        assert_eq!(edits("Port shuts", ""), [Edit::Verbatim]);
    }

    #[test]
    fn reports_that_share_nothing_are_compared_too() {
        let difference = compare(&report("", &body(&[1])), &report("", &body(&[2])));
        assert_eq!((difference.shared, difference.kept), (0.0, 0.0));
        compare(&report("", ""), &report("", ""));
    }
}
