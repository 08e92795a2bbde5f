//! What a person says of an entry: a layer of its own, with author and time.
//!
//! Judgements are kept by the words an entry rests on, so they find it again when a newer
//! reader reads the report; one whose entry is gone stays in the ledger, attached to nothing.
//! They are added, never edited: who changes her mind says so after, and who errs takes back
//! what she said ([`Verdict::Withdraw`]), which stays in the ledger with the taking back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::correction::{Correction, correct};
use super::entry::{Anchor, Entry, EntryKind, EntryRef};

/// What a person says of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "verdict")]
pub enum Verdict {
    /// It is as the record says. Takes back a rejection or a merging.
    Accept,
    /// It is not in the report; hidden unless asked for.
    Reject,
    /// It is, but otherwise.
    Correct(Correction),
    /// It is the same thing as another entry; hidden unless asked for.
    Merge {
        /// The entry that stands for both.
        into: EntryRef,
    },
    /// Words about it.
    Note {
        /// The words.
        text: String,
    },
    /// The reader missed it: an entry on the words of the anchor, of which this is so.
    Add(Correction),
    /// It is of one thread with another commitment.
    Join {
        /// The other.
        with: EntryRef,
    },
    /// It is not of one thread with another commitment, or with any that is not named.
    Part {
        /// The other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<EntryRef>,
    },
    /// All entries of this kind that the anchor's words hold are on record: said of words of the
    /// report, not of an entry.
    Searched,
    /// It takes back what its author said of the entry before.
    Withdraw {
        /// When that was said ([`Judgement::at`]).
        said_at: Timestamp,
    },
}

/// A verdict with its author and time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Judgement {
    /// Of which entry.
    pub of: EntryRef,
    /// What is said.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Who says it.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

impl Judgement {
    /// Whether this takes back another.
    pub(crate) fn withdraws(&self, other: &Self) -> bool {
        matches!(self.verdict, Verdict::Withdraw { said_at } if said_at == other.at)
            && self.author == other.author
            && !matches!(other.verdict, Verdict::Withdraw { .. })
    }
}

/// Whether a value can be an entry's own time: days of the calendar as TIMEX3 or EDTF have them,
/// or what of TIMEX3 names none (`P3M`, `T14:30`, `XXXX-WXX-1`, `PAST_REF`).
pub fn is_time(value: &str) -> bool {
    let letters = |s: &str| {
        let known = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"-:.".contains(&b);
        s.len() > 1 && s.bytes().all(known)
    };
    let length = |s: &str| {
        s[1..]
            .trim_start_matches('T')
            .starts_with(|c: char| c.is_ascii_digit() || c == 'X')
    };
    match value {
        "PAST_REF" | "PRESENT_REF" | "FUTURE_REF" => true,
        _ if value.starts_with('P') => letters(value) && length(value),
        _ if value.starts_with('T') || value.starts_with("XXXX-") => letters(value),
        _ => super::days::covered(value).is_some(),
    }
}

/// Of what was said of an entry, oldest first, that which nobody took back.
pub fn standing(judgements: Vec<Judgement>) -> Vec<Judgement> {
    let mut stand: Vec<Judgement> = Vec::new();
    for j in judgements {
        if matches!(j.verdict, Verdict::Withdraw { .. }) {
            stand.retain(|said| !j.withdraws(said));
        } else {
            stand.push(j);
        }
    }
    stand
}

/// As little of two stretches as may be common for them to be the same words read anew.
const COMMON: f64 = 0.5;

/// The entry an anchor means among those of the report as it is read now: on the same words if
/// there is one, else on words that have most in common. `None` when two fit equally well.
pub(crate) fn attach(kind: EntryKind, anchor: &Anchor, entries: &[Entry]) -> Option<usize> {
    let of_kind = || {
        entries
            .iter()
            .enumerate()
            .filter(|(_, e)| e.at.kind == kind)
    };
    if let Some((i, _)) = of_kind().find(|(_, e)| e.at.anchor == *anchor) {
        return Some(i);
    }
    let mut near: Vec<(f64, bool, usize)> = of_kind()
        .map(|(i, e)| {
            (
                common(anchor, &e.at.anchor),
                anchor.what == e.at.anchor.what,
                i,
            )
        })
        .filter(|(c, _, _)| *c >= COMMON)
        .collect();
    near.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.total_cmp(&a.0)).then(a.2.cmp(&b.2)));
    match near[..] {
        [] => None,
        [(a, same, _), (b, too, _), ..] if same == too && a.total_cmp(&b).is_eq() => None,
        [(_, _, i), ..] => Some(i),
    }
}

/// Whether two stretches are the same words read anew.
pub(crate) fn are_near(a: &Anchor, b: &Anchor) -> bool {
    common(a, b) >= COMMON
}

/// The part of the two that is common to both, from 0 to 1.
fn common(a: &Anchor, b: &Anchor) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let all = a.end.max(b.end) - a.start.min(b.start);
    if all == 0 {
        0.0
    } else {
        f64::from(both) / f64::from(all)
    }
}

/// What judgements make of an entry, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) rejected: bool,
    pub(crate) merged: bool,
}

/// Lays judgements over an entry: corrects it, keeps it as it was read beside, says whether it
/// is hidden.
pub(crate) fn apply(entry: &mut Entry, judgements: Vec<Judgement>) -> Standing {
    let judgements = standing(judgements);
    let mut standing = Standing::default();
    let as_read = entry.clone();
    for j in &judgements {
        match &j.verdict {
            Verdict::Accept => standing = Standing::default(),
            Verdict::Reject => standing.rejected = true,
            Verdict::Merge { .. } => standing.merged = true,
            Verdict::Correct(c) => correct(entry, c),
            Verdict::Add(c) if entry.added_by.is_none() => correct(entry, c),
            _ => {}
        }
    }
    let corrects = |j: &Judgement| match j.verdict {
        Verdict::Correct(_) => true,
        // The reader found since what a person had added.
        Verdict::Add(_) => entry.added_by.is_none(),
        _ => false,
    };
    if judgements.iter().any(corrects) {
        entry.as_read = Some(Box::new(as_read));
    }
    entry.judgements = judgements;
    standing
}

impl Entry {
    /// The entry as it was read, with nothing laid over it.
    #[must_use]
    pub fn unjudged(self) -> Self {
        match self.as_read {
            Some(read) => *read,
            None => Self {
                judgements: Vec::new(),
                ..self
            },
        }
    }

    /// Whether a person rejected it, or merged it into another.
    pub fn is_hidden(&self) -> bool {
        let said = apply(&mut self.clone().unjudged(), self.judgements.clone());
        said.rejected || said.merged
    }

    /// The entry with these judgements laid over it, oldest first, and no others.
    #[must_use]
    pub fn judged(self, judgements: Vec<Judgement>) -> Self {
        let mut entry = self.unjudged();
        apply(&mut entry, judgements);
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_from_words() {
        for time in [
            "2031-03-04",
            "2031-03",
            "2031-W12",
            "2031-03-04T14:30",
            "2031-03/2031-05",
            "P3M",
            "PT2H",
            "PXD",
            "T14:30",
            "XXXX-WXX-1",
            "PAST_REF",
        ] {
            assert!(is_time(time), "{time}");
        }
        for words in [
            "",
            "P",
            "Tuesday",
            "PAST",
            "2031-13-41",
            "next week",
            "T",
            "P 3M",
        ] {
            assert!(!is_time(words), "{words}");
        }
    }
}
