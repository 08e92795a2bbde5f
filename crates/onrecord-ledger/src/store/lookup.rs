//! Looking up by what a person writes: the beginning of a report's id, its address, an entry.

use jiff::civil::Date;
use onrecord_model::{Record, short};

use super::backend::{Known, Result};
use super::entry::Entry;
use super::error::LedgerError;
use super::query::{Query, Show};
use super::{Ledger, days, fold, key, plan, record, version};

/// Digits by which a report may be asked for.
const LEAST: usize = 4;
/// What a report's id begins with.
const SCHEME: &str = "sha256:";

impl Entry {
    /// The last day a commitment is to be kept by, where `due` names days.
    pub fn due_day(&self) -> Option<Date> {
        days::last(self.due.as_deref()?)
    }

    /// The first day of `since`, where it names days.
    pub fn since_day(&self) -> Option<Date> {
        days::first(self.since.as_deref()?)
    }

    /// The report's own address, or else where it was first found.
    pub fn link(&self) -> Option<&str> {
        self.url
            .as_ref()
            .or(self.locations.first())
            .map(String::as_str)
    }

    /// By what the entry can be asked for: the beginning of its report's id, and its own id there:
    /// `3fa9c2d1:c1`. As steady as its id in the record.
    pub fn handle(&self) -> String {
        format!("{}:{}", short(&self.at.report), self.id)
    }
}

impl Ledger {
    /// The id of a report: from its beginning, with or without `sha256:`, from four digits on; or
    /// from where it stands, an address or a path, which gives the latest version there.
    ///
    /// # Errors
    /// When none or several are meant, or the store cannot be read.
    pub fn report(&self, words: &str) -> Result<String> {
        let digits = words.strip_prefix(SCHEME).unwrap_or(words);
        let hex = digits.len() >= LEAST && digits.bytes().all(|b| b.is_ascii_hexdigit());
        self.read(|tx| {
            if hex {
                let beginning = format!("{SCHEME}{}", digits.to_ascii_lowercase());
                let mut found = tx.beginning(&beginning, 2)?;
                match (found.pop(), found.pop()) {
                    (Some(one), None) => return Ok(one),
                    (Some(_), Some(_)) => return Err(LedgerError::Several(words.to_owned())),
                    _ => {}
                }
            }
            let mut there = version::siblings(tx, &[words])?;
            there.sort_by(|a, b| version::order(a).cmp(&version::order(b)));
            let latest = there.pop().map(|s| s.id);
            latest.ok_or_else(|| LedgerError::NoReport(words.to_owned()))
        })
    }

    /// An entry by its [handle](Entry::handle); its report may be named as for [`Self::report`].
    ///
    /// # Errors
    /// When none or several are meant, or the store cannot be read.
    pub fn entry(&self, handle: &str) -> Result<Entry> {
        let none = || LedgerError::NoEntry(handle.to_owned());
        let (report, id) = handle.rsplit_once(':').ok_or_else(none)?;
        let report = self.report(report)?;
        self.entries_of(&report)?
            .into_iter()
            .find(|e| e.id == id)
            .ok_or_else(none)
    }

    /// All entries of a report, also those that are hidden.
    ///
    /// # Errors
    /// When it was never filed, or the store cannot be read.
    pub fn entries_of(&self, report: &str) -> Result<Vec<Entry>> {
        let query = Query {
            report: Some(report.to_owned()),
            show: Show {
                rejected: true,
                merged: true,
                superseded: true,
            },
            limit: key::MOST_ENTRIES,
            ..Query::default()
        };
        Ok(self.entries(&query)?.entries)
    }

    /// The reports that a query's report, days of publication and outlet choose, in the order they
    /// were filed, without those that a later version took the place of.
    pub(crate) fn reports_chosen(&self, query: &Query) -> Result<Vec<String>> {
        if let Some(report) = &query.report {
            let there = self.read(|tx| tx.known(&[report]))?;
            let none = || LedgerError::NoReport(report.clone());
            return Ok(vec![there.first().ok_or_else(none)?.id.clone()]);
        }
        let wanted = fold::words(query.outlet.as_deref().unwrap_or_default());
        let bears = |outlet: &String| {
            let words = fold::words(outlet);
            words.windows(wanted.len()).any(|w| w == wanted)
        };
        let fits = |k: &Known| {
            let day = key::day_of(k.key);
            let carried = plan::outlets(&k.carriers);
            !k.superseded
                && query.published.hold(day)
                && (wanted.is_empty() || carried.iter().any(bears))
        };
        let (mut after, mut out) = (0, Vec::new());
        loop {
            let known = self.read(|tx| tx.known_after(after, 500))?;
            let Some(last) = known.last() else {
                return Ok(out);
            };
            after = last.number;
            out.extend(known.into_iter().filter(fits).map(|k| k.id));
        }
    }

    /// The records of reports as they were last read, in no order; those never filed are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn records(&self, reports: &[&str]) -> Result<Vec<Record>> {
        self.read(|tx| {
            let known = tx.known(reports)?;
            known
                .iter()
                .map(|k| record(tx, k, k.readings.len() - 1))
                .collect()
        })
    }
}
