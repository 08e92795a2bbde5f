//! The measures of a division into groups: pairs, B-cubed and the adjusted Rand index.
//!
//! Counted as `tools/score_clusters.py` counts them. A group is a label for each document; pairs
//! may be told to count neither way.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

/// A pair of documents by their places, the first before the second.
pub(crate) type Pair = (usize, usize);

/// Precision, recall and F1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

impl Share {
    fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        Self {
            precision,
            recall,
            f1,
        }
    }
}

/// The pairs within the groups, without the ignored ones.
pub(crate) fn pairs<L: Ord>(labels: &[L], ignored: &BTreeSet<Pair>) -> BTreeSet<Pair> {
    let mut groups: BTreeMap<&L, Vec<usize>> = BTreeMap::new();
    for (i, label) in labels.iter().enumerate() {
        groups.entry(label).or_default().push(i);
    }
    let all = groups.values().flat_map(|members| {
        let after = |(n, a): (usize, &usize)| {
            let a = *a;
            members[n + 1..]
                .iter()
                .map(move |b| (a, *b))
                .collect::<Vec<Pair>>()
        };
        members
            .iter()
            .enumerate()
            .flat_map(after)
            .collect::<Vec<Pair>>()
    });
    all.filter(|p| !ignored.contains(p)).collect()
}

/// Pairs found against pairs of the gold.
pub(crate) fn of_pairs(gold: &BTreeSet<Pair>, found: &BTreeSet<Pair>) -> Share {
    let both = gold.intersection(found).count();
    let part = |all: usize| {
        if all == 0 {
            1.0
        } else {
            both as f64 / all as f64
        }
    };
    Share::of(part(found.len()), part(gold.len()))
}

/// How many documents stand in each group of either side, and in both.
struct Table<A, B> {
    cells: BTreeMap<(A, B), f64>,
    gold: BTreeMap<A, f64>,
    found: BTreeMap<B, f64>,
}

impl<A: Ord + Copy, B: Ord + Copy> Table<A, B> {
    fn of(gold: &[A], found: &[B]) -> Self {
        let mut out = Self {
            cells: BTreeMap::new(),
            gold: BTreeMap::new(),
            found: BTreeMap::new(),
        };
        for (a, b) in gold.iter().zip(found) {
            *out.cells.entry((*a, *b)).or_default() += 1.0;
            *out.gold.entry(*a).or_default() += 1.0;
            *out.found.entry(*b).or_default() += 1.0;
        }
        out
    }
}

/// B-cubed: for each document the share of its group that the other side puts with it.
pub(crate) fn b_cubed<A: Ord + Copy + Hash, B: Ord + Copy>(gold: &[A], found: &[B]) -> Share {
    let table = Table::of(gold, found);
    let all = gold.len().max(1) as f64;
    let cells = table.cells.iter();
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((a, b), n) in cells {
        precision += n * n / table.found[b];
        recall += n * n / table.gold[a];
    }
    Share::of(precision / all, recall / all)
}

/// The adjusted Rand index (Hubert and Arabie 1985).
pub(crate) fn rand_index<A: Ord + Copy, B: Ord + Copy>(gold: &[A], found: &[B]) -> f64 {
    let table = Table::of(gold, found);
    let two = |n: f64| n * (n - 1.0) / 2.0;
    let both: f64 = table.cells.values().map(|n| two(*n)).sum();
    let a: f64 = table.gold.values().map(|n| two(*n)).sum();
    let b: f64 = table.found.values().map(|n| two(*n)).sum();
    let all = two(gold.len() as f64);
    let chance = if all > 0.0 { a * b / all } else { 0.0 };
    let most = f64::midpoint(a, b);
    if (most - chance).abs() < f64::EPSILON {
        1.0
    } else {
        (both - chance) / (most - chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values are those of `tools/score_clusters.py` on the same labels.
    const GOLD: [char; 7] = ['a', 'a', 'a', 'b', 'b', 'c', 'd'];
    const FOUND: [u8; 7] = [1, 1, 2, 2, 2, 3, 3];

    fn close(got: f64, want: f64) {
        assert!((got - want).abs() < 5e-4, "{got} is not {want}");
    }

    #[test]
    fn pairs_count_as_in_the_scorer() {
        let ignored = BTreeSet::from([(5, 6)]);
        let share = of_pairs(&pairs(&GOLD, &ignored), &pairs(&FOUND, &ignored));
        close(share.precision, 0.5);
        close(share.recall, 0.5);
        let share = of_pairs(
            &pairs(&GOLD, &BTreeSet::new()),
            &pairs(&FOUND, &BTreeSet::new()),
        );
        close(share.precision, 0.4);
    }

    #[test]
    fn documents_count_as_in_the_scorer() {
        let share = b_cubed(&GOLD, &FOUND);
        close(share.precision, 0.6667);
        close(share.recall, 0.8095);
    }

    #[test]
    fn the_same_groups_are_right_and_chance_is_nothing() {
        close(rand_index(&GOLD, &GOLD), 1.0);
        close(rand_index(&GOLD, &FOUND), 0.2953);
        close(b_cubed(&GOLD, &GOLD).f1, 1.0);
    }
}
