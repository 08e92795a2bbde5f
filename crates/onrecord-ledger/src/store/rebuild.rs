//! Making the indexes again: records are the truth, what finds their entries is made from them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::backend::{Changes, Result};
use super::error::LedgerError;
use super::sqlite::Wreck;
use super::{Ledger, Location, body, entry, plan};

/// Reports that are indexed at a time.
const BATCH: i64 = 500;

/// What was saved of a damaged ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// Reports that are in the ledger again.
    pub reports: u64,
    /// Readings of reports that could not be read.
    pub lost: u64,
    /// Where the damaged file lies now.
    pub damaged: PathBuf,
}

impl Ledger {
    /// Makes a damaged file anew from what can still be read of it: reports, links, and what people said.
    /// The damaged one is kept beside it.
    ///
    /// # Errors
    /// When it is no file, nothing of it can be read, or the new one cannot be written.
    pub fn salvage(location: &str) -> Result<Saved> {
        let Location::File(path) = Location::of(location)? else {
            return Err(LedgerError::Damaged("a database on a server".to_owned()));
        };
        let wreck = Wreck::open(path)?;
        let new = free(path, "saved");
        let made = Self::open(&new.display().to_string())
            .and_then(|ledger| ledger.restore(wreck.pieces()));
        let (reports, lost) = (wreck.saved(), wreck.lost());
        drop(wreck);
        if let Err(error) = made.and_then(|()| some(reports, path)) {
            remove(&new);
            return Err(error);
        }
        let damaged = free(path, "damaged");
        moved(path, &damaged)?;
        moved(&new, path)?;
        Ok(Saved {
            reports,
            lost,
            damaged,
        })
    }

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

fn some(reports: u64, path: &Path) -> Result<()> {
    if reports == 0 {
        return Err(LedgerError::NotALedger(path.display().to_string()));
    }
    Ok(())
}

/// What SQLite keeps beside a file.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A name beside a file's that nothing has.
fn free(path: &Path, what: &str) -> PathBuf {
    let names = (1..).map(|n| match n {
        1 => with(path, &format!(".{what}")),
        n => with(path, &format!(".{what}-{n}")),
    });
    let mut names = names.filter(|p| !p.exists());
    names.next().unwrap_or_default()
}

fn moved(from: &Path, to: &Path) -> Result<()> {
    for end in BESIDE {
        let (from, to) = (with(from, end), with(to, end));
        if from.exists() {
            std::fs::rename(&from, &to).map_err(|source| LedgerError::File {
                path: from.display().to_string(),
                source,
            })?;
        }
    }
    Ok(())
}

fn remove(path: &Path) {
    for end in BESIDE {
        let _ = std::fs::remove_file(with(path, end));
    }
}
