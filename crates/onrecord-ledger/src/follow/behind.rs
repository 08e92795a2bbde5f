//! What stands behind an entry.
//!
//! Only entries that may be the same are asked for: of one kind and one party, or of the same long
//! words, in reports near in time; and denials that name it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use onrecord_model::{CommitmentKind, CueKind, EventType};

use super::{Gathered, Result, is_name};
use crate::across::corroboration::{Corroboration, behind};
use crate::across::reports::{DAYS, Reports};
use crate::across::stories::is_function_word;
use crate::store::{Days, Entry, EntryKind, Ledger, Query, folded};

/// Words of a statement that are asked for together.
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
        if let Some(published) = near(entry) {
            for query in questions(entry) {
                let query = Query { published, ..query };
                found.ask(self, &query, |_| true)?;
            }
        }
        let records = found.records(self)?;
        let others: Vec<Entry> = found.entries.into_iter().skip(1).collect();
        let reports = Reports::with(&records, &self.said()?);
        Ok(behind(entry, &others, &reports))
    }
}

/// The days of reports that may tell of the same; `None` when the entry's own day is not known.
fn near(entry: &Entry) -> Option<Days> {
    let day = entry.published?;
    let span = jiff::Span::new().days(DAYS);
    Some(Days {
        from: day.checked_sub(span).ok(),
        to: day.checked_add(span).ok(),
    })
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
    if let Some(words) = words(entry).filter(|_| statement) {
        // The same words of whoever it is: a report may know the speaker by another name.
        out.push(Query {
            words: Some(words),
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

/// The longest words of a statement's content, when they are enough to know it again.
fn words(entry: &Entry) -> Option<String> {
    let all: BTreeSet<String> = folded(&entry.at.anchor.quote).into_iter().collect();
    let mut all: Vec<String> = all.into_iter().filter(|w| !is_function_word(w)).collect();
    all.sort_by_key(|w| Reverse(w.chars().count()));
    all.truncate(WORDS);
    (all.len() == WORDS).then(|| all.join(" "))
}
