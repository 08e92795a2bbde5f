//! The store: file records, find entries, judge them.
//!
//! Decisions are taken once, in memory ([`plan`], [`query`], [`judgement`]); below `backend`
//! lies the SQL of SQLite and of Postgres, held to the same suite (`tests/suite`).

mod backend;
mod body;
mod days;
mod decimal;
mod entry;
mod error;
mod export;
mod filing;
mod find;
mod fold;
mod hit;
mod identification;
mod idle;
mod index;
mod judgement;
mod key;
mod lookup;
mod near;
mod place;
mod plan;
mod postgres;
mod query;
mod quoted;
mod rebuild;
mod search;
mod sheet;
mod sqlite;
mod version;

use std::path::Path;

use onrecord_model::{Reader, Record};
use serde::{Deserialize, Serialize};

pub use entry::{Anchor, At, Entry, EntryKind, EntryRef, Sum, Who};
pub use error::LedgerError;
pub use export::{Exported, Piece, VersionLink, WholeReading, WholeReport};
pub use filing::{Filed, Filing, Origin, Outcome};
pub use find::Page;
pub use identification::Identification;
pub use judgement::{Correction, Judgement, Verdict, is_time, standing};
pub use lookup::short;
pub use near::{Meant, Near, Part};
pub use query::{Amounts, Days, OnWhoseWord, Query, Show, Sort, Where};
pub use quoted::quoted;
pub use rebuild::Saved;
pub use search::{Between, Moment, Search};

pub(crate) use days::{first as first_day, last as last_day};
pub(crate) use entry::who;
#[cfg(test)]
pub(crate) use filing::text_id;
pub(crate) use fold::words as folded;
pub(crate) use key::{ordinal_of, report_of};
pub(crate) use sheet::{Sheet, reports_of};

use backend::{Changes, Kept, Known, Read, Result, Store, Write};

/// A place where records are kept: a SQLite file, or a Postgres database.
///
/// `Send` and `Sync`, made to be shared; every call blocks its caller's thread and starts none.
/// One program may file while others look. From async code, call it where blocking is allowed.
pub struct Ledger {
    store: Box<dyn Store>,
}

/// Where a ledger may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Location<'l> {
    /// A database of Postgres.
    Server,
    /// A file of SQLite.
    File(&'l Path),
}

impl<'l> Location<'l> {
    /// What a location names, the same for whoever asks.
    ///
    /// # Errors
    /// When it is a name that SQLite takes for something else than a path: `file:desk.db`, `:memory:`.
    pub fn of(location: &'l str) -> Result<Self> {
        if ["postgres://", "postgresql://"]
            .iter()
            .any(|s| location.starts_with(s))
        {
            return Ok(Self::Server);
        }
        if location.is_empty() || location.starts_with(':') || location.starts_with("file:") {
            return Err(LedgerError::NoPlace(location.to_owned()));
        }
        Ok(Self::File(Path::new(location)))
    }
}

/// A report as the ledger holds it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Held {
    /// Its record, as it was last read.
    pub record: Record,
    /// Where it came from, in the order it was filed.
    pub carriers: Vec<Origin>,
    /// How often it was read, oldest first: by what, and from where.
    pub readings: Vec<Reading>,
    /// Reports that are earlier versions of it.
    pub earlier: Vec<String>,
    /// Reports that are later versions of it: it is superseded when there is one.
    pub later: Vec<String>,
}

/// One reading of a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Reading {
    /// What read it.
    pub reader: Reader,
    /// From where, and when it was filed.
    pub origin: Origin,
}

/// How much a ledger holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Size {
    /// Reports, all versions.
    pub reports: u64,
    /// Entries, as the reports were last read.
    pub entries: u64,
}

impl Ledger {
    /// Opens a ledger, or begins one: a path, or `postgres://...`. A file that may not be written to
    /// is opened to be looked at.
    ///
    /// # Errors
    /// When the place cannot be reached, holds the tables of another program, is no ledger, or was
    /// made by a newer program.
    pub fn open(location: &str) -> Result<Self> {
        let store: Box<dyn Store> = match Location::of(location)? {
            Location::Server => Box::new(postgres::Postgres::open(location)?),
            Location::File(path) => Box::new(sqlite::Sqlite::open(path)?),
        };
        Ok(Self { store })
    }

    /// Files a batch, all of it or on an error nothing: what it returns for is on disk. To file
    /// the same again changes nothing. Batches of some 500 are fast.
    ///
    /// # Errors
    /// When the store cannot be written to: full, or locked by another program for long.
    pub fn file(&self, filings: &[Filing]) -> Result<Vec<Filed>> {
        self.write(|tx| {
            let (changes, filed) = plan::plan(tx, filings, &[])?;
            tx.apply(&changes)?;
            Ok(filed)
        })
    }

    /// A report, as it was last read; `None` when it was never filed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn get(&self, report: &str) -> Result<Option<Held>> {
        self.read(|tx| {
            let Some(known) = tx.known(&[report])?.pop() else {
                return Ok(None);
            };
            let record = record(tx, &known, known.readings.len() - 1)?;
            let links = tx.versions(Some(report))?;
            let earlier = links.iter().filter(|(_, newer)| newer == report);
            let later = links.iter().filter(|(older, _)| older == report);
            Ok(Some(Held {
                record,
                earlier: earlier.map(|(older, _)| older.clone()).collect(),
                later: later.map(|(_, newer)| newer.clone()).collect(),
                carriers: known.carriers,
                readings: known.readings.into_iter().map(Reading::of).collect(),
            }))
        })
    }

    /// A report as it was read earlier: 0 is the first reading of [`Held::readings`].
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn reading(&self, report: &str, reading: usize) -> Result<Option<Record>> {
        self.read(|tx| match tx.known(&[report])?.pop() {
            Some(known) if reading < known.readings.len() => record(tx, &known, reading).map(Some),
            _ => Ok(None),
        })
    }

    /// Says that one report is a later version of another. What stands at one address is linked
    /// without this; it is for versions that only their words tell.
    ///
    /// # Errors
    /// When either was never filed, or the store cannot be written to.
    pub fn supersede(&self, older: &str, newer: &str) -> Result<()> {
        self.write(|tx| {
            let number = |tx: &mut dyn Write, id: &str| match tx.known(&[id])?.pop() {
                Some(known) => Ok(known.number),
                None => Err(LedgerError::NoReport(id.to_owned())),
            };
            let link = (number(tx, older)?, number(tx, newer)?);
            let versions = if link.0 == link.1 { vec![] } else { vec![link] };
            tx.apply(&Changes {
                versions,
                ..Changes::default()
            })
        })
    }

    /// Keeps what a person says of an entry. The same judgement twice is kept once.
    ///
    /// # Errors
    /// When the entry is not on record, the author has no name or takes back what she never said,
    /// or the store cannot be written to.
    pub fn judge(&self, judgement: &Judgement) -> Result<()> {
        self.judge_all(std::slice::from_ref(judgement))
    }

    /// Keeps several judgements in their order, all of them or on an error none.
    ///
    /// # Errors
    /// As [`Ledger::judge`].
    pub fn judge_all(&self, judgements: &[Judgement]) -> Result<()> {
        if judgements.iter().any(|j| j.author.trim().is_empty()) {
            return Err(LedgerError::Judgement(
                "a judgement needs an author".to_owned(),
            ));
        }
        self.write(|tx| judgements.iter().try_for_each(|j| judge(tx, j, true)))
    }

    /// What people said of a report's entries, oldest first; of all reports when none is named.
    /// What was said of entries that newer readers no longer find is here too, and what was taken
    /// back, with the taking back.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn judgements(&self, report: Option<&str>) -> Result<Vec<Judgement>> {
        self.read(|tx| {
            let kept = match report {
                Some(report) => tx.judgements(Some(&[report]))?,
                None => tx.judgements(None)?,
            };
            Ok(kept.into_iter().map(|k| k.judgement).collect())
        })
    }

    /// How much it holds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn size(&self) -> Result<Size> {
        let (reports, entries) = self.read(|tx| tx.size())?;
        Ok(Size { reports, entries })
    }

    /// Looks whether what is stored is sound: the file or tables themselves, and that each report's
    /// entries are those of its record.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] with the first thing that is not as it should be.
    pub fn check(&self) -> Result<()> {
        self.read(|tx| tx.sound())?;
        let mut after = 0;
        loop {
            let next = self.read(|tx| {
                let known = tx.known_after(after, 500)?;
                for k in &known {
                    let record = record(tx, k, k.readings.len() - 1)?;
                    let entries = entry::entries(&record).len() as u64;
                    if tx.entries_of(k.key)? != entries {
                        let why =
                            format!("report `{}`: its entries are not those of its record", k.id);
                        return Err(LedgerError::Damaged(why));
                    }
                }
                Ok(known.last().map(|k| k.number))
            })?;
            match next {
                Some(number) => after = number,
                None => return Ok(()),
            }
        }
    }

    fn read<T>(&self, mut f: impl FnMut(&mut dyn Read) -> Result<T>) -> Result<T> {
        let mut out = None;
        self.store.read(&mut |tx| {
            out = Some(f(tx)?);
            Ok(())
        })?;
        out.ok_or_else(|| LedgerError::Damaged("a look that saw nothing".to_owned()))
    }

    fn write<T>(&self, mut f: impl FnMut(&mut dyn Write) -> Result<T>) -> Result<T> {
        let mut out = None;
        self.store.write(&mut |tx| {
            out = Some(f(tx)?);
            Ok(())
        })?;
        out.ok_or_else(|| LedgerError::Damaged("a change that changed nothing".to_owned()))
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").finish_non_exhaustive()
    }
}

impl Reading {
    fn of(reading: backend::Reading) -> Self {
        Self {
            reader: reading.reader,
            origin: reading.origin,
        }
    }
}

/// A reading's record, every span verified again.
fn record(tx: &mut dyn Read, known: &Known, reading: usize) -> Result<Record> {
    let mut record = body::record(&tx.body(known.number, reading as i64)?)?;
    let lies = |e| LedgerError::Damaged(format!("report `{}`: {e}", known.id));
    record.verify().map_err(lies)?;
    Ok(record)
}

/// Keeps a judgement and lays it over its entry. An import brings judgements whose entry is
/// gone; a person can only judge what is there.
fn judge(tx: &mut dyn Write, judgement: &Judgement, must_be_there: bool) -> Result<()> {
    let report = judgement.of.report.as_str();
    let before = tx.judgements(Some(&[report]))?;
    if before.iter().any(|k| k.judgement == *judgement) {
        return Ok(());
    }
    let withdraws = matches!(judgement.verdict, Verdict::Withdraw { .. });
    let said = before.iter().map(|k| k.judgement.clone()).collect();
    let stands = standing(said).iter().any(|j| judgement.withdraws(j));
    if must_be_there && withdraws && !stands {
        let why = format!("`{}` said nothing to take back then", judgement.author);
        return Err(LedgerError::Judgement(why));
    }
    let number = tx.greatest_judgement()? + 1;
    let mut changes = Changes::default();
    changes.judged.push((number, judgement.clone()));
    let Some(known) = tx.known(&[report])?.pop() else {
        if must_be_there {
            return Err(LedgerError::NoReport(report.to_owned()));
        }
        return tx.apply(&changes);
    };
    let record = body::record(&tx.body(known.number, known.readings.len() as i64 - 1)?)?;
    let entries = entry::entries(&record);
    let there = judgement::attach(judgement.of.kind, &judgement.of.anchor, &entries).is_some();
    if must_be_there && !there {
        let quote = &judgement.of.anchor.quote;
        let why = format!("the report has no such entry on the words `{quote}`");
        return Err(LedgerError::Judgement(why));
    }
    let mut after = before.clone();
    after.push(Kept {
        number,
        judgement: judgement.clone(),
    });
    let (out, _) = plan::indexed(&known, &record, entries.clone(), before);
    let (into, attached) = plan::indexed(&known, &record, entries, after);
    if out != into {
        changes.out.push(out);
        changes.into.push(into);
    }
    changes.attached = attached;
    tx.apply(&changes)
}
