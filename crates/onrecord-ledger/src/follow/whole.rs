//! What stands behind every entry of a ledger, who is who in it, and its threads: for tables of all
//! of it.
//!
//! Everything is compared with everything, so a ledger of more than [`MOST`] reports has no
//! such tables: each question of its own is asked of what it needs.

use std::collections::BTreeMap;

use onrecord_model::EntityId;

use super::{Gathered, MOST, Result};
use crate::across::corroboration::Corroboration;
use crate::across::identity::Identities;
use crate::across::reports::Reports;
use crate::across::tellings::tellings;
use crate::across::threads::threads;
use crate::across::tracker::{Row, Terms, row};
use crate::store::{Ledger, Query, Show, short};

/// A ledger as a whole.
#[derive(Debug)]
pub struct Whole {
    /// By report and the entry's id there.
    behind: BTreeMap<(String, String), Corroboration>,
    /// The handle of the thread each commitment is in, likewise.
    threads: BTreeMap<(String, String), String>,
    who: Identities,
    /// The tracker's sheet.
    pub rows: Vec<Row>,
}

impl Ledger {
    /// The ledger as a whole, with the tracker's sheet on these terms; none when it holds too many
    /// reports.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn whole(&self, terms: &Terms) -> Result<Option<Whole>> {
        if self.size()?.reports > MOST as u64 {
            return Ok(None);
        }
        let mut found = Gathered::default();
        let show = Show {
            superseded: true,
            ..Show::default()
        };
        found.ask(
            self,
            &Query {
                show,
                ..Query::default()
            },
        )?;
        let records = found.records(self)?;
        let said = self.said()?;
        let reports = Reports::with(&records, &said);
        let mut entries = found.entries;
        entries.sort_by_cached_key(|e| {
            let place = (e.at.report.clone(), e.at.anchor.start);
            (e.published.is_none(), e.published, place)
        });
        let key = |n: &usize| (entries[*n].at.report.clone(), entries[*n].id.clone());
        let mut behind = BTreeMap::new();
        for told in tellings(&entries, &reports) {
            for member in &told.members {
                behind.insert(key(member), told.corroboration.clone());
            }
        }
        let mut of_threads = BTreeMap::new();
        let mut rows = Vec::new();
        for thread in threads(&entries, &reports) {
            let Some(row) = row(&thread, &entries, &records, terms) else {
                continue;
            };
            let tellings = thread.steps.iter().flat_map(|s| &s.tellings);
            for (at, id) in tellings.flat_map(|t| t.entries.iter().zip(&t.ids)) {
                of_threads.insert((at.report.clone(), id.clone()), row.handle.clone());
            }
            rows.push(row);
        }
        Ok(Some(Whole {
            behind,
            threads: of_threads,
            who: Identities::of(&records, &said),
            rows,
        }))
    }
}

impl Whole {
    /// What stands behind an entry.
    pub fn behind(&self, report: &str, entry: &str) -> Option<&Corroboration> {
        self.behind.get(&(report.to_owned(), entry.to_owned()))
    }

    /// The handle of the thread that a commitment is in.
    pub fn thread(&self, report: &str, entry: &str) -> Option<&str> {
        let found = self.threads.get(&(report.to_owned(), entry.to_owned()));
        found.map(String::as_str)
    }

    /// Who an entity of a report is: one word for all who are one, by report and name where they first
    /// appear.
    pub fn identity(&self, report: &str, entity: EntityId) -> Option<String> {
        let one = &self.who.all()[self.who.place(report, entity)?];
        let appearances = one.appearances.iter();
        let (report, name) = appearances.map(|a| (&a.report, &a.name)).min()?;
        Some(format!("{}:{name}", short(report)))
    }
}
