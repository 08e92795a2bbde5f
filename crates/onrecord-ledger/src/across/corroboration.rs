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
//! nobody is named. Two are independent when the records show that they are two: all who go
//! unnamed are one, a bare surname is nobody new, and all who speak for one state are one (see
//! `sources`).
//!
//! When unsure, entries are not the same. Left out: paraphrase, and who had it from whom.

mod sources;
mod voice;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::claim::{Claim, Sums};
use super::reports::Reports;
use crate::store::{Entry, Sum};

/// What stands behind an entry, and against it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Corroboration {
    /// Reports that tell it, its own too, by day and id.
    pub reports: Vec<String>,
    /// How many of them only carry what another of them tells.
    pub copies: usize,
    /// The independent sources.
    pub sources: Vec<Source>,
    /// Who says that it is not so, whether or not they are independent of each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied_by: Vec<Source>,
    /// What else is told in its place: the same with another sum.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Otherwise>,
}

/// The same, told with another sum.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Otherwise {
    /// The sums in its words.
    pub amounts: Vec<Sum>,
    /// Reports that tell it so, by day and id.
    pub reports: Vec<String>,
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
    let otherwise = others.iter().filter(|c| reports.near(&own, c));
    let otherwise: Vec<&Claim> = otherwise.filter(|c| own.is_told_otherwise_by(c)).collect();
    told(&same, &against, &otherwise, reports)
}

/// What stands behind claims that are the same, against them and in their place.
pub(super) fn told(
    same: &[&Claim],
    against: &[&Claim],
    otherwise: &[&Claim],
    reports: &Reports<'_>,
) -> Corroboration {
    let carriers = carriers(same);
    let mut tellings: Vec<&str> = carriers.iter().map(|id| reports.telling(id)).collect();
    tellings.sort_unstable();
    tellings.dedup();
    let mut others: BTreeMap<&Sums, Vec<&Claim>> = BTreeMap::new();
    for claim in otherwise {
        others.entry(&claim.sums).or_default().push(claim);
    }
    let other = |(sums, claims): (&Sums, Vec<&Claim>)| Otherwise {
        amounts: sums
            .iter()
            .map(|(unit, value)| Sum::of(value, unit))
            .collect(),
        reports: self::carriers(&claims)
            .into_iter()
            .map(str::to_owned)
            .collect(),
    };
    Corroboration {
        copies: carriers.len() - tellings.len(),
        sources: sources::independent(same, reports),
        denied_by: sources::all(against, reports),
        otherwise: others.into_iter().map(other).collect(),
        reports: carriers.into_iter().map(str::to_owned).collect(),
    }
}

/// The reports of claims, by day and id.
fn carriers<'c>(claims: &[&Claim<'c>]) -> Vec<&'c str> {
    let all = claims.iter().map(|c| (c.report().day(), c.id()));
    let all: BTreeSet<(Option<Date>, &str)> = all.collect();
    all.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod constellations;
#[cfg(test)]
mod tests;
