//! Finding: the sieve gives keys, the records give the entries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::backend::{Read, Result};
use super::entry::Entry;
use super::error::LedgerError;
use super::fold::Wanted;
use super::near::outlets_meant;
use super::query::{Hit, Query, Sieve};
use super::sheet::{Sheet, reports_of, sheets};
use super::{Ledger, index, key};

/// Entries that are looked at a time when the index alone cannot tell which are wanted.
const SIFTED: usize = 256;

/// A page of entries.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Page {
    /// The entries, in the order asked for.
    pub entries: Vec<Entry>,
    /// For [`Query::after`], when there are more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Ledger {
    /// The entries that a query asks for, a page of them.
    ///
    /// # Errors
    /// When the query cannot be asked (a name without a letter, a range of amounts without a
    /// number), names a report that was never filed, or the store cannot be read.
    pub fn entries(&self, query: &Query) -> Result<Page> {
        self.read(|tx| {
            let sieve = sieve(tx, query)?;
            let mut sifting = Sifting::new(query);
            let mut entries = Vec::new();
            let mut last = None;
            let mut sieve = Sieve {
                limit: sifting.step(query.limit),
                ..sieve
            };
            loop {
                let hits = tx.find(&sieve)?;
                let found = sifting.sift(tx, &hits)?;
                for (hit, entry) in found {
                    if entries.len() == query.limit {
                        return Ok(Page {
                            entries,
                            next: last,
                        });
                    }
                    last = Some(hit.write(query.sort));
                    entries.push(entry);
                }
                let Some(end) = hits.last().filter(|_| hits.len() as i64 == sieve.limit) else {
                    return Ok(Page {
                        entries,
                        next: None,
                    });
                };
                sieve.go_on(end);
            }
        })
    }

    /// How many entries a query asks for, all pages together. A query with a "phrase in quotes"
    /// is counted by looking at each entry that has its words: slower.
    ///
    /// # Errors
    /// As [`Self::entries`].
    pub fn count(&self, query: &Query) -> Result<u64> {
        let all = Query {
            after: None,
            ..query.clone()
        };
        self.read(|tx| {
            let mut sieve = sieve(tx, &all)?;
            let mut sifting = Sifting::new(&all);
            if !sifting.looks() {
                return tx.count(&sieve);
            }
            sieve.limit = SIFTED as i64;
            let mut n = 0;
            loop {
                let hits = tx.find(&sieve)?;
                n += sifting.sift(tx, &hits)?.len() as u64;
                let Some(end) = hits.last().filter(|_| hits.len() == SIFTED) else {
                    return Ok(n);
                };
                sieve.go_on(end);
            }
        })
    }
}

impl Sieve {
    /// Asks for what comes after a hit.
    fn go_on(&mut self, hit: &Hit) {
        use super::query::Sort;
        match self.sort {
            Sort::Newest => self.high = hit.key - 1,
            Sort::Oldest => self.low = hit.key + 1,
            Sort::Largest | Sort::Surest => self.after = Some(hit.clone()),
        }
    }
}

/// What the store is asked for a query.
pub(super) fn sieve(tx: &mut dyn Read, query: &Query) -> Result<Sieve> {
    let mut sieve = query.sieve()?;
    if let Some(outlet) = &query.outlet {
        sieve.terms.push(outlets_meant(outlet, &tx.outlets()?)?);
    }
    if let Some(report) = &query.report {
        let known = tx.known(&[report])?.pop();
        let known = known.ok_or_else(|| LedgerError::NoReport(report.clone()))?;
        sieve.low = sieve.low.max(known.key);
        sieve.high = sieve.high.min(key::entry(known.key, key::MOST_ENTRIES - 1));
    }
    Ok(sieve)
}

/// Turns hits into entries, and drops those whose words do not stand together as asked.
struct Sifting {
    words: Wanted,
    text: Wanted,
}

impl Sifting {
    fn new(query: &Query) -> Self {
        Self {
            words: query.wanted(),
            text: query.wanted_in_text(),
        }
    }

    /// Whether the records must be looked at to know what is wanted.
    fn looks(&self) -> bool {
        !self.words.phrases.is_empty()
            || !self.text.phrases.is_empty()
            || self
                .words
                .beginnings
                .iter()
                .any(|b| index::is_beginning_of_facets(b))
    }

    /// Hits to take at a time: one more than a page, to know whether there is another.
    fn step(&self, limit: usize) -> i64 {
        if self.looks() {
            SIFTED as i64
        } else {
            limit as i64 + 1
        }
    }

    fn sift(&mut self, tx: &mut dyn Read, hits: &[Hit]) -> Result<Vec<(Hit, Entry)>> {
        let keys = reports_of(hits.iter().map(|h| h.key));
        let mut reports = BTreeMap::new();
        for sheet in sheets(tx, &keys)? {
            let text = sheet.record.report.text.as_str();
            if self.text.phrases_stand_in([text].into_iter()) {
                reports.insert(sheet.key(), sheet);
            }
        }
        let entry = |hit: &Hit| {
            let sheet: &Sheet = reports.get(&key::report_of(hit.key))?;
            let entry = sheet.entry(key::ordinal_of(hit.key))?;
            let words = || entry.words.iter().map(onrecord_model::Span::quote);
            let stands =
                self.words.phrases_stand_in(words()) && self.words.beginnings_stand_in(words());
            stands.then(|| (hit.clone(), entry))
        };
        Ok(hits.iter().filter_map(entry).collect())
    }
}
