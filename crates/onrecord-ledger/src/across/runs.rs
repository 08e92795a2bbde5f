//! Runs of words that two reports share, bridging a few changed words.
//!
//! A run begins with three equal words and goes on both ways over stretches that differ by up to
//! three words on either side, as a typing error, a word of house style or a dropped phrase makes
//! them; it counts when twelve of its words are equal. Exact runs alone would lose a copy with a
//! wrong letter in every tenth word; a looser bridge begins to join what two reporters wrote of
//! one day.

use std::cmp::Reverse;
use std::ops::Range;

use super::words::Word;

/// Words that begin a run: all equal.
const SEED: usize = 3;
/// Words that may differ, be added or left out between two equal stretches of a run.
const GAP: usize = 3;
/// Equal words that make a run count.
pub(crate) const LEAST: usize = 12;
/// Places of a seed that are tried.
const TRIES: usize = 4;

/// A word in two bytes: 15 bits of its hash, and whether it names something. Two words are equal
/// when their hashes are: house style changes capitals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token(u16);

impl Token {
    const NAME: u16 = 1 << 15;
    /// Hashes from here on are figures'.
    const FIGURES: u16 = 0x7000;

    /// A word without its letters.
    pub(crate) const fn of(word: &Word) -> Self {
        let name = if word.name { Self::NAME } else { 0 };
        let hash = word.hash as u16 & !Self::NAME;
        let place = if word.figure {
            Self::FIGURES + hash % (Self::NAME - Self::FIGURES)
        } else {
            hash % Self::FIGURES
        };
        Self(place | name)
    }

    /// Whether it is what a form is filled with, as [`Word::figure`] says.
    pub(crate) const fn is_figure(self) -> bool {
        self.hash() >= Self::FIGURES
    }

    const fn hash(self) -> u16 {
        self.0 & !Self::NAME
    }

    const fn is_name(self) -> bool {
        self.0 & Self::NAME != 0
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.hash() == other.hash()
    }
}

impl Eq for Token {}

impl PartialOrd for Token {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Token {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.hash().cmp(&other.hash())
    }
}

/// A run of words that stands in both reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    /// In the report that was walked.
    pub(crate) here: Range<usize>,
    /// In the report that was indexed.
    pub(crate) there: Range<usize>,
    /// Where it began, here and there.
    seed: (usize, usize),
    /// What its words are.
    pub(crate) tally: Tally,
}

/// How many words of a run are equal and how many were exchanged one for one; of each, names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) equal: usize,
    pub(crate) equal_names: usize,
    pub(crate) changed: usize,
    pub(crate) changed_names: usize,
    pub(crate) equal_figures: usize,
    pub(crate) changed_figures: usize,
}

impl Tally {
    /// Both together.
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            equal: self.equal + other.equal,
            equal_names: self.equal_names + other.equal_names,
            changed: self.changed + other.changed,
            changed_names: self.changed_names + other.changed_names,
            equal_figures: self.equal_figures + other.equal_figures,
            changed_figures: self.changed_figures + other.changed_figures,
        }
    }

    fn same(&mut self, word: Token) {
        self.equal += 1;
        self.equal_names += usize::from(word.is_name());
        self.equal_figures += usize::from(word.is_figure());
    }

    fn exchanged(&mut self, a: Token, b: Token) {
        self.changed += 1;
        self.changed_names += usize::from(a.is_name() && b.is_name());
        self.changed_figures += usize::from(a.is_figure() && b.is_figure());
    }
}

/// Where each seed of a report stands.
#[derive(Clone, Debug)]
pub(crate) struct Seeds {
    first: Vec<u32>,
    next: Vec<u32>,
}

/// No place.
const NONE: u32 = u32::MAX;

impl Seeds {
    /// Indexes the words of a report.
    pub(crate) fn of(words: &[Token]) -> Self {
        let size = (words.len().max(8) * 2).next_power_of_two();
        let mut first = vec![NONE; size];
        let mut next = vec![NONE; words.len()];
        // Backwards, so that the first place of a seed is found first.
        for (i, seed) in words.windows(SEED).enumerate().rev() {
            let slot = &mut first[Self::slot(seed, size)];
            next[i] = std::mem::replace(slot, i as u32);
        }
        Self { first, next }
    }

    fn slot(seed: &[Token], size: usize) -> usize {
        let joined = seed
            .iter()
            .fold(0, |sum, w| sum << 16 | u64::from(w.hash()));
        let mixed = joined.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        mixed as usize & (size - 1)
    }

    fn places(&self, seed: &[Token]) -> impl Iterator<Item = usize> {
        let place = |i: u32| (i != NONE).then_some(i);
        let first = place(self.first[Self::slot(seed, self.first.len())]);
        std::iter::successors(first, move |i| place(self.next[*i as usize])).map(|i| i as usize)
    }
}

/// The runs that `here` shares with the report behind `seeds`, in the order of `here`.
pub(crate) fn shared(here: &[Token], there: &[Token], seeds: &Seeds, least: usize) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let (mut at, mut done) = (0, 0);
    while let Some(seed) = here.get(at..at + SEED) {
        let places = seeds
            .places(seed)
            .filter(|i| there.get(*i..*i + SEED) == Some(seed));
        let runs = places.take(TRIES).map(|i| run(here, there, at, i, done));
        match runs.max_by_key(|r| (r.tally.equal, Reverse(r.there.start))) {
            Some(run) if run.tally.equal >= least => {
                done = run.here.end;
                at = done;
                out.push(run);
            }
            _ => at += 1,
        }
    }
    out
}

/// Extends a seed both ways; to the left no further than `done`.
fn run(here: &[Token], there: &[Token], at: usize, i: usize, done: usize) -> Run {
    let right = along(
        |n| here.get(at + n).copied(),
        |n| there.get(i + n).copied(),
        |_, _| (),
    );
    let left = along(
        |n| (at - done).checked_sub(n + 1).map(|p| here[done + p]),
        |n| i.checked_sub(n + 1).map(|p| there[p]),
        |_, _| (),
    );
    Run {
        seed: (at, i),
        here: at - left.0..at + right.0,
        there: i - left.1..i + right.1,
        tally: left.2.plus(right.2),
    }
}

/// The stretches a run goes over, here and there, in order; one of the two may be empty.
pub(crate) fn gaps(
    here: &[Token],
    there: &[Token],
    run: &Run,
) -> Vec<(Range<usize>, Range<usize>)> {
    let (at, i) = run.seed;
    let mut out = Vec::new();
    let (first, begin) = (run.here.start, run.there.start);
    along(
        |n| (at - first).checked_sub(n + 1).map(|p| here[first + p]),
        |n| (i - begin).checked_sub(n + 1).map(|p| there[begin + p]),
        |h, t| out.push((at - h.end..at - h.start, i - t.end..i - t.start)),
    );
    out.reverse();
    along(
        |n| here[..run.here.end].get(at + n).copied(),
        |n| there[..run.there.end].get(i + n).copied(),
        |h, t| out.push((at + h.start..at + h.end, i + t.start..i + t.end)),
    );
    out
}

/// How far two sequences go together: words of each up to the last equal one.
fn along(
    a: impl Fn(usize) -> Option<Token>,
    b: impl Fn(usize) -> Option<Token>,
    mut over: impl FnMut(Range<usize>, Range<usize>),
) -> (usize, usize, Tally) {
    let (mut i, mut j) = (0, 0);
    let mut tally = Tally::default();
    let mut end = (0, 0, tally);
    while let (Some(x), Some(y)) = (a(i), b(j)) {
        if x == y {
            tally.same(x);
            (i, j) = (i + 1, j + 1);
            end = (i, j, tally);
            continue;
        }
        let Some((left_out, put_in)) = bridge(&a, &b, i, j) else {
            break;
        };
        if left_out == put_in {
            for n in 0..left_out {
                if let (Some(x), Some(y)) = (a(i + n), b(j + n)) {
                    tally.exchanged(x, y);
                }
            }
        }
        over(i..i + left_out, j..j + put_in);
        (i, j) = (i + left_out, j + put_in);
    }
    end
}

/// Words to pass over on either side, fewest and most alike in number first: one exchanged, one
/// more here, one more there, ...
const BRIDGES: [(usize, usize); (GAP + 1) * (GAP + 1) - 1] = [
    (1, 1),
    (0, 1),
    (1, 0),
    (1, 2),
    (2, 1),
    (2, 2),
    (0, 2),
    (2, 0),
    (2, 3),
    (3, 2),
    (3, 3),
    (1, 3),
    (3, 1),
    (0, 3),
    (3, 0),
];

/// The words to pass over until the next is equal; where the sides lose unlike numbers of words,
/// the next two, because one little word is soon found again.
fn bridge(
    a: &impl Fn(usize) -> Option<Token>,
    b: &impl Fn(usize) -> Option<Token>,
    i: usize,
    j: usize,
) -> Option<(usize, usize)> {
    let equal = |i, j| a(i).is_some_and(|x| Some(x) == b(j));
    let meets =
        |(x, y): &(usize, usize)| equal(i + x, j + y) && (x == y || equal(i + x + 1, j + y + 1));
    BRIDGES.into_iter().find(meets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::TextRange;
    use xxhash_rust::xxh3::xxh3_64;

    fn tokens(text: &str) -> Vec<Token> {
        let word = |w: &str| Word {
            hash: xxh3_64(w.to_lowercase().as_bytes()),
            range: TextRange::default(),
            quoted: false,
            headline: false,
            name: w.starts_with(char::is_uppercase),
            figure: false,
        };
        text.split_whitespace()
            .map(|w| Token::of(&word(w)))
            .collect()
    }

    /// The runs as `here|there`.
    fn check(here: &str, there: &str, least: usize, want: &[(Range<usize>, Range<usize>, usize)]) {
        let (a, b) = (tokens(here), tokens(there));
        let runs = shared(&a, &b, &Seeds::of(&b), least);
        let got: Vec<_> = runs
            .into_iter()
            .map(|r| (r.here, r.there, r.tally.equal))
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn a_run_goes_over_a_changed_an_added_and_a_dropped_word() {
        check(
            "the port will close on monday for a week of urgent repairs",
            "the port shall close on a monday for week of urgent repairs",
            8,
            &[(0..12, 0..12, 10)],
        );
    }

    #[test]
    fn a_short_run_is_a_phrase() {
        check(
            "he told reporters on friday that",
            "she told reporters on friday why",
            5,
            &[],
        );
    }

    #[test]
    fn paragraphs_that_changed_places_are_two_runs() {
        check(
            "a b c d e f u v w x y z",
            "u v w x y z a b c d e f",
            6,
            &[(0..6, 6..12, 6), (6..12, 0..6, 6)],
        );
    }

    #[test]
    fn words_are_walked_once() {
        check(
            "a b c d e a b c d e",
            "a b c d e",
            5,
            &[(0..5, 0..5, 5), (5..10, 0..5, 5)],
        );
    }

    #[test]
    fn the_bridges_are_every_way_over() {
        let mut all: Vec<_> = BRIDGES.to_vec();
        all.sort_unstable();
        let mut want: Vec<_> = (0..=GAP)
            .flat_map(|i| (0..=GAP).map(move |j| (i, j)))
            .collect();
        want.retain(|w| *w != (0, 0));
        assert_eq!(all, want);
    }
}
