//! How far people who judged the same entries agree.
//!
//! Two answers are the same when they say the same: both accept, both reject, both merge into the
//! same entry, or both correct it to the same. Two who correct one entry in two ways differ.
//!
//! Chance is taken off by Cohen's kappa (Jacob Cohen, "A Coefficient of Agreement for Nominal
//! Scales", Educational and Psychological Measurement 20:1, 1960, pages 37-46): (p - c) / (1 - c),
//! where p is the share of entries on which two agree and c the share on which two would who gave
//! the same answers as often, at random. It is 1 where they always agree, 0 where they agree as
//! often as chance has it, and below 0 where less often. Where both gave one and the same answer
//! throughout, c is 1 and kappa is not defined; nor is it where no entry was judged by both.
//!
//! Left out: entries that a newer reader no longer finds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Answer;
use crate::{Entry, EntryKind};

/// How far two series of answers agree.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Agreement {
    /// Entries that both judged.
    pub entries: u64,
    /// On how many of them they gave the same answer.
    pub same: u64,
    /// Cohen's kappa; `None` where it is not defined.
    pub kappa: Option<f64>,
}

impl Agreement {
    /// Of the answers that two people gave to the same questions.
    pub fn of<A: PartialEq>(answers: &[(A, A)]) -> Self {
        let n = answers.len() as u64;
        let same = answers.iter().filter(|(a, b)| a == b).count() as u64;
        // Pairs of an answer of the one and an answer of the other, to whatever, that are the
        // same: chance agreement times n squared.
        let firsts = answers.iter().map(|(a, _)| a);
        let chance: u64 = firsts
            .map(|a| answers.iter().filter(|(_, b)| a == b).count() as u64)
            .sum();
        let kappa = (chance < n * n).then(|| {
            let over = (n * same) as f64 - chance as f64;
            over / (n * n - chance) as f64
        });
        Self {
            entries: n,
            same,
            kappa,
        }
    }

    /// The share of entries on which they agree; `None` where there is no entry.
    pub fn share(&self) -> Option<f64> {
        (self.entries > 0).then(|| self.same as f64 / self.entries as f64)
    }
}

/// An entry on which two people differ.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Difference {
    /// The entry, as it was read.
    pub entry: Entry,
    /// What the first says.
    pub first: Answer,
    /// What the second says.
    pub second: Answer,
}

/// Two people who judged the same entries.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Pair {
    /// The one who comes first in the alphabet.
    pub first: String,
    /// The other.
    pub second: String,
    /// Over all entries that both judged.
    pub all: Agreement,
    /// By kind of entry, those that both judged some of.
    pub kinds: Vec<(EntryKind, Agreement)>,
    /// The entries on which they differ, in the order they were given.
    pub differences: Vec<Difference>,
}

/// How far each two people agree who judged some of the same entries, in the order of their names.
pub fn pairs(entries: &[Entry]) -> Vec<Pair> {
    let authors = entries.iter().flat_map(|e| &e.judgements);
    let authors: BTreeSet<&str> = authors.map(|j| j.author.as_str()).collect();
    let authors: Vec<&str> = authors.into_iter().collect();
    let mut out = Vec::new();
    for (i, first) in authors.iter().enumerate() {
        for second in &authors[i + 1..] {
            out.extend(pair(first, second, entries));
        }
    }
    out
}

fn pair(first: &str, second: &str, entries: &[Entry]) -> Option<Pair> {
    let answer =
        |e: &Entry, author: &str| Answer::of(e.judgements.iter().filter(|j| j.author == author));
    let both: Vec<(&Entry, (Answer, Answer))> = entries
        .iter()
        .filter_map(|e| Some((e, answer(e, first).zip(answer(e, second))?)))
        .collect();
    if both.is_empty() {
        return None;
    }
    let of = |wanted: &dyn Fn(&Entry) -> bool| {
        let some = both.iter().filter(|(e, _)| wanted(e));
        Agreement::of(&some.map(|(_, a)| (&a.0, &a.1)).collect::<Vec<_>>())
    };
    let kinds = [
        EntryKind::Statement,
        EntryKind::Event,
        EntryKind::Commitment,
    ];
    let kinds = kinds.map(|kind| (kind, of(&|e| e.at.kind == kind)));
    let differ = both.iter().filter(|(_, (a, b))| a != b);
    Some(Pair {
        first: first.to_owned(),
        second: second.to_owned(),
        all: of(&|_| true),
        kinds: kinds.into_iter().filter(|(_, a)| a.entries > 0).collect(),
        differences: differ
            .map(|(e, (a, b))| Difference {
                entry: (*e).clone().unjudged(),
                first: a.clone(),
                second: b.clone(),
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Correction, Judgement, Verdict};
    use onrecord_model::Record;

    /// Of counts: both yes, first alone, second alone, both no.
    fn table(yes: usize, first: usize, second: usize, no: usize) -> Agreement {
        let cells = [
            (yes, (1, 1)),
            (first, (1, 0)),
            (second, (0, 1)),
            (no, (0, 0)),
        ];
        let answers = cells.into_iter().flat_map(|(n, a)| vec![a; n]);
        Agreement::of(&answers.collect::<Vec<_>>())
    }

    #[test]
    fn kappa_is_as_worked_out_by_hand() {
        // p = 35/50; c = (25 * 30 + 25 * 20) / 2500 = 0.5; kappa = (0.7 - 0.5) / 0.5.
        let a = table(20, 5, 10, 15);
        assert_eq!((a.entries, a.same, a.share()), (50, 35, Some(0.7)));
        assert_eq!(a.kappa, Some(0.4));
        // The same share where one answer is rare: c = (0.6 * 0.7 + 0.4 * 0.3) = 0.54.
        let a = table(45, 15, 25, 15);
        assert_eq!(a.share(), Some(0.6));
        assert!((a.kappa.unwrap() - 0.06 / 0.46).abs() < 1e-12);
        // Never the same.
        assert_eq!(table(0, 3, 3, 0).kappa, Some(-1.0));
        assert_eq!(table(7, 0, 0, 3).kappa, Some(1.0));
    }

    #[test]
    fn kappa_is_not_defined_where_chance_is_all() {
        let a = table(9, 0, 0, 0);
        assert_eq!((a.share(), a.kappa), (Some(1.0), None));
        let a = table(0, 0, 0, 0);
        assert_eq!((a.share(), a.kappa), (None, None));
    }

    /// The entries of a record with what people said of each, as `Ann: accept`.
    fn judged(said: &[(usize, &str, Verdict)]) -> Vec<Entry> {
        let json = include_str!("../../tests/data/harbour-loan.json");
        let mut entries = Entry::of(&Record::from_json(json).unwrap());
        for (i, author, verdict) in said {
            let of = entries[*i].at.clone();
            entries[*i].judgements.push(Judgement {
                of,
                verdict: verdict.clone(),
                author: (*author).to_owned(),
                at: jiff::Timestamp::UNIX_EPOCH,
            });
        }
        entries
    }

    #[test]
    fn pairs_are_those_who_judged_the_same() {
        let to = |name: &str| {
            Verdict::Correct(Correction {
                to: Some(vec![name.into()]),
                ..Correction::default()
            })
        };
        let note = Verdict::Note { text: "?".into() };
        let entries = judged(&[
            (0, "Bo", Verdict::Accept),
            (0, "Ann", Verdict::Accept),
            (1, "Ann", Verdict::Reject),
            (1, "Bo", Verdict::Accept),
            (2, "Ann", to("Chile")),
            (2, "Bo", to("Chile")),
            (3, "Ann", to("Chile")),
            (3, "Bo", to("Peru")),
            (4, "Ann", Verdict::Accept),
            (4, "Bo", note),
            (5, "Cy", Verdict::Accept),
        ]);
        let pairs = pairs(&entries);
        assert_eq!(pairs.len(), 1);
        let p = &pairs[0];
        assert_eq!((p.first.as_str(), p.second.as_str()), ("Ann", "Bo"));
        // Same on 0 and 2. Chance: accept 1 * 2, reject 1 * 0, Chile 2 * 1, Peru 0 * 1 = 4 of 16.
        assert_eq!((p.all.entries, p.all.same), (4, 2));
        assert!((p.all.kappa.unwrap() - (0.5 - 0.25) / 0.75).abs() < 1e-12);
        let differ: Vec<_> = p
            .differences
            .iter()
            .map(|d| (d.first.as_str(), d.second.as_str()))
            .collect();
        assert_eq!(
            differ,
            [("rejected", "accepted"), ("corrected", "corrected")]
        );
        assert!(p.differences.iter().all(|d| d.entry.judgements.is_empty()));
        let kinds: u64 = p.kinds.iter().map(|(_, a)| a.entries).sum();
        assert_eq!(kinds, 4);
    }
}
