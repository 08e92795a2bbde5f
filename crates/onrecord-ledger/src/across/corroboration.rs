//! Corroboration: how many independent sources stand behind an entry, and who denies it.
//!
//! ```
//! use onrecord_ledger::Entry;
//! use onrecord_ledger::across::corroboration::behind;
//! # use onrecord_model::Record;
//! # let records: Vec<Record> = Vec::new();
//! let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
//! for entry in &entries {
//!     let told = behind(entry, &entries, &records);
//!     println!("{} sources, {} deny it", told.sources.len(), told.denied_by.len());
//! }
//! ```
//!
//! Entries are the same when they say the same words, or are of one type, of the same parties, in
//! the same amount (or the same words), in reports a week apart at most. A copy is one telling,
//! however many carry it. A source is one on whose word it stands; the reporter counts where
//! nobody is named. Two are independent when their names show that they are two: all who go
//! unnamed are one, and a bare surname is nobody new.
//!
//! When unsure, entries are not the same. Left out: paraphrase, and who had it from whom.

mod claim;
mod sources;

use std::collections::BTreeMap;

use jiff::civil::Date;
use onrecord_model::Record;
use serde::Serialize;

use self::claim::Claim;
use super::copies::Copies;
use crate::store::Entry;

/// Days between two reports that may tell of the same.
pub const DAYS: i32 = 7;

/// What stands behind an entry, and against it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Corroboration {
    /// Reports that tell it, its own too, by day and id.
    pub reports: Vec<String>,
    /// How many of them only carry what another of them tells.
    pub copies: usize,
    /// The independent sources.
    pub sources: Vec<Source>,
    /// Who says that it is not so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Source>,
}

/// On whose word an entry stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Somebody of this name.
    Named(String),
    /// A report's own voice, by its agency or outlet; empty when neither is known.
    Reporter(String),
    /// One or several without a name, in a report's words.
    Unnamed(String),
}

/// What stands behind an entry, among other entries and the records of all their reports. Entries
/// whose record is not given are not looked at; without its own record, nothing stands behind it.
pub fn behind(entry: &Entry, others: &[Entry], records: &[Record]) -> Corroboration {
    let reports = Reports::of(records);
    let Some(own) = reports.claim(entry) else {
        return Corroboration::default();
    };
    let others: Vec<Claim> = others.iter().filter_map(|e| reports.claim(e)).collect();
    let near = |other: &&Claim| reports.near(&own, other);
    let mut same: Vec<&Claim> = others
        .iter()
        .filter(near)
        .filter(|c| own.is_told_by(c))
        .collect();
    same.push(&own);
    let against: Vec<&Claim> = others
        .iter()
        .filter(near)
        .filter(|c| own.is_denied_by(c))
        .collect();
    let mut carriers: Vec<(Option<Date>, &str)> =
        same.iter().map(|c| (c.report().day(), c.id())).collect();
    carriers.sort_unstable();
    carriers.dedup();
    let mut tellings: Vec<&str> = carriers.iter().map(|(_, id)| reports.telling(id)).collect();
    tellings.sort_unstable();
    tellings.dedup();
    Corroboration {
        copies: carriers.len() - tellings.len(),
        reports: carriers.iter().map(|(_, id)| (*id).to_owned()).collect(),
        sources: sources::independent(&same, |id| reports.telling(id)),
        denied_by: sources::independent(&against, |id| reports.telling(id)),
    }
}

/// Records by their report, and which of them are copies.
struct Reports<'r> {
    records: BTreeMap<&'r str, &'r Record>,
    /// The reference of each report that is in a copy.
    references: BTreeMap<&'r str, &'r str>,
}

impl<'r> Reports<'r> {
    fn of(records: &'r [Record]) -> Self {
        let records: BTreeMap<&str, &Record> =
            records.iter().map(|r| (r.report.id.as_str(), r)).collect();
        let mut copies = Copies::default();
        for record in records.values() {
            copies.add(&record.report);
        }
        let ids: Vec<&str> = records.keys().copied().collect();
        let mut references = BTreeMap::new();
        for copy in copies.clusters() {
            let reference = ids[copy.reference().0 as usize];
            let members = copy.members.iter().map(|m| (ids[m.0 as usize], reference));
            references.extend(members);
        }
        Self {
            records,
            references,
        }
    }

    fn claim<'e>(&self, entry: &'e Entry) -> Option<Claim<'e>>
    where
        'r: 'e,
    {
        let record = *self.records.get(entry.at.report.as_str())?;
        Claim::of(entry, record)
    }

    /// The report whose telling a report carries: itself, when it is no copy.
    fn telling<'i>(&self, id: &'i str) -> &'i str
    where
        'r: 'i,
    {
        self.references.get(id).copied().unwrap_or(id)
    }

    /// Whether two reports may tell of the same: nothing is said for it where a day is unknown.
    fn near(&self, a: &Claim, b: &Claim) -> bool {
        if self.telling(a.id()) == self.telling(b.id()) {
            return true;
        }
        match (a.report().day(), b.report().day()) {
            (Some(a), Some(b)) => (a - b).get_days().abs() <= DAYS,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests;
