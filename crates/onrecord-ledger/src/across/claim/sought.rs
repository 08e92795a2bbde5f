//! By what words a claim is known again: an index that counts them finds all that may be the same, be
//! told otherwise or deny it, before any record is read.
//!
//! Two claims are the same when most of their words are (see [`Claim::is_told_by`]), so whoever has
//! few of the words of one is not looked at.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use onrecord_model::{CommitmentStatus, Record};

use super::{Claim, SHARED, Sums, TELLING};
use crate::across::identity::Identities;
use crate::store::{Entry, EntryKind};

/// Words that are asked for: the longest. A longer claim is known by so many.
const MOST: usize = 64;
/// Words that two quotations of one speaker have in common, when one holds the other.
const QUOTED: u32 = 2;

/// What may be the same as an entry, as an index is asked for it.
#[derive(Debug)]
pub(crate) struct Sought {
    kind: EntryKind,
    /// Words that say something, the longest first.
    pub(crate) words: Vec<String>,
    /// Which of them, as bits: all; without the names of the parties; without figures.
    whole: u64,
    matter: u64,
    plain: u64,
    direct: bool,
    bound: bool,
    /// Unit and value.
    pub(crate) sums: Sums,
    /// A step that one and the same party is told to be at in any words.
    pub(crate) held: Option<CommitmentStatus>,
}

impl Sought {
    /// How an entry of a record is looked for; none when the record has no such entry.
    pub(crate) fn of(entry: &Entry, record: &Record) -> Option<Self> {
        use CommitmentStatus as S;
        let claim = Claim::of(entry, record, &Identities::default())?;
        let mut words: Vec<String> = claim.telling.iter().cloned().collect();
        words.sort_by_key(|w| Reverse(w.chars().count()));
        words.truncate(MOST);
        let bits = |of: &BTreeSet<String>| {
            let held = words.iter().enumerate().filter(|(_, w)| of.contains(*w));
            held.fold(0, |bits, (i, _)| bits | 1 << i)
        };
        let held = |s: &S| matches!(s, S::Delayed | S::Withheld | S::Suspended | S::Broken);
        Some(Self {
            kind: entry.at.kind,
            whole: bits(&claim.telling),
            matter: bits(&claim.matter),
            plain: bits(&claim.plain()),
            direct: claim.is_direct(),
            bound: !entry.by.is_empty(),
            sums: claim.sums,
            held: entry.status.filter(held),
            words,
        })
    }

    /// Whether it matters of some who hold its words that they are of the same parties.
    pub(crate) fn is_of_parties(&self) -> bool {
        let few = |bits: u64| (bits.count_ones() as usize) < TELLING;
        let otherwise = !self.sums.is_empty() && few(self.plain);
        self.kind != EntryKind::Statement || self.direct || few(self.whole) || otherwise
    }

    /// Whether an entry of the same type may be the same: by which of the words it holds, as bits, and
    /// whether it is of the same parties.
    pub(crate) fn is_met_by(&self, held: u64, parties: bool) -> bool {
        let shares = |of: u64| {
            let shared = (held & of).count_ones() as usize;
            shared > 0 && shared * 100 >= of.count_ones() as usize * SHARED
        };
        let many = |of: u64| of.count_ones() as usize >= TELLING;
        // A copy of it has all of its words, whoever it takes to be bound.
        let copied = held & self.whole == self.whole && self.whole != 0;
        if copied && (parties || !self.bound || many(self.whole)) {
            return true;
        }
        let sums = !self.sums.is_empty();
        match self.kind {
            EntryKind::Statement => {
                let alike = |of: u64| shares(of) && (parties || many(of));
                alike(self.whole)
                    || (sums && alike(self.plain))
                    || (self.direct && parties && held.count_ones() >= QUOTED)
            }
            EntryKind::Event => parties && shares(self.whole),
            EntryKind::Commitment if sums => parties && shares(self.plain),
            EntryKind::Commitment => parties && shares(self.matter),
        }
    }

    /// Whether a sum that it speaks of is looked for by itself.
    pub(crate) fn is_sum(&self) -> bool {
        self.kind == EntryKind::Commitment && !self.sums.is_empty()
    }

    /// Whether somebody else's statement can deny it: with all its words, or the same sum.
    pub(crate) fn can_be_denied(&self) -> bool {
        let words = self.whole.count_ones() as usize >= TELLING;
        self.kind != EntryKind::Statement && self.bound && (words || !self.sums.is_empty())
    }
}
