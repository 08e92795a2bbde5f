//! Making the indexes again: records are the truth, what finds their entries is made from them.

use std::collections::BTreeMap;

use super::backend::{Changes, Result};
use super::{Ledger, body, entry, plan};

/// Reports that are indexed at a time.
const BATCH: i64 = 500;

impl Ledger {
    /// Makes all that finds entries again from the records, all of it or on an error nothing: when
    /// [`Self::check`] says that it is damaged. Others look meanwhile at what was there; a file
    /// needs as much room again as its indexes take.
    ///
    /// # Errors
    /// When a record cannot be read, or the store not be written to.
    pub fn rebuild(&self) -> Result<()> {
        self.write(|tx| {
            tx.clear()?;
            let mut after = 0;
            loop {
                let known = tx.known_after(after, BATCH)?;
                let Some(last) = known.last() else {
                    return Ok(());
                };
                after = last.number;
                let ids: Vec<&str> = known.iter().map(|k| k.id.as_str()).collect();
                let mut judged: BTreeMap<String, Vec<_>> = BTreeMap::new();
                for kept in tx.judgements(Some(&ids))? {
                    let report = kept.judgement.of.report.clone();
                    judged.entry(report).or_default().push(kept);
                }
                let mut changes = Changes::default();
                for k in &known {
                    let body = tx.body(k.number, k.readings.len() as i64 - 1)?;
                    let record = body::record(&body)?;
                    let entries = entry::entries(&record);
                    let judged = judged.remove(&k.id).unwrap_or_default();
                    let (into, attached) = plan::indexed(k, &record, entries, judged);
                    changes.into.push(into);
                    changes.attached.extend(attached);
                }
                changes.into.sort_by_key(|i| i.key);
                tx.apply(&changes)?;
            }
        })
    }
}
