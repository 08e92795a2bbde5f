//! Runs of words that two reports share, bridging single changed words.

use std::ops::Range;

/// Words that begin a run: all equal.
const SEED: usize = 3;
/// Words that may differ, be added or left out between two equal stretches of a run.
const GAP: usize = 4;
/// Equal words that make a run count.
const LEAST: usize = 8;
/// Places of a seed that are tried.
const TRIES: usize = 4;

/// A run of words that stands in both reports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Run {
    /// In the report that was walked.
    pub(crate) here: Range<usize>,
    /// In the report that was indexed.
    pub(crate) there: Range<usize>,
    /// Words that are equal.
    pub(crate) equal: usize,
}

/// The seeds of a report, to be looked up.
#[derive(Clone, Debug)]
pub(crate) struct Seeds {
    table: Vec<u32>,
    next: Vec<u32>,
    mask: u32,
}

const NONE: u32 = u32::MAX;

fn seed(words: &[u16]) -> u32 {
    let joined = u64::from(words[0]) | u64::from(words[1]) << 16 | u64::from(words[2]) << 32;
    (joined.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

impl Seeds {
    /// Indexes the words of a report.
    pub(crate) fn of(words: &[u16]) -> Self {
        let size = (words.len().max(8) * 2).next_power_of_two();
        let mask = size as u32 - 1;
        let mut table = vec![NONE; size];
        let mut next = vec![NONE; words.len()];
        // Backwards, so that the first place of a seed is found first.
        for i in (0..(words.len() + 1).saturating_sub(SEED)).rev() {
            let slot = &mut table[(seed(&words[i..]) & mask) as usize];
            next[i] = std::mem::replace(slot, i as u32);
        }
        Self { table, next, mask }
    }

    fn places(&self, words: &[u16]) -> impl Iterator<Item = usize> {
        let first = self.table[(seed(words) & self.mask) as usize];
        let follow = |i: &u32| Some(self.next[*i as usize]).filter(|n| *n != NONE);
        std::iter::successors(Some(first).filter(|n| *n != NONE), follow).map(|i| i as usize)
    }
}

/// The runs that `here` shares with the report behind `seeds`, in the order of `here`.
pub(crate) fn shared(here: &[u16], there: &[u16], seeds: &Seeds) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut at = 0;
    let mut done = 0;
    while at + SEED <= here.len() {
        let found = seeds.places(&here[at..]).filter(|i| there[*i..].get(..SEED) == here.get(at..at + SEED));
        let best = found
            .take(TRIES)
            .map(|i| extend(here, there, at, i, done))
            .max_by_key(|r| (r.equal, std::cmp::Reverse(r.there.start)));
        match best {
            Some(run) if run.equal >= LEAST => {
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
fn extend(here: &[u16], there: &[u16], at: usize, i: usize, done: usize) -> Run {
    let (ahead_here, ahead_there, right) = forward(
        |n| here.get(at + n).copied(),
        |n| there.get(i + n).copied(),
    );
    let (back_here, back_there, left) = forward(
        |n| at.checked_sub(n + 1).filter(|p| *p >= done).map(|p| here[p]),
        |n| i.checked_sub(n + 1).map(|p| there[p]),
    );
    Run {
        here: at - back_here..at + ahead_here,
        there: i - back_there..i + ahead_there,
        equal: right + left,
    }
}

/// How far two sequences go together: words of each, and how many are equal.
fn forward(a: impl Fn(usize) -> Option<u16>, b: impl Fn(usize) -> Option<u16>) -> (usize, usize, usize) {
    let (mut i, mut j, mut equal) = (0, 0, 0);
    let mut end = (0, 0);
    loop {
        match (a(i), b(j)) {
            (Some(x), Some(y)) if x == y => {
                i += 1;
                j += 1;
                equal += 1;
                end = (i, j);
            }
            (None, _) | (_, None) => break,
            _ => match bridge(&a, &b, i, j) {
                Some((di, dj)) => {
                    i += di;
                    j += dj;
                }
                None => break,
            },
        }
    }
    (end.0, end.1, equal)
}

/// The fewest words to leave out on both sides until two in a row are equal again; one is enough
/// where as many were left out on both.
fn bridge(a: &impl Fn(usize) -> Option<u16>, b: &impl Fn(usize) -> Option<u16>, i: usize, j: usize) -> Option<(usize, usize)> {
    let meets = |di: usize, dj: usize, n: usize| (0..n).all(|k| a(i + di + k).is_some() && a(i + di + k) == b(j + dj + k));
    for sum in 1..=2 * GAP {
        for skew in 0..=sum {
            // Nearest to the diagonal first.
            let di = if skew % 2 == 0 { sum / 2 + skew / 2 } else { (sum / 2).wrapping_sub(skew / 2 + 1) };
            let Some(dj) = sum.checked_sub(di) else { continue };
            if di > GAP || dj > GAP {
                continue;
            }
            let need = if di == dj { 1 } else { 2 };
            if meets(di, dj, need) {
                return Some((di, dj));
            }
        }
    }
    None
}
