//! Which commitments are of one thread.

use std::collections::{BTreeMap, BTreeSet};

use super::matter::{self, Matter, Tie};
use crate::across::bonds::Bonds;
use crate::across::claim::differ;
use crate::across::reports::Reports;
use crate::store::{Entry, EntryKind};

/// Commitments of one thread each, as places among the matters. The strongest ties are taken first,
/// of equals those of the nearest days, and none that would bring two different sums together. What
/// people say is not weighed: two that they joined bring all of their threads together, and nothing
/// brings two together that they parted.
pub(super) fn clusters(matters: &[Matter], reports: &Reports<'_>) -> Vec<Vec<usize>> {
    let is = |i: &usize| matters[*i].claim.entry.at.kind == EntryKind::Commitment;
    let all: Vec<usize> = (0..matters.len()).filter(is).collect();
    let entries: Vec<&Entry> = matters.iter().map(|m| m.claim.entry).collect();
    let mut making = Making {
        matters,
        said: Bonds::of(&entries),
        cluster: all.iter().map(|i| (*i, *i)).collect(),
        members: all.iter().map(|i| (*i, vec![*i])).collect(),
    };
    making.by_ties(&all, reports);
    making.told_back();
    for (a, b) in making.said.joined.clone() {
        making.put_together(a, b);
    }
    making.members.into_values().collect()
}

struct Making<'m, 'e> {
    matters: &'m [Matter<'e>],
    said: Bonds,
    /// The cluster of each, by one of its members.
    cluster: BTreeMap<usize, usize>,
    members: BTreeMap<usize, Vec<usize>>,
}

impl Making<'_, '_> {
    fn by_ties(&mut self, all: &[usize], reports: &Reports<'_>) {
        let matters = self.matters;
        let mut bridged: BTreeSet<usize> = BTreeSet::new();
        for (tie, a, b) in self.ties(all, reports) {
            // What was raised, and is not told from what, is of one earlier promise.
            let from = [(a, b), (b, a)];
            let mut from = from
                .iter()
                .filter(|(x, y)| matters[*x].is_raised_from(&matters[*y]));
            let bridge = from.next().map(|(x, _)| *x);
            let bridge = bridge.filter(|x| !bridged.contains(x));
            let (x, y) = (self.cluster[&a], self.cluster[&b]);
            if x == y {
                continue;
            }
            let sums = |c: &usize| matter::sums(self.members[c].iter().map(|i| &matters[*i]));
            // What names no sum or no end could be of either of two, and does not bring them together.
            let pairs = self.members[&x].iter();
            let mut pairs = pairs.flat_map(|x| self.members[&y].iter().map(move |y| (*x, *y)));
            let apart = |(x, y): (usize, usize)| matters[x].is_for_another_end(&matters[y]);
            let raised = tie == Tie::Raise || bridge.is_some();
            let differ = !raised && differ(&sums(&x), &sums(&y));
            if tie != Tie::Copy && (differ || pairs.any(apart)) {
                continue;
            }
            if self.put_together(a, b) {
                bridged.extend(bridge);
            }
        }
    }

    /// What the rules may put together, in the order in which they do.
    fn ties(&self, all: &[usize], reports: &Reports<'_>) -> Vec<(Tie, usize, usize)> {
        let mut ties = Vec::new();
        for (n, a) in all.iter().enumerate() {
            for b in &all[n + 1..] {
                let (one, other) = (&self.matters[*a], &self.matters[*b]);
                let tie = one.tie(other, reports);
                let tie = tie.filter(|_| self.said.leaves_to_rules(*a, *b));
                let parted = self.said.is_parted(*a, *b);
                ties.extend(tie.map(|t| (parted, t, one.days_to(other), *a, *b)));
            }
        }
        ties.sort_unstable();
        ties.into_iter().map(|(_, t, _, a, b)| (t, a, b)).collect()
    }

    /// Makes the clusters of two one, unless a person says that they are two; tells whether it did.
    fn put_together(&mut self, a: usize, b: usize) -> bool {
        let (Some(a), Some(b)) = (self.cluster.get(&a), self.cluster.get(&b)) else {
            return false;
        };
        let (a, b) = (*a.min(b), *a.max(b));
        if a == b || self.are_apart(a, b) {
            return false;
        }
        let moved = self.members.remove(&b).unwrap_or_default();
        for i in &moved {
            self.cluster.insert(*i, a);
        }
        self.members.entry(a).or_default().extend(moved);
        true
    }

    fn are_apart(&self, a: usize, b: usize) -> bool {
        self.said.says_apart() && self.said.keep_apart(&self.whole(a), &self.whole(b))
    }

    /// A cluster with all that people joined to it.
    fn whole(&self, cluster: usize) -> Vec<usize> {
        let mut all = self.members.get(&cluster).cloned().unwrap_or_default();
        let mut next = 0;
        while let Some(i) = all.get(next).copied() {
            next += 1;
            for other in self.said.joined_to(i) {
                let there = self.cluster.get(&other).and_then(|c| self.members.get(c));
                let new = there.into_iter().flatten().filter(|m| !all.contains(m));
                let new: Vec<usize> = new.copied().collect();
                all.extend(new);
            }
        }
        all
    }

    /// Gives what its report tells back without a sum of its own ("approved the grant"), as a part ("the
    /// rest") or as what was asked for, to the one thread that it can be of there.
    fn told_back(&mut self) {
        let matters = self.matters;
        let bare = |all: &Vec<usize>| all.iter().all(|i| matters[*i].is_told_back());
        let loose = self.members.iter().filter(|(_, all)| bare(all));
        let loose: Vec<usize> = loose.map(|(c, _)| *c).collect();
        for c in loose {
            let own = self.members.get(&c).cloned().unwrap_or_default();
            let before = |k: usize, i: usize| matters[k].is_told_before(&matters[i]);
            let tells = |k: &usize| {
                let mut own = own.iter();
                own.any(|i| self.said.leaves_to_rules(*k, *i) && before(*k, *i))
            };
            let others = self.members.iter();
            let others = others.filter(|(o, all)| **o != c && all.iter().any(tells));
            let mut found = others.map(|(o, _)| *o).filter(|o| !self.are_apart(*o, c));
            let (Some(one), None) = (found.next(), found.next()) else {
                continue;
            };
            self.put_together(one, c);
        }
    }
}
