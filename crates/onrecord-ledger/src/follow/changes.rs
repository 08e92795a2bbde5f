//! What changed from version to version of a report.

use serde::Serialize;

use super::Result;
use crate::across::versions::{Changes, changes};
use crate::store::{Ledger, LedgerError};

/// From one version to the next.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Change {
    /// The earlier report.
    pub older: String,
    /// The later.
    pub newer: String,
    /// What is another.
    #[serde(flatten)]
    pub changes: Changes,
}

impl Ledger {
    /// What changed between two reports.
    ///
    /// # Errors
    /// When one was never filed, or the store cannot be read.
    pub fn changes(&self, older: &str, newer: &str) -> Result<Change> {
        let records = self.records(&[older, newer])?;
        let record = |id: &str| {
            let mut all = records.iter();
            let found = all.find(|r| r.report.id == id);
            found.ok_or_else(|| LedgerError::NoReport(id.to_owned()))
        };
        Ok(Change {
            changes: changes(record(older)?, record(newer)?),
            older: older.to_owned(),
            newer: newer.to_owned(),
        })
    }

    /// What changed through all versions of a report, from the first to the last.
    ///
    /// # Errors
    /// When it was never filed, or the store cannot be read.
    pub fn history(&self, report: &str) -> Result<Vec<Change>> {
        let held = |id: &str| {
            let held = self.get(id)?;
            held.ok_or_else(|| LedgerError::NoReport(id.to_owned()))
        };
        // Of three versions, the first is superseded by the second and may be by the third too.
        let mut chain = vec![report.to_owned()];
        let mut todo = vec![report.to_owned()];
        let mut order: Vec<(Option<jiff::civil::Date>, jiff::Timestamp, String)> = Vec::new();
        while let Some(id) = todo.pop() {
            let one = held(&id)?;
            let filed = one.carriers.first().map(|c| c.filed).unwrap_or_default();
            order.push((one.record.report.day(), filed, id));
            for other in one.earlier.into_iter().chain(one.later) {
                if !chain.contains(&other) {
                    chain.push(other.clone());
                    todo.push(other);
                }
            }
        }
        order.sort();
        order
            .windows(2)
            .map(|w| self.changes(&w[0].2, &w[1].2))
            .collect()
    }
}
