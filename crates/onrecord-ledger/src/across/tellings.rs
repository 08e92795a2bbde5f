//! What several reports tell alike, once: the same words of one speaker, the same event or
//! commitment of the same parties.
//!
//! Whether two entries are the same is decided as for [`corroboration`](super::corroboration);
//! what is the same as something that is the same is one with it.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Claim;
use super::corroboration::{Corroboration, told};
use super::reports::Reports;
use crate::store::{Entry, EntryKind};

/// Entries that share a word are compared; more that share it are too many to be told by it.
const MANY: usize = 400;

/// What is told alike.
#[derive(Clone, PartialEq, Debug)]
pub struct Tellings {
    /// The entries, as places among those given, in their order: the first stands for all.
    pub members: Vec<usize>,
    /// Entries that deny it.
    pub denials: Vec<usize>,
    /// Who stands behind it, and who denies it.
    pub corroboration: Corroboration,
}

/// Groups entries by what they tell, in the order of their first. An entry whose record is not
/// among the reports is left out.
pub fn tellings(entries: &[Entry], reports: &Reports<'_>) -> Vec<Tellings> {
    let claims: Vec<(usize, Claim)> = entries
        .iter()
        .enumerate()
        .filter_map(|(i, e)| Some((i, reports.claim(e)?)))
        .collect();
    let mut cluster: Vec<usize> = (0..claims.len()).collect();
    let mut denied: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut others: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (a, b) in pairs(&claims) {
        let (one, other) = (&claims[a].1, &claims[b].1);
        if reports.same(one, other) {
            let (x, y) = (cluster[a].min(cluster[b]), cluster[a].max(cluster[b]));
            cluster.iter_mut().filter(|c| **c == y).for_each(|c| *c = x);
        }
        if !reports.near(one, other) {
            continue;
        }
        for (x, y) in [(a, b), (b, a)] {
            if claims[x].1.is_denied_by(&claims[y].1) {
                denied.entry(x).or_default().insert(y);
            }
            if claims[x].1.is_told_otherwise_by(&claims[y].1) {
                others.entry(x).or_default().insert(y);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (claim, head) in cluster.iter().enumerate() {
        groups.entry(*head).or_default().push(claim);
    }
    let group = |all: Vec<usize>| {
        let of = |map: &BTreeMap<usize, BTreeSet<usize>>| -> BTreeSet<usize> {
            all.iter()
                .filter_map(|c| map.get(c))
                .flatten()
                .copied()
                .collect()
        };
        let claim = |c: &usize| &claims[*c].1;
        let (against, otherwise) = (of(&denied), of(&others));
        let denials = against.iter().map(|c| claims[*c].0).collect();
        let same: Vec<&Claim> = all.iter().map(claim).collect();
        let against: Vec<&Claim> = against.iter().map(claim).collect();
        let otherwise: Vec<&Claim> = otherwise.iter().map(claim).collect();
        Tellings {
            members: all.iter().map(|c| claims[*c].0).collect(),
            denials,
            corroboration: told(&same, &against, &otherwise, reports),
        }
    };
    groups.into_values().map(group).collect()
}

/// Claims that may tell the same, or one the denial of the other: those that share a word that
/// says something, or are of one kind and one party.
fn pairs(claims: &[(usize, Claim)]) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, (_, claim)) in claims.iter().enumerate() {
        for word in &claim.telling {
            holders.entry(word.clone()).or_default().push(i);
        }
        for (unit, value) in &claim.sums {
            holders
                .entry(format!("{unit} {value}"))
                .or_default()
                .push(i);
        }
        if claim.entry.at.kind != EntryKind::Statement {
            for name in claim.by.iter().flatten() {
                let what = format!("{} {name}", claim.entry.what);
                holders.entry(what).or_default().push(i);
            }
        }
    }
    let mut out = BTreeSet::new();
    for all in holders.into_values().filter(|all| all.len() <= MANY) {
        for (n, a) in all.iter().enumerate() {
            out.extend(all[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    out
}
