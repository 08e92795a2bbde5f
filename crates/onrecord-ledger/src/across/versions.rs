//! What changed between two versions of a report: its words, and what its record says.
//!
//! ```text
//! corrected  $350 million -> $250 million   (number)
//! c1         authorized USD 350,000,000 -> USD 250,000,000
//! ```
//!
//! An entry of the later version is that of the earlier on which most of its words stand. Left
//! out: entries that only the reader found in one version and not in the other look like changes.

use std::collections::BTreeSet;

use onrecord_model::Record;
use serde::Serialize;

use super::carrier::{Difference, compare};
use super::stories::is_function_word;
use crate::store::{Entry, EntryKind, folded};

/// What is another between two versions.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Changes {
    /// In the words of the text.
    pub text: Difference,
    /// The headlines, when they are two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<Headlines>,
    /// In the record, in the order of the later version; what is gone comes last.
    pub entries: Vec<Change>,
}

/// Two headlines.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Headlines {
    /// The earlier; empty when there was none.
    pub was: String,
    /// The later.
    pub now: String,
}

/// What became of an entry.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum Change {
    /// It is new.
    Added {
        /// As it is.
        now: Box<Entry>,
    },
    /// It is not there any more.
    Gone {
        /// As it was.
        was: Box<Entry>,
    },
    /// It says something else.
    Altered {
        /// As it was.
        was: Box<Entry>,
        /// As it is.
        now: Box<Entry>,
        /// In what the two differ.
        fields: Vec<Field>,
    },
}

/// What of an entry may be another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Field {
    /// The kind of cue, the type of event, the kind of commitment.
    What,
    /// How far a commitment has come.
    Status,
    /// How firmly it is said.
    Factuality,
    /// Who speaks, acts, or is bound.
    By,
    /// To whom or with whom.
    To,
    /// On whose word it stands.
    Word,
    /// Its time.
    Time,
    /// Its place.
    Place,
    /// How much.
    Amount,
    /// Its words.
    Words,
}

impl Field {
    /// Its name, as in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Status => "status",
            Self::Factuality => "factuality",
            Self::By => "by",
            Self::To => "to",
            Self::Word => "word",
            Self::Time => "time",
            Self::Place => "place",
            Self::Amount => "amount",
            Self::Words => "words",
        }
    }
}

/// What changed from one version to the next.
pub fn changes(older: &Record, newer: &Record) -> Changes {
    let headline = |r: &Record| {
        let headline = r.report.headline.as_ref();
        headline.map(|h| h.quote().to_owned()).unwrap_or_default()
    };
    let (was, now) = (headline(older), headline(newer));
    Changes {
        text: compare(&older.report, &newer.report),
        headline: (was != now).then_some(Headlines { was, now }),
        entries: entries(&Entry::of(older), &Entry::of(newer)),
    }
}

fn entries(older: &[Entry], newer: &[Entry]) -> Vec<Change> {
    let mut taken = BTreeSet::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    // Those that are the same come first, so that nothing like them takes their place.
    for least in [100, LIKE] {
        for (n, now) in newer.iter().enumerate() {
            if pairs.iter().any(|(_, paired)| *paired == n) {
                continue;
            }
            let mut best: Option<(usize, usize)> = None;
            for (w, was) in older.iter().enumerate().filter(|(w, _)| !taken.contains(w)) {
                let likeness = likeness(was, now);
                if likeness >= least && best.is_none_or(|(most, _)| likeness > most) {
                    best = Some((likeness, w));
                }
            }
            if let Some((_, w)) = best {
                taken.insert(w);
                pairs.push((w, n));
            }
        }
    }
    let mut out = Vec::new();
    for (n, now) in newer.iter().enumerate() {
        let was = pairs.iter().find(|(_, paired)| *paired == n);
        match was.map(|(w, _)| &older[*w]) {
            None => out.push(Change::Added {
                now: Box::new(now.clone()),
            }),
            Some(was) => {
                let fields = fields(was, now);
                if !fields.is_empty() {
                    out.push(Change::Altered {
                        was: Box::new(was.clone()),
                        now: Box::new(now.clone()),
                        fields,
                    });
                }
            }
        }
    }
    let gone = older.iter().enumerate().filter(|(w, _)| !taken.contains(w));
    out.extend(gone.map(|(_, was)| Change::Gone {
        was: Box::new(was.clone()),
    }));
    out
}

/// The share of words, in percent, by which two entries are one.
const LIKE: usize = 50;

/// How much two entries have in common, in percent: of the words they rest on that say something,
/// whoever speaks them and whatever figures stand there; nothing where they are of two kinds.
fn likeness(a: &Entry, b: &Entry) -> usize {
    if a.at.kind != b.at.kind || (a.at.kind == EntryKind::Event && a.what != b.what) {
        return 0;
    }
    if words(a) == words(b) && a.at.anchor.what == b.at.anchor.what {
        return 100;
    }
    let telling = |e: &Entry| -> BTreeSet<String> {
        let all = folded(&e.at.anchor.quote).into_iter();
        let all = all.filter(|w| !is_function_word(w));
        all.filter(|w| w.chars().any(char::is_alphabetic)).collect()
    };
    let (x, y) = (telling(a), telling(b));
    let shared = x.intersection(&y).count() * 99 / x.union(&y).count().max(1);
    // Two entries on the same words are told apart by what they are.
    shared.saturating_sub(usize::from(a.at.anchor.what != b.at.anchor.what))
}

fn words(e: &Entry) -> Vec<String> {
    e.words.iter().flat_map(|w| folded(w.quote())).collect()
}

fn fields(was: &Entry, now: &Entry) -> Vec<Field> {
    let names =
        |who: &[crate::store::Who]| -> Vec<String> { who.iter().map(|w| w.name.clone()).collect() };
    let places = |e: &Entry| -> Vec<String> { e.places.iter().map(|p| p.name.clone()).collect() };
    let all = [
        (Field::What, was.what != now.what),
        (Field::Status, was.status != now.status),
        (
            Field::Factuality,
            was.factuality != now.factuality || was.phase != now.phase,
        ),
        (Field::By, names(&was.by) != names(&now.by)),
        (Field::To, names(&was.to) != names(&now.to)),
        (
            Field::Word,
            names(&was.word) != names(&now.word) || was.reporter != now.reporter,
        ),
        (Field::Time, was.time != now.time),
        (Field::Place, places(was) != places(now)),
        (Field::Amount, was.amounts != now.amounts),
        (Field::Words, words(was) != words(now)),
    ];
    let other = all.into_iter().filter(|(_, other)| *other);
    other.map(|(field, _)| field).collect()
}

#[cfg(test)]
mod tests;
