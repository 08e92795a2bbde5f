//! What stands behind an entry.
//!
//! Only entries that may be the same are asked for: of one kind and one party, or of the same long
//! words, in reports near in time; and denials that name it.

use onrecord_model::{CommitmentKind, CueKind, EventType};

use super::{Gathered, Result, around, is_name, longest_words};
use crate::across::corroboration::{Corroboration, behind};
use crate::across::reports::{DAYS, Reports};
use crate::store::{Entry, EntryKind, Ledger, Query};

/// Words of a statement that are asked for together, and enough to know it again.
const WORDS: usize = 4;

impl Ledger {
    /// How many reports of the ledger tell the same as an entry within a week, how many of them
    /// are copies, which independent sources there are, and who denies it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn corroboration(&self, entry: &Entry) -> Result<Corroboration> {
        let mut found = Gathered::default();
        found.add(entry.clone());
        if let Some(day) = entry.published {
            let published = around(day, DAYS);
            for query in questions(entry) {
                let query = Query { published, ..query };
                found.ask(self, &query)?;
            }
        }
        let records = found.records(self)?;
        let others: Vec<Entry> = found.entries.into_iter().skip(1).collect();
        let reports = Reports::with(&records, &self.said()?);
        Ok(behind(entry, &others, &reports))
    }
}

/// Asks for what may be the same, or its denial.
fn questions(entry: &Entry) -> Vec<Query> {
    let like = Query {
        commitments: CommitmentKind::of(&entry.what)
            .filter(|_| entry.at.kind == EntryKind::Commitment)
            .into_iter()
            .collect(),
        events: EventType::of(&entry.what).into_iter().collect(),
        kinds: vec![entry.at.kind],
        ..Query::default()
    };
    let denial = Query {
        kinds: vec![EntryKind::Statement],
        cues: vec![CueKind::Deny],
        ..Query::default()
    };
    let mut out = Vec::new();
    for who in entry.by.iter().filter(|w| is_name(&w.name)) {
        let by = Some(who.name.clone());
        out.extend([&like, &denial].map(|q| Query {
            by: by.clone(),
            ..q.clone()
        }));
    }
    let statement = entry.at.kind == EntryKind::Statement;
    let words = longest_words(entry, WORDS);
    if statement && words.len() == WORDS {
        // The same words of whoever it is: a report may know the speaker by another name.
        out.push(Query {
            words: Some(words.join(" ")),
            ..like.clone()
        });
    }
    // Where nobody is bound or acts, it is the others that copies of it name.
    let unbound = entry.by.is_empty();
    let spoken_of = if statement || unbound {
        &entry.about
    } else {
        &entry.by
    };
    for who in spoken_of.iter().filter(|w| is_name(&w.name)) {
        let about = Some(who.name.clone());
        let also = (statement || unbound).then_some(&like);
        out.extend(also.into_iter().chain([&denial]).map(|q| Query {
            about: about.clone(),
            ..q.clone()
        }));
    }
    out
}
