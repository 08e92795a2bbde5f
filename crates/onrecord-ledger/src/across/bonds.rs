//! What people say of threads: which commitments are of one, and which are not, whatever the rules
//! decide. Said by [`Verdict::Join`] and [`Verdict::Part`]; of two, what is said last holds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::store::{Entry, EntryRef, Judgement, Verdict, are_near};

/// What people say of some entries, by their places.
#[derive(Debug, Default)]
pub(super) struct Bonds {
    /// Joined, what was said last first.
    pub(super) joined: Vec<(usize, usize)>,
    apart: BTreeSet<(usize, usize)>,
    /// Of no thread with any that was not joined to it after.
    alone: BTreeSet<usize>,
    /// Of whom something is said that parts them: the others are put together first.
    parted: BTreeSet<usize>,
}

/// What is said of one pair, or of one and all others.
type Pair = (usize, Option<usize>);

impl Bonds {
    pub(super) fn of(entries: &[&Entry]) -> Self {
        let mut said: Vec<(Timestamp, Pair, bool)> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            for j in &entry.judgements {
                let (other, same) = match &j.verdict {
                    Verdict::Join { with } => (Some(with), true),
                    Verdict::Part { from } => (from.as_ref(), false),
                    _ => continue,
                };
                let place = other.map(|o| meant(o, entries));
                match place {
                    None => said.push((j.at, (i, None), same)),
                    Some(Some(o)) if o != i => said.push((j.at, (i, Some(o)), same)),
                    Some(_) => {}
                }
            }
        }
        said.sort_by_key(|(at, ..)| *at);
        let mut out = Self::default();
        let mut last: BTreeMap<(usize, usize), bool> = BTreeMap::new();
        for (_, pair, same) in said {
            out.hear(pair, same, &mut last);
        }
        let apart = last.iter().filter(|(_, same)| !**same);
        out.apart = apart.map(|(pair, _)| *pair).collect();
        out.joined
            .retain(|(a, b)| last.get(&order(*a, *b)) == Some(&true));
        out.joined.reverse();
        out.agree();
        out
    }

    /// Leaves out what was joined and cannot be, as later words stand against it.
    fn agree(&mut self) {
        let mut kept: Vec<(usize, usize)> = Vec::new();
        let all = std::mem::take(&mut self.joined);
        for (a, b) in all {
            let with = |i: usize| {
                let mut group = vec![i];
                let mut next = 0;
                while let Some(i) = group.get(next).copied() {
                    next += 1;
                    for other in others(&kept, i) {
                        if !group.contains(&other) {
                            group.push(other);
                        }
                    }
                }
                group
            };
            if !self.keep_apart(&with(a), &with(b)) {
                kept.push((a, b));
            }
        }
        self.joined = kept;
    }

    /// What people joined to one.
    pub(super) fn joined_to(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        others(&self.joined, i)
    }

    fn hear(&mut self, (one, other): Pair, same: bool, last: &mut BTreeMap<(usize, usize), bool>) {
        if !same {
            self.parted.insert(one);
        }
        let Some(other) = other else {
            self.alone.insert(one);
            last.retain(|(a, b), same| !*same || (*a != one && *b != one));
            return;
        };
        last.insert(order(one, other), same);
        if same {
            self.joined
                .retain(|(a, b)| order(*a, *b) != order(one, other));
            self.joined.push((one, other));
        }
    }

    /// Whether people say that two clusters are of two threads.
    pub(super) fn keep_apart(&self, a: &[usize], b: &[usize]) -> bool {
        let mut pairs = self.apart.iter();
        pairs.any(|(x, y)| (a.contains(x) && b.contains(y)) || (a.contains(y) && b.contains(x)))
    }

    /// Whether anybody says of any two that they are of two threads.
    pub(super) fn says_apart(&self) -> bool {
        !self.apart.is_empty()
    }

    /// Whether the rules may put two together.
    pub(super) fn leaves_to_rules(&self, a: usize, b: usize) -> bool {
        !self.alone.contains(&a) && !self.alone.contains(&b)
    }

    /// Whether a person parted one of two from something.
    pub(super) fn is_parted(&self, a: usize, b: usize) -> bool {
        self.parted.contains(&a) || self.parted.contains(&b)
    }
}

/// The others of the pairs that hold one.
fn others(pairs: &[(usize, usize)], i: usize) -> impl Iterator<Item = usize> + '_ {
    let mine = pairs.iter().filter(move |(a, b)| *a == i || *b == i);
    mine.map(move |(a, b)| if *a == i { *b } else { *a })
}

fn order(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

/// The entry that is meant, as its report is read now.
pub(crate) fn meant(at: &EntryRef, entries: &[&Entry]) -> Option<usize> {
    let there = entries.iter().position(|e| e.at == *at);
    let near = |e: &&Entry| {
        let same = e.at.report == at.report && e.at.kind == at.kind;
        same && are_near(&e.at.anchor, &at.anchor)
    };
    there.or_else(|| {
        let mut found = entries.iter().enumerate().filter(|(_, e)| near(e));
        let one = found.next().map(|(i, _)| i);
        one.filter(|_| found.next().is_none())
    })
}

/// What a person says of the thread of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Bond {
    /// Of which entry.
    pub of: EntryRef,
    /// Of one thread with the other, or not.
    pub same: bool,
    /// The other; none where it is parted from all that is not named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<EntryRef>,
    /// Who says so.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Why it may no longer be as it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stale: Option<Stale>,
}

/// Why what was said of a thread may no longer be so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stale {
    /// A later version took the place of the report of one.
    Superseded,
    /// The other is no longer on record, or a person hid it.
    Gone,
}

/// What people say of the thread of an entry among others.
pub(super) fn bonds<'e>(entry: &'e Entry, all: &'e [&Entry]) -> impl Iterator<Item = Bond> + 'e {
    let bond = move |j: &Judgement| {
        let (other, same) = match &j.verdict {
            Verdict::Join { with } => (Some(with), true),
            Verdict::Part { from } => (from.as_ref(), false),
            _ => return None,
        };
        let there = other.map(|o| meant(o, all).map(|i| all[i]));
        let stale = match there {
            Some(None) => Some(Stale::Gone),
            Some(Some(other)) if other.superseded => Some(Stale::Superseded),
            _ if entry.superseded => Some(Stale::Superseded),
            _ => None,
        };
        Some(Bond {
            of: entry.at.clone(),
            same,
            other: other.cloned(),
            author: j.author.clone(),
            at: j.at,
            stale,
        })
    };
    entry.judgements.iter().filter_map(bond)
}
