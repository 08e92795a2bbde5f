//! The tracker's sheet: a row for each thread that a query finds something of.
//!
//! Asked for are the commitments; then, of those found, what else binds the same to the same, and
//! denials that name them, so that a row tells the whole thread though the query names one step of it.

use std::collections::BTreeSet;

use onrecord_model::CueKind;
use serde::Serialize;

use super::{Gathered, Result, is_name};
use crate::across::reports::Reports;
use crate::across::threads::threads;
use crate::across::tracker::{Row, Terms, row};
use crate::store::{Entry, EntryKind, Ledger, Query, Show, Sort};

/// The sheet.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Tracker {
    /// In the order asked for.
    pub rows: Vec<Row>,
    /// Whether more reports hold such commitments than were looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

impl Ledger {
    /// A row for each thread that has a commitment the query asks for. The query's kinds and page are
    /// not looked at; its order is that of the rows: by their last report, their first, the sum
    /// promised, or how sure the reader is.
    ///
    /// # Errors
    /// As [`Ledger::entries`].
    pub fn tracker(&self, query: &Query, terms: &Terms) -> Result<Tracker> {
        let mut found = Gathered::default();
        let wanted = Query {
            kinds: vec![EntryKind::Commitment],
            after: None,
            sort: Sort::Newest,
            ..query.clone()
        };
        found.ask(self, &wanted)?;
        let hits: BTreeSet<(String, String)> = found.seen.clone();
        found.joined(self)?;
        for question in beside(&found.entries) {
            found.ask(self, &question)?;
        }
        found.joined(self)?;
        let records = found.records(self)?;
        let reports = Reports::with(&records, &self.said()?);
        let all = threads(&found.entries, &reports);
        let mut rows = Vec::new();
        for thread in &all {
            let tellings = thread.steps.iter().flat_map(|s| &s.tellings);
            let mut told = tellings.flat_map(|t| t.entries.iter().zip(&t.ids));
            if told.any(|(at, id)| hits.contains(&(at.report.clone(), id.clone()))) {
                rows.extend(row(thread, &found.entries, &records, terms));
            }
        }
        match query.sort {
            Sort::Newest => rows.sort_by_key(|r| std::cmp::Reverse(r.last_published)),
            Sort::Oldest => rows.sort_by_key(|r| (r.first_published.is_none(), r.first_published)),
            Sort::Largest => rows.sort_by_key(|r| std::cmp::Reverse(r.promised)),
            Sort::Surest => rows.sort_by(|a, b| b.confidence.total_cmp(&a.confidence)),
        }
        Ok(Tracker {
            rows,
            cut: found.cut,
        })
    }
}

/// Asks for what may belong to the threads of entries: commitments that bind one of their parties and
/// name another, and denials that name one.
fn beside(entries: &[Entry]) -> Vec<Query> {
    let show = Show {
        superseded: true,
        ..Show::default()
    };
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for entry in entries {
        let sides: BTreeSet<&str> = entry
            .by
            .iter()
            .chain(&entry.to)
            .map(|w| w.name.as_str())
            .filter(|n| is_name(n))
            .collect();
        for one in &sides {
            pairs.extend(
                sides
                    .iter()
                    .filter(|o| *o != one)
                    .map(|other| (*one, *other)),
            );
        }
        if let [one] = sides.iter().copied().collect::<Vec<_>>()[..] {
            pairs.insert((one, one));
        }
        all.extend(sides);
    }
    let commitments = pairs.into_iter().map(|(by, about)| Query {
        kinds: vec![EntryKind::Commitment],
        by: Some(by.to_owned()),
        about: Some(about.to_owned()),
        show,
        ..Query::default()
    });
    let denials = all.iter().map(|about| Query {
        kinds: vec![EntryKind::Statement],
        cues: vec![CueKind::Deny],
        about: Some((*about).to_owned()),
        show,
        ..Query::default()
    });
    commitments.chain(denials).collect()
}
