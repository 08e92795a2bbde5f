//! Clusters from links, joined by average: the two that are linked most strongly over all their
//! pairs first.
//!
//! Joining whatever a single link connects would chain two stories through one report that holds
//! both, or through a local paragraph; here such a report joins the side it shares most with, and
//! its link to the other counts for little among all the pairs that have none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A link between two of what is clustered, `a < b`, and how strong it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) strength: u16,
}

/// Two clusters by their mean link, for the queue: the strongest last, of equals the first.
type Pair = (u64, Reverse<(u32, u32)>);

/// Joins until no two clusters are linked by `least` on average; a pair without a link counts
/// with none. Every member stands in one cluster; clusters and members are in ascending order.
pub(crate) fn join(count: usize, links: &[Link], least: u16) -> Vec<Vec<u32>> {
    let mut work = Joining::new(count, links);
    while let Some((mean, Reverse((a, b)))) = work.queue.pop_last() {
        if mean < u64::from(least) << FINE {
            break;
        }
        work.merge(a, b);
    }
    let mut out = work.members;
    out.retain(|m| !m.is_empty());
    for members in &mut out {
        members.sort_unstable();
    }
    out.sort_unstable();
    out
}

/// Bits of a mean behind the point.
const FINE: u32 = 16;

struct Joining {
    /// Of each cluster; empty when it was joined to another.
    members: Vec<Vec<u32>>,
    /// The sum of links to each linked cluster.
    near: Vec<BTreeMap<u32, u64>>,
    queue: BTreeSet<Pair>,
}

impl Joining {
    fn new(count: usize, links: &[Link]) -> Self {
        let mut out = Self {
            members: (0..count as u32).map(|n| vec![n]).collect(),
            near: vec![BTreeMap::new(); count],
            queue: BTreeSet::new(),
        };
        for link in links {
            let sum = u64::from(link.strength);
            out.near[link.a as usize].insert(link.b, sum);
            out.near[link.b as usize].insert(link.a, sum);
            out.queue.insert(out.pair(link.a, link.b, sum));
        }
        out
    }

    fn pair(&self, a: u32, b: u32, sum: u64) -> Pair {
        let size = |c: u32| self.members[c as usize].len() as u64;
        let mean = (sum << FINE) / (size(a) * size(b)).max(1);
        (mean, Reverse((a.min(b), a.max(b))))
    }

    /// Joins `b` to `a`.
    fn merge(&mut self, a: u32, b: u32) {
        let mut sums: BTreeMap<u32, u64> = BTreeMap::new();
        for side in [a, b] {
            for (c, sum) in std::mem::take(&mut self.near[side as usize]) {
                if c == a || c == b {
                    continue;
                }
                let gone = self.pair(side, c, sum);
                self.queue.remove(&gone);
                self.near[c as usize].remove(&side);
                *sums.entry(c).or_default() += sum;
            }
        }
        let moved = std::mem::take(&mut self.members[b as usize]);
        self.members[a as usize].extend(moved);
        for (&c, &sum) in &sums {
            self.near[c as usize].insert(a, sum);
            let pair = self.pair(a, c, sum);
            self.queue.insert(pair);
        }
        self.near[a as usize] = sums;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(count: usize, links: &[(u32, u32, u16)], least: u16, want: &[&[u32]]) {
        let links: Vec<Link> = links
            .iter()
            .map(|&(a, b, strength)| Link { a, b, strength })
            .collect();
        assert_eq!(join(count, &links, least), want);
    }

    #[test]
    fn what_is_linked_is_joined() {
        check(4, &[(0, 2, 90), (1, 3, 40)], 50, &[&[0, 2], &[1], &[3]]);
    }

    #[test]
    fn a_report_of_two_stories_does_not_chain_them() {
        let merged = [(0, 1, 90), (1, 2, 80), (2, 3, 90)];
        check(4, &merged, 50, &[&[0, 1], &[2, 3]]);
    }

    #[test]
    fn one_weak_pair_does_not_keep_a_cluster_apart() {
        let links = [(0, 1, 90), (0, 2, 90), (0, 3, 90), (1, 2, 90), (1, 3, 60)];
        check(4, &links, 50, &[&[0, 1, 2, 3]]);
    }
}
