//! A commitment through its steps.
//!
//! Asked for are commitments of one party that name another of its parties or have a word of what
//! is promised, and denials that name them; then the same of each that was found to belong to it.

use std::collections::BTreeSet;

use onrecord_model::CueKind;
use serde::Serialize;

use super::{Gathered, Result, is_name, longest_words};
use crate::across::reports::Reports;
use crate::across::threads::{self, Thread};
use crate::store::{Entry, EntryKind, Ledger, Query, Show};

/// How often the question is asked again.
const ROUNDS: usize = 4;
/// Words of what is promised that are asked for.
const WORDS: usize = 6;

/// A thread, and whether it is whole.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Followed {
    /// The thread.
    #[serde(flatten)]
    pub thread: Thread,
    /// Whether more reports may belong to it than were looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

impl Ledger {
    /// The thread a commitment belongs to; none when the entry is no commitment and denies none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn thread(&self, entry: &Entry) -> Result<Option<Followed>> {
        let mut found = Gathered::default();
        found.add(entry.clone());
        let mut asked: Vec<Query> = Vec::new();
        let mut members = vec![entry.clone()];
        let mut thread = None;
        let said = self.said()?;
        for _ in 0..ROUNDS {
            let before = (asked.len(), found.entries.len());
            for query in members.iter().flat_map(questions) {
                if !asked.contains(&query) {
                    found.ask(self, &query)?;
                    asked.push(query);
                }
            }
            found.joined(self)?;
            if (asked.len(), found.entries.len()) == before {
                break;
            }
            let records = found.records(self)?;
            let reports = Reports::with(&records, &said);
            thread = threads::of(&entry.at, &found.entries, &reports);
            let steps = thread.iter().flat_map(|t: &Thread| &t.steps);
            let told: Vec<_> = steps
                .flat_map(|s| &s.tellings)
                .flat_map(|t| &t.entries)
                .collect();
            let is = |e: &&Entry| told.contains(&&e.at);
            members = found.entries.iter().filter(is).cloned().collect();
        }
        Ok(thread.map(|thread| Followed {
            thread,
            cut: found.cut,
        }))
    }
}

fn questions(entry: &Entry) -> Vec<Query> {
    let show = Show {
        superseded: true,
        ..Show::default()
    };
    let commitments = Query {
        kinds: vec![EntryKind::Commitment],
        show,
        ..Query::default()
    };
    let denials = Query {
        kinds: vec![EntryKind::Statement],
        cues: vec![CueKind::Deny],
        show,
        ..Query::default()
    };
    // A statement that denies a commitment names its parties among those it speaks of.
    let sides = entry.by.iter().chain(&entry.to);
    let sides = sides.chain(
        entry
            .about
            .iter()
            .filter(|_| entry.at.kind == EntryKind::Statement),
    );
    let sides: BTreeSet<&str> = sides
        .map(|w| w.name.as_str())
        .filter(|n| is_name(n))
        .collect();
    let mut out = Vec::new();
    for one in &sides {
        let about = Some((*one).to_owned());
        out.push(Query {
            about: about.clone(),
            ..denials.clone()
        });
        let others = sides.iter().filter(|o| *o != one);
        let pairs = others.map(|other| Query {
            by: Some((*other).to_owned()),
            about: about.clone(),
            ..commitments.clone()
        });
        out.extend(pairs);
        out.extend(longest_words(entry, WORDS).into_iter().map(|word| Query {
            about: about.clone(),
            words: Some(word),
            ..commitments.clone()
        }));
    }
    out
}
