//! What several reports tell alike, once: the same words of one speaker, the same event or
//! commitment of the same parties.
//!
//! Whether two entries are the same is decided as for [`corroboration`](super::corroboration);
//! what is the same as something that is the same is one with it. Commitments that a person parted are
//! not told alike; those that she joined are, where they have come as far and are told within a week.

use std::collections::{BTreeMap, BTreeSet};

use super::bonds::Bonds;
use super::claim::Claim;
use super::corroboration::{Corroboration, told};
use super::reports::Reports;
use crate::store::Entry;

/// Entries that share a key are compared; more that share it are too many to be told by it.
const MANY: usize = 300;

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
    let all: Vec<&Entry> = claims.iter().map(|(_, c)| c.entry).collect();
    let said = Bonds::of(&all);
    let mut cluster: Vec<usize> = (0..claims.len()).collect();
    let mut denied: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut others: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (a, b) in &said.joined {
        let (one, other) = (&claims[*a].1, &claims[*b].1);
        if one.is_as_far_as(other) && reports.near(one, other) {
            put_together(*a, *b, &said, &mut cluster);
        }
    }
    let mut pairs = pairs(&claims);
    pairs.sort_by_key(|(a, b)| said.is_parted(*a, *b));
    for (a, b) in pairs {
        let (one, other) = (&claims[a].1, &claims[b].1);
        if said.leaves_to_rules(a, b) && reports.same(one, other) {
            put_together(a, b, &said, &mut cluster);
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

/// Makes the clusters of two one, unless a person says that they are two.
fn put_together(a: usize, b: usize, said: &Bonds, cluster: &mut [usize]) {
    let (x, y) = (cluster[a].min(cluster[b]), cluster[a].max(cluster[b]));
    if x == y {
        return;
    }
    if said.says_apart() {
        let of = |head: usize| -> Vec<usize> {
            let all = cluster.iter().enumerate();
            all.filter(|(_, c)| **c == head).map(|(i, _)| i).collect()
        };
        if said.keep_apart(&of(x), &of(y)) {
            return;
        }
    }
    cluster.iter_mut().filter(|c| **c == y).for_each(|c| *c = x);
}

/// Claims that may tell the same, or one the denial of the other.
fn pairs(claims: &[(usize, Claim)]) -> Vec<(usize, usize)> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for word in claims.iter().flat_map(|(_, c)| &c.telling) {
        *count.entry(word).or_default() += 1;
    }
    let rarity = |word: &str| count.get(word).copied().unwrap_or_default();
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, (_, claim)) in claims.iter().enumerate() {
        let keys: BTreeSet<String> = claim.keys(rarity).into_iter().collect();
        for key in keys {
            holders.entry(key).or_default().push(i);
        }
    }
    let mut out = Vec::new();
    for all in holders.into_values().filter(|all| all.len() <= MANY) {
        for (n, a) in all.iter().enumerate() {
            out.extend(all[n + 1..].iter().map(|b| (*a, *b)));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use onrecord_model::Record;
    use proptest::prelude::*;

    use super::*;
    use crate::across::testing::tale;

    const PEOPLE: [&str; 3] = ["Ada Oko", "Ben Iru", "Cai Umo"];
    const WORDS: [&str; 9] = [
        "ferry", "harbour", "winter", "sails", "closed", "strike", "north", "fleet", "bread",
    ];

    proptest! {
        /// What the keys let through is all there is: comparing every two finds nothing more.
        #[test]
        fn nothing_that_is_the_same_is_missed(
            tales in prop::collection::vec(
                (0..3_usize, prop::collection::vec(0..9_usize, 3..9), 0..3_usize, 1..4_u64), 2..8),
        ) {
            let records: Vec<Record> = tales
                .iter()
                .enumerate()
                .map(|(i, (who, words, how, euros))| {
                    let words: Vec<&str> = words.iter().map(|w| WORDS[*w]).collect();
                    let content = format!("{} {euros} euros", words.join(" "));
                    let text = format!("{content}, {} said or denied to Oria in {i}.", PEOPLE[*who]);
                    let (cue, quotation) = [("say", "indirect"), ("say", "direct"), ("deny", "indirect")][*how];
                    tale(&text, "2031-03-04", "Post")
                        .says(PEOPLE[*who], cue, quotation, &content)
                        .binds(["aid", "announced"], PEOPLE[*who], "Oria", &content, &["reporter"])
                        .record()
                })
                .collect();
            let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
            let reports = Reports::of(&records);
            let claims: Vec<(usize, Claim)> = entries
                .iter()
                .enumerate()
                .filter_map(|(i, e)| Some((i, reports.claim(e)?)))
                .collect();
            let met = pairs(&claims);
            for (a, (_, one)) in claims.iter().enumerate() {
                for (b, (_, other)) in claims.iter().enumerate().skip(a + 1) {
                    let related = reports.same(one, other)
                        || one.is_denied_by(other)
                        || other.is_denied_by(one)
                        || one.is_told_otherwise_by(other);
                    prop_assert!(!related || met.contains(&(a, b)), "{:?}", (&one.entry.words, &other.entry.words));
                }
            }
        }
    }
}
