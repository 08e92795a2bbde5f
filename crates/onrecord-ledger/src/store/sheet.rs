//! Reports with the entries that the ledger shows of them, each record read once.

use std::collections::BTreeMap;

use onrecord_model::Record;

use super::backend::{Known, Read, Result};
use super::entry::{self, Entry};
use super::error::LedgerError;
use super::find::sieve;
use super::query::{Query, Term};
use super::{Ledger, body, key, plan};

/// A report as the ledger shows it.
#[derive(Debug)]
pub(crate) struct Sheet {
    known: Known,
    pub(crate) record: Record,
    /// Its entries, where somebody judged one of them: judgements find theirs among all of a report's.
    judged: Vec<(Entry, i64)>,
}

impl Sheet {
    pub(crate) const fn key(&self) -> i64 {
        self.known.key
    }

    /// Its `n`th entry.
    pub(crate) fn entry(&self, n: usize) -> Option<Entry> {
        if let Some((entry, _)) = self.judged.get(n) {
            return Some(entry.clone());
        }
        let mut entry = entry::nth(&self.record, n)?;
        plan::dress(&self.known, &mut entry);
        Some(entry)
    }
}

/// The reports of these keys, in no order; what their spans quote is not looked at again.
pub(crate) fn sheets(tx: &mut dyn Read, keys: &[i64]) -> Result<Vec<Sheet>> {
    let known = tx.known_by_key(keys)?;
    let ids: Vec<&str> = known.iter().map(|k| k.id.as_str()).collect();
    let mut judged: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for kept in tx.judgements(Some(&ids))? {
        let report = kept.judgement.of.report.clone();
        judged.entry(report).or_default().push(kept);
    }
    let last = |k: &Known| (k.number, k.readings.len() as i64 - 1);
    let bodies = tx.bodies(&known.iter().map(last).collect::<Vec<_>>())?;
    let mut out = Vec::with_capacity(known.len());
    for (known, body) in known.into_iter().zip(bodies) {
        let record = body::record(&body)?;
        let judged = match judged.remove(&known.id) {
            Some(judged) => plan::shown(&known, &record, entry::entries(&record), judged).0,
            None => Vec::new(),
        };
        out.push(Sheet {
            known,
            record,
            judged,
        });
    }
    Ok(out)
}

impl Ledger {
    /// Keys of the entries that queries without phrases and beginnings find, each by itself and up to its
    /// limit; only of entries that hold any of some words, where there are such.
    pub(crate) fn keys(&self, queries: &[Query], any: &[String]) -> Result<Vec<Vec<i64>>> {
        self.read(|tx| {
            let mut out = Vec::with_capacity(queries.len());
            for query in queries {
                let mut sieve = sieve(tx, query)?;
                if !any.is_empty() {
                    sieve
                        .terms
                        .push(any.iter().cloned().map(Term::Whole).collect());
                }
                out.push(tx.find(&sieve)?.into_iter().map(|h| h.key).collect());
            }
            Ok(out)
        })
    }

    /// The key of a report; none when it was never filed.
    pub(crate) fn key(&self, report: &str) -> Result<Option<i64>> {
        self.read(|tx| Ok(tx.known(&[report])?.pop().map(|k| k.key)))
    }

    /// The reports of these keys, in no order, every span verified again.
    pub(crate) fn sheets(&self, keys: &[i64]) -> Result<Vec<Sheet>> {
        let mut out = self.read(|tx| sheets(tx, keys))?;
        for sheet in &mut out {
            let lies = |e| LedgerError::Damaged(format!("report `{}`: {e}", sheet.known.id));
            sheet.record.verify().map_err(lies)?;
        }
        Ok(out)
    }
}

/// The keys of the reports of entries, each once.
pub(crate) fn reports_of(keys: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let mut out: Vec<i64> = keys.into_iter().map(key::report_of).collect();
    out.sort_unstable();
    out.dedup();
    out
}
