//! The measures of coreference: MUC, B-cubed, CEAF-e and the spans alone.
//!
//! Vilain et al. 1995, Bagga and Baldwin 1998, Luo 2005 with phi-4, as the CoNLL-2012 scorer counts
//! them: over all documents together. Clusters are lists of spans; each span stands in one cluster.

use std::collections::BTreeMap;

/// A span of the text.
pub(crate) type Place = (u32, u32);

/// Shares counted for precision and recall.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Share {
    right: [f64; 2],
    all: [f64; 2],
}

impl Share {
    fn add(&mut self, side: usize, right: f64, all: f64) {
        self.right[side] += right;
        self.all[side] += all;
    }

    /// Precision, recall, F1, from 0 to 1.
    pub(crate) fn figures(&self) -> [f64; 3] {
        let part = |i: usize| {
            if self.all[i] > 0.0 {
                self.right[i] / self.all[i]
            } else {
                0.0
            }
        };
        let (p, r) = (part(0), part(1));
        let f = if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        };
        [p, r, f]
    }

    /// F1 in per cent.
    pub(crate) fn f1(&self) -> f64 {
        100.0 * self.figures()[2]
    }
}

/// The measures over some documents.
#[derive(Clone, Default, Debug)]
pub(crate) struct Measures {
    pub(crate) muc: Share,
    pub(crate) b3: Share,
    pub(crate) ceafe: Share,
    pub(crate) mentions: Share,
}

impl Measures {
    /// Adds a document. Clusters of one span must be left out beforehand if they are not to count.
    pub(crate) fn add(&mut self, gold: &[Vec<Place>], found: &[Vec<Place>]) {
        let (in_gold, in_found) = (index(gold), index(found));
        self.muc
            .add(0, links(found, &in_gold), spans(found) - found.len() as f64);
        self.muc
            .add(1, links(gold, &in_found), spans(gold) - gold.len() as f64);
        self.b3.add(0, shared(found, gold, &in_gold), spans(found));
        self.b3.add(1, shared(gold, found, &in_found), spans(gold));
        let alike = aligned(gold, found);
        self.ceafe.add(0, alike, found.len() as f64);
        self.ceafe.add(1, alike, gold.len() as f64);
        let both = in_gold.keys().filter(|k| in_found.contains_key(*k)).count() as f64;
        self.mentions.add(0, both, spans(found));
        self.mentions.add(1, both, spans(gold));
    }

    /// The mean of the three F1 in per cent.
    pub(crate) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b3.f1() + self.ceafe.f1()) / 3.0
    }
}

fn spans(clusters: &[Vec<Place>]) -> f64 {
    clusters.iter().map(Vec::len).sum::<usize>() as f64
}

/// The cluster of each span.
fn index(clusters: &[Vec<Place>]) -> BTreeMap<Place, usize> {
    let all = clusters.iter().enumerate();
    all.flat_map(|(i, c)| c.iter().map(move |m| (*m, i)))
        .collect()
}

/// Links of the clusters that the other side keeps: spans less parts.
fn links(clusters: &[Vec<Place>], other: &BTreeMap<Place, usize>) -> f64 {
    let kept = |c: &Vec<Place>| {
        let mut parts: Vec<usize> = c.iter().filter_map(|m| other.get(m)).copied().collect();
        let alone = c.len() - parts.len();
        parts.sort_unstable();
        parts.dedup();
        (c.len() - parts.len() - alone) as f64
    };
    clusters.iter().map(kept).sum()
}

/// For each span the share of its cluster that the other side puts with it.
fn shared(own: &[Vec<Place>], other: &[Vec<Place>], at: &BTreeMap<Place, usize>) -> f64 {
    let mut sum = 0.0;
    for c in own {
        let mut common = vec![0usize; other.len()];
        c.iter()
            .filter_map(|m| at.get(m))
            .for_each(|i| common[*i] += 1);
        sum += common.iter().map(|n| (n * n) as f64).sum::<f64>() / c.len() as f64;
    }
    sum
}

/// The greatest sum of phi-4 over one-to-one pairs of clusters.
fn aligned(gold: &[Vec<Place>], found: &[Vec<Place>]) -> f64 {
    let at = index(found);
    let row = |g: &Vec<Place>| {
        let mut common = vec![0usize; found.len()];
        g.iter()
            .filter_map(|m| at.get(m))
            .for_each(|i| common[*i] += 1);
        let phi = |(n, f): (&usize, &Vec<Place>)| 2.0 * *n as f64 / (g.len() + f.len()) as f64;
        common.iter().zip(found).map(phi).collect::<Vec<f64>>()
    };
    assignment(&gold.iter().map(row).collect::<Vec<_>>(), found.len())
}

/// The greatest sum of one cell a row, each column once at most (Kuhn and Munkres, with potentials).
fn assignment(gain: &[Vec<f64>], columns: usize) -> f64 {
    let n = gain.len().max(columns);
    let cost = |i: usize, j: usize| -gain.get(i).and_then(|r| r.get(j)).copied().unwrap_or(0.0);
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut row_of = vec![0usize; n + 1];
    for i in 1..=n {
        row_of[0] = i;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; n + 1];
        let mut from = vec![0usize; n + 1];
        let mut used = vec![false; n + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let row = row_of[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for j in 1..=n {
                if used[j] {
                    continue;
                }
                let reduced = cost(row - 1, j - 1) - u[row] - v[j];
                if reduced < least[j] {
                    (least[j], from[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[row_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let cells = (1..=n).filter(|j| row_of[*j] > 0);
    -cells.map(|j| cost(row_of[j] - 1, j - 1)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clusters as letters: `"abc de"`.
    fn clusters(text: &str) -> Vec<Vec<Place>> {
        let one = |c: &str| {
            c.bytes()
                .map(|b| (u32::from(b), u32::from(b) + 1))
                .collect()
        };
        text.split_whitespace().map(one).collect()
    }

    fn check(gold: &str, found: &str, muc: [f64; 2], b3: [f64; 2], ceafe: [f64; 2]) {
        let mut m = Measures::default();
        m.add(&clusters(gold), &clusters(found));
        for (name, share, want) in [
            ("muc", m.muc, muc),
            ("b3", m.b3, b3),
            ("ceafe", m.ceafe, ceafe),
        ] {
            let [p, r, _] = share.figures();
            assert!(
                (p - want[0]).abs() < 1e-9 && (r - want[1]).abs() < 1e-9,
                "{name} {p} {r}"
            );
        }
    }

    #[test]
    fn the_same_clusters_are_right() {
        check("abc de", "de abc", [1.0, 1.0], [1.0, 1.0], [1.0, 1.0]);
    }

    #[test]
    fn nothing_found_is_nothing() {
        check("abc de", "", [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]);
    }

    #[test]
    fn the_scorers_paper_agrees() {
        // Pradhan et al. 2014, figure 1: key {abc}{defg}, response {ab}{cd}{fghi}.
        check(
            "abc defg",
            "ab cd fghi",
            [0.4, 0.4],
            [0.5, 5.0 / 12.0],
            [13.0 / 30.0, 0.65],
        );
    }

    #[test]
    fn clusters_are_paired_for_the_greatest_sum() {
        let table = |rows: &[&[f64]]| rows.iter().map(|r| r.to_vec()).collect::<Vec<_>>();
        let sum = assignment(&table(&[&[0.9, 0.8], &[0.85, 0.1]]), 2);
        assert!((sum - 1.65).abs() < 1e-9, "{sum}");
        let sum = assignment(&table(&[&[0.2, 0.0, 0.7]]), 3);
        assert!((sum - 0.7).abs() < 1e-9, "{sum}");
        assert!(assignment(&[], 0).abs() < 1e-9);
    }
}
