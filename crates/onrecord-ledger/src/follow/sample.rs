//! Sentences of a ledger's reports, drawn at random.

use super::Result;
use crate::judged::sample::{Drawn, Urn};
use crate::store::{Ledger, Query};

/// Reports that are read at a time.
const BATCH: usize = 500;

impl Ledger {
    /// So many sentences of the reports that a query's report, days of publication and outlet choose,
    /// drawn by a seed; the rest of the query is not looked at. Reports that a later version took the
    /// place of are left out. Each report is read once.
    ///
    /// # Errors
    /// When the query names a report that was never filed, or the store cannot be read.
    pub fn sample(&self, query: &Query, size: usize, seed: u64) -> Result<Vec<Drawn>> {
        let reports = self.reports_chosen(query)?;
        let mut urn = Urn::new(size, seed);
        for some in reports.chunks(BATCH) {
            let ids: Vec<&str> = some.iter().map(String::as_str).collect();
            for record in self.records(&ids)? {
                urn.take(&record);
            }
        }
        Ok(urn.drawn())
    }
}
