//! A sketch of a report: some of its runs of five words, chosen by their hash alone.
//!
//! Choosing every run whose hash lies under a bound (FracMinHash, "scaled" MinHash) instead of
//! the smallest of each of many permutations (MinHash) keeps containment: a copy cut to its
//! first paragraphs shares every chosen run of those paragraphs with the whole, however long the
//! whole is, where the share of equal minima falls with the ratio of the lengths. The opening is
//! chosen from more densely, because that is what a cut leaves.

use xxhash_rust::xxh3::xxh3_64;

/// Words in a run.
const RUN: usize = 5;
/// Words of the opening.
const OPENING: usize = 96;
/// One run in this many of the opening is chosen.
const OPENING_RATE: u64 = 2;
/// One run in this many of the rest is chosen.
const REST_RATE: u64 = 16;

/// The chosen runs, sorted, each once.
pub(crate) fn sketch(words: &[u64]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(OPENING);
    let mut bytes = [0; RUN * 8];
    for (i, run) in words.windows(RUN).enumerate() {
        for (place, word) in bytes.chunks_exact_mut(8).zip(run) {
            place.copy_from_slice(&word.to_le_bytes());
        }
        let hash = xxh3_64(&bytes);
        let rate = if i < OPENING { OPENING_RATE } else { REST_RATE };
        if hash < u64::MAX / rate {
            // The high bits chose it, the low ones name it.
            out.push(hash as u32);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Which reports hold a run, so that those that share runs are found without looking at the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketches {
    /// A report, or with [`MANY`] set the place of a list.
    holders: HashMap<u32, u32, BuildHasherDefault<AsIs>>,
    lists: Vec<Vec<u32>>,
    /// Shared runs with each report while one is looked up; all zero between.
    counts: Vec<u8>,
}

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Marks the place of a list.
const MANY: u32 = 1 << 31;

/// A hash of a hash would be wasted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0 << 8 | u64::from(*b);
        }
    }

    fn write_u32(&mut self, n: u32) {
        // The table takes its place from the low bits and its tag from the high ones.
        self.0 = u64::from(n) | u64::from(n.reverse_bits()) << 32;
    }
}

impl Sketches {
    /// Files a report under its runs and returns the earlier ones that share at least `least`.
    pub(crate) fn add(&mut self, sketch: &[u32], least: u8) -> Vec<u32> {
        let new = self.counts.len() as u32;
        self.counts.push(0);
        let mut seen = Vec::new();
        for run in sketch {
            let Self { holders, lists, counts } = self;
            let mut count = |n: u32| {
                let c = &mut counts[n as usize];
                if *c == 0 {
                    seen.push(n);
                }
                *c = c.saturating_add(1);
            };
            match holders.entry(*run) {
                Entry::Vacant(free) => {
                    free.insert(new);
                }
                Entry::Occupied(mut held) => {
                    let value = *held.get();
                    if value & MANY == 0 {
                        count(value);
                        held.insert(lists.len() as u32 | MANY);
                        lists.push(vec![value, new]);
                    } else {
                        let list = &mut lists[(value & !MANY) as usize];
                        list.iter().for_each(|n| count(*n));
                        list.push(new);
                    }
                }
            }
        }
        let mut out: Vec<u32> = Vec::new();
        for n in seen {
            let c = std::mem::take(&mut self.counts[n as usize]);
            if c >= least {
                out.push(n);
            }
        }
        out.sort_unstable();
        out
    }
}

use std::collections::hash_map::Entry;
