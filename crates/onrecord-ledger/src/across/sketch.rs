//! A sketch of a report: some of its runs of five words, chosen by their hash alone.
//!
//! Choosing every run whose hash lies under a bound (FracMinHash, "scaled MinHash") instead of
//! the smallest under each of many permutations (MinHash with bands) keeps containment: a copy
//! cut to its first paragraphs shares every chosen run of those paragraphs with the whole,
//! however long the whole is, where the share of equal minima falls with the ratio of lengths.
//! The opening is chosen from more densely, because that is what a cut leaves.
//!
//! A sketch only proposes; shared words decide.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

/// Words in a run.
const RUN: usize = 5;
/// Runs of the opening.
const OPENING: usize = 96;
/// One run in this many of the opening is chosen.
const OPENING_RATE: u64 = 2;
/// One run in this many of the rest is chosen; of those the opening would choose too.
const REST_RATE: u64 = 16;
/// Chosen runs that two reports must share to be looked at: this many, and
const LEAST: u16 = 2;
/// one in this many of the smaller sketch, so that a stock phrase, which is in a few runs of
/// very many reports, proposes none of them.
const PART: u16 = 16;

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
        // The high bits choose it, the low ones name it.
        if hash < u64::MAX / rate {
            out.push(hash as u32);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Which texts hold a run, so that those that share runs are found without looking at the others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketches {
    /// The one text, or with [`MANY`] set the place in `lists`: most runs stand in one text only.
    holders: HashMap<u32, u32, BuildHasherDefault<AsIs>>,
    lists: Vec<Vec<u32>>,
    /// The chosen runs of each text.
    sizes: Vec<u16>,
    /// Shared runs with each text while one is looked up; all zero between.
    counts: Vec<u16>,
}

/// Marks the place of a list.
const MANY: u32 = 1 << 31;

impl Sketches {
    /// Files the next text under its runs and returns the earlier ones that share enough of them,
    /// sorted.
    pub(crate) fn add(&mut self, sketch: &[u32]) -> Vec<u32> {
        let new = self.counts.len() as u32;
        let size = u16::try_from(sketch.len()).unwrap_or(u16::MAX);
        self.counts.push(0);
        self.sizes.push(size);
        let mut seen = Vec::new();
        for run in sketch {
            match self.holders.entry(*run) {
                Entry::Vacant(free) => {
                    free.insert(new);
                }
                Entry::Occupied(mut held) if *held.get() & MANY == 0 => {
                    let first = *held.get();
                    held.insert(self.lists.len() as u32 | MANY);
                    self.lists.push(vec![first, new]);
                    count(&mut self.counts, &mut seen, first);
                }
                Entry::Occupied(held) => {
                    let list = &mut self.lists[(*held.get() & !MANY) as usize];
                    for n in &*list {
                        count(&mut self.counts, &mut seen, *n);
                    }
                    list.push(new);
                }
            }
        }
        seen.retain(|n| {
            let least = LEAST.max(size.min(self.sizes[*n as usize]) / PART);
            std::mem::take(&mut self.counts[*n as usize]) >= least
        });
        seen.sort_unstable();
        seen
    }
}

fn count(counts: &mut [u16], seen: &mut Vec<u32>, n: u32) {
    let shared = &mut counts[n as usize];
    if *shared == 0 {
        seen.push(n);
    }
    *shared = shared.saturating_add(1);
}

/// Takes a hash as it is.
#[derive(Clone, Copy, Debug, Default)]
struct AsIs(u64);

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
        // The table takes a place from the low bits and a tag from the high ones.
        self.0 = u64::from(n) << 32 | u64::from(n);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of the reference implementation (Cyan4973/xxHash, `xxhsum` 0.8, seed 0).
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(xxh3_64(b""), 0x2D06_8005_38D3_94C2);
        assert_eq!(xxh3_64(b"a"), 0xE6C6_32B6_1E96_4E1F);
        assert_eq!(xxh3_64(b"abc"), 0x78AF_5F94_892F_3950);
    }

    fn words(range: std::ops::Range<u64>) -> Vec<u64> {
        range.map(|n| xxh3_64(&n.to_le_bytes())).collect()
    }

    #[test]
    fn a_cut_text_keeps_its_part_of_the_sketch() {
        let (whole, cut) = (sketch(&words(0..1000)), sketch(&words(0..200)));
        assert!(cut.iter().all(|run| whole.contains(run)));
        assert!((40..80).contains(&cut.len()), "{}", cut.len());
        assert!((60..160).contains(&whole.len()), "{}", whole.len());
    }

    #[test]
    fn few_words_make_no_sketch() {
        assert!(sketch(&words(0..4)).is_empty());
    }

    #[test]
    fn texts_that_share_runs_are_found() {
        let mut all = Sketches::default();
        assert!(all.add(&[1, 2, 3]).is_empty());
        assert!(all.add(&[7, 8, 9]).is_empty());
        assert_eq!(all.add(&[2, 3, 9]), [0]);
        assert_eq!(all.add(&[2, 8, 9]), [1, 2]);
    }
}
