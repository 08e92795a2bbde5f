//! Corroboration: how many independent sources stand behind an entry, and who denies it.
//!
//! ```
//! use onrecord_ledger::Entry;
//! use onrecord_ledger::across::{corroboration::behind, reports::Reports};
//! # use onrecord_model::Record;
//! # let records: Vec<Record> = Vec::new();
//! let entries: Vec<Entry> = records.iter().flat_map(Entry::of).collect();
//! let reports = Reports::of(&records);
//! for entry in &entries {
//!     let told = behind(entry, &entries, &reports);
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

mod sources;

use jiff::civil::Date;
use serde::Serialize;

use super::claim::Claim;
use super::reports::Reports;
use crate::store::Entry;

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

/// What stands behind an entry, among other entries. Those whose record is not among the reports
/// are not looked at; without its own record, nothing stands behind it.
pub fn behind(entry: &Entry, others: &[Entry], reports: &Reports<'_>) -> Corroboration {
    let Some(own) = reports.claim(entry) else {
        return Corroboration::default();
    };
    let others: Vec<Claim> = others.iter().filter_map(|e| reports.claim(e)).collect();
    let same = others.iter().filter(|c| reports.same(&own, c));
    let same: Vec<&Claim> = same.chain([&own]).collect();
    let against = others.iter().filter(|c| reports.near(&own, c));
    let against: Vec<&Claim> = against.filter(|c| own.is_denied_by(c)).collect();
    told(&same, &against, reports)
}

/// What stands behind claims that are the same, and against them.
pub(super) fn told(same: &[&Claim], against: &[&Claim], reports: &Reports<'_>) -> Corroboration {
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
        sources: sources::independent(same, |id| reports.telling(id)),
        denied_by: sources::independent(against, |id| reports.telling(id)),
    }
}

#[cfg(test)]
mod tests;
