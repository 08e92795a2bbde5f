//! How much of what a report says the reader finds, by people who searched sentences for what is
//! missing.
//!
//! Sentences are drawn at random ([`Ledger::sample`](crate::Ledger::sample)) and a person says of
//! each that nothing is missing, or adds what is ([`Verdict::Searched`], [`Verdict::Add`]). Of the
//! entries that those sentences hold, recall is the share that the reader found. What a person
//! rejected or merged is none; what nobody answered counts as found, and is told.
//!
//! The interval is Wilson's at 95% (Edwin B. Wilson, "Probable Inference, the Law of Succession, and
//! Statistical Inference", Journal of the American Statistical Association 22:158, 1927, pages
//! 209-212), which holds for few entries and for shares near 1. It takes entries as drawn one by
//! one; those of one sentence are found or missed together somewhat more often than that.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::{Entry, EntryKind, Judgement, Verdict, standing};

/// The standard normal deviate of 95%.
const Z: f64 = 1.959_963_984_540_054;

/// What of the entries of some sentences was found.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Share {
    /// Sentences that were searched.
    pub sentences: u64,
    /// Entries in them that the reader found.
    pub found: u64,
    /// Entries in them that people added.
    pub missed: u64,
    /// Of those found, how many this person did not answer.
    pub open: u64,
}

impl Share {
    /// The share that was found; `None` where the sentences hold nothing.
    pub fn recall(&self) -> Option<f64> {
        let all = self.found + self.missed;
        (all > 0).then(|| self.found as f64 / all as f64)
    }

    /// Wilson's interval of that share at 95%.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let n = (self.found + self.missed) as f64;
        let p = self.recall()?;
        let (squared, wide) = (Z * Z, 1.0 + Z * Z / n);
        let middle = (p + squared / (2.0 * n)) / wide;
        let half = Z * (p * (1.0 - p) / n + squared / (4.0 * n * n)).sqrt() / wide;
        Some(((middle - half).max(0.0), (middle + half).min(1.0)))
    }

    fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.open += other.open;
    }
}

/// What one person's search of sentences says of the reader.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Recall {
    /// Who searched.
    pub reviewer: String,
    /// Over all kinds.
    pub all: Share,
    /// By kind of entry, those that were searched for.
    pub kinds: Vec<(EntryKind, Share)>,
}

/// What people's searches say, in the order of their names: of all that they said of some reports,
/// and all entries of these, also those that are hidden.
pub fn recall(judgements: &[Judgement], entries: &[Entry]) -> Vec<Recall> {
    let mut said: Vec<Judgement> = Vec::new();
    let reports: BTreeSet<&str> = judgements.iter().map(|j| j.of.report.as_str()).collect();
    for report in reports {
        let own = judgements.iter().filter(|j| j.of.report == report);
        said.extend(standing(own.cloned().collect()));
    }
    said.retain(|j| matches!(j.verdict, Verdict::Searched));
    let authors: BTreeSet<&str> = said.iter().map(|j| j.author.as_str()).collect();
    let one = |author: &&str| {
        let own: Vec<&Judgement> = said.iter().filter(|j| j.author == **author).collect();
        of_one(author, &own, entries)
    };
    authors.iter().map(one).collect()
}

fn of_one(author: &str, searched: &[&Judgement], entries: &[Entry]) -> Recall {
    let mut out = Recall {
        reviewer: author.to_owned(),
        all: Share::default(),
        kinds: Vec::new(),
    };
    let mut all: BTreeSet<(&str, u32, u32)> = BTreeSet::new();
    for kind in EntryKind::ALL {
        let stretches = searched.iter().filter(|j| j.of.kind == kind);
        let stretches: BTreeSet<(&str, u32, u32)> = stretches
            .map(|j| (j.of.report.as_str(), j.of.anchor.start, j.of.anchor.end))
            .collect();
        if stretches.is_empty() {
            continue;
        }
        let mut share = Share {
            sentences: stretches.len() as u64,
            ..Share::default()
        };
        let within = |e: &&Entry| {
            let (start, ..) = e.rests_on();
            let mut all = stretches.iter();
            e.at.kind == kind
                && all.any(|(report, s, end)| e.at.report == *report && *s <= start && start < *end)
        };
        for entry in entries.iter().filter(within) {
            share.add(&counted(author, entry));
        }
        out.all.add(&share);
        out.kinds.push((kind, share));
        all.extend(stretches);
    }
    out.all.sentences = all.len() as u64;
    out
}

/// What an entry counts for.
fn counted(author: &str, entry: &Entry) -> Share {
    let own = entry.judgements.iter().filter(|j| j.author == author);
    let answer = Answer::of(own);
    if matches!(answer, Some(Answer::Rejected | Answer::Merged { .. })) {
        return Share::default();
    }
    let found = entry.added_by.is_none();
    Share {
        found: u64::from(found),
        missed: u64::from(!found),
        open: u64::from(found && answer.is_none()),
        ..Share::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Anchor, EntryRef};
    use onrecord_model::Record;

    #[test]
    fn wilsons_interval_is_as_worked_out_by_hand() {
        let share = |found, missed| Share {
            found,
            missed,
            ..Share::default()
        };
        // 8 of 10: centre (0.8 + 0.19207) / 1.38415, half 1.96 * sqrt(0.016 + 0.0096036) / 1.38415.
        let (low, high) = share(8, 2).interval().unwrap();
        assert!(
            (low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4,
            "{low} {high}"
        );
        let (low, high) = share(12, 0).interval().unwrap();
        assert!(
            (low - 0.7575).abs() < 1e-4 && (high - 1.0).abs() < 1e-9,
            "{low} {high}"
        );
        let (low, _) = share(0, 3).interval().unwrap();
        assert!(low.abs() < 1e-9);
        assert_eq!((share(0, 0).recall(), share(0, 0).interval()), (None, None));
    }

    #[test]
    fn recall_counts_what_the_searched_words_hold() {
        let json = include_str!("../../tests/data/harbour-loan.json");
        let mut entries = Entry::of(&Record::from_json(json).unwrap());
        entries.retain(|e| e.at.kind == EntryKind::Statement);
        entries.truncate(3);
        entries.sort_by_key(|e| e.at.anchor.start);
        let says = |of: EntryRef, verdict, author: &str, second| Judgement {
            of,
            verdict,
            author: author.into(),
            at: jiff::Timestamp::from_second(second).unwrap(),
        };
        entries[2].added_by = Some("Ann".into());
        let reject = says(entries[1].at.clone(), Verdict::Reject, "Bo", 1);
        entries[1].judgements.push(reject.clone());
        let end = entries[2].at.anchor.end;
        let words = EntryRef {
            anchor: Anchor {
                start: 0,
                end,
                quote: "all".into(),
                what: "words".into(),
            },
            ..entries[0].at.clone()
        };
        let searched = |author, second| says(words.clone(), Verdict::Searched, author, second);
        let back = Verdict::Withdraw {
            said_at: searched("Cy", 4).at,
        };
        let said = [
            reject,
            searched("Ann", 2),
            searched("Bo", 3),
            searched("Cy", 4),
            says(words.clone(), back, "Cy", 5),
        ];
        let got = recall(&said, &entries);
        let told: Vec<_> = got
            .iter()
            .map(|r| {
                (
                    r.reviewer.as_str(),
                    r.all.sentences,
                    r.all.found,
                    r.all.missed,
                    r.all.open,
                )
            })
            .collect();
        assert_eq!(told, [("Ann", 1, 2, 1, 2), ("Bo", 1, 1, 1, 1)]);
        assert_eq!(got[0].kinds.len(), 1);
    }
}
